//! Signals from outside. Ctrl-c is a key while the explorer runs, not a signal.

use std::io;

use rustix::process::Signal;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signalled {
    /// End; the number goes into the exit status.
    End(u8),
    /// The process was stopped and goes on: somebody else may have used the terminal.
    Continued,
    /// The terminal has another size.
    Resized,
}

/// The signals that are listened to. SIGTSTP keeps its default action: it is what really stops the
/// process on Ctrl-z, and the kernel ignores it where no shell could ever continue us.
#[derive(Debug)]
pub(super) struct Signals {
    terminate: Stream,
    hangup: Stream,
    interrupt: Stream,
    quit: Stream,
    resume: Stream,
    resize: Stream,
}

impl Signals {
    /// Listens from now on. Needs a tokio runtime around it.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            resume: signal(SignalKind::from_raw(Signal::CONT.as_raw()))?,
            resize: signal(SignalKind::window_change())?,
        })
    }

    /// The next one; those that end the process come first.
    pub(super) async fn next(&mut self) -> Signalled {
        tokio::select! {
            biased;
            _ = self.terminate.recv() => Signalled::End(15),
            _ = self.hangup.recv() => Signalled::End(1),
            _ = self.interrupt.recv() => Signalled::End(2),
            _ = self.quit.recv() => Signalled::End(3),
            _ = self.resume.recv() => Signalled::Continued,
            _ = self.resize.recv() => Signalled::Resized,
        }
    }
}
