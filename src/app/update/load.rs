//! Loads: begun, taken in, ended, stopped.

use jiff::Timestamp;

use super::{moves, pause};
use crate::app::effect::Effect;
use crate::app::index::Aside;
use crate::app::keymap::Action;
use crate::app::model::{Loading, Model, View};
use crate::app::store::{AccountEntry, Changes, Ending};
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::inventory::report::{AccountIx, LoadId, Report};

/// Every enabled account.
pub(super) fn all(model: &mut Model) -> Vec<Effect> {
    let accounts = enabled(model, |_| true);
    begin(model, accounts)
}

/// `R`: everything again; in the accounts view, all that were not wholly read.
pub(super) fn again(model: &mut Model) -> Vec<Effect> {
    let mut effects = pause::catch_up(model);
    let accounts = match model.view {
        View::Origins | View::Distributions => enabled(model, |_| true),
        // What is under way is stopped below, and is not wholly read then.
        View::Accounts => {
            enabled(model, |e| e.stage.is_some() || e.state() != Some(AccountState::Complete))
        }
    };
    if accounts.is_empty() {
        model.say("every account was wholly read", false);
        return effects;
    }
    effects.extend(stop_loads(model));
    effects.extend(begin(model, accounts));
    effects
}

/// `r`: the account under the cursor.
pub(super) fn this(model: &mut Model) -> Vec<Effect> {
    let mut effects = pause::catch_up(model);
    effects.extend(this_account(model));
    effects
}

fn this_account(model: &mut Model) -> Vec<Effect> {
    let account = match model.view {
        View::Origins => model.selected.map(|row| model.store.account_of(row)),
        View::Distributions => model.place().map(|(account, _)| account),
        View::Accounts => model.selected_account,
    };
    let Some(ix) = account else {
        model.say("no row is chosen", true);
        return Vec::new();
    };
    let entry = &model.store.accounts()[ix];
    let name = escape(&entry.account.name).into_owned();
    if !entry.account.enabled {
        model.say(format!("{name} is disabled in the fleet file"), true);
        return Vec::new();
    }
    if entry.stage.is_some() {
        model.say(format!("{name} is being read already"), false);
        return Vec::new();
    }
    model.say(format!("reading {name} again"), false);
    begin(model, vec![ix])
}

/// `x`: stops what is under way; what has come stays, and counts as not wholly seen.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    let mut effects = pause::catch_up(model);
    if model.loads.is_empty() {
        model.say("nothing is being read", false);
        return effects;
    }
    effects.extend(stop_loads(model));
    moves::renarrow(model);
    moves::choose_first(model);
    let key = |action| model.keymap.key(action);
    let (this, all) = (key(Action::Refresh), key(Action::RefreshAll));
    model.say(format!("stopped; {this} or {all} in the accounts view reads what is missing"), true);
    effects
}

/// Takes in a turn's reports.
pub(super) fn take_in(model: &mut Model, id: LoadId, reports: Vec<Report>) -> Vec<Effect> {
    let at = model.now;
    moves::around_cursor(model, |model| {
        let mut all = Changes::default();
        store(model, at, id, reports, &mut all);
        let aside = Aside { marks: &model.marks, now: model.now };
        model.index.apply(&model.store, &all, &model.narrowing, aside);
    });
    Vec::new()
}

/// Puts reports into the store, and what that changed to the other changes. Those of an account's
/// older load are dropped here and only here.
pub(super) fn store(
    model: &mut Model,
    at: Timestamp,
    id: LoadId,
    reports: Vec<Report>,
    all: &mut Changes,
) {
    for report in reports {
        if model.load_of[report.account()] == id {
            let changes = model.store.apply(at, report);
            all.added.extend(changes.added);
            all.changed.extend(changes.changed);
            all.removed.extend(changes.removed);
        }
    }
}

/// A load is over: the cursor takes the worst row, if the person chose none meanwhile.
pub(super) fn ended(model: &mut Model, id: LoadId) -> Vec<Effect> {
    model.loads.retain(|loading| loading.id != id);
    if end_forsaken(model, id) {
        moves::renarrow(model);
    }
    if model.loads.is_empty() && model.line().is_none() {
        moves::choose_first_row(model);
    }
    Vec::new()
}

/// Every account ends before its load does, unless the loader itself broke: then what it left
/// under way was not wholly read. True if there was such an account.
fn end_forsaken(model: &mut Model, id: LoadId) -> bool {
    let forsaken: Vec<AccountIx> = (0..model.load_of.len())
        .filter(|ix| model.load_of[*ix] == id && model.store.accounts()[*ix].stage.is_some())
        .collect();
    for &account in &forsaken {
        let fault = Fault {
            step: Step::ListDistributions,
            kind: FaultKind::Crashed,
            message: "the load ended before this account was wholly read".to_owned(),
            hint: "this is a bug in cf-tui: please report it; r reads the account again".to_owned(),
            request_id: None,
        };
        let (state, fault) = (AccountState::Failed, Some(fault));
        let ending = Ending { state, fault, caller: None, calls: 0, tries: 0 };
        model.store.apply(model.now, Report::Ended { account, ending });
    }
    !forsaken.is_empty()
}

fn begin(model: &mut Model, accounts: Vec<AccountIx>) -> Vec<Effect> {
    model.last_load = LoadId(model.last_load.0 + 1);
    let id = model.last_load;
    for &ix in &accounts {
        model.load_of[ix] = id;
    }
    model.store.begin(&accounts, model.now);
    model.tags.forget(&accounts);
    model.pairs.forget(&accounts);
    model.loads.push(Loading { id, since: model.now });
    vec![Effect::Load { id, accounts }]
}

fn stop_loads(model: &mut Model) -> Vec<Effect> {
    let stopped = Fault {
        step: Step::ListDistributions,
        kind: FaultKind::Cancelled,
        message: "the load was stopped before this account was wholly read".to_owned(),
        hint: "press r on it to read it".to_owned(),
        request_id: None,
    };
    model.store.stop(model.now, &stopped);
    // No load has this id, so what is still on its way is of no account's load.
    model.load_of.fill(LoadId(0));
    model.loads.drain(..).map(|loading| Effect::Cancel(loading.id)).collect()
}

fn enabled(model: &Model, wanted: impl Fn(&AccountEntry) -> bool) -> Vec<AccountIx> {
    let accounts = model.store.accounts().iter().enumerate();
    accounts.filter(|(_, e)| e.account.enabled && wanted(e)).map(|(ix, _)| ix).collect()
}
