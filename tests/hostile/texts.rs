//! The commands that print.

use crate::run::Home;
use crate::stage::{SECRET, TEXTS, assert_harmless, stage};

#[test]
fn every_format_and_message_is_harmless_and_holds_no_header_value() {
    let (fake, home) = stage();
    for arguments in [
        "scan",
        "scan --ascii",
        "scan --format json",
        "scan --format csv",
        "scan --output out.txt",
        "scan --format json --output out.json",
        "scan --format csv --output out.csv",
        "check --sts",
        "fix 111122223333 E6 plain",
        "fix --as console 111122223333 E5 site",
        "fix 111122223333 E5 site",
        "fix 111122223333 E0 nobody",
        "fix 111122223333 nothing nobody",
        "fix 222233334444 E0 x",
        "fix 333344445555 E0 x",
        "fix 444455556666 E0 x",
        "fix 555566667777 E0 x",
    ] {
        let run = home.run(arguments);
        assert_harmless(&format!("stdout of {arguments}"), &run.stdout);
        assert_harmless(&format!("stderr of {arguments}"), &run.stderr);
        assert!(!run.stdout.is_empty() || !run.stderr.is_empty(), "{arguments}");
    }
    assert_files_hold_no_secret(&home);
    assert!(fake.count(TEXTS.0, "ListDistributions") >= 7);
}

#[test]
fn hostile_arguments_are_shown_harmless() {
    let (_fake, home) = stage();
    let hostile = crate::stage::HOSTILE;
    for arguments in [
        vec!["fix", hostile, "E", "o"],
        vec!["fix", TEXTS.0, hostile, "o"],
        vec!["fix", TEXTS.0, "E0", hostile],
        vec!["scan", "--account", hostile],
        vec!["scan", "--group", hostile],
        vec!["scan", "--filter", hostile],
        vec!["scan", "--config", hostile],
        vec!["scan", "--output", hostile],
        vec!["scan", "--format", hostile],
        vec![hostile],
        vec!["completions", hostile],
        vec!["init", hostile],
    ] {
        let run = crate::run::ran(home.command(&arguments).output().unwrap());
        assert_harmless(&format!("stdout of {arguments:?}"), &run.stdout);
        assert_harmless(&format!("stderr of {arguments:?}"), &run.stderr);
    }
}

#[test]
fn the_origin_with_the_hostile_id_gets_no_command_and_is_told_why() {
    let (_fake, home) = stage();
    let id = format!("o9{}", crate::stage::HOSTILE);
    let run = crate::run::ran(home.command(["fix", TEXTS.0, "E6", &id]).output().unwrap());
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
    assert!(run.stderr.contains("no command is built: the origin id holds"), "{run:?}");
    assert_harmless("the reason", &run.stderr);
    let console = home.command(["fix", "--as", "console", TEXTS.0, "E6", &id]).output().unwrap();
    let console = crate::run::ran(console);
    assert_eq!(console.status, 0, "{console:?}");
    assert_harmless("the steps", &console.stdout);
}

/// Results, copies, state: whatever the runs wrote.
#[track_caller]
pub fn assert_files_hold_no_secret(home: &Home) {
    for (path, bytes) in home.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(SECRET), "{}", path.display());
    }
}
