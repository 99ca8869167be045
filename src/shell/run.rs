//! The loop: what happened goes in, what is wanted comes out, and a frame is drawn when the last
//! one is stale.
//!
//! Nothing is awaited between a key and its frame. Reports take at most [`TURN`] before the keys
//! are looked at again, and at most [`FRAMES_PER_SECOND`] frames are drawn for them; the frame of
//! a key is drawn at once.

mod leaving;

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use jiff::Timestamp;
use rustix::process::{Signal, kill_current_process_group};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::background::{HOLD, QUESTION};
use super::browser::Browser;
use super::clipboard::{Clipboard, Copy, Delivery};
use super::files::Files;
use super::loads::{Loads, Progress, panic_message};
use super::probes::Probes;
use super::reads::{Asked, Reads};
use super::screen::Screen;
use super::signals::{Signalled, Signals};
use super::terminal::{self, Held};
use super::{Clock, Left, Program, Session, ShellError, input};
use crate::app::effect::Effect;
use crate::app::event::{Event, Timed};

/// The longest that reports are taken in before the keys are looked at.
const TURN: Duration = Duration::from_millis(8);

/// The most that are drawn while nobody presses a key.
const FRAMES_PER_SECOND: u32 = 60;

/// How often the terminal is asked whether it is still there. A terminal that closes sends SIGHUP
/// to its own session only; a lost SIGWINCH is made up for here too.
const LOOK_AFTER_TERMINAL: Duration = Duration::from_secs(1);

/// Runs a session in a terminal that is set up, until it ends.
pub(super) async fn run<P: Program>(
    session: Session<P>,
    mut signals: Signals,
    held: &Held,
) -> Result<Left, ShellError> {
    let mut keys = input::listen().map_err(ShellError::doing("read the keyboard"))?;
    let mut explorer =
        Explorer::new(session, held).map_err(ShellError::doing("use the terminal"))?;
    let ended = explorer.run(&mut signals, &mut keys).await;
    explorer.loads.cancel_all();
    explorer.keep_last().await;
    match ended {
        Ok(left) => Ok(left),
        // The terminal went away while it was written to or asked for its size.
        Err(_) if terminal::size().is_err() => Ok(Left::HungUp),
        Err(error) => Err(ShellError::doing("use the terminal")(error)),
    }
}

/// A time that was asked for.
#[derive(Clone, Copy)]
struct Wake {
    due: Instant,
    wish: Timestamp,
}

struct Explorer<'a, P> {
    program: P,
    held: &'a Held,
    screen: Screen,
    clock: Clock,
    /// The latest time that the program was told.
    told: Timestamp,
    loads: Loads,
    probes: Probes,
    reads: Reads,
    clipboard: Arc<Clipboard>,
    copies: JoinSet<Delivery>,
    browser: Browser,
    files: Files,
    opening: Vec<Effect>,
    /// Events that the loop itself makes, in their order.
    owed: VecDeque<Event>,
    wake: Option<Wake>,
    /// When the terminal was asked for its background, until it answers.
    asked: Option<Instant>,
    stale: bool,
    next_frame: Instant,
    left: Option<Left>,
}

impl<'a, P: Program> Explorer<'a, P> {
    fn new(session: Session<P>, held: &'a Held) -> io::Result<Self> {
        Ok(Self {
            program: session.program,
            held,
            screen: Screen::new(terminal::output()?, terminal::size()?)?,
            clock: session.clock,
            told: session.clock.now(),
            loads: Loads::new(session.loader),
            probes: Probes::new(session.prober),
            reads: Reads::new(session.reader),
            files: Files::new(session.state_directory.clone()),
            clipboard: Arc::new(Clipboard::new(&session.environment, session.state_directory)),
            copies: JoinSet::new(),
            browser: Browser::new(&session.environment),
            opening: session.opening,
            owed: VecDeque::new(),
            wake: None,
            asked: None,
            stale: true,
            next_frame: Instant::now(),
            left: None,
        })
    }

