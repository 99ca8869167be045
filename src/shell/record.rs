//! `--record`: everything that the program is given, written to a file as it happens.
//!
//! A thread of its own makes the lines and writes them, so that no key waits for the disk. What
//! waits for the disk is bounded, and nothing is lost in silence: where the disk cannot follow, or
//! is full, the recording ends with its last whole line and the person is told.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use ratatui::Frame;
use tokio::time::Instant;

use super::Program;
use crate::app::effect::Effect;
use crate::app::event::{Event, Timed};
use crate::app::privacy::masked;
use crate::app::recording::{Happened, Header, line};
use crate::domain::mask::Mask;

/// Events that wait for the disk at most; a batch of reports is one.
const WAITING: usize = 4096;

/// Bytes that are written at once, where events come faster than that.
const PIECE: usize = 64 * 1024;

/// How long the end of the program waits for the last lines.
const LAST_LINES: Duration = Duration::from_secs(2);

/// Why a recording ended before its session did; told once.
type Trouble = Arc<OnceLock<String>>;

/// A recording that was begun.
pub struct Recorder {
    events: SyncSender<Happened>,
    trouble: Trouble,
    began: Instant,
}

/// The end of a recording, for whoever started it.
pub struct Writing {
    done: Receiver<()>,
    trouble: Trouble,
}

impl Recorder {
    /// Makes the file, readable by its owner alone, and writes the header. A file that is there
    /// already stays as it is.
    ///
    /// # Errors
    /// If the file is there, or cannot be made or written.
    pub fn create(path: &Path, header: &Header) -> io::Result<(Self, Writing)> {
        Self::create_masked(path, header, None)
    }

    /// The same; with a mask only masked names are written.
    ///
    /// # Errors
    /// If the file is there, or cannot be made or written.
    pub fn create_masked(
        path: &Path,
        header: &Header,
        mask: Option<Mask>,
    ) -> io::Result<(Self, Writing)> {
        let header = line(header).map_err(io::Error::other)?;
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(&header)?;
        let lines = Lines { file, whole: header.len() as u64, waiting: Vec::new(), mask };
        Self::start(lines)
    }

    fn start(lines: Lines<impl Medium>) -> io::Result<(Self, Writing)> {
        let (events, received) = sync_channel(WAITING);
        let (ended, done) = sync_channel(1);
        let trouble = Trouble::default();
        let stopped = Arc::clone(&trouble);
        thread::Builder::new().name("recording".to_owned()).spawn(move || {
            if let Err(error) = lines.write_all(&received) {
                let _ = stopped.set(error.to_string());
            }
            // Closed before the end is told, so that whoever waits for that sees the trouble.
            drop(received);
            let _ = ended.send(());
        })?;
        let writing = Writing { done, trouble: Arc::clone(&trouble) };
        Ok((Self { events, trouble, began: Instant::now() }, writing))
    }

    fn take_down(&mut self, timed: Timed) {
        if self.trouble.get().is_some() {
            return;
        }
        let ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        if let Err(TrySendError::Full(_)) = self.events.try_send(Happened::new(ms, timed)) {
            let _ = self.trouble.set("the disk is too slow for what happens".to_owned());
        }
    }
}

impl Writing {
    /// Waits until everything is in the file, but not for ever. Gives what went wrong, if the
    /// recording is not whole.
    pub fn finish(self) -> Option<String> {
        let in_time = self.done.recv_timeout(LAST_LINES);
        let trouble = self.trouble.get().cloned();
        let late = in_time == Err(RecvTimeoutError::Timeout);
        trouble.or_else(|| late.then(|| "the disk is too slow for the last lines".to_owned()))
    }
}

/// What lines are written to.
trait Medium: Write + Send + 'static {
    /// Takes back what was written beyond a length.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Medium for File {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// The lines of a file; what is in it ends with a whole one.
struct Lines<M> {
    file: M,
    /// Bytes of whole lines in the file.
    whole: u64,
    waiting: Vec<u8>,
    mask: Option<Mask>,
}

impl<M: Medium> Lines<M> {
    /// Writes until nobody records any more. Where nothing waits the file is up to date.
    fn write_all(mut self, events: &Receiver<Happened>) -> io::Result<()> {
        while let Ok(happened) = events.recv() {
            self.add(happened)?;
            while self.waiting.len() < PIECE
                && let Ok(happened) = events.try_recv()
            {
                self.add(happened)?;
            }
            self.write()?;
        }
        Ok(())
    }

    fn add(&mut self, mut happened: Happened) -> io::Result<()> {
        if let Some(mask) = &self.mask {
            happened.event = masked(mask, happened.event);
        }
        self.waiting.extend(line(&happened).map_err(io::Error::other)?);
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        if let Err(error) = self.file.write_all(&self.waiting) {
            // Half a line would make the rest unreadable. A disk that takes nothing back either
            // leaves a file of which the last line is told to be cut.
            let _ = self.file.cut(self.whole);
            return Err(error);
        }
        self.whole += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }
}

/// A program that is recorded.
pub struct Recorded<P> {
    program: P,
    recorder: Recorder,
    told: bool,
}

impl<P: Program> Recorded<P> {
    /// Records everything that the program is given from now on.
    pub fn new(program: P, recorder: Recorder) -> Self {
        Self { program, recorder, told: false }
    }
}

impl<P: Program> Program for Recorded<P> {
    fn update(&mut self, event: Timed) -> Vec<Effect> {
        let at = event.at;
        self.recorder.take_down(event.clone());
        let mut effects = self.program.update(event);
        if let Some(trouble) = self.recorder.trouble.get().filter(|_| !self.told) {
            self.told = true;
            let says = format!("recording stopped: {trouble}; the file holds what came before");
            effects.extend(self.program.update(Timed { at, event: Event::Failed(says) }));
        }
        effects
    }

    fn leave(&mut self) -> Vec<Effect> {
        self.program.leave()
    }

    fn draw(&self, frame: &mut Frame<'_>) -> Option<Event> {
        self.program.draw(frame)
    }
}

#[cfg(test)]
mod tests;
