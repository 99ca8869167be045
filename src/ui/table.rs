//! The table of origins. Only the rows that fit are looked at.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::glyphs::Glyphs;
use super::theme::Theme;
use crate::app::index::Narrowing;
use crate::app::model::Model;
use crate::app::store::AccountEntry;
use crate::domain::finding::Finding;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;
use crate::export::cells;
use crate::export::column::Column;

/// Columns with their widths for a table of this width; accounts have names of this width, and
/// the origin takes what is left.
fn columns(width: usize, names: usize) -> Vec<(Column, usize)> {
    let most = if width < 100 { 13 } else { 20 };
    let mut columns = vec![
        (Column::Verdict, 7),
        (Column::Rule, 2),
        (Column::Edge, 1),
        (Column::Account, names.clamp(7, most)),
        (Column::Distribution, 14),
        (Column::Origin, 0),
        (Column::Protocol, 12),
    ];
    if width < 60 {
        columns
            .retain(|(c, _)| !matches!(c, Column::Distribution | Column::Edge | Column::Protocol));
    }
    if width >= 100 {
        columns.insert(6, (Column::Kind, 6));
        columns.extend([(Column::Viewer, 10), (Column::Tls, 7)]);
    }
    if width >= 140 {
        columns.push((Column::Paths, 14));
    }
    if width >= 170 {
        columns.insert(5, (Column::Alias, 22));
        columns.push((Column::Owner, 12));
    }
    let fixed: usize = columns.iter().map(|(_, width)| width + 1).sum();
    for (column, room) in &mut columns {
        if *column == Column::Origin {
            *room = width.saturating_sub(fixed + MARGIN);
        }
    }
    columns
}

/// The cursor's mark, and that of a marked row.
const MARGIN: usize = 2;

/// Draws the table; returns how many rows it had room for.
pub fn draw(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    area: Rect,
    frame: &mut Frame<'_>,
) -> usize {
    let columns = columns(usize::from(area.width), longest_name(model));
    let [head, body] = head_and_body(area);
    frame.render_widget(heading(&columns, theme), head);
    let room = usize::from(body.height);
    let rows = model.index.visible().iter().skip(model.top).take(room);
    let range = model.marks.range(&model.index, model.selected);
    for (at, (line, row)) in (model.top..).zip((body.y..).zip(rows)) {
        let Some(finding) = model.store.finding(*row) else { continue };
        let area = Rect { y: line, height: 1, ..body };
        let selected = model.selected == Some(*row);
        let in_range = range.as_ref().is_some_and(|range| range.contains(&at));
        let marked = in_range || model.marks.contains(*row);
        let mut line = margin(selected, marked, theme, glyphs);
        line.extend(row_cells(model, &finding, &columns, theme, glyphs));
        frame.render_widget(line, area);
        if selected {
            frame.buffer_mut().set_style(area, theme.selected);
        }
    }
    if model.index.visible().is_empty() {
        frame.render_widget(Line::styled(nothing(model), theme.muted), body);
    }
    room
}

/// The widest account name, so that its column takes no more than it needs.
pub fn longest_name(model: &Model) -> usize {
    let names = model.store.accounts().iter().map(|e| escape(&e.account.name).width());
    names.max().unwrap_or(0)
}

/// The first line of a table and the rest.
pub fn head_and_body(area: Rect) -> [Rect; 2] {
    let head = Rect { height: area.height.min(1), ..area };
    [head, Rect { y: area.y + head.height, height: area.height - head.height, ..area }]
}

fn nothing(model: &Model) -> &'static str {
    let Narrowing { filter, problems, .. } = &model.narrowing;
    if model.paused.as_ref().is_some_and(|waiting| waiting.rows() > 0) {
        return "  arrivals are held back: p shows what came";
    }
    let loading = model.store.is_loading();
    if !loading && let Some(says) = account_not_read(model) {
        return says;
    }
    match (loading, filter.is_empty(), *problems, model.store.coverage().is_whole()) {
        (true, true, false, _) => "  reading the accounts …",
        (true, ..) => "  nothing yet that passes the filter; accounts are still being read",
        (false, false, true, _) => {
            "  nothing passes: Esc clears the filter, f shows what passes too"
        }
        (false, false, false, _) => "  nothing passes the filter: Esc clears it",
        (false, true, true, _) => "  nothing here that does not pass: f shows everything",
        (false, true, false, true) => "  no distribution in any account",
        (false, true, false, false) => "  nothing was read: 3 shows each account and why",
    }
}

/// A filter that names just one account may show nothing because there was nothing to see.
fn account_not_read(model: &Model) -> Option<&'static str> {
    let named = |e: &&AccountEntry| e.account.id.as_str() == model.filter.text;
    let entry = model.store.accounts().iter().find(named)?;
    match (entry.state(), entry.origins) {
        (Some(AccountState::Failed), 0) => Some("  this account was not read: 3 tells why"),
        (Some(AccountState::Skipped), 0) => Some("  this account is disabled in the fleet file"),
        (Some(AccountState::Complete), 0) => Some("  this account has no distributions"),
        _ => None,
    }
}

fn heading(columns: &[(Column, usize)], theme: &Theme) -> Line<'static> {
    let mut text = " ".repeat(MARGIN);
    for (column, width) in columns {
        text += &pad(column.title(), *width);
        text.push(' ');
    }
    Line::styled(text, theme.muted)
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
        let (text, style) = cell(model, finding, *column, theme, glyphs);
        let text = cut_middle(&text, *width, glyphs);
        line.push_span(Span::styled(pad(&text, *width), style));
        line.push_span(" ");
    }
    line
}

fn cell<'a>(
    model: &Model,
    finding: &Finding<'a>,
    column: Column,
    theme: &Theme,
    glyphs: Glyphs,
) -> (Cow<'a, str>, Style) {
    let assessment = finding.assessment;
    let lens = model.narrowing.lens;
    let text = match column {
        Column::Verdict => {
            let verdict = assessment.verdict(lens);
            format!("{} {}", glyphs.verdict(verdict), verdict.word()).into()
        }
        Column::Rule => cells::d9_cell(assessment, glyphs.ascii).iter().collect::<String>().into(),
        _ => column.text(finding, lens),
    };
    (text, style(finding, column, lens, theme))
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
