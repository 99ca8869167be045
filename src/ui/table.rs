//! The table of origins. Only the rows that fit are looked at.

mod columns;
mod groups;

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::glyphs::Glyphs;
use super::theme::Theme;
use crate::app::index::{Narrowing, TableLine};
use crate::app::keymap::Action;
use crate::app::model::{Measured, Model};
use crate::app::store::AccountEntry;
use crate::domain::finding::Finding;
use crate::domain::tally::AccountState;
use crate::domain::verdict::Lens;
use crate::export::cells;
use crate::export::column::Column;

/// The title of the table: where the cursor is among how many, how they are sorted.
pub fn title(model: &Model, glyphs: Glyphs) -> String {
    let at = model.position().map_or("-".to_owned(), |at| (at + 1).to_string());
    let sort = columns::sorted_by(model.index.sort(), glyphs);
    let group = model.index.grouping().map(|column| format!(" group {} ", column.name()));
    let group = group.unwrap_or_default();
    let marks = model.marks.count(&model.store, &model.index);
    let marks = marks.map_or(String::new(), |count| format!(" {count} "));
    format!(" Origins {at}/{}  {sort} {group}{marks}", model.index.passing().len())
}

/// Draws the table; returns what the model must know of its layout.
pub fn draw(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    area: Rect,
    frame: &mut Frame<'_>,
) -> Measured {
    let [head, body] = head_and_body(area);
    let (room, width) = (usize::from(body.height), usize::from(area.width));
    let lines = model.index.lines();
    let lines = &lines[model.top.min(lines.len())..(model.top + room).min(lines.len())];
    let drawn = columns::drawn(model, lines, glyphs, width);
    frame.render_widget(columns::heading(model, &drawn, theme, glyphs, width), head);
    let range = model.marks.range(&model.index, model.selected);
    for (at, (y, line)) in (model.top..).zip((body.y..).zip(lines)) {
        let area = Rect { y, height: 1, ..body };
        let in_range = range.as_ref().is_some_and(|range| range.contains(&at));
        let (text, selected) = match *line {
            TableLine::Group(id) => {
                let header = groups::header(model, id, theme, glyphs, width);
                (header, model.header == Some(id))
            }
            TableLine::Row(row) => {
                let Some(finding) = model.store.finding(row) else { continue };
                let selected = model.selected == Some(row);
                let marked = in_range || model.marks.contains(row);
                let mut text = margin(selected, marked, theme, glyphs);
                text.extend(row_cells(model, &finding, &drawn.columns, theme, glyphs));
                (text, selected)
            }
        };
        frame.render_widget(text, area);
        if selected {
            frame.buffer_mut().set_style(area, theme.selected);
        }
    }
    if model.index.passing().is_empty() {
        frame.render_widget(Line::styled(nothing(model), theme.muted), body);
    }
    let columns_left = drawn.left;
    Measured { list_rows: room, list_width: width, columns_left, ..Measured::default() }
}

/// The first line of a table and the rest.
pub fn head_and_body(area: Rect) -> [Rect; 2] {
    let head = Rect { height: area.height.min(1), ..area };
    [head, Rect { y: area.y + head.height, height: area.height - head.height, ..area }]
}

fn nothing(model: &Model) -> String {
    let key = |action| model.keymap.key(action);
    let Narrowing { filter, problems, .. } = &model.narrowing;
    if model.paused.as_ref().is_some_and(|waiting| waiting.rows() > 0) {
        return format!("  arrivals are held back: {} shows what came", key(Action::Pause));
    }
    let loading = model.store.is_loading();
    if !loading && let Some(says) = account_not_read(model) {
        return says;
    }
    let (esc, f, three) = (key(Action::Back), key(Action::Problems), key(Action::ViewAccounts));
    match (loading, filter.is_empty(), *problems, model.store.coverage().is_whole()) {
        (true, true, false, _) => "  reading the accounts …".to_owned(),
        (true, ..) => "  nothing yet that passes the filter; accounts are still being read".into(),
        (false, false, true, _) => {
            format!("  nothing passes: {esc} clears the filter, {f} shows what passes too")
        }
        (false, false, false, _) => format!("  nothing passes the filter: {esc} clears it"),
        (false, true, true, _) => {
            format!("  nothing here that does not pass: {f} shows everything")
        }
        (false, true, false, true) => "  no distribution in any account".to_owned(),
        (false, true, false, false) => {
            format!("  nothing was read: {three} shows each account and why")
        }
    }
}

