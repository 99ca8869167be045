//! The terminal's modes: entered once, and given back whatever happens.
//!
//! Exactly one thread holds the terminal, and it is remembered which: a panic of that thread gives
//! the terminal back before the message is printed, a panic of any other one does not touch it
//! (its payload travels through the task's `JoinHandle` and is shown on the screen).

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute, force_color_output};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

use super::environment::Environment;
use super::error::ShellError;

/// Mouse reports: buttons, movement with a button down, and cells beyond the 223rd. Not crossterm's
/// own, which turns on every movement too.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// The mouse was asked for.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// The thread that holds the terminal; `None` while its modes are the user's own.
static HOLDER: Mutex<Option<ThreadId>> = Mutex::new(None);

/// Refuses what cannot show the explorer, before anything is loaded.
///
/// # Errors
/// If standard input or output is not a terminal, or `TERM` is `dumb`.
pub fn check(environment: &Environment) -> Result<(), ShellError> {
    if !io::stdin().is_terminal() {
        return Err(ShellError::NotATerminal("standard input"));
    }
    if !io::stdout().is_terminal() {
        return Err(ShellError::NotATerminal("standard output"));
    }
    if environment.term.as_deref() == Some("dumb") {
        return Err(ShellError::DumbTerminal);
    }
    Ok(())
}

/// The terminal's size in cells, `(columns, rows)`. Some ptys say 0×0 until somebody sets a size:
/// those are taken as 80×24.
///
/// # Errors
/// If the terminal is gone.
pub fn size() -> io::Result<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(io::stdout())?;
    Ok(usable(size.ws_col, size.ws_row))
}

fn usable(columns: u16, rows: u16) -> (u16, u16) {
    if columns == 0 || rows == 0 { (80, 24) } else { (columns, rows) }
}

/// Standard output without a buffer and without a lock, so that one frame is one write and a panic
/// hook never waits for a lock that the panicking thread holds.
pub(super) fn output() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// The terminal, held; dropping it gives it back.
#[derive(Debug)]
pub(super) struct Held(());

impl Held {
    /// Takes the terminal for this thread: raw mode, alternate screen, no cursor, pastes marked, and
    /// the mouse if that was asked for.
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        install_panic_hook();
        MOUSE.store(mouse, Ordering::Relaxed);
        // The theme decides about colour. Left to itself, crossterm answers NO_COLOR by writing
        // `ESC[;m` for every colour, which resets the reverse video of the selected row.
        force_color_output(true);
        // Before the first change, so that half a set-up is undone too.
        *holder() = Some(thread::current().id());
        let held = Self(());
        enter()?;
        Ok(held)
    }

    /// Gives the terminal back for a while; [`Held::resume`] takes it again.
    pub(super) fn suspend(&self) {
        give_back();
    }

    /// Sets every mode again, also where somebody else changed them while the process was stopped.
    pub(super) fn resume(&self) -> io::Result<()> {
        *holder() = Some(thread::current().id());
        // crossterm thinks that raw mode is still on after a stop that nobody told it about.
        disable_raw_mode()?;
        enter()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, Hide, EnableBracketedPaste, Clear(ClearType::All))?;
    if MOUSE.load(Ordering::Relaxed) {
        bytes.extend_from_slice(MOUSE_ON);
    }
    output()?.write_all(&bytes)
}

/// Gives the terminal back, once. Errors are of no use here: a terminal that is gone needs nothing.
fn give_back() {
    if holder().take().is_none() {
        return;
    }
    let _ = output().and_then(|mut out| {
        if MOUSE.load(Ordering::Relaxed) {
            out.write_all(MOUSE_OFF)?;
        }
        execute!(
            out,
            EndSynchronizedUpdate,
            SetAttribute(Attribute::Reset),
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        )
    });
    let _ = disable_raw_mode();
}

fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let holder = *holder();
            match holder {
                Some(thread) if thread != thread::current().id() => {}
                _ => {
                    give_back();
                    previous(panic);
                }
            }
        }));
    });
}

fn holder() -> MutexGuard<'static, Option<ThreadId>> {
    HOLDER.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pty_without_a_size_counts_as_80_by_24() {
        assert_eq!(usable(0, 0), (80, 24));
        assert_eq!(usable(0, 50), (80, 24));
        assert_eq!(usable(132, 43), (132, 43));
    }
}
