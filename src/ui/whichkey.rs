//! The keys that may follow the one that was pressed, with what they do.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::Pane;
use super::glyphs::Glyphs;
use super::map::Map;
use super::sheet::{pad, widest};
use super::table::cut_end;
use super::theme::Theme;
use super::view::framed;
use crate::app::keymap::Key;
use crate::app::model::Model;

/// Blanks between columns.
const GAP: usize = 2;

/// Draws them above the status line, in as many columns as that takes.
pub(super) fn draw(
    model: &Model,
    prefix: Key,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    frame: &mut Frame<'_>,
) {
    let body = map.body();
    let follow = model.keymap.continuations(prefix, model.context());
    let width = usize::from(body.width.saturating_sub(2));
    let room = usize::from(body.height.saturating_sub(2)).max(1);
    let lines = columns(&follow_up(&follow), theme, glyphs, width, room);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2).min(body.height);
    let area = Rect { y: body.bottom() - height, height, ..body };
    frame.render_widget(Clear, area);
    let title = Line::styled(format!(" {prefix} and then "), theme.title);
    let inner = framed(title, theme, glyphs, map.bare, area, frame);
    frame.render_widget(Paragraph::new(lines), inner);
}

fn follow_up<'m>(follow: &[(&'m str, &'m crate::app::keymap::Binding)]) -> Vec<(&'m str, &'m str)> {
    follow.iter().map(|(key, binding)| (*key, binding.help.as_str())).collect()
}

/// Down the columns, as many as fit uncut; more, and cut, only where the lines are too few.
fn columns(
    follow: &[(&str, &str)],
    theme: &Theme,
    glyphs: Glyphs,
    width: usize,
    room: usize,
) -> Pane {
    let keys = widest(follow.iter().map(|(key, _)| *key), 12) + 1;
    let whole = keys + widest(follow.iter().map(|(_, help)| *help), width);
    let uncut = ((width + GAP) / (whole + GAP)).max(1);
    let count = uncut.max(follow.len().div_ceil(room));
    let rows = follow.len().div_ceil(count).max(1);
    let column = ((width + GAP) / count).saturating_sub(GAP).min(whole);
    let line = |row: usize| {
        let cells = follow.iter().skip(row).step_by(rows).flat_map(|(key, help)| {
            let help = cut_end(help, column.saturating_sub(keys), glyphs);
            let end = column.saturating_sub(keys) + GAP;
            [pad(key, keys, theme.key), pad(&help, end.max(help.width()), theme.muted)]
        });
        Line::from(cells.collect::<Vec<Span<'static>>>())
    };
    (0..rows).map(line).collect()
}
