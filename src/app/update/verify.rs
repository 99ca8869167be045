//! One distribution is read again: the one under the cursor, or in rounds those whose fix was
//! copied, until each is deployed and passes.

mod says;

use jiff::Timestamp;

use super::{copy, moves};
use crate::app::copied::{CopiedFix, Place, Reading, Rounds};
use crate::app::effect::Effect;
use crate::app::index::Aside;
use crate::app::keymap::Action;
use crate::app::model::Model;
use crate::app::store::{Changes, RowId};
use crate::domain::fix;
use crate::domain::text::escape;
use crate::domain::verdict::Verdict;
use crate::inventory::report::Reread;

/// `V`: the distribution under the cursor.
pub(super) fn this(model: &mut Model) -> Vec<Effect> {
    moves::choose_first(model);
    let (Some(place), Some(row)) = (model.place(), model.row()) else {
        model.say("no row is chosen", true);
        return Vec::new();
    };
    let id = escape(place.1.as_str()).into_owned();
    if is_read(model, &place) {
        model.say(format!("{id} is being read already"), false);
        return Vec::new();
    }
    model.say(format!("reading {id} again"), false);
    vec![ask(model, place, row)]
}

fn is_read(model: &Model, place: &Place) -> bool {
    model.readings.iter().any(|reading| reading.place == *place)
}

fn ask(model: &mut Model, place: Place, row: RowId) -> Effect {
    let (account, distribution) = place.clone();
    model.readings.push(Reading { place, row, since: model.now });
    Effect::Verify { account, distribution }
}

/// Fixes were copied: each is remembered until
/// it is seen to work.
pub(super) fn remember(model: &mut Model, effects: &[Effect]) {
    // A masked fix cannot be run.
    if model.is_private() || !effects.iter().any(|one| matches!(one, Effect::Copy { .. })) {
        return;
    }
    let rows = copy::rows_to_fix(model);
    let lens = model.narrowing.lens;
    let fix = |row: RowId| {
        let finding = model.store.finding(row).filter(|finding| fix::cli(finding).is_ok())?;
        let place = (model.store.account_of(row), finding.distribution.id.clone());
        let (origin, before) = (finding.origin.id.clone(), finding.assessment.verdict(lens));
        Some(CopiedFix { place, origin, at: model.now, lens, before })
    };
    let fixes = rows.into_iter().filter_map(fix).collect();
    model.copied.remember(fixes);
}

/// `g v`: looks at every copied fix until each is deployed and passes.
pub(super) fn copied(model: &mut Model) -> Vec<Effect> {
    settle(model);
    if model.copied.fixes.is_empty() {
        model.say("no fix was copied that is not proven yet: c copies one", false);
        return Vec::new();
    }
    if model.copied.rounds.is_some() {
        let stop = model.keymap.key(Action::Cancel);
        model.say(format!("the copied fixes are being checked already; {stop} stops it"), false);
        return Vec::new();
    }
    let places = model.copied.places();
    model.copied.rounds = Some(Rounds::over(places));
    let stop = model.keymap.key(Action::Cancel);
    let says = format!("checking what was copied until it is deployed and passes; {stop} stops it");
    model.say(says, false);
    go_on(model, model.now)
}

/// `x`: true if rounds were under way.
pub(super) fn stop(model: &mut Model) -> bool {
    let stopped = model.copied.rounds.take().is_some();
    if stopped {
        let key = |action| model.keymap.key(action);
        let (this, all) = (key(Action::Verify), key(Action::VerifyCopied));
        model.say(format!("copied fixes are no longer checked; {this} and {all} still do"), false);
    }
    stopped
}

/// An answer came. One that nobody waits for changes nothing.
pub(super) fn came(model: &mut Model, place: Place, outcome: Reread) -> Vec<Effect> {
    let Some(at) = model.readings.iter().position(|reading| reading.place == place) else {
        return Vec::new();
    };
    let reading = model.readings.remove(at);
    let in_round = model.copied.rounds.as_ref().is_some_and(|r| r.current.as_ref() == Some(&place));
    // Rounds read on and on, and a pair takes up to five calls.
    if !in_round && !matches!(outcome, Reread::Failed(_)) {
        model.pairs.forget_one(&place);
    }
    take_in(model, &reading, outcome, in_round);
    settle(model);
    if in_round && let Some(rounds) = &mut model.copied.rounds {
        rounds.current = None;
    }
    go_on(model, model.now)
}

