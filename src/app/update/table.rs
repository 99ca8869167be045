//! The column cursor, and what is done with its column.

use super::moves;
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
