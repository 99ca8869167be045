//! How often each value of a column occurs among the rows that pass.

use super::{Index, ValueId};
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

impl Index {
    /// The counted columns; empty while nobody looks at them.
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// What a value of a column is, harmless text.
    pub fn value_text(&self, column: Column, id: ValueId) -> &str {
        self.values.of(column).text(id)
    }

    /// Has facets counted from now on, or no longer.
    pub fn want_facets(&mut self, wanted: bool) {
        self.facets_wanted = wanted;
        self.count_facets();
    }

    pub(super) fn count_facets(&mut self) {
        self.facets.clear();
        if self.facets_wanted {
            for column in Facet::COLUMNS {
                self.values.rank(column);
                self.facets.push(self.counted(column));
            }
        }
    }

    fn counted(&self, column: Column) -> Facet {
        let texts = self.values.of(column);
        let mut counts = vec![0; texts.count()];
        for row in &self.passing {
            counts[texts.id(*row).index()] += 1;
        }
        let mut values: Vec<(ValueId, usize)> =
            texts.ids().zip(counts).filter(|(_, count)| *count > 0).collect();
        values.sort_unstable_by_key(|(id, count)| {
            let weight = if column == Column::Verdict { 0 } else { *count };
            (std::cmp::Reverse(weight), texts.rank(*id))
        });
        Facet { column, values }
    }
}
