//! The keys that may follow the one that was pressed, with what they do.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::Pane;
use super::glyphs::Glyphs;
use super::map::Map;
use super::sheet::{pad, widest};
use super::table::cut_end;
use super::theme::Theme;
use super::view::framed_over;
use crate::app::keymap::{Action, Key};
use crate::app::model::Model;

/// Blanks between columns.
const GAP: usize = 2;

/// Columns that the name of a key takes at most.
const LONGEST_KEY: usize = 12;

/// Keys and what they do; in the place of "any letter", the views that there are.
pub(super) fn following(model: &Model, prefix: Key) -> Vec<(String, String)> {
    let mut following = Vec::new();
    for (key, binding) in model.keymap.continuations(prefix, model.context()) {
        if binding.action == Action::RecallView && !model.views.is_empty() {
            let views = model.views.iter();
            following.extend(views.map(|(name, view)| (name.to_string(), view.words())));
        } else {
            following.push((key.to_owned(), binding.help.clone()));
        }
    }
    following
}

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
    let follow = following(model, prefix);
    // The place may have changed since the key was pressed.
    if follow.is_empty() {
        return;
    }
    let width = usize::from(body.width.saturating_sub(2));
    let room = usize::from(body.height.saturating_sub(2)).max(1);
    let lines = columns(&follow, theme, glyphs, width, room);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2).min(body.height);
    let area = Rect { y: body.bottom() - height, height, ..body };
    let title = Line::styled(format!(" {prefix} and then "), theme.title);
    let inner = framed_over(title, theme, glyphs, map.bare, area, frame);
    frame.render_widget(Paragraph::new(lines), inner);
}

/// Down the columns, as many as fit uncut; where the lines are too few for that, more and cut.
fn columns(
    follow: &[(String, String)],
    theme: &Theme,
    glyphs: Glyphs,
    width: usize,
    room: usize,
) -> Pane {
    let keys = widest(follow.iter().map(|(key, _)| key.as_str()), LONGEST_KEY) + 1;
    let least = follow.len().div_ceil(room).max(1);
    let each = ((width + GAP) / least).saturating_sub(GAP);
    let whole = |count: usize| {
        let widths = follow
            .chunks(follow.len().div_ceil(count).max(1))
            .map(|column| keys + widest(column.iter().map(|(_, help)| help.as_str()), width));
        widths.collect::<Vec<usize>>()
    };
    let fits = |widths: &Vec<usize>| widths.iter().map(|w| w + GAP).sum::<usize>() <= width + GAP;
    let uncut = (least..=follow.len().max(least)).rev().map(whole).find(fits);
    let widths = uncut.unwrap_or_else(|| vec![each; least]);
    let rows = follow.len().div_ceil(widths.len()).max(1);
    let cell = |(key, help): &(String, String), column: usize| {
        let help = cut_end(help, column.saturating_sub(keys), glyphs);
        [pad(key, keys, theme.key), pad(&help, (column + GAP).saturating_sub(keys), theme.muted)]
    };
    let line = |row: usize| {
        let cells = follow.iter().skip(row).step_by(rows).zip(&widths);
        Line::from_iter(cells.flat_map(|(entry, column)| cell(entry, *column)))
    };
    (0..rows).map(line).collect()
}
