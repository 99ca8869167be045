//! `--replay`: the explorer, played. The person's keys go to the player, the explorer gets those
//! of the file.
//!
//! A recording drives the model alone: nothing that the model wants is done. A script types at
//! the demo, which is there for it: loads and readings are made, but nothing is copied.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;
use ratatui::Frame;

use super::{Explorer, Program};
use crate::app::effect::Effect;
use crate::app::event::{Copied, Event, Timed};
use crate::app::player::{Player, Step};
use crate::app::recording::Header;
use crate::ui;

/// Steps that are played between two looks at the keys.
const AT_ONCE: usize = 64;

/// An explorer that a file drives.
pub struct Replay {
    explorer: Explorer,
    player: Player,
    source: Source,
    /// The latest time that the shell told.
    now: Timestamp,
    /// What the shell was asked to wake us at.
    wake: Option<Timestamp>,
}

enum Source {
    Recording(Recording),
    /// The model's own wish to be woken.
    Script(Option<Timestamp>),
}

struct Recording {
    /// The time of the recording.
    at: Timestamp,
    /// The size that it was drawn at.
    drawn: (u16, u16),
    /// The size that it is drawn at now.
    shown: (u16, u16),
    /// It was drawn by this very program, with the same characters.
    ours: bool,
}

impl Recording {
    /// True where the recording knows what each frame had room for. Then the screens are the same
    /// to the last step: the session may have drawn less often than its replay.
    fn knows_layout(&self) -> bool {
        self.ours && self.drawn == self.shown
    }
}

impl Replay {
    /// Plays a recording in an explorer that was started as the recorded one was.
    pub fn of_recording(explorer: Explorer, header: &Header, player: Player) -> Self {
        let recording = Recording {
            at: header.at,
            drawn: header.size,
            shown: header.size,
            ours: header.is_ours() && header.start.ascii == explorer.is_ascii(),
        };
        Self::new(explorer, player, Source::Recording(recording))
    }

    /// Types a script at an explorer, from when it has loaded. Gives the effects that are to be
    /// carried out first.
    pub fn of_script(
        explorer: Explorer,
        opening: Vec<Effect>,
        player: Player,
    ) -> (Self, Vec<Effect>) {
        let mut replay = Self::new(explorer, player, Source::Script(None));
        let opening = replay.allowed(opening);
        (replay, opening)
    }

    fn new(explorer: Explorer, player: Player, source: Source) -> Self {
        Self { explorer, player, source, now: Timestamp::UNIX_EPOCH, wake: None }
    }

    /// A key of whoever watches.
    fn command(&mut self, key: &KeyEvent) -> Vec<Effect> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match (key.code, control) {
            (KeyCode::Char('c'), true) | (KeyCode::Char('q'), false) => return vec![Effect::Quit],
            (KeyCode::Char('z'), true) => return vec![Effect::Suspend],
            (KeyCode::Char('l'), true) => return vec![Effect::Repaint],
            (KeyCode::Char(' '), _) => self.player.toggle(self.now),
            (KeyCode::Char('+' | '='), _) => self.player.faster(self.now),
            (KeyCode::Char('-'), _) => self.player.slower(self.now),
            (KeyCode::Char('.'), _) => {
                let step = self.player.step();
                return step.map_or(Vec::new(), |step| self.play(step));
            }
            _ => {}
        }
        Vec::new()
    }

    /// What the shell tells of this terminal and, where a script types, of the demo.
    fn heard(&mut self, event: Event) -> Vec<Effect> {
        match (&mut self.source, &event) {
            (Source::Recording(recording), Event::Resized { columns, rows }) => {
                recording.shown = (*columns, *rows);
                self.player.begin(self.now);
            }
            (Source::Recording(_), Event::Measured(_)) => {}
            (Source::Recording(_), _) => return Vec::new(),
            (Source::Script(wish), Event::Ticked) => {
                if wish.is_none_or(|wish| wish > self.now) {
                    return Vec::new();
                }
                *wish = None;
            }
            (Source::Script(_), Event::LoadEnded(_)) => self.player.begin(self.now),
            (Source::Script(_), _) => {}
        }
        self.give(event)
    }

    fn play_due(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for _ in 0..AT_ONCE {
            let Some(step) = self.player.take_due(self.now) else { break };
            effects.extend(self.play(step));
        }
        effects
    }

    fn play(&mut self, step: Step) -> Vec<Effect> {
        let mut effects = self.take(step);
        while let Some(measured) = self.player.take_measured() {
            effects.extend(self.take(measured));
        }
        effects
    }

    fn take(&mut self, step: Step) -> Vec<Effect> {
        if let (Source::Recording(recording), Some(at)) = (&mut self.source, step.at) {
            recording.at = at;
            if let Event::Resized { columns, rows } = step.event {
                recording.drawn = (columns, rows);
            }
            let of_its_terminal = matches!(step.event, Event::Resized { .. } | Event::Measured(_));
            if of_its_terminal && !recording.knows_layout() {
                return Vec::new();
            }
        }
        self.give(step.event)
    }

    fn give(&mut self, event: Event) -> Vec<Effect> {
        let at = match &self.source {
            Source::Recording(recording) => recording.at,
            Source::Script(_) => self.now,
        };
        let effects = self.explorer.update(Timed { at, event });
        self.allowed(effects)
    }

    /// What may be done of all that the explorer wants.
    fn allowed(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let Source::Script(wish) = &mut self.source else { return Vec::new() };
        let (mut allowed, mut copies) = (Vec::new(), Vec::new());
        for effect in effects {
            match effect {
                Effect::WakeAt(at) => *wish = Some(at),
                Effect::Copy { what, text, .. } => copies.push(not_copied(what, &text)),
                Effect::Quit | Effect::Suspend | Effect::Preflight { .. } => {}
                other => allowed.push(other),
            }
        }
        for copied in copies {
            allowed.extend(self.give(Event::Copied(copied)));
        }
        allowed
    }

    /// Asks to be woken for the next step or for the model, whichever comes first.
    fn wake(&mut self) -> Option<Effect> {
        let wish = match self.source {
            Source::Recording(_) => None,
            Source::Script(wish) => wish,
        };
        let next = [self.player.due(), wish].into_iter().flatten().min();
        if self.wake == next {
            return None;
        }
        self.wake = next;
        next.map(Effect::WakeAt)
    }
}

impl Program for Replay {
    fn update(&mut self, Timed { at, event }: Timed) -> Vec<Effect> {
        self.now = self.now.max(at);
        if event == Event::Ticked {
            self.wake = None;
        }
        let mut effects = match event {
            Event::Pressed(key) => self.command(&key),
            Event::Pasted(_) => Vec::new(),
            other => self.heard(other),
        };
        effects.extend(self.play_due());
        effects.extend(self.wake());
        effects
    }

    fn draw(&self, frame: &mut Frame<'_>) -> Option<Event> {
        let measured = self.explorer.draw(frame);
        ui::replay::harmless(frame.buffer_mut());
        ui::replay::draw(&self.player, self.explorer.theme()?, frame);
        match &self.source {
            Source::Recording(recording) if recording.knows_layout() => None,
            _ => measured,
        }
    }
}

fn not_copied(what: String, text: &str) -> Copied {
    Copied {
        what,
        lines: text.lines().count(),
        bytes: text.len(),
        way: None,
        file: None,
        trouble: Some("a script copies nothing".to_owned()),
    }
}
