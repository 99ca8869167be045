//! The marked rows, and the range that is being marked.

use std::ops::RangeInclusive;

use super::index::{Index, TableLine};
use super::store::{RowId, Store};
use crate::domain::finding::Finding;

/// Which rows are marked. A mark is on an origin: it stays when the row is filtered away, sorted
/// elsewhere or read again, and goes with an origin that is gone.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// By row number: whether it is marked.
    marked: Vec<bool>,
    from: Option<RowId>,
}

/// How many rows are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkCount {
    /// All of them.
    pub marked: usize,
    /// Those that the filter or a folded group hides.
    pub hidden: usize,
}

impl Marks {
    /// True if the row is marked.
    pub fn contains(&self, row: RowId) -> bool {
        self.marked.get(row.index()).is_some_and(|marked| *marked)
    }

    /// The marked rows, also those that are no longer live.
    fn rows(&self) -> impl Iterator<Item = RowId> {
        let marked = self.marked.iter().enumerate().filter(|(_, marked)| **marked);
        marked.map(|(at, _)| RowId::of(at))
    }

    /// The lines of the table between which a range is being marked.
    pub fn range(&self, index: &Index, cursor: Option<RowId>) -> Option<RangeInclusive<usize>> {
        let from = index.line_of(TableLine::Row(self.from?))?;
        let to = index.line_of(TableLine::Row(cursor?))?;
        Some(from.min(to)..=from.max(to))
    }

    /// The marked findings.
    pub fn findings<'a>(&self, store: &'a Store) -> Vec<Finding<'a>> {
        self.rows().filter_map(|row| store.finding(row)).collect()
    }

    /// How many there are; none where nothing is marked.
    pub fn count(&self, store: &Store, index: &Index) -> Option<MarkCount> {
        let marked = self.rows().filter(|row| store.assessment(*row).is_some()).count();
        let is_shown = |row: &RowId| index.line_of(TableLine::Row(*row)).is_some();
        let shown = self.rows().filter(is_shown).count();
        (marked > 0).then_some(MarkCount { marked, hidden: marked - shown })
    }

    pub(super) fn toggle(&mut self, row: RowId) {
        self.set(row, !self.contains(row));
    }

    pub(super) fn add(&mut self, rows: &[RowId]) {
        rows.iter().for_each(|row| self.set(*row, true));
    }

    pub(super) fn take(&mut self, rows: &[RowId]) {
        rows.iter().for_each(|row| self.set(*row, false));
    }

    fn set(&mut self, row: RowId, marked: bool) {
        if self.marked.len() <= row.index() {
            self.marked.resize(row.index() + 1, false);
        }
        self.marked[row.index()] = marked;
    }

    pub(super) fn begin_range(&mut self, from: RowId) {
        self.from = Some(from);
    }

    /// Ends the range; true if one was being marked.
    pub(super) fn end_range(&mut self) -> bool {
        self.from.take().is_some()
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl std::fmt::Display for MarkCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} marked ({} hidden)", self.marked, self.hidden)
    }
}
