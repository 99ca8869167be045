//! The loop, effects, the terminal and the clipboard: the only part that reads a clock, spawns and
//! writes to the terminal.
//!
//! [`explore`] runs a [`Program`] until it wants to leave. The program itself is pure; what it
//! wants comes out as [`Effect`]s, what happened goes in as [`Timed`] events.

pub mod background;
mod browser;
mod clipboard;
pub mod clock;
pub mod environment;
pub mod error;
mod files;
mod input;
mod loads;
mod probes;
mod program;
pub mod reads;
pub mod record;
mod replay;
mod run;
mod screen;
mod signals;
mod terminal;

use std::path::PathBuf;

use ratatui::Frame;
use tokio::runtime::Runtime;

pub use self::clock::Clock;
pub use self::environment::Environment;
pub use self::error::ShellError;
pub use self::loads::Loader;
pub use self::probes::Prober;
pub use self::program::Explorer;
pub use self::reads::Reader;
pub use self::record::{Recorded, Recorder};
pub use self::replay::Replay;
use self::signals::Signals;
use self::terminal::Held;
pub use self::terminal::{check, size};
use crate::app::effect::Effect;
use crate::app::event::{Event, Timed};

/// What the shell runs: one model, one place that changes it, and a view that changes nothing.
pub trait Program {
    /// Takes in what happened; says what is wanted.
    fn update(&mut self, event: Timed) -> Vec<Effect>;
    /// The session ends; what is still to be kept of it.
    fn leave(&mut self) -> Vec<Effect> {
        Vec::new()
    }
    /// Draws the whole picture. What the program must know of the layout comes back as an event.
    fn draw(&self, frame: &mut Frame<'_>) -> Option<Event>;
}

impl<P: Program + ?Sized> Program for Box<P> {
    fn update(&mut self, event: Timed) -> Vec<Effect> {
        (**self).update(event)
    }

    fn leave(&mut self) -> Vec<Effect> {
        (**self).leave()
    }

    fn draw(&self, frame: &mut Frame<'_>) -> Option<Event> {
        (**self).draw(frame)
    }
}

/// A run of the explorer.
pub struct Session<P> {
    /// The program.
    pub program: P,
    /// Effects that are carried out right after the first event.
    pub opening: Vec<Effect>,
    /// Carries out `Effect::Load`.
    pub loader: Loader,
    /// Carries out `Effect::Preflight`.
    pub prober: Prober,
    /// Carries out `Effect::Verify`, `Effect::ReadTags` and `Effect::SeekPair`.
    pub reader: Reader,
    /// Where the time comes from.
    pub clock: Clock,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// The environment.
    pub environment: Environment,
    /// Where copied texts are kept too; `None` writes no file, ever (the demo).
    pub state_directory: Option<PathBuf>,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The user left.
    Quit,
    /// A signal of this number ended it.
    Signalled(u8),
    /// The terminal was closed.
    HungUp,
}

impl Left {
    /// The exit status that goes with it: 128 and the signal's number, as a shell says it.
    pub fn exit_status(self) -> u8 {
        const SIGHUP: u8 = 1;
        match self {
            Left::Quit => 0,
            Left::Signalled(number) => 128 + number,
            Left::HungUp => 128 + SIGHUP,
        }
    }
}

/// The runtime that everything asynchronous runs on, from the first credentials to the last report:
/// connections that were made on one runtime are dead on another.
///
/// # Errors
/// If its threads cannot be started.
pub fn runtime() -> Result<Runtime, ShellError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ShellError::doing("start the runtime"))
}

/// Runs a session on this terminal until it ends. The terminal is as it was before, whatever the
/// way it ended. Nothing is waited for at the end: tasks and calls under way are dropped.
///
/// # Errors
/// If this is no terminal, or it cannot be set up or written to.
pub fn explore<P: Program>(runtime: Runtime, session: Session<P>) -> Result<Left, ShellError> {
    check(&session.environment)?;
    // Dropped last, also when a panic passes through: a runtime that is dropped otherwise waits
    // for its blocking threads.
    let runtime = InBackground(Some(runtime));
    let entered = runtime.get().enter();
    // Before the terminal is taken, so that no signal finds it taken and nobody listening.
    let signals = Signals::listen().map_err(ShellError::doing("listen to signals"))?;
    let held = Held::take(session.mouse).map_err(ShellError::doing("set up the terminal"))?;
    let left = runtime.get().block_on(run::run(session, signals, &held));
    drop(held);
    drop(entered);
    left
}

/// A runtime that ends without waiting.
struct InBackground(Option<Runtime>);

impl InBackground {
    fn get(&self) -> &Runtime {
        self.0.as_ref().expect("the runtime is there until it is dropped")
    }
}

impl Drop for InBackground {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_status_says_which_signal_it_was() {
        assert_eq!(Left::Quit.exit_status(), 0);
        assert_eq!(Left::Signalled(15).exit_status(), 143);
        assert_eq!(Left::HungUp.exit_status(), 129);
    }
}
