//! By which columns the table is sorted.

use serde::{Deserialize, Serialize};

use crate::export::column::Column;

/// A column that rows are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortKey {
    /// The column.
    pub column: Column,
    /// The other way round than the column's own order.
    pub reversed: bool,
}

impl SortKey {
    /// A column in its own order: the verdict worst first, texts from A to Z.
    pub fn of(column: Column) -> Self {
        Self { column, reversed: false }
    }

    /// True if what is greater stands further down: the worst verdict is the greatest.
    pub fn is_ascending(self) -> bool {
        (self.column == Column::Verdict) == self.reversed
    }
}

/// The columns that rows are sorted by, the weightiest first. What they leave equal is ordered
/// by account, distribution and origin, so there is one order only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sort {
    keys: Vec<SortKey>,
}

impl Default for Sort {
    /// By severity.
    fn default() -> Self {
        Self { keys: vec![SortKey::of(Column::Verdict)] }
    }
}

impl Sort {
    /// Sorted by these.
    pub fn by(keys: Vec<SortKey>) -> Self {
        Self { keys }
    }

    /// The columns, the weightiest first.
    pub fn keys(&self) -> &[SortKey] {
        &self.keys
    }

    /// Which of the keys a column is, from 1, with the key.
    pub fn key_of(&self, column: Column) -> Option<(usize, SortKey)> {
        let at = self.keys.iter().position(|key| key.column == column)?;
        Some((at + 1, self.keys[at]))
    }

    /// By this column alone; then the other way round; then as at the beginning.
    pub fn turn(&mut self, column: Column) {
        *self = match self.keys[..] {
            [SortKey { column: by, reversed: false }] if by == column => {
                Self::by(vec![SortKey { column, reversed: true }])
            }
            [SortKey { column: by, reversed: true }] if by == column => Self::default(),
            _ => Self::by(vec![SortKey::of(column)]),
        };
    }

    /// By this column too, where the others leave rows equal; the other way round if it is there.
    pub fn extend(&mut self, column: Column) {
        match self.keys.iter_mut().find(|key| key.column == column) {
            Some(key) => key.reversed = !key.reversed,
            None => self.keys.push(SortKey::of(column)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_turned_and_then_left() {
        let mut sort = Sort::default();
        sort.turn(Column::Account);
        assert_eq!(sort.keys(), [SortKey::of(Column::Account)]);
        sort.turn(Column::Account);
        assert_eq!(sort.keys(), [SortKey { column: Column::Account, reversed: true }]);
        sort.turn(Column::Account);
        assert_eq!(sort, Sort::default());
        sort.turn(Column::Verdict);
        assert!(sort.keys()[0].is_ascending());
        sort.turn(Column::Verdict);
        assert_eq!(sort, Sort::default());
    }

    #[test]
    fn further_keys_go_behind_and_turn_in_their_place() {
        let mut sort = Sort::default();
        sort.extend(Column::Kind);
        sort.extend(Column::Tls);
        sort.extend(Column::Kind);
        assert_eq!(sort.key_of(Column::Kind).map(|(at, key)| (at, key.reversed)), Some((2, true)));
        assert_eq!(sort.key_of(Column::Tls).map(|(at, _)| at), Some(3));
        assert_eq!(sort.key_of(Column::Owner), None);
    }
}
