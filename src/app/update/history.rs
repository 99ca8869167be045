//! Back and forward, as in a browser.

use super::{filter, moves, show};
use crate::app::history::Spot;
use crate::app::model::Model;

/// Where the person is.
pub(super) fn spot(model: &Model) -> Spot {
    Spot {
        view: model.view,
        filter: model.filter.line.text().to_owned(),
        problems: model.narrowing.problems,
        selected: model.selected,
        distribution: model.distributions.selected,
        account: model.selected_account,
        opened: model.opened,
    }
}

/// Remembers where a key led away from. One that travels has noted that itself.
pub(super) fn note(model: &mut Model, before: Spot) {
    let now = spot(model);
    let travelled = std::mem::take(&mut model.history.travelled);
    if !travelled {
        model.history.note(before, &now, model.filter.editing);
    }
}

/// To the spot before, or to the one that was gone back from.
pub(super) fn go(model: &mut Model, forward: bool) {
    let now = spot(model);
    let there = match forward {
        true => model.history.go_forward(now),
        false => model.history.go_back(now),
    };
    match there {
        Some(there) => restore(model, there),
        None if forward => model.say("nothing to go forward to", false),
        None => model.say("nothing to go back to", false),
    }
}

/// What is gone meanwhile leaves the cursor on what stands in its place.
fn restore(model: &mut Model, there: Spot) {
    model.history.travelled = true;
    show(model, there.view);
    model.selected = there.selected;
    model.distributions.selected = there.distribution;
    model.selected_account = there.account;
    filter::set(model, &there.filter);
    if model.narrowing.problems != there.problems {
        filter::toggle_problems(model);
    }
    model.opened = there.opened && moves::is_chosen(model);
}
