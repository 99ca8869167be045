//! The real program on the demo.

use std::fs;

use portable_pty::CommandBuilder;
use rustix::process::Signal;

use crate::terminal::{Terminal, command};

/// The demo, with a home of its own that nothing else writes to.
pub(crate) fn demo(home: &tempfile::TempDir) -> CommandBuilder {
    let mut command = command(env!("CARGO_BIN_EXE_cf-tui"));
    command.arg("demo");
    command.env("HOME", home.path());
    for name in ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        command.env_remove(name);
    }
    command.cwd(home.path());
    command
}

#[test]
fn the_demo_opens_copies_and_gives_the_terminal_back_and_writes_no_file() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(demo(&home));
    terminal.wait_for("DEMO");
    terminal.wait_for("▌ ✗ FAIL");
    terminal.keys("c");
    terminal.wait_for("OSC 52");
    terminal.resize((120, 40));
    terminal.wait_until("a wide screen", |t| {
        t.screen().contents().lines().any(|line| line.chars().count() > 100)
    });
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "the demo wrote a file");
}

#[test]
fn a_demo_that_still_loads_is_ended_by_a_key_and_by_a_signal() {
    for by_signal in [true, false] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start(demo(&home));
        terminal.wait_for("DEMO");
        if by_signal {
            terminal.signal(Signal::TERM);
        } else {
            terminal.keys("q");
        }
        assert_eq!(terminal.wait_exit(), if by_signal { 143 } else { 0 });
        terminal.assert_given_back();
    }
}
