//! The facets: opened, walked through, and filtered by.

use super::{filter, moves};
use crate::app::facets::Facets;
use crate::app::filter_term::{
    CellTerm, cell_terms, filter_term, has_term, with_term, without_term,
};
use crate::app::model::Model;
use crate::export::column::Column;

/// `F`: opens them, or goes to them; from within, closes them.
pub(super) fn toggle(model: &mut Model) {
    let show = !model.facets.focused;
    (model.facets.open, model.facets.focused) = (show, show);
    model.index.want_facets(show);
    moves::renarrow(model);
}

/// Back to the table. They stay where they have room beside it.
pub(super) fn leave(model: &mut Model) {
    model.facets.focused = false;
    model.facets.open = Facets::fit(model.size);
    if !model.facets.open {
        model.index.want_facets(false);
        moves::renarrow(model);
    }
}

/// Moves the cursor by values, from one facet into the next.
pub(super) fn step(model: &mut Model, by: isize) {
    let facets = model.index.facets();
    let Some((at, value)) = model.facets.place(facets) else { return };
    let before: usize = facets[..at].iter().map(|facet| facet.values.len()).sum();
    let values = facets.iter().flat_map(|f| f.values.iter().map(|(id, _)| (f.column, *id)));
    let last = facets.iter().map(|facet| facet.values.len()).sum::<usize>().saturating_sub(1);
    let to = (before + value).saturating_add_signed(by).min(last);
    model.facets.cursor = values.clone().nth(to);
}

/// `J`, `K`: to the first value of the next facet, or the previous one.
pub(super) fn jump(model: &mut Model, by: isize) {
    let facets = model.index.facets();
    let Some((mut at, _)) = model.facets.place(facets) else { return };
    loop {
        match at.checked_add_signed(by.signum()).and_then(|to| facets.get(to).map(|f| (to, f))) {
            None => return,
            Some((to, facet)) => match facet.values.first() {
                None => at = to,
                Some((id, _)) => {
                    model.facets.cursor = Some((facet.column, *id));
                    return;
                }
            },
        }
    }
}

/// Enter, `!`: only rows with this value, or only the others; again takes that back.
pub(super) fn filter_by(model: &mut Model, negate: bool) {
    let facets = model.index.facets();
    let Some((at, value)) = model.facets.place(facets) else { return };
    let (column, id) = (facets[at].column, facets[at].values[value].0);
    let text = model.index.value_text(column, id).to_owned();
    model.facets.cursor = Some((column, id));
    let term = filter_term(column, &text, negate);
    let now = &model.filter.line.text();
    let then = match has_term(now, &term) {
        true => without_term(now, &term),
        false => with_term(&without_contrary(now, column, &text, negate), &term),
    };
    filter::put(model, then);
}

/// Without what would let nothing through beside the new term: a row has one value in a column.
fn without_contrary(filter: &str, column: Column, text: &str, negate: bool) -> String {
    let (cells, _) = cell_terms(filter, &[column]).unwrap_or_default();
    let contrary = |cell: &&CellTerm| match negate {
        true => !cell.negate && cell.text == text,
        false => !cell.negate || cell.text == text,
    };
    let terms = cells.iter().filter(contrary);
    terms.fold(filter.to_owned(), |filter, cell| {
        without_term(&filter, &filter_term(cell.column, &cell.text, cell.negate))
    })
}