/// A filter that names just one account may show nothing because there was nothing to see.
fn account_not_read(model: &Model) -> Option<String> {
    let named = |e: &&AccountEntry| e.account.id.as_str() == model.filter.line.text();
    let entry = model.store.accounts().iter().find(named)?;
    match (entry.state(), entry.origins) {
        (Some(AccountState::Failed), 0) => {
            let key = model.keymap.key(Action::ViewAccounts);
            Some(format!("  this account was not read: {key} tells why"))
        }
        (Some(AccountState::Skipped), 0) => {
            Some("  this account is disabled in the fleet file".to_owned())
        }
        (Some(AccountState::Complete), 0) => Some("  this account has no distributions".to_owned()),
        _ => None,
    }
}

fn margin(selected: bool, marked: bool, theme: &Theme, glyphs: Glyphs) -> Line<'static> {
    let cursor = if selected { glyphs.cursor() } else { " " };
    let mark = if marked { glyphs.marked() } else { " " };
    Line::from(vec![Span::styled(cursor, theme.key), Span::styled(mark, theme.key)])
}

fn row_cells(
    model: &Model,
    finding: &Finding<'_>,
    columns: &[(Column, usize)],
    theme: &Theme,
    glyphs: Glyphs,
) -> Line<'static> {
    let mut line = Line::default();
    for (column, width) in columns {
        let text = cut_middle(&cell_text(model, finding, *column, glyphs), *width, glyphs);
        let style = style(finding, *column, model.narrowing.lens, theme);
        line.push_span(Span::styled(pad(&text, *width), style));
        line.push_span(" ");
    }
    line
}

fn cell_text<'a>(
    model: &Model,
    finding: &Finding<'a>,
    column: Column,
    glyphs: Glyphs,
) -> Cow<'a, str> {
    let (assessment, lens) = (finding.assessment, model.narrowing.lens);
    match column {
        Column::Verdict => {
            let verdict = assessment.verdict(lens);
            format!("{} {}", glyphs.verdict(verdict), verdict.word()).into()
        }
        Column::Rule => cells::d9_cell(assessment, glyphs.ascii).iter().collect::<String>().into(),
        _ => column.text(finding, lens),
    }
}

fn style(finding: &Finding<'_>, column: Column, lens: Lens, theme: &Theme) -> Style {
    let assessment = finding.assessment;
    match column {
        Column::Verdict => theme.verdict(assessment.verdict(lens)),
        Column::Rule if assessment.gap() => theme.fails,
        Column::Protocol if assessment.is_plaintext() => theme.fails,
        Column::Edge => theme.warns,
        Column::Tls if !assessment.weak_tls.is_empty() => theme.warns,
        Column::Account | Column::Origin | Column::Protocol | Column::Viewer => theme.text,
        _ => theme.muted,
    }
}

/// Fills up with blanks to a width in cells.
pub fn pad(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}

/// A name is cut in its middle: both its beginning and its end tell it from others.
pub fn cut_middle(text: &str, width: usize, glyphs: Glyphs) -> String {
    cells::cut_middle_with(text, width, glyphs.cut_sign()).into_owned()
}

/// A sentence is cut at its end: its beginning says what happened.
pub fn cut_end(text: &str, width: usize, glyphs: Glyphs) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(glyphs.cut_sign().width());
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= room
    };
    text.chars().take_while(fits).collect::<String>() + glyphs.cut_sign()
}
