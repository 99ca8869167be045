//! A session that is recorded and played again, by the real program.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use crate::product::program;
use crate::terminal::Terminal;

fn start(home: &TempDir, arguments: &str) -> Terminal {
    let mut command = program(home);
    command.args(arguments.split(' '));
    Terminal::sized(command, (100, 30))
}

/// The screen without its last line, in which a replay has its own keys, and without the mark.
fn shown(terminal: &Terminal) -> Vec<String> {
    let contents = terminal.screen().contents();
    let mut lines: Vec<String> =
        contents.lines().skip(1).map(|line| line.trim_end().to_owned()).collect();
    lines.truncate(28);
    lines
}

/// A session of the demo in `session.jsonl`, and its last screen.
fn session(home: &TempDir) -> Vec<String> {
    let mut terminal = start(home, "demo --latency 0 --record session.jsonl");
    terminal.wait_for("▌ ✗ FAIL");
    terminal.keys("/shop\rjj");
    terminal.wait_for("15 shown");
    terminal.wait_for("Origins 3/15");
    let last = shown(&terminal);
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
    last
}

#[test]
fn a_replay_comes_to_the_last_screen_and_writes_no_file() {
    let home = tempfile::tempdir().unwrap();
    let last = session(&home);
    let file = home.path().join("session.jsonl");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    for command in ["--replay session.jsonl --speed 0", "demo --speed 0 --replay session.jsonl"] {
        let mut terminal = start(&home, command);
        terminal.wait_for("ended");
        assert_eq!(shown(&terminal), last);
        assert!(terminal.screen().contents().contains(" REPLAY "));
        // `c` copies nothing here, and only `q` leaves.
        terminal.keys("c");
        terminal.keys("q");
        assert_eq!(terminal.wait_exit(), 0);
        terminal.assert_given_back();
        assert!(!terminal.output().contains("\u{1b}]52"), "something was copied");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "a replay wrote a file");
}

#[test]
fn a_replay_is_paused_stepped_and_left_by_keys() {
    let home = tempfile::tempdir().unwrap();
    session(&home);
    let mut terminal = start(&home, "--replay session.jsonl --speed 0.01");
    terminal.wait_for("REPLAY  ");
    terminal.keys(" ");
    terminal.wait_for("paused");
    let played = |terminal: &Terminal| {
        let contents = terminal.screen().contents();
        let line = contents.lines().last().unwrap().to_owned();
        let number = line.split_whitespace().nth(1).unwrap().split('/').next().unwrap().to_owned();
        number.parse::<usize>().unwrap()
    };
    let before = played(&terminal);
    terminal.keys(".");
    terminal.wait_until("one more step", |terminal| played(terminal) > before);
    terminal.keys("\u{3}");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_recording_replaces_no_file() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("session.jsonl");
    fs::write(&file, "mine").unwrap();
    let mut terminal = start(&home, "demo --record session.jsonl");
    assert_eq!(terminal.wait_exit(), 2);
    terminal.wait_for("session.jsonl is there already, and a recording replaces nothing");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let mut terminal = start(&home, "demo --record nowhere/session.jsonl");
    assert_eq!(terminal.wait_exit(), 2);
    terminal.wait_for("cannot record to nowhere/session.jsonl: No such file");
}

#[test]
fn a_script_is_typed_at_the_demo() {
    let home = tempfile::tempdir().unwrap();
    let script = "{\"keys\":\"/shop<enter>jj\"}\n{\"wait_ms\":100}\n{\"keys\":\"c\"}\n";
    fs::write(home.path().join("script.jsonl"), script).unwrap();
    let mut terminal = start(&home, "demo --latency 0 --replay script.jsonl --speed 4");
    terminal.wait_for("Origins 3/15");
    terminal.wait_for("a script copies nothing");
    terminal.wait_for("ended");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
    assert!(!terminal.output().contains("\u{1b}]52"), "something was copied");
}
