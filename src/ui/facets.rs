//! The facets: for each column what its cells hold, how often, and a bar.

use ratatui::text::{Line, Span};

use super::Pane;
use super::glyphs::Glyphs;
use super::table::{cut_middle, pad};
use super::theme::Theme;
use crate::app::filter_term::{filter_term, has_term};
use crate::app::index::{Facet, ValueId};
use crate::app::model::Model;
use crate::domain::verdict::Verdict;
use crate::export::column::Column;

/// Cells across, with the frame.
pub const WIDTH: u16 = 32;

/// Values of a facet that are shown however low the pane is.
const LEAST: usize = 3;

const NAME: usize = 14;
const BAR: usize = 6;

/// What fits in so many lines. The facet of the cursor scrolls so that it is seen.
pub fn lines(model: &Model, theme: &Theme, glyphs: Glyphs, height: usize) -> Pane {
    let facets = model.index.facets();
    let place = model.facets.place(facets);
    let mut lines = Vec::new();
    let mut cursor_line = 0;
    for (at, (facet, room)) in facets.iter().zip(rooms(facets, height)).enumerate() {
        // One value more takes the line that would say so.
        let room = if room + 1 == facet.values.len() { room + 1 } else { room };
        let own = place.filter(|(facet, _)| *facet == at).map(|(_, value)| value);
        let first = own.map_or(0, |value| (value + 1).saturating_sub(room));
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(facet.column.title(), theme.title));
        for (nth, value) in facet.values.iter().enumerate().skip(first).take(room) {
            let selected = model.facets.focused && own == Some(nth);
            if own == Some(nth) {
                cursor_line = lines.len();
            }
            lines.push(line(model, facet, *value, selected, theme, glyphs));
        }
        let hidden = facet.values.len().saturating_sub(room);
        if hidden > 0 {
            let says = format!("  {} {hidden} more", glyphs.ellipsis());
            lines.push(Line::styled(says, theme.muted));
        }
    }
    let below = (cursor_line + 2).saturating_sub(height);
    lines.into_iter().skip(below).take(height).collect()
}

/// How many values of each facet are shown: a few of each, and more as long as there are lines.
fn rooms(facets: &[Facet], height: usize) -> Vec<usize> {
    let values = |at: usize| facets[at].values.len();
    let mut rooms: Vec<usize> = (0..facets.len()).map(|at| values(at).min(LEAST)).collect();
    // A heading, the values, how many more there are, and an empty line.
    let taken = |rooms: &[usize]| {
        let lines = rooms.iter().enumerate();
        lines.map(|(at, room)| 2 + room + usize::from(values(at) > *room)).sum::<usize>()
    };
    loop {
        let smallest = (0..facets.len()).filter(|at| rooms[*at] < values(*at));
        let Some(at) = smallest.min_by_key(|at| rooms[*at]) else { return rooms };
        rooms[at] += 1;
        if taken(&rooms) > height + 1 {
            rooms[at] -= 1;
            return rooms;
        }
    }
}

fn line(
    model: &Model,
    facet: &Facet,
    (id, count): (ValueId, usize),
    selected: bool,
    theme: &Theme,
    glyphs: Glyphs,
) -> Line<'static> {
    let text = model.index.value_text(facet.column, id);
    let has = |negate| has_term(model.filter.line.text(), &filter_term(facet.column, text, negate));
    let mark = match (has(false), has(true)) {
        (true, _) => "=",
        (_, true) => "!",
        _ => " ",
    };
    let verdict = match facet.column {
        Column::Verdict => Verdict::BY_SEVERITY.into_iter().find(|v| v.name() == text),
        _ => None,
    };
    let (name, style) = match verdict {
        Some(v) => (format!("{} {text}", glyphs.verdict(v)), theme.verdict(v)),
        None => (text.to_owned(), theme.text),
    };
    let most = facet.values.iter().map(|(_, count)| *count).max().unwrap_or(count);
    let bar = (count * BAR).div_ceil(most.max(1));
    let line = Line::from(vec![
        Span::styled(if selected { glyphs.cursor() } else { " " }, theme.key),
        Span::styled(mark, theme.key),
        Span::styled(pad(&cut_middle(&name, NAME, glyphs), NAME), style),
        Span::styled(format!("{count:>7} "), theme.muted),
        Span::styled(glyphs.part().to_string().repeat(bar), theme.muted),
    ]);
    if selected { line.patch_style(theme.selected) } else { line }
}
