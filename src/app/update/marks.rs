//! Marking rows.

use super::moves;
use crate::app::index::{TableLine, ValueId};
use crate::app::model::Model;

/// `Space`: marks the row or takes its mark away, and goes on to the next; ends a range.
pub(super) fn toggle(model: &mut Model) {
    if take_range(model) {
        return;
    }
    if let Some(id) = model.header {
        return group(model, id);
    }
    moves::choose_first(model);
    if let Some(row) = model.selected {
        model.marks.toggle(row);
        moves::by(model, 1);
        renarrow(model);
    }
}

/// On a header: marks all rows of the group, or takes their marks away if all have one.
fn group(model: &mut Model, id: ValueId) {
    let rows = model.index.rows_of_group(id);
    match rows.iter().all(|row| model.marks.contains(*row)) {
        true => model.marks.take(rows),
        false => model.marks.add(rows),
    }
    tell(model);
}

/// `v`: begins a range at the cursor; the second time marks all rows from there to the cursor.
pub(super) fn range(model: &mut Model) {
    if take_range(model) {
        return;
    }
    moves::choose_first(model);
    if let Some(row) = model.selected {
        model.marks.begin_range(row);
        model.say("marking a range: move, then v marks it; Esc leaves it", false);
    }
}

/// `*`: marks every row that is shown.
pub(super) fn all(model: &mut Model) {
    model.marks.end_range();
    model.marks.add(model.index.visible());
    tell(model);
    renarrow(model);
}

/// `U`: takes every mark away, also of rows that the filter hides.
pub(super) fn clear(model: &mut Model) {
    model.marks.clear();
    model.say("nothing is marked", false);
    renarrow(model);
}

/// Marks the range that is being marked, if one is. Its first row may be hidden by now: then the
/// range just ends.
fn take_range(model: &mut Model) -> bool {
    let range = model.marks.range(&model.index, model.selected);
    if !model.marks.end_range() {
        return false;
    }
    if let Some(range) = range {
        let row = |line: &TableLine| match line {
            TableLine::Row(row) => Some(*row),
            TableLine::Group(_) => None,
        };
        let rows: Vec<_> = model.index.lines()[range].iter().filter_map(row).collect();
        model.marks.add(&rows);
    }
    tell(model);
    renarrow(model);
    true
}

/// A filter may ask for marks.
fn renarrow(model: &mut Model) {
    if model.narrowing.filter.is_about_marks() {
        moves::renarrow(model);
    }
}

fn tell(model: &mut Model) {
    let count = model.marks.count(&model.store, &model.index);
    let says = count.map_or("nothing is marked".to_owned(), |count| {
        format!("{count}; c copies one script for them, U clears")
    });
    model.say(says, false);
}
