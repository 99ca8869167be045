//! Tools that a test runs and that a newcomer's machine may not have.
//!
//! Without them `cargo test` says what it skips and passes. With `CF_TUI_TOOLS=required`, as
//! `.ci/run` sets it, nothing is skipped.

// Each test binary uses its own part of this.
#![allow(dead_code, unreachable_pub)]
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// True if all commands are in PATH; else false, told on stderr.
#[track_caller]
pub fn found(commands: &[&str]) -> bool {
    let missing: Vec<&str> = commands.iter().copied().filter(|c| !is_in_path(c)).collect();
    match missing.as_slice() {
        [] => true,
        [one] => lacking(&format!("{one} is not installed")),
        [more @ .., last] => lacking(&format!("{} and {last} are not installed", more.join(", "))),
    }
}

/// False, told on stderr: for a tool that is there and does not do.
#[track_caller]
pub fn lacking(why: &str) -> bool {
    let required = std::env::var("CF_TUI_TOOLS").is_ok_and(|value| value == "required");
    assert!(!required, "CF_TUI_TOOLS=required, but {why}");
    eprintln!("skipped: {why}");
    false
}

fn is_in_path(command: &str) -> bool {
    if command.contains('/') {
        return is_program(Path::new(command));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| is_program(&folder.join(command)))
}

fn is_program(file: &Path) -> bool {
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// True if the command is in PATH; else false, told on stderr, also where tools are required: for
/// what neither Debian nor PyPI has, so that `.ci/run` cannot install it.
pub fn optional(command: &str) -> bool {
    let found = is_in_path(command);
    if !found {
        eprintln!("skipped: {command} is not installed");
    }
    found
}

/// Writes a program for a test to run. A child writes it: a file that is open for writing in this
/// process may be inherited by another thread's child, and running it then fails with ETXTBSY.
pub fn write_program(path: &std::path::Path, text: &str) {
    use std::io::Write as _;
    let mut writer = std::process::Command::new("sh")
        .args(["-c", "cat >\"$1\" && chmod 755 \"$1\"", "sh"])
        .arg(path)
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    writer.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(writer.wait().unwrap().success());
}
