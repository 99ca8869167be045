//! Time: what was due happens, and the next thing that is due is wished for.

use jiff::{SignedDuration, Timestamp};

use super::{pause, tags};
use crate::app::effect::Effect;
use crate::app::model::Model;

/// What was due at the wished time happens, even on a clock that stands still. Returns that time.
pub(super) fn tick(model: &mut Model) -> Timestamp {
    let due = model.wake.take().map_or(model.now, |wake| wake.max(model.now));
    if model.notice.as_ref().is_some_and(|n| n.until <= due) {
        model.notice = None;
    }
    due
}

/// Asks to be woken when the next thing is due, if that is not asked for already.
pub(super) fn wake(model: &mut Model) -> Option<Effect> {
    let second = SignedDuration::from_secs(1);
    let counts = !model.loads.is_empty() || model.copied.rounds.is_some();
    let progress = counts.then(|| model.now + second);
    let notice = model.notice.as_ref().map(|n| n.until);
    // "2 min ago" goes on.
    let copied = (!model.copied.fixes.is_empty()).then(|| model.now + second * 60);
    let rounds = model.copied.rounds.as_ref().and_then(|rounds| rounds.next);
    let drain = pause::is_draining(model).then_some(model.now);
    let next =
        [progress, notice, copied, rounds, drain, tags::due(model)].into_iter().flatten().min()?;
    if model.wake.is_some_and(|wake| wake <= next) {
        return None;
    }
    model.wake = Some(next);
    Some(Effect::WakeAt(next))
}
