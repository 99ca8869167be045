//! The terminal's background: asked for, answered at once, late, never, or while somebody types.

use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use crate::product::demo;
use crate::terminal::{PATIENCE, Terminal};
use crate::tools;

const QUESTION: &str = "\u{1b}]11;?\u{7}";
const LIGHT: &str = "\u{1b}]11;rgb:ffff/ffff/ffff\u{7}";
/// The background of the selected row in the two themes.
const IN_LIGHT: &str = "48;5;254";
const IN_DARK: &str = "48;5;237";

fn asked(command: CommandBuilder) -> Terminal {
    let terminal = Terminal::start(command);
    terminal.wait_until("the question", |t| t.output().contains(QUESTION));
    terminal
}

fn shows(terminal: &Terminal, colour: &str) {
    terminal.wait_until(colour, |t| t.output().contains(colour));
}

#[test]
fn the_answer_chooses_the_theme_and_keys_typed_at_once_arrive() {
    for answer in [LIGHT, "\u{1b}]11;rgb:fd/f6/e3\u{1b}\\"] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = asked(demo(&home));
        terminal.keys(&format!("/ab{answer}cd"));
        terminal.wait_for("/abcd");
        terminal.keys("\u{1b}");
        shows(&terminal, IN_LIGHT);
        assert!(!terminal.output().contains(IN_DARK));
        terminal.keys("q");
        assert_eq!(terminal.wait_exit(), 0);
        terminal.assert_given_back();
    }
}

#[test]
fn a_late_answer_is_no_key_and_changes_the_theme() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = asked(demo(&home));
    let began = Instant::now();
    shows(&terminal, IN_DARK);
    sleep(Duration::from_millis(1500).saturating_sub(began.elapsed()));
    terminal.keys(&format!("/x{LIGHT}y"));
    terminal.wait_for("/xy");
    terminal.keys("\u{1b}");
    shows(&terminal, IN_LIGHT);
}

#[test]
fn a_terminal_that_never_answers_costs_a_moment_and_is_taken_as_dark() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = asked(demo(&home));
    let began = Instant::now();
    terminal.wait_for("DEMO");
    // 80 ms, and what a busy machine adds.
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    shows(&terminal, IN_DARK);
    // Keys that look like the beginning of an answer are keys.
    terminal.keys("/\u{1b}]11;rgb");
    terminal.wait_for("11;rgb");
    terminal.keys("\u{1b}");
    terminal.wait_for("/(none)");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
}

#[test]
fn an_answer_that_comes_after_q_is_not_left_to_the_shell() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = asked(demo(&home));
    terminal.keys("q");
    sleep(Duration::from_millis(20));
    terminal.keys(LIGHT);
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
    sleep(Duration::from_millis(50));
    assert!(!terminal.output().contains("rgb:"), "{:?}", terminal.output());
}

/// tmux 3.3 answers for itself where a style says what its windows look like.
#[test]
fn inside_tmux_the_answer_is_tmuxs() {
    if !tools::found(&["tmux"]) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("socket");
    let tmux = |arguments: &[&str]| {
        let mut tmux = Command::new("tmux");
        tmux.arg("-S").arg(&socket).args(arguments).env("HOME", home.path());
        tmux.env_remove("TMUX").env_remove("NO_COLOR").output().unwrap()
    };
    let config = home.path().join("tmux.conf");
    std::fs::write(&config, "set -g window-style bg=#ffffff,fg=#000000\n").unwrap();
    let program = format!("{} demo", env!("CARGO_BIN_EXE_cf-tui"));
    tmux(&["-f", config.to_str().unwrap(), "new-session", "-d", "-x", "80", "-y", "24", &program]);
    let began = Instant::now();
    let picture = loop {
        let shown = String::from_utf8(tmux(&["capture-pane", "-p", "-e"]).stdout).unwrap();
        if shown.contains("48;5;2") || began.elapsed() > PATIENCE {
            break shown;
        }
        sleep(Duration::from_millis(50));
    };
    tmux(&["kill-server"]);
    assert!(picture.contains(IN_LIGHT), "{picture}");
}

#[test]
fn who_chose_is_not_asked_again() {
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)]);
    let cases: [Case<'_>; 4] = [
        (&["--theme", "dark"], &[]),
        (&[], &[("NO_COLOR", "1")]),
        (&[], &[("TERM", "linux")]),
        (&[], &[("TERM", "screen")]),
    ];
    for (arguments, variables) in cases {
        let home = tempfile::tempdir().unwrap();
        let mut command = demo(&home);
        command.args(arguments);
        for (name, value) in variables {
            command.env(name, value);
        }
        let terminal = Terminal::start(command);
        terminal.wait_for("✗ FAIL");
        let output = terminal.output();
        assert!(!output.contains(QUESTION), "{arguments:?} {variables:?}");
        let coloured = output.contains("38;5;");
        assert_eq!(coloured, !variables.contains(&("NO_COLOR", "1")), "{variables:?}");
    }
}

#[test]
fn colorfgbg_tells_where_the_terminal_does_not_and_settings_come_before_it() {
    let home = tempfile::tempdir().unwrap();
    let mut command = demo(&home);
    command.env("COLORFGBG", "0;15");
    shows(&asked(command), IN_LIGHT);

    let folder = home.path().join(".config/cf-tui");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("settings.toml"), "theme = \"dark\"\nascii = true\n").unwrap();
    let mut command = demo(&home);
    command.env("COLORFGBG", "0;15");
    let terminal = Terminal::start(command);
    shows(&terminal, IN_DARK);
    let output = terminal.output();
    assert!(!output.contains(QUESTION) && !output.contains('│'));
}
