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
