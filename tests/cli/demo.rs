//! `scan` and `fix` on the demo: stable, quiet where a reader goes away.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::run::Home;

#[test]
fn two_runs_are_the_same_byte_for_byte() {
    let home = Home::new();
    for format in ["json", "csv", "table"] {
        let one = home.run(&format!("scan --demo --format {format}"));
        let two = home.run(&format!("scan --demo --format {format}"));
        assert_eq!(one.status, 4);
        assert!(one.stdout == two.stdout, "{format}");
        assert!(one.stdout.lines().all(cf_tui::domain::text::is_plain), "{format}");
        assert!(one.stderr.lines().all(cf_tui::domain::text::is_plain), "{format}");
    }
    assert!(home.files().is_empty());
}

#[test]
fn findings_are_ordered_by_account_distribution_and_origin() {
    let json: Value =
        serde_json::from_str(&Home::new().run("scan --demo --format json").stdout).unwrap();
    let places: Vec<[&str; 3]> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| ["account_id", "distribution_id", "origin_id"].map(|k| f[k].as_str().unwrap()))
        .collect();
    assert!(places.len() > 200);
    assert!(places.is_sorted());
}

#[test]
fn accounts_before_and_after_the_command_and_groups_are_a_union() {
    let home = Home::new();
    let run = home.run("--account shop-prod scan --demo --format json --account pay-prod");
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    let names: Vec<&str> =
        json["accounts"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["shop-prod", "pay-prod"]);
    assert_eq!(json["coverage"]["accounts"], 2);
}

#[test]
fn missing_accounts_are_told_beside_every_format() {
    let home = Home::new();
    for format in ["json", "csv"] {
        let run = home.run(&format!("scan --demo --account legacy-us --format {format}"));
        assert_eq!(run.status, 3);
        let last = run.stderr.lines().last().unwrap();
        assert!(last.starts_with("failed legacy-us (444455556666): "), "{last}");
    }
    let table = home.run("scan --demo --account legacy-us");
    assert!(table.stdout.contains("failed legacy-us (444455556666): "), "{}", table.stdout);
}

#[test]
fn a_filter_narrows_what_counts_and_not_the_coverage() {
    let home = Home::new();
    assert_eq!(home.run("scan --demo --account shop-prod").status, 1);
    let none = home.run("scan --demo --account shop-prod --format json --filter no-such-word");
    assert_eq!(none.status, 0);
    let json: Value = serde_json::from_str(&none.stdout).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
    assert_ne!(json["accounts"][0]["origins"], 0);
    let failed = home.run("scan --demo --account legacy-us --filter no-such-word");
    assert_eq!(failed.status, 3);
    let wrong = home.run("scan --demo --filter shop\"");
    assert!(wrong.stderr.ends_with("  shop\"\n      ^\n"), "{}", wrong.stderr);
}

#[test]
fn a_filter_is_the_explorers() {
    let home = Home::new();
    let origins = |filter: &str| -> Vec<String> {
        let run =
            home.run(&format!("scan --demo --account shop-prod --format json --filter {filter}"));
        let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
        let findings = json["findings"].as_array().unwrap();
        findings.iter().map(|f| f["origin_id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(origins("img|api"), ["api", "img"]);
    assert_eq!(origins("tls<1.2"), ["api", "img"]);
    assert_eq!(origins("age>30d"), ["static-eu", "static-us"]);
    assert_eq!(origins("is:marked"), [""; 0]);
    let partial = home.run("scan --demo --account legacy-eu --format json --filter has:error");
    assert_eq!(partial.status, 4);
    assert!(partial.stdout.contains("\"origin_id\""), "{partial:?}");
}

#[test]
fn a_filter_that_cannot_be_read_is_told_with_its_place() {
    let home = Home::new();
    let run = home.run("scan --demo --filter verdict>=foo");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    let said = "--filter: `foo` is no verdict\n  verdict>=foo\n           ^^^\n  \
                hint: worst first: fail unknown warn pass not_applicable\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
}

#[test]
fn only_disabled_accounts_are_a_mistake_and_not_a_pass() {
    let home = Home::new();
    let json: Value = serde_json::from_str(&home.run("scan --demo --format json").stdout).unwrap();
    let skipped = json["accounts"].as_array().unwrap().iter().find(|a| a["state"] == "skipped");
    let name = skipped.unwrap()["name"].as_str().unwrap();
    let run = home.run(&format!("scan --demo --account {name}"));
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("disabled"), "{}", run.stderr);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let home = Home::new();
    let commands = [
        "scan --demo --distributions 5000 --format json",
        "scan --demo --distributions 5000",
        "completions bash",
        "--help",
    ];
    for command in commands {
        let mut child = home.command(command.split(' ')).spawn().unwrap();
        let mut first = [0];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.code().is_some(), "{command}: no signal ended it");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("ipe") && !said.contains("panicked"), "{command}: {said}");
    }
}