    async fn run(
        &mut self,
        signals: &mut Signals,
        keys: &mut mpsc::Receiver<Event>,
    ) -> io::Result<Left> {
        let mut look = interval(LOOK_AFTER_TERMINAL);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        self.open()?;
        loop {
            while let Some(event) = self.owed.pop_front() {
                self.happened(event)?;
            }
            if let Some(left) = self.left {
                self.finish_copies().await?;
                self.finish_answer(keys).await;
                return Ok(left);
            }
            if self.stale && self.next_frame <= Instant::now() {
                self.draw()?;
            }
            let wake = self.wake;
            tokio::select! {
                biased;
                signal = signals.next() => self.signalled(signal)?,
                key = keys.recv() => match key {
                    Some(key) => self.pressed(key, keys)?,
                    None => return Err(io::Error::other("the keyboard cannot be read")),
                },
                () = sleep_until(self.next_frame), if self.stale => {}
                () = until(wake), if wake.is_some() => self.ticked()?,
                Some(copied) = self.copies.join_next() => self.delivered(copied)?,
                failed = self.files.next() => self.happened(failed)?,
                failed = self.browser.next() => self.happened(failed)?,
                event = self.probes.next() => self.happened(event)?,
                Some(read) = self.reads.next() => self.happened(read)?,
                progress = self.loads.next() => self.progressed(progress, keys)?,
                _ = look.tick() => self.look_after_terminal()?,
            }
        }
    }

    fn open(&mut self) -> io::Result<()> {
        let (columns, rows) = self.screen.size();
        self.happened(Event::Resized { columns, rows })?;
        let opening = std::mem::take(&mut self.opening);
        self.perform_all(opening)
    }

    /// Takes an event in and carries out what it leads to.
    fn happened(&mut self, event: Event) -> io::Result<()> {
        self.happened_at(self.clock.now(), event)
    }

    fn happened_at(&mut self, at: Timestamp, event: Event) -> io::Result<()> {
        self.stale = true;
        if matches!(event, Event::Background { .. }) {
            self.asked = None;
        }
        self.told = self.told.max(at);
        let effects = self.program.update(Timed { at, event });
        self.perform_all(effects)
    }

    fn perform_all(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        effects.into_iter().try_for_each(|effect| self.perform(effect))
    }

