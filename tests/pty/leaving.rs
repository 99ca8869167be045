//! The terminal is as it was before, whatever the way the program ended.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::terminal::{GIVEN_BACK, TAKEN, Terminal, command, probe_path};

#[test]
fn it_takes_the_terminal_and_q_gives_it_back() {
    let mut terminal = Terminal::probe();
    let screen = terminal.screen();
    assert!(screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste());
    assert_ne!(terminal.modes(), terminal.modes_before);
    assert!(terminal.output().starts_with(TAKEN));
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
    let output = terminal.output();
    assert!(output.ends_with(GIVEN_BACK), "{output:?}");
    // Neither the cursor's place nor anything else was asked of the terminal, no mouse or focus
    // reports were turned on.
    for query in ["\u{1b}[6n", "\u{1b}[c", "\u{1b}[?u", "\u{1b}[?1000h", "\u{1b}[?1004h"] {
        assert!(!output.contains(query), "{query:?}");
    }
}

#[test]
fn a_panic_of_the_loop_gives_the_terminal_back_before_its_message() {
    for (key, message) in [("U", "the update went wrong"), ("D", "the view went wrong")] {
        let mut terminal = Terminal::probe();
        terminal.keys(key);
        assert_eq!(terminal.wait_exit(), 101);
        terminal.wait_for(message);
        terminal.assert_given_back();
        let output = terminal.output();
        assert_eq!(output.matches(message).count(), 1);
        assert!(output.find(GIVEN_BACK) < output.find(message), "{output:?}");
    }
}

#[test]
fn a_pre_flight_answers_also_where_it_panics() {
    let mut terminal = Terminal::probe();
    terminal.keys("P");
    terminal.wait_for("TLS of a.example:443: not tried: this is a test");
    terminal.keys("Q");
    terminal.wait_for("TLS of a.example:80: inconclusive: it stopped on a fault of cf-tui");
    terminal.keys("k");
    terminal.wait_for("keys PQk");
    assert!(!terminal.output().contains("panicked"), "a message was printed into the screen");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_panic_of_a_task_stays_on_the_screen_and_ends_nothing() {
    let mut terminal = Terminal::probe();
    terminal.keys("T");
    terminal.wait_for("a fault of cf-tui itself: the task went wrong");
    terminal.wait_for("load 7 ended");
    terminal.keys("k");
    terminal.wait_for("keys Tk");
    let output = terminal.output();
    assert!(!output.contains("panicked"), "a message was printed into the screen");
    assert!(!output.contains("\u{1b}[?1049l"), "the alternate screen was left");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_signal_from_outside_ends_it_with_its_number() {
    for (signal, status) in
        [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)]
    {
        let mut terminal = Terminal::probe();
        terminal.signal(signal);
        assert_eq!(terminal.wait_exit(), status, "{signal:?}");
        terminal.assert_given_back();
    }
}

#[test]
fn a_signal_is_seen_while_a_load_floods_the_channel() {
    let mut terminal = Terminal::probe();
    terminal.keys("F");
    terminal.wait_for("keys F");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.wait_exit(), 143);
    terminal.assert_given_back();
}

#[test]
fn quitting_waits_for_no_load() {
    // One that fills its channel for ever, one that blocks its thread for ten minutes.
    for key in ["F", "B"] {
        let mut terminal = Terminal::probe();
        terminal.keys(key);
        terminal.wait_for(&format!("keys {key}"));
        let began = Instant::now();
        terminal.keys("q");
        assert_eq!(terminal.wait_exit(), 0);
        // Some milliseconds, and what a busy machine adds.
        assert!(began.elapsed() < Duration::from_secs(5), "{key}: {:?}", began.elapsed());
        terminal.assert_given_back();
    }
}

#[test]
fn a_terminal_that_is_closed_ends_it() {
    // With a session of its own it gets no SIGHUP, and has to notice by itself.
    for has_signal in [true, false] {
        let mut command = command(probe_path());
        command.set_controlling_tty(has_signal);
        let mut terminal = Terminal::start(command);
        terminal.wait_for("selected row");
        terminal.keys("k");
        terminal.wait_for("keys k");
        terminal.close();
        assert_eq!(terminal.wait_exit(), 129, "SIGHUP: {has_signal}");
    }
}

