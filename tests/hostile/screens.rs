//! The explorer in a real terminal, every pane looked at, and every byte of it.

use std::thread::sleep;
use std::time::Duration;

use portable_pty::CommandBuilder;

use crate::osc_52::osc_52;
use crate::run::Home;
use crate::stage::{SECRET, assert_harmless, stage};
use crate::terminal::Terminal;
use crate::texts::assert_files_hold_no_secret;

fn open(home: &Home, size: (u16, u16)) -> Terminal {
    let base = home.command([""; 0]);
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cf-tui"));
    command.env_clear();
    for (name, value) in base.get_envs() {
        command.env(name, value.unwrap());
    }
    command.env("TERM", "xterm-256color");
    command.cwd(home.path(""));
    Terminal::sized(command, size)
}

/// Every row, every tab, both tables, all four copies.
fn look_at_everything(terminal: &mut Terminal) {
    terminal.wait_for("5/5 accounts");
    let rest = Duration::from_millis(60);
    let mut press = |keys: &str| {
        terminal.keys(keys);
        sleep(rest);
    };
    press("/plain\rggc\u{1b}");
    the_panes_are_there(terminal);
    let mut press = |keys: &str| {
        terminal.keys(keys);
        sleep(rest);
    };
    press("gg");
    for _ in 0..12 {
        press("\r");
        for _ in 0..6 {
            press("]");
            press("\u{4}");
            press("\t");
        }
        press("q");
        ["yr", "yj", "ya", "c", "j"].iter().for_each(|keys| press(keys));
    }
    press("L");
    press("f");
    press("/o9\r");
    press("3");
    for _ in 0..5 {
        press("\r");
        press("\u{4}");
        press("q");
        press("j");
    }
    press("?");
    press("q");
    terminal.keys("\u{3}");
    assert_eq!(terminal.wait_exit(), 0);
}

/// The walk does see each tab of a finding.
fn the_panes_are_there(terminal: &mut Terminal) {
    terminal.keys("gg\r");
    let mut seen = String::new();
    for _ in 0..6 {
        sleep(Duration::from_millis(300));
        seen += &terminal.screen().contents();
        terminal.keys("]");
    }
    for pane in ["The two questions", "DistributionSummary"] {
        assert!(seen.contains(pane), "{pane} was not looked at in {seen}");
    }
    terminal.keys("q");
}

/// What is left of a terminal's stream without the sequences that the explorer itself writes:
/// CSI of ESC, its two OSCs, charset and keypad.
fn printed(stream: &str) -> String {
    let mut left = String::new();
    let mut rest = stream;
    while let Some(c) = rest.chars().next() {
        let Some(after) = rest.strip_prefix('\u{1b}') else {
            left.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        rest = match after.as_bytes() {
            [b'[', ..] => {
                let body = &after[1..];
                let end = body.find(|c: char| ('@'..='~').contains(&c)).unwrap();
                assert!(!body.starts_with("77;77H"), "a hostile sequence got through");
                &body[end + 1..]
            }
            [b']', b'5', b'2', b';', ..] => &after[after.find("\u{1b}\\").unwrap() + 2..],
            // Asks for the terminal's background, and holds nothing of anybody's.
            [b']', b'1', b'1', b';', b'?', b'\x07', ..] => &after[6..],
            _ => panic!(
                "an escape that the explorer does not write: {:?}",
                &after[..20.min(after.len())]
            ),
        };
    }
    left
}

fn nothing_hostile_reaches_the_terminal(size: (u16, u16)) {
    let (_fake, home) = stage();
    let mut terminal = open(&home, size);
    look_at_everything(&mut terminal);
    let stream = terminal.output();
    let printed = printed(&stream).replace('\r', "");
    assert!(printed.contains("\\x1b[77;77H") || size.0 < 100, "no hostile text was on the screen");
    assert_harmless("the terminal", &printed);
    assert!(!stream.contains(SECRET));
    let copies = osc_52(&terminal);
    assert!(copies.len() >= 30, "{}", copies.len());
    copies.iter().for_each(|copy| assert_harmless("a copy", copy));
    assert_files_hold_no_secret(&home);
    let kept = std::fs::read_to_string(home.path("state/cf-tui/fix.sh")).unwrap();
    assert_harmless("fix.sh", &kept);
}

#[test]
fn nothing_hostile_reaches_a_small_terminal() {
    nothing_hostile_reaches_the_terminal((80, 24));
}

#[test]
fn nothing_hostile_reaches_a_usual_terminal() {
    nothing_hostile_reaches_the_terminal((120, 40));
}

#[test]
fn nothing_hostile_reaches_a_large_terminal() {
    nothing_hostile_reaches_the_terminal((200, 50));
}
