//! What the rows that pass were drawn by.

use super::Narrowing;
use crate::export::column::Column;

/// What the rows that pass were drawn by.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    narrowing: Narrowing,
    grouped_by: Option<Column>,
}

impl Drawn {
    pub(super) fn by(narrowing: &Narrowing, grouped_by: Option<Column>) -> Self {
        Self { narrowing: narrowing.clone(), grouped_by }
    }

    /// True if whatever passes now passed then, and stands in its order: rows, sort and lens are
    /// the same.
    pub(super) fn holds_all_of(&self, now: &Narrowing, grouped_by: Option<Column>) -> bool {
        grouped_by == self.grouped_by
            && (now.problems || !self.narrowing.problems)
            && now.filter.implies(&self.narrowing.filter)
    }
}