    fn perform(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Load { id, accounts } => self.loads.start(id, accounts),
            Effect::Cancel(id) => {
                if self.loads.cancel(id) {
                    self.owed.push_back(Event::LoadEnded(id));
                }
            }
            Effect::Verify { account, distribution } => {
                self.reads.start(Asked::Distribution { account, distribution });
            }
            Effect::ReadTags { account, distribution, arn } => {
                self.reads.start(Asked::Tags { account, distribution, arn });
            }
            Effect::SeekPair { account, distribution, primaries, staging } => {
                self.reads.start(Asked::Pair { account, distribution, primaries, staging });
            }
            Effect::Copy { what, text, file } => self.copy(Copy { what, text, file }),
            Effect::KeepFile { name, text } => self.files.keep(name, text),
            Effect::OpenBrowser(url) => self.open_page(url),
            Effect::Preflight { origin, target, now } => self.probes.start(origin, target, now),
            Effect::WakeAt(wish) => {
                // Counted from the latest time that was told, not from now: under a fixed clock
                // ticks go on in time.
                let delay = wish.duration_since(self.told).try_into().unwrap_or(Duration::ZERO);
                self.wake = Some(Wake { due: Instant::now() + delay, wish });
            }
            Effect::AskBackground => {
                self.screen.write(QUESTION)?;
                self.asked = Some(Instant::now());
                self.next_frame = Instant::now() + HOLD;
            }
            Effect::Suspend => self.suspend()?,
            Effect::Repaint => self.screen.repaint()?,
            Effect::Quit => self.left = Some(Left::Quit),
        }
        Ok(())
    }

    fn copy(&mut self, copy: Copy) {
        self.copies.spawn(Arc::clone(&self.clipboard).copy(copy));
    }

    fn open_page(&mut self, url: String) {
        match self.browser.missing() {
            None => self.browser.open(url),
            Some(why) => {
                self.copy(Copy { what: format!("console URL ({why})"), text: url, file: None });
            }
        }
    }

    /// Keys that are already there go into one frame, and it is drawn at once.
    fn pressed(&mut self, first: Event, keys: &mut mpsc::Receiver<Event>) -> io::Result<()> {
        let began = Instant::now();
        self.happened(first)?;
        while self.left.is_none() && began.elapsed() < TURN {
            let Ok(key) = keys.try_recv() else { break };
            self.happened(key)?;
        }
        self.next_frame = Instant::now();
        Ok(())
    }

    fn signalled(&mut self, signal: Signalled) -> io::Result<()> {
        match signal {
            Signalled::End(number) => self.left = Some(Left::Signalled(number)),
            Signalled::Continued => self.resume()?,
            Signalled::Resized => {
                let size = terminal::size()?;
                self.resized(size)?;
            }
        }
        Ok(())
    }

    fn resized(&mut self, (columns, rows): (u16, u16)) -> io::Result<()> {
        // Drawn anew also where the size is the same: the terminal may have moved the lines.
        self.screen.fit((columns, rows))?;
        self.happened(Event::Resized { columns, rows })
    }

    fn ticked(&mut self) -> io::Result<()> {
        match self.wake.take() {
            Some(wake) => self.happened_at(self.clock.at_tick(wake.wish), Event::Ticked),
            None => Ok(()),
        }
    }

    fn delivered(&mut self, copied: Result<Delivery, JoinError>) -> io::Result<()> {
        match copied {
            Ok(Delivery { copied, escape }) => {
                if let Some(escape) = escape {
                    self.screen.write(escape.as_bytes())?;
                }
                self.happened(Event::Copied(copied))
            }
            Err(error) => match panic_message(error) {
                Some(said) => self.happened(Event::Failed(bug("the copy", &said))),
                None => Ok(()),
            },
        }
    }

    /// Takes in reports until the turn is over or a key is there.
    fn progressed(&mut self, first: Progress, keys: &mpsc::Receiver<Event>) -> io::Result<()> {
        let began = Instant::now();
        let mut next = Some(first);
        while let Some(progress) = next {
            self.advance(progress)?;
            let goes_on = self.left.is_none() && keys.is_empty() && began.elapsed() < TURN;
            next = if goes_on { self.loads.next().now_or_never() } else { None };
        }
        Ok(())
    }

    fn advance(&mut self, progress: Progress) -> io::Result<()> {
        match progress {
            Progress::Reported(id, reports) => self.happened(Event::Reported(id, reports)),
            Progress::Ended(id, panic) => {
                if let Some(said) = panic {
                    self.happened(Event::Failed(bug("the load", &said)))?;
                }
                self.happened(Event::LoadEnded(id))
            }
        }
    }

    fn look_after_terminal(&mut self) -> io::Result<()> {
        let size = terminal::size()?;
        if size == self.screen.size() { Ok(()) } else { self.resized(size) }
    }

    /// Stops the process and everything that was started with it, as Ctrl-z does where the
    /// terminal is not in raw mode. Returns once it goes on; at once where no shell could ever
    /// continue it, because the kernel ignores the signal then.
    fn suspend(&mut self) -> io::Result<()> {
        self.held.suspend();
        kill_current_process_group(Signal::TSTP)?;
        self.resume()
    }

    fn resume(&mut self) -> io::Result<()> {
        self.held.resume()?;
        let size = terminal::size()?;
        self.next_frame = Instant::now();
        self.resized(size)
    }

    /// Draws. Where the program learns something of the layout by it, it is told, and the frame
    /// that follows from that is drawn at once: nobody sees a selection outside the window.
    fn draw(&mut self) -> io::Result<()> {
        for _ in 0..2 {
            self.stale = false;
            let program = &self.program;
            let mut measured = None;
            self.screen.draw(|frame| measured = program.draw(frame))?;
            let Some(measured) = measured else { break };
            self.happened(measured)?;
        }
        self.next_frame = Instant::now() + Duration::from_secs(1) / FRAMES_PER_SECOND;
        Ok(())
    }
}

async fn until(wake: Option<Wake>) {
    match wake {
        Some(wake) => sleep_until(wake.due).await,
        None => std::future::pending().await,
    }
}

fn bug(what: &str, said: &str) -> String {
    format!("{what} stopped on a fault of cf-tui itself: {said} (please report it)")
}
