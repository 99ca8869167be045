//! The columns that the table has room for, and their headings.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{cell_text, cut_end, pad};
use crate::app::columns::{MARGIN, is_fixed};
use crate::app::index::TableLine;
use crate::app::model::Model;
use crate::app::sort::Sort;
use crate::export::column::Column;
use crate::ui::glyphs::Glyphs;
use crate::ui::theme::Theme;

/// The widest that a column gets of itself.
const WIDEST: usize = 60;

/// Less of a column than this is not drawn.
const LEAST_PART: usize = 4;

/// The columns that are drawn.
pub(super) struct Drawn {
    /// Each with its width.
    pub(super) columns: Vec<(Column, usize)>,
    /// Columns that are scrolled away to the left.
    pub(super) left: usize,
    /// More columns stand to the right.
    more: bool,
}

/// Chooses what is drawn in a width, so that the column under the cursor is.
pub(super) fn drawn(model: &Model, rows: &[TableLine], glyphs: Glyphs, width: usize) -> Drawn {
    let mut columns = model.columns.laid_out(width, model.longest_name());
    if model.columns.wide {
        for (column, width) in &mut columns {
            *width = natural(model, *column, rows, glyphs);
        }
    }
    let (mut drawn, others): (Vec<_>, Vec<_>) =
        columns.into_iter().partition(|(column, _)| is_fixed(*column));
    let fixed: usize = drawn.iter().map(|(_, width)| width + 1).sum();
    let room = width.saturating_sub(fixed + MARGIN);
    let cursor = model.columns.cursor_at(width);
    let cursor = others.iter().position(|(column, _)| *column == cursor);
    let left = scrolled(&others, cursor, model.measured.columns_left, room);
    let fitting = fitting(&others[left..], room);
    let more = left + fitting < others.len();
    let mut room = room;
    for (at, (column, width)) in others[left..].iter().enumerate() {
        // The one that does not fit whole takes what is left, but for the sign that it goes on.
        let width = if at < fitting { (*width).min(room) } else { room.saturating_sub(2) };
        if at > fitting || (at == fitting && width < LEAST_PART) {
            break;
        }
        drawn.push((*column, width));
        room = room.saturating_sub(width + 1);
    }
    Drawn { columns: drawn, left, more }
}

/// How many columns must be scrolled away for the cursor's to be drawn whole. No more than are
/// needed to see the last one.
fn scrolled(columns: &[(Column, usize)], cursor: Option<usize>, left: usize, room: usize) -> usize {
    let is_enough = |left: &usize, last: usize| left + fitting(&columns[*left..], room) > last;
    let Some(last) = columns.len().checked_sub(1) else { return 0 };
    let most = (0..=last).find(|left| is_enough(left, last)).unwrap_or(last);
    let left = left.min(most);
    match cursor {
        Some(at) => (left.min(at)..=at).find(|left| is_enough(left, at)).unwrap_or(at),
        // The cursor is on a fixed column: it scrolls back to the beginning.
        None => 0,
    }
}

/// How many of the columns fit, at least one.
fn fitting(columns: &[(Column, usize)], room: usize) -> usize {
    let mut used = 0;
    let fits = |(_, width): &&(Column, usize)| {
        used += width + 1;
        used <= room
    };
    columns.iter().take_while(fits).count().max(columns.len().min(1))
}

/// The width of the longest text among the rows on the screen.
fn natural(model: &Model, column: Column, rows: &[TableLine], glyphs: Glyphs) -> usize {
    let findings = rows.iter().filter_map(|line| match line {
        TableLine::Row(row) => model.store.finding(*row),
        TableLine::Group(_) => None,
    });
    let texts = findings.map(|f| cell_text(model, &f, column, glyphs).width());
    let heading = column.title().width() + mark(model.index.sort(), column, glyphs).width();
    texts.max().unwrap_or(0).max(heading).clamp(1, WIDEST)
}

/// The line above the rows: what is sorted is marked, the cursor's column stands out.
pub(super) fn heading(
    model: &Model,
    drawn: &Drawn,
    theme: &Theme,
    glyphs: Glyphs,
    width: usize,
) -> Line<'static> {
    let (before, after) = glyphs.chosen();
    let margin = if drawn.left > 0 { format!("{before} ") } else { " ".repeat(MARGIN) };
    let mut line = Line::styled(margin, theme.muted);
    let cursor = model.columns.cursor_at(width);
    for (column, room) in &drawn.columns {
        let text = title(model.index.sort(), *column, *room, glyphs);
        let style = match *column == cursor {
            true => theme.key.add_modifier(Modifier::UNDERLINED),
            false => theme.muted,
        };
        line.push_span(Span::styled(pad(&text, *room), style));
        line.push_span(" ");
    }
    if drawn.more {
        let line_width = line.width();
        line.push_span(" ".repeat(width.saturating_sub(line_width + 1)));
        if line_width < width {
            line.push_span(Span::styled(after.to_string(), theme.muted));
        }
    }
    line
}

/// A heading with the mark of its sort, which is never cut.
fn title(sort: &Sort, column: Column, width: usize, glyphs: Glyphs) -> String {
    let mark = mark(sort, column, glyphs);
    let room = width.saturating_sub(mark.width());
    match column.title().width() <= room {
        true => format!("{}{mark}", column.title()),
        false if mark.is_empty() => cut_end(column.title(), width, glyphs),
        false => column.title().chars().take(room).chain(mark.chars()).take(width).collect(),
    }
}

/// The direction, and with several keys which of them it is.
fn mark(sort: &Sort, column: Column, glyphs: Glyphs) -> String {
    match sort.key_of(column) {
        None => String::new(),
        Some((_, key)) if sort.keys().len() == 1 => glyphs.sorted(key.is_ascending()).to_string(),
        Some((at, key)) => format!("{}{at}", glyphs.sorted(key.is_ascending())),
    }
}

/// The sort in words: `sort verdict▼ account`.
pub(super) fn sorted_by(sort: &Sort, glyphs: Glyphs) -> String {
    let key = |key: &crate::app::sort::SortKey| {
        format!("{}{}", key.column.name(), glyphs.sorted(key.is_ascending()))
    };
    let keys: Vec<String> = sort.keys().iter().map(key).collect();
    let then = if *sort == Sort::default() { " account" } else { "" };
    format!("sort {}{then}", keys.join(" "))
}