/// What is newer than the question stays: the answer may be older than it.
fn take_in(model: &mut Model, reading: &Reading, outcome: Reread, in_round: bool) {
    let (account, id) = &reading.place;
    let shown = escape(id.as_str()).into_owned();
    let since = match model.store.distribution(*account, id) {
        None => return model.say(format!("{shown} is no longer in its account"), true),
        Some(held) => held.source.read_at,
    };
    if since.is_some_and(|read_at| read_at > reading.since) {
        return model.say(format!("{shown} was read with its account meanwhile"), false);
    }
    match outcome {
        Reread::Failed(fault) => model.say(says::failed(&shown, &fault), true),
        Reread::Gone => {
            apply(model, |model| model.store.forget(*account, id));
            model.say(format!("{shown} was deleted meanwhile: its rows are gone"), true);
        }
        Reread::Found { distribution, fault } => {
            let lens = model.narrowing.lens;
            let of = |model: &Model| {
                model.store.finding(reading.row).map(|finding| finding.assessment.verdict(lens))
            };
            let origin = model.store.finding(reading.row).map(|f| f.origin.id.clone());
            let before = of(model);
            let now = model.now;
            apply(model, |model| model.store.replace(now, *account, *distribution));
            let quiet = in_round && before == of(model) && fault.is_none();
            if quiet {
                return;
            }
            let after = model.store.finding(reading.row);
            let (mut text, alert) = says::found(model, origin.as_ref(), before, after.as_ref());
            if let Some(fault) = &fault {
                text = format!("{text}; {}; {}", fault.message, fault.hint);
            }
            model.say(text, alert || fault.is_some());
        }
    }
}

fn apply(model: &mut Model, change: impl FnOnce(&mut Model) -> Changes) {
    moves::around_cursor(model, |model| {
        let changes = change(model);
        let aside = Aside { marks: &model.marks, now: model.now };
        model.index.apply(&model.store, &changes, &model.narrowing, aside);
    });
}

/// Lets go of the fixes that are seen to work, and of those whose origin is gone.
pub(super) fn settle(model: &mut Model) {
    let store = &model.store;
    let open = |fix: &CopiedFix| {
        let (account, id) = &fix.place;
        let rows = store.rows_of(*account, id).iter();
        let mut findings = rows.filter_map(|row| store.finding(*row));
        findings.find(|finding| finding.origin.id == fix.origin).is_some_and(|finding| {
            let later = finding.distribution.source.read_at.is_some_and(|at| at > fix.at);
            let passes = finding.assessment.verdict(fix.lens) == Verdict::Pass;
            !(later && passes && finding.distribution.is_deployed())
        })
    };
    model.copied.fixes.retain(open);
}

/// Goes on with the rounds, where there are any and the time has come.
pub(super) fn go_on(model: &mut Model, due: Timestamp) -> Vec<Effect> {
    let places = model.copied.places();
    let Some(rounds) = &mut model.copied.rounds else { return Vec::new() };
    if rounds.current.is_some() || rounds.next.is_some_and(|next| next > due) {
        return Vec::new();
    }
    if places.is_empty() {
        model.copied.rounds = None;
        says::all_proven(model);
        return Vec::new();
    }
    if rounds.next.is_some() {
        rounds.begin(places.clone());
    }
    while let Some(place) = rounds.left.pop_front() {
        if !places.contains(&place) {
            continue;
        }
        rounds.current = Some(place.clone());
        return match (is_read(model, &place), row_of(model, &place)) {
            (false, Some(row)) => vec![ask(model, place, row)],
            // The answer that is on its way does as well.
            _ => Vec::new(),
        };
    }
    match model.start.demo {
        true => {
            model.copied.rounds = None;
            model.say("the demo's fleet never changes: there is nothing to wait for", false);
        }
        false => rounds.rest(due.max(model.now)),
    }
    Vec::new()
}

/// The row of a place's first copied fix that is open.
fn row_of(model: &Model, place: &Place) -> Option<RowId> {
    let fix = model.copied.fixes.iter().find(|fix| fix.place == *place)?;
    let rows = model.store.rows_of(place.0, &place.1);
    let is_it =
        |row: &&RowId| model.store.finding(**row).is_some_and(|f| f.origin.id == fix.origin);
    rows.iter().find(is_it).copied()
}