#[test]
fn a_reader_that_does_not_read_does_not_keep_it_from_stopping() {
    let home = Home::new();
    let arguments = ["scan", "--demo", "--distributions", "5000", "--format", "json"];
    let mut child = home.command(arguments).stderr(Stdio::null()).spawn().unwrap();
    let mut first = [0];
    // It writes: more than a pipe holds is left.
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn nobody_reads_stderr() {
    let home = Home::new();
    let mut child = home.command(["scan", "--demo", "--format", "csv"]).spawn().unwrap();
    drop(child.stderr.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(output.stdout.starts_with(b"account_id,"));
}

#[test]
fn fix_prints_the_text_and_nothing_else() {
    let home = Home::new();
    let json: Value = serde_json::from_str(&home.run("scan --demo --format json").stdout).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let id = |f: &Value, key: &str| f[key].as_str().unwrap().to_owned();
    let fix = |finding: &Value, form: &str| {
        let ids = ["account_id", "distribution_id", "origin_id"].map(|key| id(finding, key));
        let arguments = ["fix", "--demo", "--as", form, "--"].map(str::to_owned);
        crate::run::ran(home.command(arguments.into_iter().chain(ids)).output().unwrap())
    };
    let plain = |f: &&Value| {
        f["origin_kind"] == "custom"
            && f["exposure"] == "plaintext"
            && id(f, "origin_id").chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let failing = findings.iter().find(plain).unwrap();
    let run = fix(failing, "cli");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains(&id(failing, "origin_id")) && !run.stdout.ends_with('\n'));
    let console = fix(failing, "console");
    assert_eq!((console.status, console.stderr.as_str()), (0, ""));
    assert!(console.stdout.contains(&id(failing, "distribution_id")));

    let passing = findings.iter().find(|f| f["verdict"] == "pass").unwrap();
    let nothing = fix(passing, "cli");
    assert_eq!((nothing.status, nothing.stdout.as_str()), (1, ""));
    assert!(!nothing.stderr.is_empty());

    let hostile = findings.iter().find(|f| {
        f["verdict"] == "fail" && !cf_tui::domain::text::is_plain(f["origin_id"].as_str().unwrap())
    });
    let refused = fix(hostile.expect("the demo has such an id"), "cli");
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.lines().all(cf_tui::domain::text::is_plain));
}

#[test]
fn the_statuses_of_fix_without_a_text() {
    let home = Home::new();
    let json: Value =
        serde_json::from_str(&home.run("scan --demo --account shop-prod --format json").stdout)
            .unwrap();
    let finding = &json["findings"][0];
    let (account, distribution) =
        (finding["account_id"].as_str().unwrap(), finding["distribution_id"].as_str().unwrap());
    let cases = [
        (format!("{account} {distribution} no-such-origin"), 1, "has no origin"),
        (format!("{account} ENOSUCH o"), 1, "no distribution ENOSUCH"),
        ("000000000000 E1 o".to_owned(), 2, "no account 000000000000"),
        ("444455556666 E1 o".to_owned(), 3, "was not wholly read"),
    ];
    for (ids, status, said) in cases {
        let run = home.run(&format!("fix --demo {ids}"));
        assert_eq!((run.status, run.stdout.as_str()), (status, ""), "{ids}");
        assert!(run.stderr.contains(said), "{ids}: {}", run.stderr);
    }
}
