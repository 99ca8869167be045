//! `p`: arrivals are held back, and taken in again in the order in which they came. The loads go
//! on meanwhile.

use super::{load, moves, privacy, verify};
use crate::app::effect::Effect;
use crate::app::event::{Event, Timed};
use crate::app::index::Aside;
use crate::app::model::Model;
use crate::app::pause::Waiting;
use crate::app::store::Changes;

/// Rows that are taken in between two looks at the keys, after a pause.
const AT_ONCE: usize = 2_000;

/// Holds arrivals back from now on; again: takes in what waits.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    match &mut model.paused {
        Some(waiting) if !waiting.draining => {
            waiting.draining = true;
            let says = match waiting.rows() {
                0 => "arrivals are shown again".to_owned(),
                1 => "arrivals are shown again, 1 row waited".to_owned(),
                rows => format!("arrivals are shown again, {rows} rows waited"),
            };
            let effects = drain(model);
            model.say(says, false);
            return effects;
        }
        Some(waiting) => waiting.draining = false,
        None => {
            model.paused = Some(Waiting::default());
            model.say("arrivals are held back, loads go on; p shows what came", false);
        }
    }
    Vec::new()
}

/// Gives an event back unless it has to wait. An answer about one distribution waits only behind
/// older news of its account, which would overwrite it.
pub(super) fn pass(model: &mut Model, timed: Timed) -> Option<Timed> {
    let Some(waiting) = &mut model.paused else { return Some(timed) };
    match &timed.event {
        Event::Reported(..) | Event::LoadEnded(_) => {}
        Event::Verified { account, .. } if waiting.holds(*account) => {}
        _ => return Some(timed),
    }
    let is_answer = matches!(timed.event, Event::Verified { .. });
    waiting.push(timed);
    if is_answer {
        model.say("the answer came and waits behind the arrivals: p shows it", false);
    }
    None
}

/// After the pause: takes in as much as leaves time for the keys.
pub(super) fn drain(model: &mut Model) -> Vec<Effect> {
    let Some(waiting) = model.paused.as_mut().filter(|waiting| waiting.draining) else {
        return Vec::new();
    };
    let first = waiting.first(AT_ONCE);
    if waiting.is_empty() {
        model.paused = None;
    }
    take_in(model, first)
}

/// Takes in all that waits, before what it is about is read again or stopped. The pause goes on.
pub(super) fn catch_up(model: &mut Model) -> Vec<Effect> {
    let all = model.paused.as_mut().map(|waiting| waiting.first(usize::MAX));
    take_in(model, all.unwrap_or_default())
}

/// True while there is more to take in.
pub(super) fn is_draining(model: &Model) -> bool {
    model.paused.as_ref().is_some_and(|waiting| waiting.draining)
}

/// The rows in one go, each with the time at which it came; then the ends.
fn take_in(model: &mut Model, arrivals: Vec<Timed>) -> Vec<Effect> {
    if arrivals.is_empty() {
        return Vec::new();
    }
    let mut later = Vec::new();
    moves::around_cursor(model, |model| {
        let mut all = Changes::default();
        for Timed { at, event } in arrivals {
            match privacy::comes_in(model, event) {
                Event::Reported(id, reports) => load::store(model, at, id, reports, &mut all),
                other => later.push(other),
            }
        }
        let aside = Aside { marks: &model.marks, now: model.now };
        model.index.apply(&model.store, &all, &model.narrowing, aside);
    });
    let mut effects = Vec::new();
    for event in later {
        match event {
            Event::LoadEnded(id) => {
                effects.extend(load::ended(model, id));
                verify::settle(model);
            }
            Event::Verified { account, distribution, outcome } => {
                effects.extend(verify::came(model, (account, distribution), outcome));
            }
            _ => {}
        }
    }
    effects
}
