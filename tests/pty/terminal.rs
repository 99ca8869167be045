//! A terminal for a test: a real pty, a program in it, and every byte that came out.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// Long enough for two busy cores; nothing waits that long where the program is right.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// What the probe writes when it takes the terminal, and when it gives it back.
pub(crate) const TAKEN: &str = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?2004h\u{1b}[2J";
pub(crate) const GIVEN_BACK: &str = "\u{1b}[?2026l\u{1b}[0m\u{1b}[?2004l\u{1b}[?1049l\u{1b}[?25h";

pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Arc<Mutex<Vec<u8>>>,
    closing: Arc<AtomicBool>,
    reading: Option<JoinHandle<()>>,
    size: (u16, u16),
    pub(crate) modes_before: String,
}

/// The probe, which `cargo test` builds beside the tests.
pub(crate) fn probe_path() -> PathBuf {
    let tests = std::env::current_exe().expect("a test has a path");
    let target = tests.parent().and_then(|deps| deps.parent()).expect("tests are in target/…/deps");
    let probe = target.join("examples/pty_probe");
    assert!(probe.exists(), "run `cargo build --example pty_probe` before `--test pty` alone");
    probe
}

/// A command that sees nothing of the session that the tests themselves run in.
pub(crate) fn command(program: impl Into<std::ffi::OsString>) -> CommandBuilder {
    let mut command = CommandBuilder::new(program.into());
    command.env("TERM", "xterm-256color");
    for name in [
        "TMUX",
        "SSH_TTY",
        "SSH_CONNECTION",
        "WAYLAND_DISPLAY",
        "DISPLAY",
        "WSL_DISTRO_NAME",
        "NO_COLOR",
        "COLORFGBG",
        "COLORTERM",
        "RUST_BACKTRACE",
        "ENV",
    ] {
        command.env_remove(name);
    }
    command
}

impl Terminal {
    pub(crate) fn start(command: CommandBuilder) -> Self {
        Self::sized(command, (80, 24))
    }

    pub(crate) fn sized(command: CommandBuilder, size: (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let modes_before = modes(pair.master.as_ref());
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sink, closing) = (Arc::clone(&bytes), Arc::new(AtomicBool::new(false)));
        let is_closing = Arc::clone(&closing);
        let reading = thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                sink.lock().unwrap().extend_from_slice(&buffer[..read]);
                if is_closing.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        let reading = Some(reading);
        let child = pair.slave.spawn_command(command).unwrap();
        let writer = Some(pair.master.take_writer().unwrap());
        let (master, slave) = (Some(pair.master), Some(pair.slave));
        Self { master, writer, slave, child, bytes, closing, reading, size, modes_before }
    }

    /// The probe, started and on the screen.
    pub(crate) fn probe() -> Self {
        let terminal = Self::start(command(probe_path()));
        terminal.wait_for("selected row");
        terminal
    }

    pub(crate) fn keys(&mut self, keys: &str) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.master.as_ref().unwrap().resize(pty_size(size)).unwrap();
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let id = self.child.process_id().expect("it runs");
        let id = Pid::from_raw(i32::try_from(id).unwrap()).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// The window is closed: the master side goes away, with all that hold it. The reader is one
    /// of them, so a key is pressed to give it something to read for the last time.
    pub(crate) fn close(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        self.keys("k");
        self.reading.take().expect("it is closed once").join().unwrap();
        (self.master, self.writer, self.slave) = (None, None, None);
    }

    pub(crate) fn output(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    pub(crate) fn screen(&self) -> vt100::Screen {
        let mut parser = vt100::Parser::new(cells(self.size.1), cells(self.size.0), 0);
        parser.process(&self.bytes.lock().unwrap());
        parser.screen().clone()
    }

    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |terminal| terminal.screen().contents().contains(text));
    }

    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !is_so(self) {
            assert!(
                began.elapsed() < PATIENCE,
                "waited in vain for {what:?}; the screen:\n{}",
                self.screen().contents()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The exit status, once it has ended.
    #[track_caller]
    pub(crate) fn wait_exit(&mut self) -> u32 {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(began.elapsed() < PATIENCE, "it does not end:\n{}", self.screen().contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The line discipline's settings, as `stty -a` shows them.
    pub(crate) fn modes(&self) -> String {
        modes(self.master.as_deref().expect("the terminal is open"))
    }

    /// Every mode is as it was before, and the last thing written to the alternate screen was what
    /// gives the terminal back.
    #[track_caller]
    pub(crate) fn assert_given_back(&self) {
        self.wait_until("the terminal given back", |terminal| {
            let output = terminal.output();
            output.rfind(GIVEN_BACK) > output.rfind(TAKEN)
        });
        assert_eq!(self.modes(), self.modes_before);
        let output = self.output();
        let at = output.rfind(GIVEN_BACK).unwrap_or_else(|| panic!("not given back: {output:?}"));
        let after = &output[at + GIVEN_BACK.len()..];
        assert!(!after.contains('\u{1b}'), "wrote on after it had left: {after:?}");
        let screen = self.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// A pty without a size is looked at through one cell.
fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap_or(NonZero::<u16>::MIN)
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { cols, rows, pixel_width: 0, pixel_height: 0 }
}

fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().expect("a pty has modes"))
}
