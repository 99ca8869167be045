//! Groups of rows, and folding them.

use super::moves;
use crate::app::index::ValueId;
use crate::app::model::Model;
use crate::export::column::Column;

/// `g a`, `g d`, `g n`: groups the rows, or no longer.
pub(super) fn by(model: &mut Model, column: Option<Column>) {
    model.index.group_by(column);
    moves::renarrow(model);
}

/// `g c`: by the column under the cursor.
pub(super) fn by_column(model: &mut Model) {
    by(model, Some(model.columns.cursor_at(model.measured.list_width)));
}

/// Enter on a header.
pub(super) fn toggle(model: &mut Model) {
    let Some(id) = model.header else { return };
    let folded = model.index.group(id).is_some_and(|group| group.folded);
    moves::around_cursor(model, |model| model.index.fold(id, !folded));
}

/// `-`, `+`: folds the group that the cursor is in, or unfolds it.
pub(super) fn fold(model: &mut Model, folded: bool) {
    match here(model) {
        Some(id) => moves::around_cursor(model, |model| model.index.fold(id, folded)),
        None => say_how(model),
    }
}

/// `_`: folds every group, or unfolds them if none is open.
pub(super) fn fold_all(model: &mut Model) {
    if model.index.grouping().is_none() {
        return say_how(model);
    }
    let any_open = model.index.groups().iter().any(|group| !group.folded);
    moves::around_cursor(model, |model| model.index.fold_all(any_open));
}

fn here(model: &Model) -> Option<ValueId> {
    model.header.or_else(|| model.index.group_of(model.selected?))
}

fn say_how(model: &mut Model) {
    match model.index.grouping() {
        None => model.say("rows are not grouped: g a groups them by account", false),
        Some(_) => model.say("no row is chosen", true),
    }
}
