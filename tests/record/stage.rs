//! A program without a terminal: what it is given, what it wants, and what it draws.

use std::path::Path;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Event, Timed};
use cf_tui::app::model::Start;
use cf_tui::app::player::{Player, Step};
use cf_tui::app::recording::{Header, Tape, read};
use cf_tui::inventory::demo::{Demo, NOW, Settings};
use cf_tui::shell::record::Writing;
use cf_tui::shell::{Explorer, Program, Recorded, Recorder, Replay};
use cf_tui::ui::theme::Gallery;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::explorer::text_of;

pub struct Stage<P> {
    pub program: P,
    pub wanted: Vec<Effect>,
    now: Timestamp,
    terminal: Terminal<TestBackend>,
}

impl<P: Program> Stage<P> {
    pub fn new(program: P, (columns, rows): (u16, u16)) -> Self {
        let terminal = terminal(columns, rows);
        let mut stage = Self { program, wanted: Vec::new(), now: NOW, terminal };
        stage.send(Event::Resized { columns, rows });
        stage
    }

    pub fn send(&mut self, event: Event) {
        if let Event::Resized { columns, rows } = event {
            self.terminal = terminal(columns, rows);
        }
        let effects = self.program.update(Timed { at: self.now, event });
        self.wanted.extend(effects);
    }

    pub fn press(&mut self, key: char) {
        self.send(Event::Pressed(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE)));
    }

    /// Draws as the shell does, and gives all lines but the last, which is the player's in a
    /// replay.
    pub fn screen(&mut self) -> String {
        let whole = self.whole_screen();
        let lines: Vec<&str> = whole.lines().collect();
        lines[..lines.len().saturating_sub(1)].join("\n")
    }

    pub fn whole_screen(&mut self) -> String {
        for _ in 0..2 {
            let (mut measured, program) = (None, &self.program);
            self.terminal.draw(|frame| measured = program.draw(frame)).unwrap();
            let Some(event) = measured else { break };
            self.send(event);
        }
        text_of(self.terminal.backend().buffer())
    }

    /// Lets the time come that was asked for, until nothing more is.
    pub fn run_out(&mut self) {
        while let Some(at) = self.wish() {
            self.now = self.now.max(at);
            self.send(Event::Ticked);
        }
    }

    fn wish(&mut self) -> Option<Timestamp> {
        let mut wishes = self.wanted.drain(..).filter_map(|effect| match effect {
            Effect::WakeAt(at) => Some(at),
            _ => None,
        });
        wishes.next_back()
    }
}

fn terminal(columns: u16, rows: u16) -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(columns, rows)).unwrap()
}

/// The demo, recorded into a file. It bears the mark of a replay, so that screens can be compared.
pub fn recorded(path: &Path, size: (u16, u16)) -> (Stage<Recorded<Explorer>>, Writing) {
    let accounts = Demo::new(Settings::default()).fleet().accounts;
    let with = Start { accounts, demo: true, replay: true, ..Start::default() };
    let header = Header::new(&with, size, NOW);
    let (recorder, writing) = Recorder::create(path, &header).unwrap();
    let (explorer, _) = Explorer::new(with, Gallery::embedded(), NOW);
    (Stage::new(Recorded::new(explorer, recorder), size), writing)
}

/// The session is over; what is in its file.
pub fn finished<P>(live: Stage<P>, writing: Writing, path: &Path) -> (Header, Vec<Step>) {
    drop(live);
    assert_eq!(writing.finish(), None);
    loaded(path)
}

pub fn loaded(path: &Path) -> (Header, Vec<Step>) {
    match read(&std::fs::read(path).unwrap()).unwrap() {
        Tape::Recording(header, steps) => (*header, steps),
        Tape::Script(_) => panic!("a script"),
    }
}

pub fn replay(header: &Header, steps: Vec<Step>, speed: f64, size: (u16, u16)) -> Stage<Replay> {
    let with = Start { replay: true, ..header.start.clone() };
    let (explorer, _) = Explorer::new(with, Gallery::embedded(), header.at);
    let player = Player::new(steps, speed);
    Stage::new(Replay::of_recording(explorer, header, player), size)
}
