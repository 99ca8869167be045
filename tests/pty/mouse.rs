//! The mouse is on only where it was asked for, and off again whatever happens.

use rustix::process::Signal;
use vt100::MouseProtocolMode;

use crate::terminal::{GIVEN_BACK, TAKEN, Terminal, command, probe_path};

const ON: &str = "\u{1b}[?1000h\u{1b}[?1002h\u{1b}[?1006h";
const OFF: &str = "\u{1b}[?1006l\u{1b}[?1002l\u{1b}[?1000l";

fn probe() -> Terminal {
    let mut command = command(probe_path());
    command.env("PROBE_MOUSE", "1");
    let terminal = Terminal::start(command);
    terminal.wait_for("selected row");
    terminal
}

fn assert_off(terminal: &Terminal) {
    terminal.assert_given_back();
    assert_eq!(terminal.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    let output = terminal.output();
    assert!(output.contains(&format!("{OFF}{GIVEN_BACK}")), "{output:?}");
}

#[test]
fn clicks_drags_and_the_wheel_come_in_and_other_movement_does_not() {
    let mut terminal = probe();
    assert!(terminal.output().starts_with(&format!("{TAKEN}{ON}")));
    assert_eq!(terminal.screen().mouse_protocol_mode(), MouseProtocolMode::ButtonMotion);
    terminal.keys("\u{1b}[<0;5;3M\u{1b}[<32;300;4M\u{1b}[<0;300;4m");
    terminal.wait_for("clicked 4,2");
    terminal.wait_for("dragged 299,3");
    terminal.keys("\u{1b}[<65;1;1M\u{1b}[<64;1;2M\u{1b}[<35;9;9M\u{1b}[<2;7;7M");
    terminal.wait_for("scrolled 0,0 down: true");
    terminal.wait_for("scrolled 0,1 down: false");
    terminal.keys("k");
    terminal.wait_for("keys k");
    assert!(!terminal.screen().contents().contains("8,8"));
    assert!(!terminal.screen().contents().contains("6,6"));
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    assert_off(&terminal);
}

#[test]
fn a_panic_and_every_signal_turn_it_off() {
    for key in ["U", "D"] {
        let mut terminal = probe();
        terminal.keys(key);
        assert_eq!(terminal.wait_exit(), 101);
        assert_off(&terminal);
    }
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut terminal = probe();
        terminal.signal(signal);
        assert_eq!(terminal.wait_exit(), status);
        assert_off(&terminal);
    }
}

#[test]
fn the_shell_has_it_off_while_the_program_is_stopped_and_fg_turns_it_on_again() {
    let mut shell = command("sh");
    shell.arg("-i");
    shell.env("PS1", "READY> ");
    shell.env("PROBE_MOUSE", "1");
    let mut terminal = Terminal::sized(shell, (80, 60));
    terminal.wait_for("READY> ");
    terminal.keys(&format!("'{}'\n", probe_path().display()));
    terminal.wait_for("selected row");
    terminal.keys("z");
    terminal.wait_until("the shell's screen", |t| !t.screen().alternate_screen());
    terminal.keys("jobs; echo B is $((40 + 2))\n");
    terminal.wait_for("B is 42");
    assert_eq!(terminal.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    terminal.keys("fg\n");
    terminal.wait_until("its own screen", |t| t.screen().alternate_screen());
    terminal.wait_until("the mouse", |t| {
        t.screen().mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
    });
    terminal.keys("q");
    terminal.wait_until("the shell's screen", |t| !t.screen().alternate_screen());
    assert_eq!(terminal.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    terminal.keys("exit 9\n");
    assert_eq!(terminal.wait_exit(), 9);
}

#[test]
fn a_stop_behind_its_back_turns_it_on_again() {
    let mut terminal = probe();
    terminal.signal(Signal::STOP);
    terminal.signal(Signal::CONT);
    let taken = format!("{TAKEN}{ON}");
    terminal.wait_until("every mode set again", |t| t.output().matches(&taken).count() == 2);
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    assert_off(&terminal);
}
