//! The column cursor, and what is done with its column.

use super::{filter, moves};
use crate::app::filter_term::{filter_term, with_term, without_term};
use crate::app::model::Model;
use crate::app::sort::Sort;
use crate::export::column::Column;

/// `h`, `l`: the cursor goes to another column.
pub(super) fn step(model: &mut Model, by: isize) {
    model.columns.step(by, model.measured.list_width);
}

/// `s`, `S`: sorts by the column under the cursor. The row cursor stays on its origin.
pub(super) fn sort(model: &mut Model, change: impl FnOnce(&mut Sort, Column)) {
    let mut sort = model.index.sort().clone();
    change(&mut sort, model.columns.cursor_at(model.measured.list_width));
    model.index.set_sort(sort);
    moves::renarrow(model);
}

/// `w`: every column as wide as what stands in it, and back.
pub(super) fn wide(model: &mut Model) {
    model.columns.wide = !model.columns.wide;
}

/// `=`, `!`: only rows whose cell in this column is as under the cursor, or only the others.
pub(super) fn filter_cell(model: &mut Model, negate: bool) {
    moves::choose_first(model);
    let column = model.columns.cursor_at(model.measured.list_width);
    let lens = model.narrowing.lens;
    let Some(text) = model.finding().map(|finding| column.text(&finding, lens).into_owned()) else {
        model.say("no row is chosen", true);
        return;
    };
    let contrary = filter_term(column, &text, !negate);
    let without = without_term(model.filter.line.text(), &contrary);
    filter::put(model, with_term(&without, &filter_term(column, &text, negate)));
}
