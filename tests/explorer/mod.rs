//! An explorer on the demo fleet that tests type at and look at.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, missing_docs)]

pub mod film;
pub mod styles;
pub mod svg;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Event, Timed};
use cf_tui::app::model::{Model, Start};
use cf_tui::app::update::{start, update};
use cf_tui::inventory::demo::{Demo, NOW, Settings};
use cf_tui::inventory::load::Reporter;
use cf_tui::inventory::report::{LoadId, Report};
use cf_tui::ui::theme::Theme;
use cf_tui::ui::view::view;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

pub struct Explorer {
    pub model: Model,
    pub theme: Theme,
    pub effects: Vec<Effect>,
    terminal: Terminal<TestBackend>,
}

impl Explorer {
    /// The demo fleet, wholly loaded.
    pub fn demo(columns: u16, rows: u16) -> Self {
        let mut explorer = Self::empty(columns, rows);
        for report in demo_reports() {
            explorer.send(Event::Reported(LoadId(1), vec![report]));
        }
        explorer.send(Event::LoadEnded(LoadId(1)));
        explorer
    }

    /// The demo fleet, of which nothing has come yet.
    pub fn empty(columns: u16, rows: u16) -> Self {
        Self::on(demo_settings(), columns, rows)
    }

    /// A fleet of some size, of which nothing has come yet.
    pub fn on(settings: Settings, columns: u16, rows: u16) -> Self {
        let accounts = Demo::new(settings).fleet().accounts;
        let mut model = Model::new(Start { accounts, demo: true, ..Start::default() });
        start(&mut model, NOW);
        let terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut explorer = Self { model, theme: Theme::dark(), effects: Vec::new(), terminal };
        explorer.send(Event::Resized { columns, rows });
        explorer
    }

    pub fn send(&mut self, event: Event) {
        self.effects = update(&mut self.model, Timed { at: NOW, event });
    }

    /// Another size of the terminal.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        self.send(Event::Resized { columns, rows });
    }

    /// Draws until what was measured is known to the model, as the shell does.
    pub fn draw(&mut self) -> Buffer {
        for _ in 0..3 {
            let mut measured = self.model.measured;
            let (model, theme) = (&self.model, &self.theme);
            self.terminal.draw(|frame| measured = view(model, theme, frame)).unwrap();
            if measured == self.model.measured {
                break;
            }
            self.send(Event::Measured(measured));
        }
        self.terminal.backend().buffer().clone()
    }

    /// Types keys, such as `jj<enter>/shop<esc>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.draw();
        for key in parsed(keys) {
            self.send(Event::Pressed(key));
            let effects = self.effects.clone();
            self.draw();
            self.effects = effects;
        }
        self
    }

    /// Types keys and gives the screen as text, with a line of styles under each line.
    pub fn styled(&mut self, keys: &str) -> String {
        self.keys(keys);
        styles::styled_text_of(&self.draw(), &self.theme)
    }

    /// Types keys and gives the screen as text.
    pub fn screen(&mut self, keys: &str) -> String {
        self.keys(keys);
        text_of(&self.draw())
    }
}

fn demo_settings() -> Settings {
    Settings { latency_ms: 0, ..Settings::default() }
}

/// Every report of a load of the demo fleet, account after account.
pub fn demo_reports() -> Vec<Report> {
    reports(demo_settings())
}

/// Every report of a load of a fleet of some size.
pub fn reports(settings: Settings) -> Vec<Report> {
    let demo = Demo::new(settings);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(100_000);
        let accounts = demo.fleet().accounts;
        for (ix, account) in accounts.iter().enumerate().filter(|(_, a)| a.enabled) {
            let reporter = Reporter::new(ix, LoadId(1), sender.clone());
            let ending = demo.read(account, &reporter).await;
            sender.send((LoadId(1), Report::Ended { account: ix, ending })).await.unwrap();
        }
        drop(sender);
        let mut reports = Vec::new();
        while let Some((_, report)) = receiver.recv().await {
            reports.push(report);
        }
        reports
    })
}

pub fn text_of(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in 0..area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..area.width {
            let symbol = buffer[(x, y)].symbol();
            if skip > 0 {
                skip -= 1;
                continue;
            }
            skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

pub fn parsed(keys: &str) -> Vec<KeyEvent> {
    let mut parsed = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        let (code, modifiers) = match named {
            Some((name, after)) => {
                rest = after;
                code_of(name)
            }
            None => {
                rest = &rest[c.len_utf8()..];
                (KeyCode::Char(c), KeyModifiers::NONE)
            }
        };
        parsed.push(KeyEvent::new(code, modifiers));
    }
    parsed
}

fn code_of(name: &str) -> (KeyCode, KeyModifiers) {
    if let Some(c) = name.strip_prefix("ctrl-") {
        return (KeyCode::Char(c.chars().next().unwrap()), KeyModifiers::CONTROL);
    }
    if let Some(rest) = name.strip_prefix("alt-") {
        return (code_of(rest).0, KeyModifiers::ALT);
    }
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "delete" => KeyCode::Delete,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "pgdn" => KeyCode::PageDown,
        "pgup" => KeyCode::PageUp,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "backspace" => KeyCode::Backspace,
        _ => panic!("no key <{name}>"),
    };
    (code, KeyModifiers::NONE)
}
