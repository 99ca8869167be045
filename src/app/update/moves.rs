//! The cursor. It is on an origin, not on a line: rows that arrive never move it.

use crate::app::model::{Measured, Model, View};
use crate::app::popup::Popup;
use crate::app::store::RowId;

/// Moves the cursor by rows; in a popup, its text.
pub(super) fn by(model: &mut Model, by: isize) {
    if model.popup.is_some() {
        scroll(model, by);
        return;
    }
    match model.view {
        View::Origins => {
            let last = model.index.visible().len().saturating_sub(1);
            let to = match model.position() {
                Some(at) => at.saturating_add_signed(by).min(last),
                None => 0,
            };
            choose(model, to);
        }
        View::Accounts => {
            let order = model.account_order();
            let at = order.iter().position(|ix| Some(*ix) == model.selected_account);
            let to = at.map_or(0, |at| at.saturating_add_signed(by));
            let ix = order.get(to.min(order.len().saturating_sub(1))).copied();
            if ix != model.selected_account {
                (model.selected_account, model.scroll) = (ix, 0);
            }
        }
    }
    keep_in_sight(model);
}

/// Moves by a part of what fits; an opened finding scrolls instead.
pub(super) fn by_page(model: &mut Model, sign: isize, part: usize) {
    let room = match model.opened || model.popup.is_some() {
        true => model.measured.pane_rows,
        false => model.measured.list_rows,
    };
    let lines = sign * isize::try_from((room / part).max(1)).unwrap_or(1);
    match model.opened && model.popup.is_none() {
        true => scroll(model, lines),
        false => by(model, lines),
    }
}

/// To the first or the last row; an opened finding scrolls instead.
pub(super) fn to_end(model: &mut Model, last: bool) {
    let far = if last { isize::MAX } else { isize::MIN };
    match model.opened && model.popup.is_none() {
        true => scroll(model, far),
        false => {
            choose_first(model);
            by(model, far);
        }
    }
}

/// To the next or previous row that does not pass, round the end.
pub(super) fn to_problem(model: &mut Model, forward: bool) {
    let rows = model.index.visible();
    let lens = model.narrowing.lens;
    let is_problem = |at: &usize| {
        let finding = model.store.finding(rows[*at]);
        finding.is_some_and(|f| f.assessment.verdict(lens).is_problem())
    };
    let count = rows.len();
    let start = match (model.position(), forward) {
        (Some(at), _) => at,
        (None, true) => count.saturating_sub(1),
        (None, false) => 0,
    };
    let step = |by: usize| match forward {
        true => (start + by) % count,
        false => (start + count - by) % count,
    };
    match (1..=count).map(step).find(is_problem) {
        Some(at) => choose(model, at),
        None => model.say("nothing here that does not pass", false),
    }
    keep_in_sight(model);
}

/// Scrolls the popup, or the detail.
pub(super) fn scroll(model: &mut Model, by: isize) {
    let scrolled = match &mut model.popup {
        Some(Popup::Help { scroll }) => scroll,
        None => &mut model.scroll,
    };
    *scrolled = clamped(*scrolled, by, model.measured);
}

fn clamped(scrolled: usize, by: isize, measured: Measured) -> usize {
    let last = measured.pane_lines.saturating_sub(measured.pane_rows);
    scrolled.min(last).saturating_add_signed(by).min(last)
}

/// A key that needs a row takes the first one, where none is chosen yet.
pub(super) fn choose_first(model: &mut Model) {
    if model.position().is_none() {
        choose(model, 0);
    }
}

/// To the row on a line of the table.
pub(super) fn to_line(model: &mut Model, line: usize) {
    match model.view {
        View::Origins => {
            let at = model.top + line;
            if at < model.index.visible().len() {
                choose(model, at);
            }
        }
        View::Accounts => {
            let ix = model.account_order().get(model.account_top + line).copied();
            if ix.is_some() && ix != model.selected_account {
                (model.selected_account, model.scroll) = (ix, 0);
            }
        }
    }
}

/// Rolls the table; the cursor goes along only as far as it has to.
pub(super) fn roll(model: &mut Model, by: isize) {
    let room = model.measured.list_rows.max(1);
    match model.view {
        View::Origins => {
            let last = model.index.visible().len().saturating_sub(room);
            model.top = model.top.saturating_add_signed(by).min(last);
            if let Some(at) = model.position() {
                choose(model, at.clamp(model.top, model.top + room - 1));
            }
        }
        View::Accounts => {
            let order = model.account_order();
            let last = order.len().saturating_sub(room);
            model.account_top = model.account_top.saturating_add_signed(by).min(last);
            let at = order.iter().position(|ix| Some(*ix) == model.selected_account);
            let to = at.map_or(0, |at| at.clamp(model.account_top, model.account_top + room - 1));
            if at != Some(to)
                && let Some(ix) = order.get(to)
            {
                (model.selected_account, model.scroll) = (Some(*ix), 0);
            }
        }
    }
    keep_in_sight(model);
}

fn choose(model: &mut Model, at: usize) {
    let row = model.index.visible().get(at).copied();
    if row != model.selected {
        (model.selected, model.scroll) = (row, 0);
    }
}

/// Narrows anew after the filter, the lens or problems-only changed.
pub(super) fn renarrow(model: &mut Model) {
    around_cursor(model, |model| model.index.narrow(&model.store, &model.narrowing));
}

/// Changes the rows, and leaves the cursor on its origin and on its line of the screen. If the
/// origin is no longer shown, the cursor goes to what stands in its place.
pub(super) fn around_cursor(model: &mut Model, change: impl FnOnce(&mut Model)) {
    let before = model.position();
    change(model);
    match (before, model.position()) {
        (Some(before), Some(after)) => {
            let line = before.saturating_sub(model.top);
            model.top = after.saturating_sub(line);
        }
        (Some(before), None) => choose_near(model, before),
        (None, None) if model.selected.is_some() => choose_near(model, 0),
        (None, _) => {}
    }
    keep_in_sight(model);
}

fn choose_near(model: &mut Model, at: usize) {
    let last = model.index.visible().len().saturating_sub(1);
    let row: Option<RowId> = model.index.visible().get(at.min(last)).copied();
    (model.selected, model.scroll) = (row, 0);
    model.opened &= row.is_some();
}

/// Scrolls the tables so far that the cursor is seen, and no empty lines are below.
pub(super) fn keep_in_sight(model: &mut Model) {
    let room = model.measured.list_rows.max(1);
    match model.view {
        View::Origins => {
            let at = model.position();
            model.top = sighted(model.top, at, model.index.visible().len(), room);
        }
        View::Accounts => {
            let order = model.account_order();
            let at = order.iter().position(|ix| Some(*ix) == model.selected_account);
            model.account_top = sighted(model.account_top, at, order.len(), room);
        }
    }
}

fn sighted(top: usize, at: Option<usize>, count: usize, room: usize) -> usize {
    let top = match at {
        Some(at) => top.min(at).max((at + 1).saturating_sub(room)),
        None => top,
    };
    top.min(count.saturating_sub(room))
}
