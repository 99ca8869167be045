//! Which rows are shown, and in what order: by severity, then account, distribution and origin.
//!
//! `base` holds every live row in its place order, kept by binary-search insertion as rows
//! arrive. `visible` is drawn from it in one pass, a bucket per verdict, so that neither a
//! keystroke in the filter nor a switch of the lens ever sorts.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::filter::{Filter, Row, text_of};
use super::marks::Marks;
use super::store::{Changes, RowId, Store};
use crate::domain::finding::Finding;
use crate::domain::verdict::{Lens, Verdict};

/// What narrows the table down.
#[derive(Clone, Debug, Default)]
pub struct Narrowing {
    /// The filter in force.
    pub filter: Filter,
    /// Only what does not pass.
    pub problems: bool,
    /// Which verdict is meant.
    pub lens: Lens,
}

/// What a filter may ask for that is not in the rows.
#[derive(Clone, Copy, Debug)]
pub struct Aside<'a> {
    /// The marked rows.
    pub marks: &'a Marks,
    /// From when ages are counted.
    pub now: Timestamp,
}

/// The order of the table.
#[derive(Clone, Debug, Default)]
pub struct Index {
    base: Vec<RowId>,
    visible: Vec<RowId>,
    /// By row number: lower-case text of the row, as a range of the arena.
    texts: Vec<(usize, usize)>,
    arena: String,
}

impl Index {
    /// The rows that are shown, in order.
    pub fn visible(&self) -> &[RowId] {
        &self.visible
    }

    /// Where a row is shown; `None` if it is not.
    pub fn position(&self, row: RowId) -> Option<usize> {
        self.visible.iter().position(|r| *r == row)
    }

    /// Takes in what reports changed. Several reports' changes may come at once.
    pub fn apply(
        &mut self,
        store: &Store,
        changes: &Changes,
        narrowing: &Narrowing,
        aside: Aside<'_>,
    ) {
        if !changes.removed.is_empty() {
            self.base.retain(|row| store.finding(*row).is_some());
        }
        for row in changes.added.iter().chain(&changes.changed) {
            self.describe(store, *row);
        }
        let mut added: Vec<RowId> =
            changes.added.iter().copied().filter(|r| store.finding(*r).is_some()).collect();
        added.sort_by(|a, b| by_place(store, *a, *b));
        self.merge(store, &added);
        self.narrow(store, narrowing, aside);
    }

    /// Draws the visible rows anew, after the filter or the lens changed.
    pub fn narrow(&mut self, store: &Store, narrowing: &Narrowing, aside: Aside<'_>) {
        let mut buckets: [Vec<RowId>; Verdict::BY_SEVERITY.len()] = Default::default();
        for &row in &self.base {
            let Some(finding) = store.finding(row) else { continue };
            let verdict = finding.assessment.verdict(narrowing.lens);
            let shown = (!narrowing.problems || verdict.is_problem())
                && (narrowing.filter.is_empty()
                    || self.matches(store, row, finding, narrowing, aside));
            if shown {
                buckets[bucket(verdict)].push(row);
            }
        }
        self.visible.clear();
        for bucket in buckets {
            self.visible.extend(bucket);
        }
    }

    fn matches(
        &self,
        store: &Store,
        row: RowId,
        finding: Finding<'_>,
        narrowing: &Narrowing,
        aside: Aside<'_>,
    ) -> bool {
        let (from, to) = self.texts[row.index()];
        narrowing.filter.matches(&Row {
            finding,
            text: &self.arena[from..to],
            lens: narrowing.lens,
            now: aside.now,
            marked: aside.marks.contains(row),
            account: store.accounts()[store.account_of(row)].state(),
        })
    }

    /// Writes the row's searchable text. Text that a refresh did not change is kept, so the arena
    /// grows only by what really changed.
    fn describe(&mut self, store: &Store, row: RowId) {
        let Some(finding) = store.finding(row) else { return };
        let text = text_of(&finding);
        if self.texts.len() <= row.index() {
            self.texts.resize(row.index() + 1, (0, 0));
        }
        let (from, to) = self.texts[row.index()];
        if self.arena[from..to] != text {
            let from = self.arena.len();
            self.arena.push_str(&text);
            self.texts[row.index()] = (from, self.arena.len());
        }
    }

    /// Puts sorted rows into the sorted base: each place by binary search, then one pass.
    fn merge(&mut self, store: &Store, added: &[RowId]) {
        if added.is_empty() {
            return;
        }
        let mut merged = Vec::with_capacity(self.base.len() + added.len());
        let mut from = 0;
        for &row in added {
            let place =
                self.base[from..].partition_point(|other| by_place(store, *other, row).is_lt());
            merged.extend_from_slice(&self.base[from..from + place]);
            merged.push(row);
            from += place;
        }
        merged.extend_from_slice(&self.base[from..]);
        self.base = merged;
    }
}

fn bucket(verdict: Verdict) -> usize {
    Verdict::BY_SEVERITY.iter().position(|v| *v == verdict).expect("BY_SEVERITY lists all")
}

/// Account name and id, then distribution, then the origin's id; the row number makes it total.
fn by_place(store: &Store, a: RowId, b: RowId) -> Ordering {
    let (Some(x), Some(y)) = (store.finding(a), store.finding(b)) else {
        return a.cmp(&b);
    };
    (&x.account.name, &x.account.id, &x.distribution.id, &x.origin.id, a).cmp(&(
        &y.account.name,
        &y.account.id,
        &y.distribution.id,
        &y.origin.id,
        b,
    ))
}
