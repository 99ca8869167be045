//! The table of distributions: its cursor, and the way to the origins of one.

use super::{filter, moves, show};
use crate::app::model::{Model, View};
use crate::app::store::DistributionIx;

/// Draws the table up anew where it is looked at and something changed. The cursor stays on its
/// distribution and on its line of the screen; where that is no longer shown, it goes to what
/// stands in its place.
pub(super) fn settle(model: &mut Model) {
    if model.view != View::Distributions || model.distributions.is_fresh() {
        return;
    }
    let before = model.distributions.position();
    model.distributions.roll_up(&model.store, &model.index, model.narrowing.lens);
    let after = model.distributions.position();
    match (before, after) {
        (Some(before), Some(after)) => {
            model.distributions.top = moves::anchored(model.distributions.top, before, after);
        }
        (_, None) if model.distributions.selected.is_some() => {
            choose(model, before.unwrap_or(0));
            model.opened &= model.distributions.selected.is_some();
        }
        (_, None) if model.loads.is_empty() => choose(model, 0),
        _ => {}
    }
    moves::keep_in_sight(model);
}

/// The cursor goes to the distribution of the origin that was looked at.
pub(super) fn follow(model: &mut Model) {
    if let Some(row) = model.selected {
        let ix = Some(model.store.distribution_of(row));
        model.distributions.selected = ix;
    }
    settle(model);
}

pub(super) fn by(model: &mut Model, by: isize) {
    let at = model.distributions.position();
    choose(model, at.map_or(0, |at| at.saturating_add_signed(by)));
}

pub(super) fn choose_first(model: &mut Model) {
    if model.distributions.position().is_none() {
        choose(model, 0);
    }
}

pub(super) fn to_problem(model: &mut Model, forward: bool) {
    let lines = model.distributions.lines();
    let is_problem = |at: &usize| lines[*at].verdict.is_problem();
    let position = model.distributions.position();
    match moves::next_problem(lines.len(), position, forward, is_problem) {
        Some(at) => choose(model, at),
        None => moves::say_no_problem(model),
    }
    moves::keep_in_sight(model);
}

/// To the distribution on a line of the screen, if there is one.
pub(super) fn to_line(model: &mut Model, line: usize) {
    let at = model.distributions.top + line;
    if at < model.distributions.lines().len() {
        choose(model, at);
    }
}

/// Rolls the table; the cursor goes along only as far as it has to.
pub(super) fn roll(model: &mut Model, by: isize) {
    let room = model.measured.list_rows.max(1);
    let last = model.distributions.lines().len().saturating_sub(room);
    let top = model.distributions.top.saturating_add_signed(by).min(last);
    model.distributions.top = top;
    if let Some(at) = model.distributions.position() {
        choose(model, at.clamp(top, top + room - 1));
    }
}

/// To a line, or the last one.
fn choose(model: &mut Model, at: usize) {
    let lines = model.distributions.lines();
    let line = lines.get(at.min(lines.len().saturating_sub(1)));
    let ix: Option<DistributionIx> = line.map(|line| line.ix);
    if ix != model.distributions.selected {
        (model.distributions.selected, model.scroll) = (ix, 0);
    }
}

/// `Enter`: opens the distribution, and from there its origins.
pub(super) fn open(model: &mut Model) {
    if model.opened {
        return its_origins(model);
    }
    choose_first(model);
    model.opened = moves::is_chosen(model);
}

/// Shows the origins of the distribution.
pub(super) fn its_origins(model: &mut Model) {
    choose_first(model);
    if let Some(held) = model.distribution() {
        let id = held.distribution.id.as_str().to_owned();
        show(model, View::Origins);
        filter::set(model, &id);
        moves::to_end(model, false);
    }
}
