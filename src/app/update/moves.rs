//! The cursor. It is on an origin, not on a line: rows that arrive never move it.

use super::{chooser, distributions, facets};
use crate::app::index::{Aside, TableLine};
use crate::app::keymap::Context;
use crate::app::model::{Measured, Model, View};
use crate::app::popup::Popup;
use crate::app::tab::Tab;

/// Moves the cursor by rows; in a popup, its text.
pub(super) fn by(model: &mut Model, by: isize) {
    match model.popup {
        Some(Popup::Columns { .. }) => return chooser::step(model, by),
        Some(_) => return scroll(model, by),
        None if model.context() == Context::Facets => return facets::step(model, by),
        None => {}
    }
    match model.view {
        View::Origins => {
            let last = model.index.lines().len().saturating_sub(1);
            let to = match model.line() {
                Some(at) => at.saturating_add_signed(by).min(last),
                None => 0,
            };
            choose(model, to);
        }
        View::Distributions => distributions::by(model, by),
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
    if model.view == View::Distributions {
        return distributions::to_problem(model, forward);
    }
    let lines = model.index.lines();
    let lens = model.narrowing.lens;
    let is_problem = |at: &usize| match lines[*at] {
        TableLine::Row(row) => {
            let finding = model.store.finding(row);
            finding.is_some_and(|f| f.assessment.verdict(lens).is_problem())
        }
        TableLine::Group(_) => false,
    };
    match next_problem(lines.len(), model.line(), forward, is_problem) {
        Some(at) => choose(model, at),
        None => say_no_problem(model),
    }
    keep_in_sight(model);
}

pub(super) fn say_no_problem(model: &mut Model) {
    model.say("nothing here that does not pass", false);
}

/// The next or previous of so many lines that is a problem, round the end.
pub(super) fn next_problem(
    count: usize,
    position: Option<usize>,
    forward: bool,
    is_problem: impl Fn(&usize) -> bool,
) -> Option<usize> {
    let start = match (position, forward) {
        (Some(at), _) => at,
        (None, true) => count.saturating_sub(1),
        (None, false) => 0,
    };
    let step = |by: usize| match forward {
        true => (start + by) % count,
        false => (start + count - by) % count,
    };
    (1..=count).map(step).find(is_problem)
}

/// Scrolls the popup, or the detail.
pub(super) fn scroll(model: &mut Model, by: isize) {
    match model.context() {
        Context::Facets => return facets::jump(model, by),
        Context::Columns => return chooser::shift(model, by),
        _ => {}
    }
    let is_raw = model.view == View::Origins && model.tab == Tab::Raw;
    let page = model.popup.as_mut().and_then(Popup::page_mut);
    let scrolled = match (page, &mut model.raw) {
        (Some(page), _) => &mut page.scroll,
        (None, Some(raw)) if is_raw => &mut raw.top,
        (None, _) => &mut model.scroll,
    };
    *scrolled = clamped(*scrolled, by, model.measured);
}

fn clamped(scrolled: usize, by: isize, measured: Measured) -> usize {
    let last = measured.pane_lines.saturating_sub(measured.pane_rows);
    scrolled.min(last).saturating_add_signed(by).min(last)
}

/// A key that needs a row takes the first one, where none is chosen yet; on a header, the group's
/// first. A folded group shows none: the cursor stays on its header.
pub(super) fn choose_first(model: &mut Model) {
    match model.view {
        View::Distributions => distributions::choose_first(model),
        View::Origins | View::Accounts => choose_first_row(model),
    }
}

/// As [`choose_first`], in the table of origins.
pub(super) fn choose_first_row(model: &mut Model) {
    let line = model.line();
    if line.is_some() && model.header.is_none() {
        return;
    }
    let header = line.unwrap_or(0);
    let below = model.index.lines().get(header + 1);
    match model.index.lines().get(header) {
        Some(TableLine::Group(_)) if matches!(below, Some(TableLine::Row(_))) => {
            choose(model, header + 1)
        }
        _ => choose(model, header),
    }
}

/// True if the cursor of the table is on something.
pub(super) fn is_chosen(model: &Model) -> bool {
    match model.view {
        View::Origins => model.selected.is_some(),
        View::Distributions => model.distributions.selected.is_some(),
        View::Accounts => model.selected_account.is_some(),
    }
}

/// To the row that stands there.
pub(super) fn to(model: &mut Model, at: usize) {
    choose(model, at);
    keep_in_sight(model);
}

/// To the row on a line of the table.
pub(super) fn to_line(model: &mut Model, line: usize) {
    match model.view {
        View::Origins => {
            let at = model.top + line;
            if at < model.index.lines().len() {
                choose(model, at);
            }
        }
        View::Distributions => distributions::to_line(model, line),
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
            let last = model.index.lines().len().saturating_sub(room);
            model.top = model.top.saturating_add_signed(by).min(last);
            if let Some(at) = model.line() {
                choose(model, at.clamp(model.top, model.top + room - 1));
            }
        }
        View::Distributions => distributions::roll(model, by),
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
    let (row, header) = match model.index.lines().get(at).copied() {
        Some(TableLine::Row(row)) => (Some(row), None),
        Some(TableLine::Group(id)) => (None, Some(id)),
        None => (None, None),
    };
    if (row, header) != (model.selected, model.header) {
        (model.selected, model.header) = (row, header);
        if model.view == View::Origins {
            // What is opened of another table stays.
            model.scroll = 0;
            model.opened &= row.is_some();
        }
    }
}

/// Narrows anew after the filter, the lens or problems-only changed.
pub(super) fn renarrow(model: &mut Model) {
    around_cursor(model, |model| {
        let aside = Aside { marks: &model.marks, now: model.now };
        model.index.narrow(&model.store, &model.narrowing, aside);
    });
}

/// Changes the rows, and leaves the cursor on its origin and on its line of the screen. If the
/// origin is no longer shown, the cursor goes to what stands in its place.
pub(super) fn around_cursor(model: &mut Model, change: impl FnOnce(&mut Model)) {
    let before = model.line();
    change(model);
    model.distributions.is_outdated();
    match (before, model.line()) {
        (Some(before), Some(after)) => {
            model.top = anchored(model.top, before, after);
        }
        (Some(before), None) => choose_near(model, before),
        (None, None) if model.selected.is_some() => choose_near(model, 0),
        (None, _) => {}
    }
    keep_in_sight(model);
}

/// Where the cursor's origin is not shown: to the header of its group if that is folded, else to
/// what stands in its place.
fn choose_near(model: &mut Model, at: usize) {
    let row = model.selected.filter(|row| model.index.position(*row).is_some());
    let header = row.and_then(|row| model.index.group_of(row));
    let header = header.and_then(|id| model.index.line_of(TableLine::Group(id)));
    let last = model.index.lines().len().saturating_sub(1);
    choose(model, header.unwrap_or(at.min(last)));
}

/// The first line that is drawn, so that the cursor stays on its line of the screen.
pub(super) fn anchored(top: usize, before: usize, after: usize) -> usize {
    after.saturating_sub(before.saturating_sub(top))
}

/// Scrolls the tables so far that the cursor is seen, and no empty lines are below.
pub(super) fn keep_in_sight(model: &mut Model) {
    let room = model.measured.list_rows.max(1);
    match model.view {
        View::Origins => {
            let at = model.line();
            model.top = sighted(model.top, at, model.index.lines().len(), room);
            // The first row of a group is seen with its header.
            let above = model.top.checked_sub(1).and_then(|at| model.index.lines().get(at));
            let on_row = model.header.is_none() && at == Some(model.top);
            if on_row && room > 1 && matches!(above, Some(TableLine::Group(_))) {
                model.top -= 1;
            }
        }
        View::Distributions => {
            let table = &model.distributions;
            model.distributions.top =
                sighted(table.top, table.position(), table.lines().len(), room);
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
