//! A tiny program for the shell to run, with a key for everything that can go wrong.

#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Event, Timed};
use cf_tui::app::model::Measured;
use cf_tui::app::preflight::OriginOf;
use cf_tui::domain::ids::{DistributionId, OriginId};
use cf_tui::domain::preflight::{Outcome, Preflight, Target};
use cf_tui::inventory::report::{AccountIx, LoadId, Report, Stage};
use cf_tui::shell::{Clock, Environment, Program, Session, explore, runtime};
use crossterm::event::KeyCode;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::style::{Color, Modifier, Style};
use tokio::sync::mpsc::Sender;

/// How a load of the probe behaves; the number is the account's in the effect.
const PANICS: AccountIx = 0;
const FLOODS: AccountIx = 1;
const BLOCKS: AccountIx = 2;
const ENDS: AccountIx = 3;

/// The port whose pre-flight panics.
const WRONG_PORT: u16 = 80;

#[derive(Default)]
struct Probe {
    size: (u16, u16),
    measured: Measured,
    keys: String,
    said: Vec<String>,
    reports: usize,
    flooding: bool,
    draw_panics: bool,
}

impl Program for Probe {
    fn update(&mut self, Timed { at, event }: Timed) -> Vec<Effect> {
        match event {
            Event::Pressed(key) => {
                if let KeyCode::Char(letter) = key.code {
                    self.keys.push(letter);
                    return self.act(letter, at);
                }
            }
            Event::Pasted(text) => self.said.push(format!("pasted {text}")),
            Event::Clicked { column, row } => self.said.push(format!("clicked {column},{row}")),
            Event::Dragged { column, row } => self.said.push(format!("dragged {column},{row}")),
            Event::Scrolled { column, row, down } => {
                self.said.push(format!("scrolled {column},{row} down: {down}"));
            }
            Event::Resized { columns, rows } => self.size = (columns, rows),
            Event::Ticked => self.said.push(format!("ticked at {at}")),
            Event::Reported(_, reports) => {
                self.reports += reports.len();
                if self.flooding {
                    // As expensive as a big fleet's.
                    std::thread::sleep(Duration::from_millis(4));
                } else {
                    self.said.push(format!("{} reports", self.reports));
                }
            }
            Event::LoadEnded(LoadId(id)) => self.said.push(format!("load {id} ended")),
            Event::Copied(copied) => {
                let way = copied.way.as_deref().unwrap_or("nothing");
                self.said.push(format!("copied {} bytes by {way}", copied.bytes));
                self.said.extend(copied.trouble.map(|trouble| format!("trouble {trouble}")));
            }
            Event::Preflighted { preflight, .. } => self.said.push(preflight.sentence()),
            Event::Failed(text) => self.said.push(text),
            Event::Measured(measured) => self.measured = measured,
            // Nothing is asked for.
            Event::Background { .. }
            | Event::Verified { .. }
            | Event::TagsRead { .. }
            | Event::PairSought { .. } => {}
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>) -> Option<Event> {
        assert!(!self.draw_panics, "the view went wrong");
        let buffer = frame.buffer_mut();
        let plain = Style::new();
        // With a colour, because it is the colour that crossterm turns into a reset under NO_COLOR.
        let selected = plain.fg(Color::Red).add_modifier(Modifier::REVERSED | Modifier::BOLD);
        let lines = [
            (format!("size {}x{}", self.size.0, self.size.1), plain),
            ("selected row".to_owned(), selected),
            (format!("room for {}", self.measured.list_rows), plain),
            (format!("keys {}", self.keys), plain),
        ];
        let said = self.said.iter().map(|line| (line.clone(), plain));
        let area = buffer.area;
        for (row, (line, style)) in (0..area.height).zip(lines.into_iter().chain(said)) {
            buffer.set_stringn(0, row, line, usize::from(area.width), style);
        }
        let measured = Measured { list_rows: area.height.into(), ..Measured::default() };
        (measured != self.measured).then_some(Event::Measured(measured))
    }
}

impl Probe {
    fn act(&mut self, letter: char, at: Timestamp) -> Vec<Effect> {
        let load = |account| vec![Effect::Load { id: LoadId(7), accounts: vec![account] }];
        match letter {
            'q' => vec![Effect::Quit],
            'z' => vec![Effect::Suspend],
            'l' => vec![Effect::Repaint],
            'w' => vec![Effect::WakeAt(at + Duration::from_millis(50))],
            'c' => vec![copy()],
            'o' => vec![Effect::OpenBrowser("https://console.example/?a=1#/d/E1".to_owned())],
            'U' => panic!("the update went wrong"),
            'D' => {
                self.draw_panics = true;
                Vec::new()
            }
            'T' => load(PANICS),
            'F' => {
                self.flooding = true;
                load(FLOODS)
            }
            'B' => load(BLOCKS),
            'L' => load(ENDS),
            'P' => vec![preflight(443, at)],
            'Q' => vec![preflight(WRONG_PORT, at)],
            'X' => vec![Effect::Cancel(LoadId(7))],
            _ => Vec::new(),
        }
    }
}

/// The text comes from a file, so that a test can copy any bytes.
fn copy() -> Effect {
    let text = std::fs::read_to_string(std::env::var_os("PROBE_TEXT").unwrap()).unwrap();
    Effect::Copy { what: "fix".to_owned(), text, file: Some("fix.sh") }
}

fn load(
    id: LoadId,
    accounts: Vec<AccountIx>,
    sender: Sender<(LoadId, Report)>,
) -> BoxFuture<'static, ()> {
    let report = move |account| (id, Report::Entered { account, stage: Stage::Queued });
    Box::pin(async move {
        match accounts[0] {
            PANICS => panic!("the task went wrong"),
            FLOODS => while sender.send(report(0)).await.is_ok() {},
            // Such as a name look-up that never ends: no abort reaches it.
            BLOCKS => std::thread::sleep(Duration::from_secs(600)),
            _ => {
                for account in 0..3 {
                    sender.send(report(account)).await.unwrap();
                }
            }
        }
    })
}

fn preflight(port: u16, now: Timestamp) -> Effect {
    let domain = "a.example".to_owned();
    let target = Target { domain, port, aliases: Vec::new(), protocols: None };
    let (distribution, origin) = (DistributionId::new("E1"), OriginId::new("web"));
    Effect::Preflight { origin: OriginOf { account: 0, distribution, origin }, target, now }
}

async fn answer(target: Target) -> Preflight {
    assert!(target.port != WRONG_PORT, "the pre-flight went wrong");
    let outcome = Outcome::NotTried("this is a test".to_owned());
    Preflight { target, address: None, outcome }
}

fn main() -> ExitCode {
    let session = Session {
        program: Probe::default(),
        opening: Vec::new(),
        loader: Box::new(load),
        prober: Box::new(|target, _| Box::pin(answer(target))),
        reader: Box::new(|_| Box::pin(std::future::pending())),
        clock: Clock::Fixed(Timestamp::UNIX_EPOCH),
        mouse: std::env::var_os("PROBE_MOUSE").is_some(),
        environment: Environment::read(),
        state_directory: std::env::var_os("PROBE_STATE").map(PathBuf::from),
    };
    match runtime().and_then(|runtime| explore(runtime, session)) {
        Ok(left) => ExitCode::from(left.exit_status()),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_status())
        }
    }
}
