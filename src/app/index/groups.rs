//! Groups of rows that have the same in a column, each under a header and foldable.

use std::collections::BTreeSet;

use super::{Index, ValueId, sort_by_rank};
use crate::app::store::RowId;
use crate::domain::verdict::Verdict;
use crate::export::column::Column;

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableLine {
    /// An origin.
    Row(RowId),
    /// The header of a group.
    Group(ValueId),
}

/// A group that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What its rows have in common.
    pub id: ValueId,
    /// Its rows are not shown.
    pub folded: bool,
    /// By [`Verdict::BY_SEVERITY`]: rows with that verdict, folded ones too.
    counts: [usize; Verdict::BY_SEVERITY.len()],
}

impl Group {
    /// Rows of it that pass the filter.
    pub fn rows(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Each verdict with the rows that have it, the worst first.
    pub fn counts(&self) -> impl Iterator<Item = (Verdict, usize)> {
        Verdict::BY_SEVERITY.into_iter().zip(self.counts)
    }

    fn worst(&self) -> usize {
        self.counts.iter().position(|count| *count > 0).unwrap_or(self.counts.len())
    }
}

/// By what rows are grouped, and which groups are folded. What was folded stays so when its rows
/// come back after a filter, a refresh or another grouping.
#[derive(Clone, Debug, Default)]
pub(super) struct Grouping {
    by: Option<Column>,
    folded: BTreeSet<(Column, ValueId)>,
    groups: Vec<Group>,
    /// By text of the column: which of the groups it is.
    places: Vec<u32>,
}

impl Grouping {
    pub(super) fn any_folded(&self) -> bool {
        self.groups.iter().any(|group| group.folded)
    }
}

impl Index {
    /// The column by which rows are grouped.
    pub fn grouping(&self) -> Option<Column> {
        self.grouping.by
    }

    /// Groups the rows, or no longer, from the next narrowing on.
    pub fn group_by(&mut self, by: Option<Column>) {
        self.grouping.by = by;
    }

    /// The groups that are shown, in order.
    pub fn groups(&self) -> &[Group] {
        &self.grouping.groups
    }

    /// The group of a header.
    pub fn group(&self, id: ValueId) -> Option<&Group> {
        let place = *self.grouping.places.get(id.index())?;
        self.grouping.groups.get(place as usize).filter(|group| group.id == id)
    }

    /// What the rows of a group have in common, harmless text.
    pub fn group_name(&self, id: ValueId) -> &str {
        self.grouping.by.map_or("", |column| self.values.of(column).text(id))
    }

    /// The group that a row is in.
    pub fn group_of(&self, row: RowId) -> Option<ValueId> {
        Some(self.values.of(self.grouping.by?).id(row))
    }

    /// The rows of a group, folded ones too, in order.
    pub fn rows_of_group(&self, id: ValueId) -> &[RowId] {
        let rows = self.passing();
        let Some(group) = self.group(id) else { return &[] };
        let first = rows.iter().position(|row| self.group_of(*row) == Some(id)).unwrap_or(0);
        &rows[first..first + group.rows()]
    }

    /// Folds a group or unfolds it.
    pub fn fold(&mut self, id: ValueId, folded: bool) {
        let Some(column) = self.grouping.by else { return };
        match folded {
            true => self.grouping.folded.insert((column, id)),
            false => self.grouping.folded.remove(&(column, id)),
        };
        if let Some(place) = self.grouping.places.get(id.index())
            && let Some(group) = self.grouping.groups.get_mut(*place as usize)
        {
            group.folded = folded;
        }
        self.lay_out();
    }

    /// Folds every group that is shown, or unfolds them.
    pub fn fold_all(&mut self, folded: bool) {
        let Some(column) = self.grouping.by else { return };
        let Grouping { groups, folded: kept, .. } = &mut self.grouping;
        for group in groups {
            group.folded = folded;
            match folded {
                true => kept.insert((column, group.id)),
                false => kept.remove(&(column, group.id)),
            };
        }
        self.lay_out();
    }

    /// Brings sorted rows into groups; within a group they stay sorted. The group with the worst
    /// verdict comes first, then their names count; where rows are sorted by the column that
    /// groups them, groups are too.
    pub(super) fn group_rows(&mut self, rows: &mut Vec<RowId>) {
        self.grouping.groups.clear();
        let Some(column) = self.grouping.by else { return };
        self.values.rank(column);
        let texts = self.values.of(column);
        let verdicts = self.values.of(Column::Verdict);
        let Grouping { groups, places, folded, .. } = &mut self.grouping;
        places.clear();
        places.resize(texts.count(), u32::MAX);
        for row in rows.iter() {
            let id = texts.id(*row);
            let place = &mut places[id.index()];
            if *place == u32::MAX {
                *place = u32::try_from(groups.len()).expect("there are fewer groups than rows");
                let folded = folded.contains(&(column, id));
                groups.push(Group { id, folded, counts: Default::default() });
            }
            groups[*place as usize].counts[verdicts.id(*row).index()] += 1;
        }
        let first = self.sort.keys().first().filter(|key| key.column == column);
        match first.map(|key| key.reversed) {
            Some(true) => groups.sort_by_key(|group| std::cmp::Reverse(texts.rank(group.id))),
            Some(false) => groups.sort_by_key(|group| texts.rank(group.id)),
            None => groups.sort_by_key(|group| (group.worst(), texts.rank(group.id))),
        }
        for (place, group) in (0..).zip(groups.iter()) {
            places[group.id.index()] = place;
        }
        sort_by_rank(rows, groups.len(), |row| places[texts.id(row).index()] as usize);
    }

    /// Writes down the lines of the table.
    pub(super) fn lay_out(&mut self) {
        let any_folded = self.grouping.any_folded();
        self.lines.clear();
        self.unfolded.clear();
        let mut rows = &self.passing[..];
        for group in &self.grouping.groups {
            let (own, others) = rows.split_at(group.rows());
            self.lines.push(TableLine::Group(group.id));
            if !group.folded {
                self.lines.extend(own.iter().copied().map(TableLine::Row));
                if any_folded {
                    self.unfolded.extend(own);
                }
            }
            rows = others;
        }
        self.lines.extend(rows.iter().copied().map(TableLine::Row));
        self.place();
    }
}
