//! A session as an animated SVG picture, for the README: a film strip of frames that is rolled
//! past a window. Lines are drawn once each, however many frames show them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Event, Timed};
use cf_tui::app::player::Step;
use cf_tui::app::update::update;
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::{LoadId, Report};
use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::Buffer;

use super::svg::{BACKGROUND, CELL, LOOKS, colours, run, text};
use super::{Explorer, demo_reports};

/// How long the fleet takes to arrive, and in how many frames.
const ARRIVAL: (i64, usize) = (2400, 14);

/// How long the last frame stays before the film begins anew.
const LAST: i64 = 3000;

/// The frames of a script, and the milliseconds that each is shown.
pub struct Film {
    explorer: Explorer,
    frames: Vec<(Buffer, i64)>,
    /// The time of the film.
    ms: i64,
    wake: Option<Timestamp>,
}

impl Film {
    /// The demo arrives, and then the script is typed.
    pub fn of(script: Vec<Step>, columns: u16, rows: u16) -> Self {
        let explorer = Explorer::empty(columns, rows);
        // What every start asks for, to count the seconds of the load.
        let wake = Some(NOW + SignedDuration::from_secs(1));
        let mut film = Self { explorer, frames: Vec::new(), ms: 0, wake };
        let reports = side_by_side(demo_reports());
        let (ms, frames) = ARRIVAL;
        for some in reports.chunks(reports.len().div_ceil(frames)) {
            film.shoot();
            film.pass(ms / frames as i64);
            film.send(Event::Reported(LoadId(1), some.to_vec()));
        }
        film.send(Event::LoadEnded(LoadId(1)));
        film.shoot();
        for step in script {
            film.pass(i64::try_from(step.wait.as_millis()).unwrap());
            film.send(step.event);
            film.shoot();
        }
        film.pass(LAST);
        film
    }

    /// A frame, where it is another one than the last.
    fn shoot(&mut self) {
        self.explorer.effects.clear();
        let frame = self.explorer.draw();
        // Of the layout, which drawing tells.
        let effects = std::mem::take(&mut self.explorer.effects);
        self.take(&effects);
        if self.frames.last().is_none_or(|(last, _)| *last != frame) {
            self.frames.push((frame, 0));
        }
    }

    /// Time passes, and what waits for a time sees it come.
    fn pass(&mut self, ms: i64) {
        let end = self.ms + ms;
        while let Some(at) = self.wake.filter(|at| ms_of(*at) <= end) {
            self.wake = None;
            self.show_until(ms_of(at));
            let effects = update(&mut self.explorer.model, Timed { at, event: Event::Ticked });
            self.take(&effects);
            self.shoot();
        }
        self.show_until(end);
    }

    fn show_until(&mut self, ms: i64) {
        if let Some((_, shown)) = self.frames.last_mut() {
            *shown += (ms - self.ms).max(0);
        }
        self.ms = self.ms.max(ms);
    }

    fn send(&mut self, event: Event) {
        let at = NOW + SignedDuration::from_millis(self.ms);
        let effects = update(&mut self.explorer.model, Timed { at, event });
        self.take(&effects);
    }

    fn take(&mut self, effects: &[Effect]) {
        for effect in effects {
            if let Effect::WakeAt(at) = effect {
                self.wake = Some(*at);
            }
        }
    }

