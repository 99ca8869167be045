//! What the rows that pass were drawn by: the next ones may be drawn from them.

use super::Narrowing;
use crate::app::sort::Sort;
use crate::export::column::Column;

/// What the rows that pass were drawn by. The rows themselves and the lens have not changed since.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    narrowing: Narrowing,
    sort: Sort,
    grouped_by: Option<Column>,
}

impl Drawn {
    pub(super) fn by(narrowing: &Narrowing, sort: &Sort, grouped_by: Option<Column>) -> Self {
        Self { narrowing: narrowing.clone(), sort: sort.clone(), grouped_by }
    }

    /// True if whatever passes now is among what passed before, in that order.
    pub(super) fn stands_in(&self, before: &Self) -> bool {
        (&self.sort, self.grouped_by) == (&before.sort, before.grouped_by) && self.is_within(before)
    }

    /// True if what passes now is what passed before, in whatever order.
    pub(super) fn lets_through_the_same(&self, before: &Self) -> bool {
        self.is_within(before) && before.is_within(self)
    }

    fn is_within(&self, other: &Self) -> bool {
        (self.narrowing.problems || !other.narrowing.problems)
            && self.narrowing.filter.implies(&other.narrowing.filter)
    }
}
