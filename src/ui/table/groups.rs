//! The header of a group of rows.

use ratatui::text::{Line, Span};

use super::{cut_middle, pad};
use crate::app::index::{Group, ValueId};
use crate::app::model::Model;
use crate::domain::verdict::{Lens, Verdict};
use crate::ui::glyphs::Glyphs;
use crate::ui::theme::Theme;

/// Whether it is folded, its name, and how many of its rows have each verdict.
pub(super) fn header(
    model: &Model,
    id: ValueId,
    theme: &Theme,
    glyphs: Glyphs,
    width: usize,
) -> Line<'static> {
    let Some(group) = model.index.group(id) else { return Line::default() };
    let selected = model.header == Some(id);
    let cursor = if selected { glyphs.cursor() } else { " " };
    let room = (width / 3).clamp(13, 44);
    let name = cut_middle(model.index.group_name(id), room, glyphs);
    let mut line = Line::from(vec![
        Span::styled(cursor, theme.key),
        Span::styled(format!("{} ", glyphs.fold(group.folded)), theme.key),
        Span::styled(pad(&name, room + 1), theme.title),
    ]);
    line.extend(counts(model, group, theme, glyphs));
    line.push_span(Span::styled(origins(group.rows()), theme.muted));
    line
}

fn origins(rows: usize) -> String {
    match rows {
        1 => "1 origin".to_owned(),
        rows => format!("{rows} origins"),
    }
}

fn counts(model: &Model, group: &Group, theme: &Theme, glyphs: Glyphs) -> Vec<Span<'static>> {
    let meant =
        |verdict: &Verdict| *verdict != Verdict::NotApplicable || model.narrowing.lens == Lens::D9;
    let counts = group.counts().filter(|(verdict, _)| meant(verdict));
    let span = |(verdict, count): (Verdict, usize)| {
        let style = if count > 0 { theme.verdict(verdict) } else { theme.muted };
        Span::styled(pad(&format!("{} {count}", glyphs.verdict(verdict)), 7), style)
    };
    counts.map(span).collect()
}
