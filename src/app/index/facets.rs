//! How often each value of a column occurs among the rows that pass.

use std::cmp::Reverse;

use super::{Aside, Index, Narrowing, ValueId};
use crate::app::filter::Filter;
use crate::app::filter_term::{CellTerm, cell_terms};
use crate::app::store::{RowId, Store};
use crate::export::column::Column;

/// A column with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The column.
    pub column: Column,
    /// Each value with the rows that have it, the most frequent first; verdicts worst first.
    pub values: Vec<(ValueId, usize)>,
}

impl Facet {
    /// The columns that are counted, in the order of the screen.
    pub const COLUMNS: [Column; 7] = [
        Column::Verdict,
        Column::Kind,
        Column::Account,
        Column::Owner,
        Column::Protocol,
        Column::Viewer,
        Column::Tls,
    ];
}

/// A filter taken apart: what it says of counted columns, and all else. A column is counted over
/// the rows that pass all but its own terms, so that its other values can still be chosen.
#[derive(Clone, Debug, Default)]
pub struct FacetFilter {
    cells: Vec<CellTerm>,
    rest: Filter,
}

impl FacetFilter {
    /// Takes a filter apart. Where that cannot be done, it has no terms of its own.
    pub fn of(filter: &str) -> Self {
        let parts = cell_terms(filter, &Facet::COLUMNS);
        let rest = |(cells, rest): (Vec<CellTerm>, String)| {
            Filter::parse(&rest).ok().map(|rest| Self { cells, rest })
        };
        parts.and_then(rest).unwrap_or_default()
    }
}

/// What is counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Facets {
    wanted: bool,
    filter: FacetFilter,
    counted: Vec<Facet>,
}

impl Index {
    /// The counted columns; empty while nobody looks at them.
    pub fn facets(&self) -> &[Facet] {
        &self.facets.counted
    }

    /// What a value of a column is, harmless text.
    pub fn value_text(&self, column: Column, id: ValueId) -> &str {
        self.values.of(column).text(id)
    }

    /// Has facets counted, or no longer, from the next narrowing on.
    pub fn want_facets(&mut self, wanted: bool) {
        self.facets.wanted = wanted;
    }

    /// True if facets are counted.
    pub fn wants_facets(&self) -> bool {
        self.facets.wanted
    }

    /// Says what the filter is that rows are narrowed by from now on.
    pub fn set_facet_filter(&mut self, filter: FacetFilter) {
        self.facets.filter = filter;
        self.facets.counted.clear();
    }

    /// Counts what passes, if that is not what passed when they were counted.
    pub(super) fn count_facets(
        &mut self,
        store: &Store,
        narrowing: &Narrowing,
        aside: Aside<'_>,
        are_same: bool,
    ) {
        if are_same && self.facets.wanted && !self.facets.counted.is_empty() {
            return;
        }
        self.facets.counted.clear();
        if !self.facets.wanted {
            return;
        }
        for column in Facet::COLUMNS {
            self.values.rank(column);
        }
        let FacetFilter { cells, rest } = &self.facets.filter;
        let counts = match cells.is_empty() {
            true => self.counts(&self.passing, &[]),
            false => {
                let rest = Narrowing { filter: rest.clone(), ..narrowing.clone() };
                self.counts(&self.rows_that_pass(&self.base, store, &rest, aside), cells)
            }
        };
        self.facets.counted =
            counts.into_iter().map(|(column, counts)| self.facet(column, &counts)).collect();
    }

    /// By column and value, over rows of which those count that pass all terms of other columns.
    fn counts(&self, rows: &[RowId], cells: &[CellTerm]) -> Vec<(Column, Vec<usize>)> {
        let of = |column| (column, vec![0; self.values.of(column).count()]);
        let mut counts = Facet::COLUMNS.map(of).to_vec();
        let terms: Vec<_> = cells
            .iter()
            .map(|cell| {
                let texts = self.values.of(cell.column);
                (cell.column, texts, texts.find(&cell.text), cell.negate)
            })
            .collect();
        for row in rows {
            let fails = |(_, texts, id, negate): &&(_, &super::values::Texts, _, bool)| {
                (Some(texts.id(*row)) == *id) == *negate
            };
            let mut failed = terms.iter().filter(fails).map(|(column, ..)| *column);
            let only = failed.next();
            if failed.any(|column| Some(column) != only) {
                continue;
            }
            for (column, counts) in &mut counts {
                if only.is_none_or(|only| only == *column) {
                    counts[self.values.of(*column).id(*row).index()] += 1;
                }
            }
        }
        counts
    }

    fn facet(&self, column: Column, counts: &[usize]) -> Facet {
        let texts = self.values.of(column);
        let mut values: Vec<(ValueId, usize)> =
            texts.ids().zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect();
        values.sort_unstable_by_key(|(id, count)| {
            let weight = if column == Column::Verdict { 0 } else { *count };
            (Reverse(weight), texts.rank(*id))
        });
        Facet { column, values }
    }
}
