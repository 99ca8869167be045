//! The column chooser, over the table that it changes.

use ratatui::text::{Line, Span};

use super::Pane;
use super::glyphs::Glyphs;
use super::table::pad;
use super::theme::Theme;
use crate::app::columns::Choice;
use crate::app::model::Model;

/// Cells across, without the frame.
pub const WIDTH: u16 = 32;

/// A line per column: whether it is shown, its name and its width.
pub fn lines(model: &Model, at: usize, theme: &Theme, glyphs: Glyphs) -> Pane {
    let width = model.measured.list_width;
    let laid_out = model.columns.laid_out(width, model.longest_name());
    let choices = model.columns.choices(width);
    let width_of = |choice: &Choice| {
        laid_out.iter().find(|(column, _)| *column == choice.column).map(|(_, width)| *width)
    };
    let lines = choices.iter().enumerate().map(|(line, choice)| {
        let width = width_of(choice).map_or(String::new(), |width| width.to_string());
        let mut drawn = drawn(choice, &width, line == at, theme, glyphs);
        if line == at {
            drawn = drawn.patch_style(theme.selected);
        }
        drawn
    });
    lines.collect()
}

fn drawn(
    choice: &Choice,
    width: &str,
    selected: bool,
    theme: &Theme,
    glyphs: Glyphs,
) -> Line<'static> {
    let cursor = if selected { glyphs.cursor() } else { " " };
    let shown = if choice.shown { glyphs.well().to_string() } else { " ".to_owned() };
    let name = if choice.shown { theme.text } else { theme.muted };
    let own = if choice.width.is_some() { theme.key } else { theme.muted };
    Line::from(vec![
        Span::styled(cursor, theme.key),
        Span::styled(format!("{shown} "), theme.passes),
        Span::styled(pad(choice.column.name(), 14), name),
        Span::styled(pad(choice.column.title(), 13), theme.muted),
        Span::styled(format!("{width:>2}"), own),
    ])
}
