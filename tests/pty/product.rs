//! The real program on the demo.

use std::fs;

use portable_pty::CommandBuilder;
use rustix::process::Signal;

use crate::terminal::{Terminal, command};

/// The demo, with a home of its own that nothing else writes to.
fn demo(home: &tempfile::TempDir) -> CommandBuilder {
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

/// The explorer on a fleet file of one account that cannot be reached, with a home of its own.
fn fleet(home: &tempfile::TempDir, arguments: &[&str]) -> Terminal {
    Terminal::sized(fleet_command(home, arguments), (120, 40))
}

fn fleet_command(home: &tempfile::TempDir, arguments: &[&str]) -> CommandBuilder {
    let file = home.path().join("fleet.toml");
    let account = "[[accounts]]\naccount_id = \"111122223333\"\nname = \"shop\"\nrole = \"R\"\n";
    fs::write(&file, account).unwrap();
    let mut command = demo(home);
    *command.get_argv_mut() =
        vec![env!("CARGO_BIN_EXE_cf-tui").into(), "--config".into(), file.into()];
    command.args(arguments);
    command.env("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
    command.env("AWS_SECRET_ACCESS_KEY", "example");
    command.env("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

#[test]
fn a_terminal_that_is_closed_keeps_the_session_too() {
    for has_signal in [true, false] {
        let home = tempfile::tempdir().unwrap();
        let mut command = fleet_command(&home, &[]);
        command.set_controlling_tty(has_signal);
        let mut terminal = Terminal::sized(command, (120, 40));
        terminal.wait_for("Origins");
        terminal.keys("/closed\r");
        terminal.wait_for("/closed  f problems");
        terminal.close();
        assert_eq!(terminal.wait_exit(), 129);
        let kept = fs::read_to_string(home.path().join(".local/state/cf-tui/session.toml"));
        assert!(kept.unwrap().contains("filter = \"closed\""), "SIGHUP: {has_signal}");
    }
}

#[test]
fn a_file_of_views_that_cannot_be_used_is_told_and_replaced_by_the_next_view() {
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join(".local/state/cf-tui");
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("views.toml"), "[views.a]\nview = \"moon\"\n").unwrap();
    let mut terminal = fleet(&home, &["--resume"]);
    terminal.wait_for("views.toml cannot be used");
    terminal.wait_for("there is no last session to go on with");
    terminal.keys("mb");
    terminal.wait_for("saved as b");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    let views = fs::read_to_string(state.join("views.toml")).unwrap();
    assert!(views.contains("[views.b]") && !views.contains("moon"), "{views}");
}

#[test]
fn a_session_is_kept_when_a_key_or_a_signal_ends_it_and_resumed() {
    let home = tempfile::tempdir().unwrap();
    for (by_signal, view) in [(false, "/shop"), (true, "/other")] {
        let mut terminal = fleet(&home, &[]);
        terminal.wait_for("Origins");
        terminal.keys(&format!("{view}\rfmv"));
        terminal.wait_for("saved as v");
        let status = if by_signal {
            terminal.signal(Signal::TERM);
            143
        } else {
            terminal.keys("q");
            0
        };
        assert_eq!(terminal.wait_exit(), status);
        terminal.assert_given_back();

        let state = home.path().join(".local/state/cf-tui");
        for file in ["session.toml", "views.toml"] {
            let mode = std::os::unix::fs::PermissionsExt::mode(
                &fs::metadata(state.join(file)).unwrap().permissions(),
            );
            assert_eq!(mode & 0o777, 0o600);
        }
        let mut terminal = fleet(&home, &["--resume"]);
        terminal.wait_for(&format!("{view}  f problems only"));
        terminal.keys("q");
        assert_eq!(terminal.wait_exit(), 0);
        let mut terminal = fleet(&home, &[]);
        terminal.wait_for("/(none)");
        terminal.keys("'v");
        terminal.wait_for(&format!("view v: Origins {view} problems"));
        terminal.keys("q");
        assert_eq!(terminal.wait_exit(), 0);
    }
}
