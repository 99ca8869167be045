//! The column chooser. What is chosen in it is seen at once in the table behind.

use crate::app::model::Model;
use crate::app::popup::Popup;
use crate::export::column::Column;

/// `C`: opens the chooser on the column under the cursor, or closes it.
pub(super) fn toggle(model: &mut Model) {
    if let Some(Popup::Columns { .. }) = model.popup {
        model.popup = None;
        return;
    }
    let width = model.measured.list_width;
    let cursor = model.columns.cursor_at(width);
    let choices = model.columns.choices(width);
    let at = choices.iter().position(|choice| choice.column == cursor).unwrap_or(0);
    model.popup = Some(Popup::Columns { at });
}

/// Moves its cursor.
pub(super) fn step(model: &mut Model, by: isize) {
    if let Some(Popup::Columns { at }) = &mut model.popup {
        *at = at.saturating_add_signed(by).min(Column::ALL.len() - 1);
    }
}

/// `Space`: shows the column, or leaves it out.
pub(super) fn show(model: &mut Model) {
    if let Some(Popup::Columns { at }) = model.popup {
        model.columns.toggle(at, model.measured.list_width);
    }
}

/// `J`, `K`: moves the column.
pub(super) fn shift(model: &mut Model, by: isize) {
    if let Some(Popup::Columns { at }) = &mut model.popup {
        *at = model.columns.shift(*at, by, model.measured.list_width);
    }
}

/// `<`, `>`: makes the column narrower or wider.
pub(super) fn widen(model: &mut Model, by: isize) {
    if let Some(Popup::Columns { at }) = model.popup {
        let names = model.longest_name();
        model.columns.widen(at, by, model.measured.list_width, names);
    }
}
