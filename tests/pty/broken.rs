//! Outputs that break, errors, and what they leave of the terminal that the keys come from.

use std::fs;
use std::time::Duration;

use portable_pty::{PtySize, native_pty_system};
use rustix::process::Signal;

use crate::terminal::{TAKEN, Terminal, command, probe_path};

#[test]
fn an_output_that_breaks_leaves_the_modes_of_the_keyboards_terminal_as_they_were() {
    let size = PtySize { cols: 80, rows: 24, pixel_width: 0, pixel_height: 0 };
    let output = native_pty_system().openpty(size).unwrap();
    let name = output.master.tty_name().unwrap();
    let mut shell = command("sh");
    shell.args(["-c", &format!("exec '{}' > '{}'", probe_path().display(), name.display())]);
    let mut terminal = Terminal::start(shell);
    terminal.wait_until("raw mode", |t| t.modes() != t.modes_before);
    // Until it is at work.
    std::thread::sleep(Duration::from_millis(200));
    drop(output);
    terminal.keys("k");
    // Writing to it is an error, and a terminal that is gone ends the program.
    assert_eq!(terminal.wait_exit(), 129);
    assert_eq!(terminal.modes(), terminal.modes_before);
}

#[test]
fn an_output_that_is_a_broken_pipe_is_refused_before_anything_is_changed() {
    let mut shell = command("sh");
    shell.args(["-c", &format!("'{}' | true; exit 7", probe_path().display())]);
    let mut terminal = Terminal::start(shell);
    assert_eq!(terminal.wait_exit(), 7);
    terminal.wait_for("standard output is not one");
    assert_eq!(terminal.modes(), terminal.modes_before);
    assert!(!terminal.output().contains('\u{1b}'));
}

#[test]
fn a_broken_pipe_elsewhere_ends_nothing() {
    let mut terminal = Terminal::probe();
    terminal.signal(Signal::PIPE);
    terminal.keys("k");
    terminal.wait_for("keys k");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
}

#[test]
fn an_error_before_the_screen_opens_changes_no_mode() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("fleet.toml");
    fs::write(&file, "[[accounts]]\naccount_id = 12\n").unwrap();
    let mut product = command(env!("CARGO_BIN_EXE_cf-tui"));
    product.args(["--config".as_ref(), file.as_os_str()]);
    product.env("HOME", home.path());
    let mut terminal = Terminal::start(product);
    assert_eq!(terminal.wait_exit(), 2);
    terminal.wait_for("account_id");
    assert_eq!(terminal.modes(), terminal.modes_before);
    assert!(!terminal.output().contains(TAKEN));
}

#[test]
fn no_color_leaves_the_explorers_selected_row_visible() {
    let home = tempfile::tempdir().unwrap();
    let mut product = command(env!("CARGO_BIN_EXE_cf-tui"));
    product.arg("demo");
    product.env("NO_COLOR", "1");
    product.env("HOME", home.path());
    let mut terminal = Terminal::start(product);
    terminal.wait_for("FAIL");
    terminal.keys("j");
    terminal.wait_for("▌");
    let screen = terminal.screen();
    let rows = screen.contents();
    let row = rows.lines().position(|line| line.contains('▌')).unwrap();
    let cell = |row: usize, column| screen.cell(row.try_into().unwrap(), column).unwrap().clone();
    assert!(cell(row, 4).inverse() && cell(row, 60).inverse());
    assert!(!cell(row + 1, 4).inverse());
    for (row, column) in (0..24).flat_map(|row| (0..80).map(move |column| (row, column))) {
        let cell = cell(row, column);
        let plain = vt100::Color::Default;
        assert_eq!((cell.fgcolor(), cell.bgcolor()), (plain, plain), "{row},{column}");
    }
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
}