    /// The whole picture.
    pub fn svg(&self) -> String {
        let area = self.frames[0].0.area;
        let (width, height) = (f32::from(area.width) * CELL.0, f32::from(area.height) * CELL.1);
        let mut lines = Lines::default();
        let (mut strip, mut roll) = (String::new(), String::new());
        let (mut began, whole) = (0, self.ms as f32);
        for (number, (frame, shown)) in self.frames.iter().enumerate() {
            let top = number as f32 * height;
            let percent = 100.0 * began as f32 / whole;
            let _ = write!(roll, "{percent:.3}%{{transform:translateY(-{top:.0}px)}}");
            began += shown;
            for y in 0..area.height {
                let (line, top) = (lines.number(frame, y), top + f32::from(y) * CELL.1);
                let _ = line.map(|line| write!(strip, "<use href=\"#l{line}\" y=\"{top:.0}\"/>"));
            }
            strip.push('\n');
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" \
             font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
             font-size=\"14\" xml:space=\"preserve\">\n<style>\ntext{{white-space:pre}}\n{}\
             @keyframes roll{{{roll}}}\n\
             .roll{{animation:roll {:.2}s step-end infinite}}\n\
             @media (prefers-reduced-motion:reduce){{.roll{{animation-play-state:paused;\
             animation-delay:-{:.2}s}}}}\n</style>\n<defs>\n{}</defs>\n\
             <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{BACKGROUND}\"/>\n\
             <svg x=\"8\" y=\"8\" width=\"{width:.1}\" height=\"{height:.0}\">\
             <g class=\"roll\">\n{strip}</g></svg>\n</svg>\n",
            width + 16.0,
            height + 16.0,
            lines.css(),
            whole / 1000.0,
            // Whoever wants no motion sees the fleet as it is once it has arrived.
            (ARRIVAL.0 + 400) as f32 / 1000.0,
            lines.defs,
        )
    }

    /// How many frames there are.
    pub fn len(&self) -> usize {
        self.frames.len()
    }
}

/// The lines that were drawn, and the looks that they need.
#[derive(Default)]
struct Lines {
    numbers: BTreeMap<String, usize>,
    looks: Vec<String>,
    defs: String,
}

impl Lines {
    /// The number of a line, which is drawn if it is new; none where nothing is to be seen.
    fn number(&mut self, frame: &Buffer, y: u16) -> Option<usize> {
        let line = self.drawn(frame, y);
        if line.is_empty() {
            return None;
        }
        let next = self.numbers.len();
        if let Some(number) = self.numbers.get(&line) {
            return Some(*number);
        }
        let _ = writeln!(self.defs, "<g id=\"l{next}\">{line}</g>");
        self.numbers.insert(line, next);
        Some(next)
    }

    fn drawn(&mut self, frame: &Buffer, y: u16) -> String {
        let mut line = String::new();
        let mut x = 0;
        while x < frame.area.width {
            let cells = run(frame, x, y);
            let (left, width) = (f32::from(x) * CELL.0, f32::from(cells) * CELL.0);
            let style = &frame[(x, y)];
            let (front, back) = colours(style);
            if back != BACKGROUND {
                let _ = write!(
                    line,
                    "<rect x=\"{left:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{back}\"/>",
                    CELL.1
                );
            }
            let text = text(frame, x, y, cells);
            if !text.trim().is_empty() {
                let mut look = format!("fill:{front}");
                for (modifier, name, value) in LOOKS {
                    if style.modifier.contains(modifier) {
                        let _ = write!(look, ";{name}:{value}");
                    }
                }
                let look = self.look(look);
                let _ = write!(
                    line,
                    "<text class=\"c{look}\" x=\"{left:.1}\" y=\"13.5\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\">{text}</text>"
                );
            }
            x += cells;
        }
        line
    }

    fn look(&mut self, css: String) -> usize {
        let known = self.looks.iter().position(|look| *look == css);
        known.unwrap_or_else(|| {
            self.looks.push(css);
            self.looks.len() - 1
        })
    }

    fn css(&self) -> String {
        let mut css = String::new();
        for (number, look) in self.looks.iter().enumerate() {
            let _ = writeln!(css, ".c{number}{{{look}}}");
        }
        css
    }
}

/// Reports as they come from accounts that are read at once: one of each, in turn.
fn side_by_side(reports: Vec<Report>) -> Vec<Report> {
    let mut waiting: BTreeMap<usize, Vec<Report>> = BTreeMap::new();
    for report in reports.into_iter().rev() {
        waiting.entry(report.account()).or_default().push(report);
    }
    let mut mixed = Vec::new();
    while !waiting.is_empty() {
        mixed.extend(waiting.values_mut().filter_map(Vec::pop));
        waiting.retain(|_, reports| !reports.is_empty());
    }
    mixed
}

fn ms_of(at: Timestamp) -> i64 {
    i64::try_from(at.duration_since(NOW).as_millis()).unwrap()
}
