//! Copies, by every way that can be tried here.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use rustix::process::{Pid, test_kill_process};
use tempfile::TempDir;

use crate::osc_52::osc_52;
use crate::terminal::{PATIENCE, Terminal, command, probe_path};
use crate::tools;

/// Everything that has gone wrong in a copy somewhere: quotes, dollars, tabs, other scripts, lines.
const TEXT: &str =
    "aws cloudfront get-distribution-config \\\n\t--id 'E1' \"$x\" `y` €✗ %s \\n\n\n";

/// A place with the text to copy, a directory for tools of our own, and a state directory.
pub(crate) struct Desk {
    place: TempDir,
}

impl Desk {
    pub(crate) fn new(text: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("text"), text).unwrap();
        fs::create_dir(place.path().join("bin")).unwrap();
        Self { place }
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.place.path().join(name)
    }

    /// Puts a tool first in PATH.
    pub(crate) fn tool(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        crate::tools::write_program(&path, &format!("#!/bin/sh\n{script}\n"));
    }

    fn probe(&self) -> CommandBuilder {
        let mut probe = command(probe_path());
        let path = std::env::var("PATH").unwrap();
        probe.env("PATH", format!("{}:{path}", self.path("bin").display()));
        probe.env("PROBE_TEXT", self.path("text"));
        probe.env("PROBE_STATE", self.path("state"));
        probe.env("DESK", self.place.path());
        probe
    }

    pub(crate) fn start(&self, environment: &[(&str, &str)]) -> Terminal {
        let mut probe = self.probe();
        for (name, value) in environment {
            probe.env(name, value);
        }
        let terminal = Terminal::start(probe);
        terminal.wait_for("selected row");
        terminal
    }

    /// The file that keeps the last copy.
    fn kept(&self) -> String {
        let file = self.path("state/fix.sh");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(&self.path("state"))), (0o600, 0o700));
        fs::read_to_string(file).unwrap()
    }
}

#[test]
fn over_ssh_the_terminal_gets_the_exact_bytes() {
    let desk = Desk::new(TEXT);
    let mut terminal = desk.start(&[("SSH_TTY", "/dev/pts/7")]);
    terminal.keys("c");
    terminal.wait_for(&format!("copied {} bytes by OSC 52 (SSH)", TEXT.len()));
    assert_eq!(osc_52(&terminal), [TEXT]);
    assert_eq!(desk.kept(), TEXT);
}

#[test]
fn a_copy_and_a_quit_in_one_breath_still_copies() {
    let desk = Desk::new(TEXT);
    let mut terminal = desk.start(&[("SSH_CONNECTION", "198.51.100.7 1 203.0.113.5 22")]);
    terminal.keys("cq");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
    assert_eq!(osc_52(&terminal), [TEXT]);
}

#[test]
fn what_the_terminal_would_cut_is_in_the_file_alone() {
    let text = "0123456789abcde\n".repeat(5_000);
    let desk = Desk::new(&text);
    let mut terminal = desk.start(&[("SSH_TTY", "/dev/pts/7")]);
    terminal.keys("c");
    terminal.wait_for("copied 80000 bytes by nothing");
    terminal.wait_for("trouble too long for OSC 52");
    assert!(osc_52(&terminal).is_empty());
    assert_eq!(desk.kept(), text);
}

#[test]
fn a_clipboard_tool_gets_the_exact_bytes() {
    let desk = Desk::new(TEXT);
    desk.tool("wl-copy", "cat > \"$DESK/got\"");
    let mut terminal = desk.start(&[("WAYLAND_DISPLAY", "wayland-7")]);
    terminal.keys("c");
    terminal.wait_for("bytes by wl-copy");
    assert_eq!(fs::read_to_string(desk.path("got")).unwrap(), TEXT);
    assert!(osc_52(&terminal).is_empty());
}

