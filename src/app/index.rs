//! Which rows are shown, and in what order.
//!
//! `base` holds every live row in its place order: account, distribution, origin. It is kept by
//! binary-search insertion as rows arrive. `passing` is drawn from it in one pass and a counting
//! sort per column of the sort, the lightest first, so that equal rows stay in their place order
//! and no key or report ever compares texts of all rows.

mod facets;
mod groups;
mod places;
mod values;

use std::cmp::Ordering;

use jiff::Timestamp;

use super::filter::{Filter, Row, text_of};
use super::marks::Marks;
use super::sort::{Sort, SortKey};
use super::store::{Changes, RowId, Store};
use crate::domain::verdict::{Lens, Verdict};
use facets::Facets;
pub use facets::{Facet, FacetFilter};
use groups::Grouping;
pub use groups::{Group, TableLine};
use places::Place;
pub use values::ValueId;
use values::Values;

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
    /// Those that pass, sorted and grouped.
    passing: Vec<RowId>,
    /// Those that pass and are in no folded group; empty where no group is folded.
    unfolded: Vec<RowId>,
    lines: Vec<TableLine>,
    /// By row number: which of those that pass a row is, and its line.
    places: Vec<Place>,
    /// By row number: lower-case text of the row, as a range of the arena.
    texts: Vec<(usize, usize)>,
    arena: String,
    values: Values,
    /// The lens that verdicts were judged by.
    lens: Option<Lens>,
    sort: Sort,
    grouping: Grouping,
    facets: Facets,
}

impl Index {
    /// What the rows are sorted by.
    pub fn sort(&self) -> &Sort {
        &self.sort
    }

    /// Has the rows sorted by something else, from the next narrowing on.
    pub fn set_sort(&mut self, sort: Sort) {
        self.sort = sort;
    }

    /// The rows that pass what narrows the table down, in order, folded ones too.
    pub fn passing(&self) -> &[RowId] {
        &self.passing
    }

    /// The rows that are shown, in order: those that pass and are in no folded group.
    pub fn visible(&self) -> &[RowId] {
        let shown = self.lines.len() - self.groups().len();
        if shown == self.passing.len() { &self.passing } else { &self.unfolded }
    }

    /// The lines of the table: rows that are shown and headers of groups.
    pub fn lines(&self) -> &[TableLine] {
        &self.lines
    }

    /// The line of a row or a header; `None` if it is not shown.
    pub fn line_of(&self, line: TableLine) -> Option<usize> {
        match line {
            TableLine::Row(row) => self.places.get(row.index())?.line(),
            TableLine::Group(_) => self.lines.iter().position(|other| *other == line),
        }
    }

    /// Which of the rows that pass a row is; `None` if it does not.
    pub fn position(&self, row: RowId) -> Option<usize> {
        self.places.get(row.index())?.position()
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
        merge(&mut self.base, &added, |a, b| by_place(store, a, b).is_lt());
        self.values.settle();
        self.narrow(store, narrowing, aside);
    }

    /// Draws the visible rows anew, after the filter, the lens or the sort changed.
    pub fn narrow(&mut self, store: &Store, narrowing: &Narrowing, aside: Aside<'_>) {
        if self.lens != Some(narrowing.lens) {
            self.lens = Some(narrowing.lens);
            for &row in &self.base {
                self.values.judge(row, verdict(store, row, narrowing.lens));
            }
        }
        let mut passing = self.rows_that_pass(store, narrowing, aside);
        for key in self.sort.clone().keys().iter().rev() {
            self.order_by(*key, &mut passing);
        }
        self.group_rows(&mut passing);
        self.passing = passing;
        self.lay_out();
        self.count_facets(store, narrowing, aside);
    }

    /// In place order.
    fn rows_that_pass(&self, store: &Store, narrowing: &Narrowing, aside: Aside<'_>) -> Vec<RowId> {
        let mut passing = Vec::with_capacity(self.base.len());
        for &row in &self.base {
            let shown = !narrowing.problems || self.values.verdict(row).is_problem();
            if shown && (narrowing.filter.is_empty() || self.matches(store, row, narrowing, aside))
            {
                passing.push(row);
            }
        }
        passing
    }

    /// Sorts by a column, and leaves rows that are equal in it as they are.
    fn order_by(&mut self, key: SortKey, rows: &mut Vec<RowId>) {
        self.values.rank(key.column);
        let texts = self.values.of(key.column);
        let count = texts.count();
        let rank = |row: RowId| texts.rank(texts.id(row));
        match key.reversed {
            false => sort_by_rank(rows, count, rank),
            true => sort_by_rank(rows, count, |row| count - 1 - rank(row)),
        }
    }

    fn matches(&self, store: &Store, row: RowId, narrowing: &Narrowing, aside: Aside<'_>) -> bool {
        let Some(finding) = store.finding(row) else { return false };
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
        self.values.put(row, &finding);
        if let Some(lens) = self.lens {
            self.values.judge(row, finding.assessment.verdict(lens));
        }
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
}

/// Puts sorted ones among sorted ones: each place by binary search, and what stands behind it
/// makes room once.
fn merge<T: Copy>(sorted: &mut Vec<T>, added: &[T], is_before: impl Fn(T, T) -> bool) {
    let mut end = sorted.len();
    sorted.extend_from_slice(added);
    for (before, &one) in added.iter().enumerate().rev() {
        let place = sorted[..end].partition_point(|other| is_before(*other, one));
        sorted.copy_within(place..end, place + before + 1);
        sorted[place + before] = one;
        end = place;
    }
}

/// Sorts by ranks below a count. Rows of the same rank stay in their order.
fn sort_by_rank(rows: &mut Vec<RowId>, count: usize, rank: impl Fn(RowId) -> usize) {
    let mut places = vec![0; count + 1];
    for row in rows.iter() {
        places[rank(*row) + 1] += 1;
    }
    for at in 0..count {
        places[at + 1] += places[at];
    }
    let mut sorted = rows.clone();
    for row in rows.iter() {
        let place = &mut places[rank(*row)];
        sorted[*place] = *row;
        *place += 1;
    }
    *rows = sorted;
}

fn verdict(store: &Store, row: RowId, lens: Lens) -> Verdict {
    store.assessment(row).map_or(Verdict::NotApplicable, |assessment| assessment.verdict(lens))
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
