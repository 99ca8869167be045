//! What is shown, what is copied and what `cf-tui fix` prints is one text, byte for byte.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use std::collections::HashMap;
use std::process::Command;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::tab::RemediationTab;
use cf_tui::domain::fix::{self, Form};
use cf_tui::ui::glyphs::Glyphs;
use cf_tui::ui::remediation::remediation;
use cf_tui::ui::theme::Theme;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use explorer::Explorer;

const COPIES: [(RemediationTab, &str, &str); 5] = [
    (RemediationTab::Cli, "yc", "cli"),
    (RemediationTab::Terraform, "yt", "terraform"),
    (RemediationTab::CloudFormation, "yf", "cloudformation"),
    (RemediationTab::Console, "yp", "console"),
    (RemediationTab::Ticket, "ym", "ticket"),
];

/// More than the longest line of any form.
const WIDE: u16 = 4_000;

fn press(explorer: &mut Explorer, keys: &str) {
    for key in keys.chars() {
        let key = KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE);
        explorer.send(Event::Pressed(key));
    }
}

fn shown(explorer: &Explorer, tab: RemediationTab) -> String {
    let finding = explorer.model.finding().unwrap();
    let neighbours = explorer.model.store.neighbours(&finding);
    let pane = remediation(&finding, &neighbours, tab, &Theme::dark(), Glyphs::default(), WIDE);
    pane.iter().map(|line| format!("{line}\n")).collect()
}

/// How often each kind of finding was looked at: a few of each are.
type Seen = HashMap<String, usize>;

fn is_new(explorer: &Explorer, seen: &mut Seen, most: usize) -> bool {
    let finding = explorer.model.finding().unwrap();
    let assessment = finding.assessment;
    let cases: Vec<_> = fix::cases(&finding).iter().map(|c| c.case).collect();
    let kind = format!("{:?} {:?} {cases:?}", assessment.kind, assessment.exposure);
    let times = seen.entry(kind).or_default();
    *times += 1;
    *times <= most
}

#[test]
fn what_is_copied_is_what_is_shown() {
    let mut explorer = Explorer::demo(120, 40);
    let (mut seen, mut compared) = (Seen::new(), 0);
    for _ in 0..explorer.model.index.visible().len() {
        press(&mut explorer, "j");
        if !is_new(&explorer, &mut seen, 8) {
            continue;
        }
        for (tab, keys, _) in COPIES {
            press(&mut explorer, keys);
            let shown = shown(&explorer, tab);
            let built = fix::text(&explorer.model.finding().unwrap(), tab.form());
            let copied = explorer.effects.iter().find_map(|effect| match effect {
                Effect::Copy { text, .. } => Some(text.clone()),
                _ => None,
            });
            assert_eq!(copied, built.clone().ok(), "{tab:?}");
            match built {
                Ok(text) => {
                    assert!(shown.contains(&format!("\n{text}\n")), "{tab:?} {text}\n{shown}")
                }
                Err(why) => assert!(shown.contains(why.reason()), "{tab:?} {shown}"),
            }
            compared += 1;
        }
    }
    assert!(compared > 300 && seen.len() > 12, "{compared} {}", seen.len());
}

#[test]
fn what_is_printed_is_what_is_copied() {
    let mut explorer = Explorer::demo(120, 40);
    let (mut seen, mut runs) = (Seen::new(), 0);
    for _ in 0..explorer.model.index.visible().len() {
        press(&mut explorer, "j");
        if !is_new(&explorer, &mut seen, 1) {
            continue;
        }
        let finding = explorer.model.finding().unwrap();
        let account = finding.account.id.as_str();
        let ids = [account, finding.distribution.id.as_str(), finding.origin.id.as_str()];
        for (tab, _, form) in COPIES {
            let built = fix::text(&finding, tab.form());
            let home = tempfile::tempdir().unwrap();
            let run = Command::new(env!("CARGO_BIN_EXE_cf-tui"))
                .env_clear()
                .env("HOME", home.path())
                .args(["fix", "--demo", "--latency", "0", "--as", form, "--"])
                .args(ids)
                .output()
                .unwrap();
            let stdout = String::from_utf8(run.stdout).unwrap();
            assert_eq!(stdout, built.clone().unwrap_or_default(), "{ids:?} {form}");
            assert_eq!(run.status.code(), Some(i32::from(built.is_err())), "{ids:?} {form}");
            runs += 1;
        }
    }
    assert!(runs >= 60, "{runs}");
}

#[test]
fn another_way_is_shown_as_the_ticket_has_it_and_not_copied_with_the_first() {
    let mut explorer = Explorer::demo(120, 40);
    let (mut seen, mut scripts, mut plans) = (Seen::new(), 0, 0);
    for _ in 0..explorer.model.index.visible().len() {
        press(&mut explorer, "j");
        if !is_new(&explorer, &mut seen, 2) {
            continue;
        }
        let shown = shown(&explorer, RemediationTab::Cli);
        let finding = explorer.model.finding().unwrap();
        let others = fix::others(&finding);
        assert_eq!(others.len(), fix::cases(&finding).len() - 1);
        for other in others {
            let Ok(cli) = &other.cli else { panic!("{other:?}") };
            let ticket = fix::text(&finding, Form::Ticket).unwrap();
            assert!(ticket.contains(&format!("```sh\n{}\n```", cli.text)), "{ticket}");
            let under = shown.split_once(&format!("\n{}\n", other.title)).unwrap().1;
            assert!(under.contains(&format!("\n{}\n", cli.text)), "{under}");
            assert!(under.starts_with(&other.why), "{under}");
            assert!(!fix::text(&finding, Form::Cli).unwrap().contains(&cli.text));
            let count = if cli.is_script { &mut scripts } else { &mut plans };
            *count += 1;
        }
    }
    assert!(scripts > 3 && plans > 3, "{scripts} {plans}");
}

#[test]
fn every_form_is_a_tab() {
    let forms: Vec<Form> = RemediationTab::ALL.iter().map(|tab| tab.form()).collect();
    assert_eq!(forms, Form::ALL);
}
