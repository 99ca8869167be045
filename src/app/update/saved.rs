//! `m x` and `' x`: a view is saved and brought back; `--resume`: the last session's is.

use super::{filter, moves, show};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::saved::{
    LastOrigin, LastSession, SESSION_FILE, SavedView, VIEWS_FILE, is_name, session_text, views_text,
};
use crate::app::store::RowId;

/// What `--resume` still waits for.
#[derive(Clone, Debug)]
pub struct Awaited {
    origin: LastOrigin,
    opened: bool,
}

/// `m x`
pub(super) fn save(model: &mut Model, name: char) -> Vec<Effect> {
    if !is_name(name) {
        model.say("a view is saved under a letter or a digit", true);
        return Vec::new();
    }
    if model.store.mask().is_some() {
        model.say("not saved: the view would hold masked names", true);
        return Vec::new();
    }
    let view = current(model);
    let words = view.words();
    let replaced =
        if model.views.insert(name, view).is_some() { ", replacing the other" } else { "" };
    let kept = if model.start.demo { "; the demo keeps it for this session only" } else { "" };
    model.say(format!("saved as {name}: {words}{replaced}{kept}"), false);
    match model.start.demo {
        true => Vec::new(),
        false => vec![Effect::KeepFile { name: VIEWS_FILE, text: views_text(&model.views) }],
    }
}

/// `' x`
pub(super) fn recall(model: &mut Model, name: char) {
    match model.views.get(&name).cloned() {
        Some(view) => {
            bring_back(model, &view);
            model.say(format!("view {name}: {}", view.words()), false);
        }
        None if model.views.is_empty() => {
            model.say("no view is saved yet: m and a letter save this one", true);
        }
        None => {
            let names: Vec<String> = model.views.keys().map(char::to_string).collect();
            model.say(format!("no view is saved as {name}; there are: {}", names.join(" ")), true);
        }
    }
}

/// The last session is brought back, as far as it can be before anything is read.
pub(super) fn resume(model: &mut Model) {
    let Some(session) = model.start.resume.take() else { return };
    bring_back(model, &session.view);
    if let Some(id) = session.account {
        let accounts = model.store.accounts();
        let found = accounts.iter().position(|entry| entry.account.id.as_str() == id);
        model.selected_account = found.or(model.selected_account);
    }
    let opened = session.view.opened;
    model.awaited = session.origin.map(|origin| Awaited { origin, opened });
}

/// The cursor takes the last session's origin when that has come, unless a person put it
/// somewhere else meanwhile.
pub(super) fn seek(model: &mut Model) {
    let Some(awaited) = &model.awaited else { return };
    if model.selected.is_none() {
        let row = row_of(model, &awaited.origin);
        if let Some(row) = row.filter(|row| model.index.position(*row).is_some()) {
            (model.selected, model.opened) = (Some(row), awaited.opened);
            model.awaited = None;
            moves::keep_in_sight(model);
        }
        return;
    }
    model.awaited = None;
    if model.loads.is_empty() {
        model.say("the origin of the last session is not among those that are shown", false);
    }
}

fn row_of(model: &Model, origin: &LastOrigin) -> Option<RowId> {
    let mut accounts = model.store.accounts().iter();
    let account = accounts.position(|entry| entry.account.id.as_str() == origin.account)?;
    let rows = model.store.rows_of(account, &origin.distribution).iter().copied();
    let is_it = |row: &RowId| {
        model.store.finding(*row).is_some_and(|finding| finding.origin.id == origin.origin)
    };
    rows.into_iter().find(is_it)
}

/// What the next session may go on with; the demo leaves nothing behind.
pub fn leave(model: &Model) -> Vec<Effect> {
    if model.start.demo || model.store.mask().is_some() {
        return Vec::new();
    }
    let origin = model.finding().map(|finding| LastOrigin {
        account: finding.account.id.to_string(),
        distribution: finding.distribution.id.clone(),
        origin: finding.origin.id.clone(),
    });
    let awaited = model.awaited.as_ref();
    let mut view = current(model);
    view.opened |= awaited.is_some_and(|awaited| awaited.opened);
    let accounts = model.store.accounts();
    let session = LastSession {
        account: model.selected_account.map(|ix| accounts[ix].account.id.to_string()),
        view,
        origin: origin.or_else(|| awaited.map(|awaited| awaited.origin.clone())),
    };
    vec![Effect::KeepFile { name: SESSION_FILE, text: session_text(&session) }]
}

fn current(model: &Model) -> SavedView {
    SavedView {
        view: model.view,
        filter: model.filter.line.text().to_owned(),
        problems: model.narrowing.problems,
        lens: model.narrowing.lens,
        opened: model.opened,
        tab: model.tab,
        form: model.form,
        share: model.share,
        group: model.index.grouping(),
        sort: model.index.sort().clone(),
        columns: model.columns.clone(),
    }
}

fn bring_back(model: &mut Model, view: &SavedView) {
    show(model, view.view);
    (model.tab, model.form, model.scroll) = (view.tab, view.form, 0);
    (model.narrowing.problems, model.narrowing.lens) = (view.problems, view.lens);
    filter::set(model, &view.filter);
    model.share = view.share.map(|share| share.min(1_000));
    model.columns = view.columns.clone();
    model.index.set_sort(view.sort.clone());
    model.index.group_by(view.group);
    // A filter of another version that cannot be read leaves the rows as they were.
    moves::renarrow(model);
    model.opened = view.opened && model.selected.is_some();
}
