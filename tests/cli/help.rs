//! Help, version and mistakes on the command line.

use std::os::unix::ffi::OsStrExt;

use crate::run::{Home, ran};

#[test]
fn help_and_version_go_to_stdout() {
    let home = Home::new();
    for arguments in [
        "--help",
        "-h",
        "scan --help",
        "fix --help",
        "demo --help",
        "role-policy --help",
        "--version",
    ] {
        let run = home.run(arguments);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments}");
        assert!(!run.stdout.is_empty());
    }
    assert_eq!(home.run("--version").stdout, concat!("cf-tui ", env!("CARGO_PKG_VERSION"), "\n"));
    assert!(home.run("--help").stdout.contains("Examples:"));
    assert!(home.files().is_empty());
}

#[test]
fn every_command_takes_the_common_flags() {
    let home = Home::new();
    for command in [
        "demo",
        "scan",
        "fix",
        "init",
        "check",
        "role-policy",
        "info",
        "keys",
        "man",
        "completions",
    ] {
        let help = home.run(&format!("{command} --help")).stdout;
        for flag in
            ["--config", "--account", "--group", "--theme", "--ascii", "--no-session-policy"]
        {
            assert!(
                help.contains(&format!("{flag} ")) || help.contains(&format!("{flag}\n")),
                "{command} {flag}"
            );
        }
    }
}

#[test]
fn mistakes_on_the_command_line_are_2() {
    let home = Home::new();
    let mistakes = [
        "scna",
        "scan --format xml",
        "scan --lens both",
        "scan --seed 1",
        "scan --demo --accounts 0",
        "scan --demo --account nobody",
        "scan --demo --group nobody",
        "scan --demo --config x.toml",
        "scan --demo --filter \"",
        "fix 111122223333",
        "fix --as terraform 111122223333 E1 o",
        "completions tcsh",
        "role-policy --format json",
        "role-policy --trusted-principal *",
    ];
    for mistake in mistakes {
        let run = home.run(mistake);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{mistake}");
        assert!(!run.stderr.is_empty(), "{mistake}");
    }
}

#[test]
fn arguments_that_are_not_unicode_are_mistakes_not_panics() {
    let home = Home::new();
    let odd = std::ffi::OsStr::from_bytes(b"\xff\x1b");
    let arguments = [&["scan", "--account"][..], &["fix", "111122223333", "E1"][..], &[][..]];
    for before in arguments {
        let mut command = home.command(before);
        let run = ran(command.arg(odd).output().unwrap());
        assert_eq!(run.status, 2, "{before:?} {run:?}");
        assert!(!run.stderr.contains("panicked"));
    }
    let run = ran(home.command(["scan", "--config"]).arg(odd).output().unwrap());
    assert_eq!(run.status, 2);
    assert!(!run.stderr.contains('\x1b'), "{}", run.stderr);
}

#[test]
fn completions_name_the_commands() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let run = home.run(&format!("completions {shell}"));
        assert_eq!(run.status, 0);
        assert!(run.stdout.contains("scan") && run.stdout.contains("no-session-policy"));
    }
}

#[test]
fn without_a_fleet_file_it_says_where_it_looked_and_three_ways_on() {
    let home = Home::new();
    for command in ["scan", "check", "fix 111122223333 E1 o"] {
        let run = home.run(command);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        for told in ["config/cf-tui/config.toml", "cf-tui demo", "cf-tui init", "--config"] {
            assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
        }
    }
}

#[test]
fn the_explorer_needs_a_terminal() {
    let run = Home::new().run("demo");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("terminal"), "{}", run.stderr);
}