#[test]
fn a_terminal_that_is_closed_under_a_flood_of_frames_ends_it() {
    let mut command = command(probe_path());
    command.set_controlling_tty(false);
    let mut terminal = Terminal::start(command);
    terminal.wait_for("selected row");
    terminal.keys("F");
    terminal.wait_for("keys F");
    terminal.close();
    assert_eq!(terminal.wait_exit(), 129);
}

#[test]
fn without_a_terminal_it_says_what_to_do_and_ends_with_2() {
    let mut child = Command::new(probe_path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have ended already, and then nobody reads this.
    let _ = child.stdin.take().unwrap().write_all(b"q");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("standard input is not one") && said.contains("cf-tui scan"), "{said}");
}

#[test]
fn on_a_dumb_terminal_it_says_what_to_do_and_ends_with_2() {
    let mut command = command(probe_path());
    command.env("TERM", "dumb");
    let mut terminal = Terminal::start(command);
    assert_eq!(terminal.wait_exit(), 2);
    terminal.wait_for("cf-tui scan");
    assert!(!terminal.output().contains('\u{1b}'));
    assert_eq!(terminal.modes(), terminal.modes_before);
}

#[test]
fn a_stop_behind_its_back_is_painted_over_when_it_goes_on() {
    let mut terminal = Terminal::probe();
    terminal.signal(Signal::STOP);
    terminal.signal(Signal::CONT);
    terminal.wait_until("every mode set again", |t| t.output().matches(TAKEN).count() == 2);
    terminal.keys("k");
    terminal.wait_for("keys k");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
}

#[test]
fn ctrl_z_stops_it_for_the_shell_and_fg_brings_it_back() {
    let mut shell = command("sh");
    shell.arg("-i");
    shell.env("PS1", "READY> ");
    let mut terminal = Terminal::sized(shell, (80, 60));
    terminal.wait_for("READY> ");
    terminal.keys("stty -a | sed s/^/A:/; echo A is $((40 + 1))\n");
    terminal.wait_for("A is 41");
    terminal.keys(&format!("'{}'\n", probe_path().display()));
    terminal.wait_for("selected row");

    terminal.keys("z");
    terminal.wait_until("the shell's screen", |t| !t.screen().alternate_screen());
    terminal.keys("jobs; stty -a | sed s/^/B:/; echo B is $((40 + 2))\n");
    terminal.wait_for("B is 42");
    terminal.wait_for("Stopped");
    let before = settings(&terminal, "A:");
    assert!(before.join(" ").contains(" icanon ") && before.join(" ").contains(" echo "));
    assert_eq!(settings(&terminal, "B:"), before);
    assert!(!terminal.screen().hide_cursor() && !terminal.screen().bracketed_paste());

    terminal.keys("fg\n");
    terminal.wait_until("its own screen", |t| t.screen().alternate_screen());
    terminal.wait_for("keys z");
    terminal.keys("k");
    terminal.wait_for("keys zk");
    assert!(terminal.screen().hide_cursor() && terminal.screen().bracketed_paste());
    terminal.keys("q");
    terminal.wait_until("the shell's screen", |t| !t.screen().alternate_screen());
    terminal.keys("exit 9\n");
    assert_eq!(terminal.wait_exit(), 9);
}

/// What `stty -a` said under a mark, in the shell's screen.
fn settings(terminal: &Terminal, mark: &str) -> Vec<String> {
    let contents = terminal.screen().contents();
    contents.lines().filter_map(|line| line.strip_prefix(mark).map(str::to_owned)).collect()
}

#[test]
fn ctrl_z_without_a_shell_to_continue_it_only_repaints() {
    let mut terminal = Terminal::probe();
    terminal.keys("z");
    terminal.wait_until("taken again", |t| t.output().matches(TAKEN).count() == 2);
    terminal.keys("k");
    terminal.wait_for("keys zk");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
}
