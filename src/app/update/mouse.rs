//! The mouse, where it was asked for: a click chooses what is under it, the wheel scrolls it, and
//! the line between table and pane can be dragged.

use super::{act, moves};
use crate::app::effect::Effect;
use crate::app::keymap::{Found, Key};
use crate::app::model::{Model, View};
use crate::app::tab::Tab;

/// Lines that a step of the wheel goes.
const STEP: isize = 3;

/// The least lines that a drag leaves to the table and to the pane.
const LEAST: u16 = 5;

/// The left button went down.
pub(super) fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    let places = model.measured.places;
    model.prefix = None;
    model.dragging = places.border.holds(column, row);
    if model.popup.is_some() {
        return Vec::new();
    }
    let hit = |area: &crate::app::places::Area| area.holds(column, row);
    if let Some(at) = places.views.iter().position(hit) {
        return view(model, at);
    }
    if let Some(at) = places.tabs.iter().position(hit) {
        (model.tab, model.scroll, model.dragging) = (Tab::ALL[at], 0, false);
        moves::choose_first(model);
    } else if places.rows.holds(column, row) {
        moves::to_line(model, usize::from(row - places.rows.top));
    }
    Vec::new()
}

/// The name of a view is as good as its digit.
fn view(model: &mut Model, at: usize) -> Vec<Effect> {
    let digit = u32::try_from(at + 1).ok().and_then(|n| char::from_digit(n, 10));
    let Some(key) = digit.map(Key::character) else { return Vec::new() };
    model.filter.editing = false;
    match model.keymap.find(None, key, model.context()) {
        Found::Action(action) => act(model, action),
        _ => Vec::new(),
    }
}

/// The wheel turned, over what is scrolled by it.
pub(super) fn scroll(model: &mut Model, column: u16, row: u16, down: bool) {
    let by = if down { STEP } else { -STEP };
    let places = model.measured.places;
    if model.popup.is_some() || places.pane.holds(column, row) {
        moves::scroll(model, by);
    } else if places.list.holds(column, row) {
        moves::roll(model, by);
    }
}

/// The left button is held, and the mouse moved.
pub(super) fn drag(model: &mut Model, row: u16) {
    let places = model.measured.places;
    let (list, pane) = (places.list, places.pane);
    let body = list.height + pane.height;
    if !model.dragging || model.view != View::Origins || body < 2 * LEAST {
        return;
    }
    let below = list.top.saturating_add(body).saturating_sub(row).clamp(LEAST, body - LEAST);
    // Rounded up, so that the line comes to lie under the mouse again.
    model.share =
        Some((u32::from(below) * 1_000).div_ceil(u32::from(body)).try_into().unwrap_or(500));
}
