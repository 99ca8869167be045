//! The accounts, from key to cells, and what helps with one that could not be entered: the copied
//! texts are parsed by jq and run in shells.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

mod explorer;
mod tools;

use std::io::Write as _;
use std::process::{Command, Stdio};

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Event, Timed};
use cf_tui::app::model::{Model, Start};
use cf_tui::app::update::{start, update};
use cf_tui::domain::account::{Access, Account, AssumeRole, ExternalId};
use cf_tui::inventory::demo::{Demo, NOW, Settings};
use cf_tui::inventory::report::{LoadId, Report, Stage};
use explorer::Explorer;
use jiff::SignedDuration;

/// The cursor on an account of the demo.
fn on(name: &str) -> Explorer {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("3");
    let accounts = explorer.model.store.accounts();
    let wanted = accounts.iter().position(|entry| entry.account.name == name);
    while explorer.model.selected_account != wanted {
        explorer.keys("j");
    }
    explorer
}

fn copied(explorer: &Explorer) -> (&str, &str) {
    match explorer.effects.first() {
        Some(Effect::Copy { what, text, .. }) => (what, text),
        _ => panic!("{:?} {:?}", explorer.effects, explorer.model.notice),
    }
}

#[test]
fn the_trust_policy_statement_is_json_and_names_the_caller() {
    let mut explorer = on("legacy-us");
    explorer.keys("yp");
    let (what, text) = copied(&explorer);
    assert!(
        what.starts_with("trust-policy statement for arn:aws:iam::444455556666:role/"),
        "{what}"
    );
    if !tools::found(&["jq"]) {
        return;
    }
    let filter = ".Effect, .Action, .Principal.AWS";
    let mut jq = Command::new("jq")
        .args(["-r", filter])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    jq.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let answer = jq.wait_with_output().unwrap();
    assert!(answer.status.success());
    let lines = String::from_utf8(answer.stdout).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines[..2], ["Allow", "sts:AssumeRole"]);
    assert!(lines[2].starts_with("arn:aws:iam::"), "{lines:?}");
}

#[test]
fn where_nothing_can_be_copied_it_says_why() {
    let mut explorer = on("acq-01");
    let screen = explorer.screen("yp");
    assert!(screen.contains("nothing copied: its profile is used as it is"), "{screen}");
    let mut explorer = on("edge-shared");
    let screen = explorer.screen("yc");
    assert!(screen.contains("nothing copied: a chain of roles"), "{screen}");
}

#[test]
fn the_line_by_hand_asks_what_was_asked_in_every_shell() {
    let mut explorer = on("legacy-us");
    explorer.keys("yc");
    let (what, text) = copied(&explorer);
    assert_eq!(what, "the line that tries the way into legacy-us");
    for shell in shells() {
        let argv = run(shell, text, None).unwrap();
        assert_eq!(
            argv[..4],
            [
                "sts",
                "assume-role",
                "--role-arn",
                "arn:aws:iam::444455556666:role/OrganizationAudit"
            ],
            "{shell}"
        );
        assert!(!argv.contains(&"--external-id".to_owned()), "{argv:?}");
    }
}

/// A hostile profile and session are one word each; the external id is the person's to set, and
/// without it nothing is run.
#[test]
fn what_a_fleet_file_holds_is_quoted_and_the_external_id_is_left_out() {
    let mut account = Demo::new(Settings::default()).fleet().accounts[0].clone();
    account.access = Access::Assume(AssumeRole {
        source_profile: Some("a'b $(touch pwned) `x` \"!".to_owned()),
        chain: vec!["arn:aws:iam::111122223333:role/It's".to_owned()],
        session_name: "cf-tui".to_owned(),
        duration_seconds: 900,
        external_id: Some(ExternalId::new("very-secret")),
    });
    let mut model = fleet(vec![account]);
    let effects = keys(&mut model, "3yc");
    let [Effect::Copy { text, .. }, ..] = &effects[..] else { panic!("{effects:?}") };
    assert!(!text.contains("very-secret"));
    for shell in shells() {
        assert_eq!(run(shell, text, None), None, "{shell} ran it without EXTERNAL_ID");
        let argv = run(shell, text, Some("it's mine")).unwrap();
        let after = |flag: &str| argv[argv.iter().position(|a| a == flag).unwrap() + 1].as_str();
        assert_eq!(after("--role-arn"), "arn:aws:iam::111122223333:role/It's");
        assert_eq!(after("--profile"), "a'b $(touch pwned) `x` \"!");
        assert_eq!(after("--external-id"), "it's mine");
    }
}

#[test]
fn an_external_id_is_on_no_screen_and_in_no_copy() {
    let mut explorer = on("pay-prod");
    let screen = explorer.screen("JJJJJJJJ");
    assert!(!screen.contains("invented-for-the-demo"), "{screen}");
    for keys in ["yc", "yp"] {
        explorer.keys(keys);
        let shown = format!("{:?} {:?}", explorer.effects, explorer.model.notice);
        assert!(!shown.contains("invented-for-the-demo"), "{shown}");
    }
}

#[test]
fn the_wait_for_the_next_try_is_counted_down() {
    let mut explorer = Explorer::empty(120, 40);
    let stage = Stage::Throttled { retry_in_ms: 4_000, attempt: 3, of: 8 };
    explorer.send(Event::Reported(LoadId(1), vec![Report::Entered { account: 0, stage }]));
    let screen = explorer.screen("3gg");
    assert!(screen.contains("try 4 of 8 in 4.0 s") && screen.contains("3/8"), "{screen}");
    for (seconds, says) in [(3, "in 1.0 s"), (9, "in 0.0 s")] {
        let at = NOW + SignedDuration::from_secs(seconds);
        update(&mut explorer.model, Timed { at, event: Event::Ticked });
        let screen = explorer::text_of(&explorer.draw());
        assert!(screen.contains(says), "{screen}");
        assert!(screen.contains(&format!("{seconds}.0s")), "{screen}");
    }
}

fn fleet(accounts: Vec<Account>) -> Model {
    let mut model = Model::new(Start { accounts, ..Start::default() });
    start(&mut model, NOW);
    model
}

fn keys(model: &mut Model, keys: &str) -> Vec<Effect> {
    let press = |key| update(model, Timed { at: NOW, event: Event::Pressed(key) });
    explorer::parsed(keys).into_iter().map(press).last().unwrap()
}

fn shells() -> impl Iterator<Item = &'static str> {
    ["bash", "dash", "zsh"].into_iter().filter(|shell| tools::found(&[shell]))
}

/// The arguments that a stub for `aws` gets from the text, if it is run at all.
fn run(shell: &str, text: &str, external_id: Option<&str>) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    tools::write_program(&folder.path().join("aws"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(shell);
    command.args(["-c", text]).current_dir(&folder).env("PATH", path).env_remove("EXTERNAL_ID");
    if let Some(id) = external_id {
        command.env("EXTERNAL_ID", id);
    }
    let answer = command.output().unwrap();
    assert!(!folder.path().join("pwned").exists());
    let argv: Vec<String> =
        String::from_utf8(answer.stdout).unwrap().lines().map(str::to_owned).collect();
    answer.status.success().then_some(argv)
}
