//! Which rows are shown, and in what order.
//!
//! `base` holds every live row in its place order: account, distribution, origin. It is kept by
//! binary-search insertion as rows arrive. `sorted` is made of it by a counting sort per column of
//! the sort, the lightest first, so that equal rows stay in their place order and no key or report
//! ever compares texts of all rows; a filter leaves it as it is. `passing` is drawn from it in one
//! pass, and from itself where a filter only lets through less than before.

mod drawn;
mod facets;
mod groups;
mod places;
mod values;

use std::cmp::Ordering;

use jiff::Timestamp;

use super::filter::{Filter, Loaded};
use super::marks::Marks;
use super::sort::{Sort, SortKey};
use super::store::{Changes, RowId, Store};
use crate::domain::verdict::Lens;
use crate::export::column::Column;
use drawn::Drawn;
use facets::Facets;
pub use facets::{Facet, FacetFilter};
use groups::Grouping;
pub use groups::{Group, TableLine};
use places::Place;
pub use values::ValueId;
pub(in crate::app) use values::{Letters, Texts, Values};

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
    /// The same ones sorted; empty where they have to be sorted anew.
    sorted: Vec<RowId>,
    /// Those that pass, sorted and grouped.
    passing: Vec<RowId>,
    /// Those that pass and are in no folded group; empty where no group is folded.
    unfolded: Vec<RowId>,
    lines: Vec<TableLine>,
    /// By row number: which of those that pass a row is, and its line.
    places: Vec<Place>,
    values: Values,
    /// What those that pass were drawn by; `None` where they have to be drawn from all.
    drawn: Option<Drawn>,
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
        self.sorted.clear();
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

    /// What stands in a column, harmless text, with the rows that have it.
    pub(super) fn counted(&self, column: Column) -> impl Iterator<Item = (&str, usize)> {
        let texts = self.values.of(column);
        let mut counts = vec![0; texts.count()];
        for row in &self.base {
            counts[texts.id(*row).index()] += 1;
        }
        texts.ids().zip(counts).filter(|(_, count)| *count > 0).map(|(id, n)| (texts.text(id), n))
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
            if let Some(finding) = store.finding(*row) {
                self.values.put(*row, &finding);
            }
        }
        let mut added: Vec<RowId> =
            changes.added.iter().copied().filter(|r| store.finding(*r).is_some()).collect();
        added.sort_by(|a, b| by_place(store, *a, *b));
        merge(&mut self.base, &added, |a, b| by_place(store, a, b).is_lt());
        self.values.settle();
        self.forget_sorted();
        self.narrow(store, narrowing, aside);
    }

    /// Draws the visible rows anew, after the filter, the lens or the sort changed.
    pub fn narrow(&mut self, store: &Store, narrowing: &Narrowing, aside: Aside<'_>) {
        if self.values.look_through(narrowing.lens) {
            self.forget_sorted();
        }
        self.sort_rows();
        let now = Drawn::by(narrowing, &self.sort, self.grouping());
        let before = self.drawn.take();
        let are_same = before.as_ref().is_some_and(|before| now.lets_through_the_same(before));
        let mut passing = match &before {
            Some(before) if now.stands_in(before) => {
                self.rows_that_pass(&self.passing, store, narrowing, aside)
            }
            _ if are_same => {
                let sorted = self.sorted.iter().copied();
                sorted.filter(|row| self.position(*row).is_some()).collect()
            }
            _ => self.rows_that_pass(&self.sorted, store, narrowing, aside),
        };
        self.group_rows(&mut passing);
        self.passing = passing;
        self.drawn = Some(now);
        self.lay_out();
        self.count_facets(store, narrowing, aside, are_same);
    }

    /// Those of these rows, in their order.
    fn rows_that_pass(
        &self,
        rows: &[RowId],
        store: &Store,
        narrowing: &Narrowing,
        aside: Aside<'_>,
    ) -> Vec<RowId> {
        let loaded =
            Loaded { store, values: &self.values, lens: narrowing.lens, aside, rows: rows.len() };
        let is_shown = |row| !narrowing.problems || self.values.verdict(row).is_problem();
        let rows = rows.iter().copied().filter(|row| is_shown(*row));
        match narrowing.filter.prepare(loaded) {
            Some(mut passes) => rows.filter(|row| passes(*row)).collect(),
            None => rows.collect(),
        }
    }

    fn forget_sorted(&mut self) {
        self.sorted.clear();
        self.drawn = None;
    }

    fn sort_rows(&mut self) {
        if self.sorted.len() == self.base.len() {
            return;
        }
        let mut rows = self.base.clone();
        for key in self.sort.clone().keys().iter().rev() {
            self.order_by(*key, &mut rows);
        }
        self.sorted = rows;
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