#[test]
fn a_tool_that_holds_the_selection_goes_on_after_the_end() {
    let desk = Desk::new(TEXT);
    // As xclip does: a child keeps standard error and goes on.
    desk.tool("xclip", "cat > /dev/null; sleep 600 & echo $! > \"$DESK/holder\"");
    let mut terminal = desk.start(&[("DISPLAY", ":7")]);
    terminal.keys("c");
    terminal.wait_for("bytes by xclip");
    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    let holder = process(&desk.path("holder"));
    assert!(is_alive(holder), "the selection went away with the explorer");
    rustix::process::kill_process(holder, rustix::process::Signal::KILL).unwrap();
}

#[test]
fn tools_that_hang_cost_under_a_second_and_keys_go_on() {
    let desk = Desk::new(TEXT);
    for tool in ["xclip", "xsel"] {
        desk.tool(tool, &format!("echo $$ > \"$DESK/{tool}\"; sleep 600"));
    }
    let mut terminal = desk.start(&[("DISPLAY", ":7")]);
    let began = Instant::now();
    terminal.keys("c");
    terminal.wait_until("the tool", |_| desk.path("xclip").exists());
    terminal.keys("jk");
    terminal.wait_for("keys cjk");
    terminal.wait_for("bytes by OSC 52");
    // 700 ms, and what a busy machine adds.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    terminal.wait_for("trouble xclip did not answer within 450 ms");
    assert_eq!(osc_52(&terminal), [TEXT]);
    let hung = process(&desk.path("xclip"));
    terminal.wait_until("the end of the hanging tool", |_| !is_alive(hung));
}

#[test]
fn a_tmux_that_does_not_know_w_is_asked_without() {
    let desk = Desk::new(TEXT);
    desk.tool(
        "tmux",
        "case \"$*\" in *-w*) echo 'unknown option -- w' >&2; exit 1;; esac; cat > \"$DESK/got\"",
    );
    let mut terminal = desk.start(&[("TMUX", "/tmp/tmux-7/default,7,0")]);
    terminal.keys("c");
    terminal.wait_for("bytes by tmux buffer");
    assert_eq!(fs::read_to_string(desk.path("got")).unwrap(), TEXT);
}

#[test]
fn inside_tmux_the_buffer_gets_the_exact_bytes() {
    if !tools::found(&["tmux"]) {
        return;
    }
    let desk = Desk::new(TEXT);
    let tmux = Tmux(desk.path("socket"));
    let started = tmux
        .command(&["new-session", "-d", "-x", "80", "-y", "24"])
        .arg(probe_path())
        .env("PROBE_TEXT", desk.path("text"))
        .output()
        .unwrap();
    assert!(started.status.success(), "{started:?}");
    tmux.wait_for("selected row");
    tmux.run(&["send-keys", "c"]);
    tmux.wait_for("bytes by tmux buffer");
    let buffer = tmux.run(&["show-buffer"]);
    assert_eq!(String::from_utf8(buffer.stdout).unwrap(), TEXT);
}

/// A tmux server of our own, with no configuration of anybody's.
struct Tmux(std::path::PathBuf);

impl Tmux {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.arg("-S").arg(&self.0).args(["-f", "/dev/null"]).args(arguments);
        command.env_remove("TMUX").env("TERM", "xterm-256color");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        output
    }

    #[track_caller]
    fn wait_for(&self, text: &str) {
        let began = Instant::now();
        loop {
            let output = self.run(&["capture-pane", "-p"]);
            let pane = String::from_utf8_lossy(&output.stdout).into_owned();
            if pane.contains(text) {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "waited in vain for {text:?}:\n{pane}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.command(&["kill-server"]).output();
    }
}

fn process(file: &Path) -> Pid {
    let text = fs::read_to_string(file).unwrap();
    Pid::from_raw(text.trim().parse().unwrap()).unwrap()
}

fn is_alive(process: Pid) -> bool {
    test_kill_process(process).is_ok()
}
