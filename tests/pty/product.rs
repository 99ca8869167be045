//! The real program on the demo.

use std::fs;

use portable_pty::CommandBuilder;
use rustix::process::Signal;

use crate::terminal::{Terminal, command};

pub(crate) fn demo(home: &tempfile::TempDir) -> CommandBuilder {
    let mut command = program(home);
    command.arg("demo");
    command
}

/// The program, with a home of its own that nothing else writes to.
pub(crate) fn program(home: &tempfile::TempDir) -> CommandBuilder {
    let mut command = command(env!("CARGO_BIN_EXE_cf-tui"));
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

/// A real start, with everything that must not be shown.
#[test]
fn the_settings_in_force_name_their_sources_and_no_secret() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/cf-tui");
    fs::create_dir_all(folder.join("themes")).unwrap();
    fs::write(folder.join("themes/bad.toml"), "[roles]\nfail = 1\n").unwrap();
    let fleet = "[load]\nmax_concurrency = 3\n[preflight]\nenabled = false\n\
                 [[accounts]]\naccount_id = \"111122223333\"\nrole = \"Audit\"\n\
                 external_id = \"hush-id\"\n";
    fs::write(folder.join("config.toml"), fleet).unwrap();
    let mut command = demo(&home);
    *command.get_argv_mut() = vec![env!("CARGO_BIN_EXE_cf-tui").into(), "--ascii".into()];
    command.env("AWS_ACCESS_KEY_ID", "AKIAHUSHHUSHHUSHHUSH");
    command.env("AWS_SECRET_ACCESS_KEY", "hush-key");
    command.env("HTTPS_PROXY", "http://me:hush-proxy@127.0.0.1:9");
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    let mut terminal = Terminal::sized(command, (120, 50));
    terminal.wait_for("Origins");
    terminal.keys(",");
    terminal.wait_for("Settings in force");
    let screen = terminal.screen().contents();
    for row in [
        &["ascii", "yes", "--ascii"][..],
        &["fleet file", "config.toml", "the config directory"],
        &["external_id", "set for 1 of 1", "the fleet file"],
        &["max_concurrency", "3 accounts at once", "[load], fleet file"],
        &["max_attempts", "8 tries per call", "built in"],
        &["preflight", "off", "[preflight], fleet file"],
        &["https_proxy", "set", "$HTTPS_PROXY"],
        &["theme ", "bad", "--theme bad tells"],
        &["keys", "keys.toml", "not there"],
    ] {
        let has = |line: &str| row.iter().all(|part| line.contains(part));
        assert!(screen.lines().any(has), "{row:?} in\n{screen}");
    }
    terminal.keys("q");
    terminal.keys("q");
    terminal.wait_exit();
    let output = terminal.output().to_lowercase();
    assert!(!output.contains("hush"), "{output}");
}
