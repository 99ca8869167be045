//! The facets beside the table: which values there are, how often, and the cursor on one.

use super::index::{Facet, ValueId};
use crate::export::column::Column;

/// The facets as a person has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// They are to be seen, where there is room beside the table.
    pub open: bool,
    /// Keys go to them; then they are seen at every size.
    pub focused: bool,
    /// The value that the cursor is on; it may have gone.
    pub cursor: Option<(Column, ValueId)>,
}

impl Facets {
    /// True where they have room beside the table and the detail.
    pub fn fit(size: (u16, u16)) -> bool {
        size.0 >= 180 && size.1 >= 44
    }

    /// Where the cursor is: the facet, and the value in it. Where its value has gone, the first
    /// one of its facet.
    pub fn place(&self, facets: &[Facet]) -> Option<(usize, usize)> {
        let filled = |facet: &&Facet| !facet.values.is_empty();
        let own = self.cursor.and_then(|(column, id)| {
            let at = facets.iter().position(|facet| facet.column == column)?;
            let value = facets[at].values.iter().position(|(other, _)| *other == id);
            filled(&&facets[at]).then_some((at, value.unwrap_or(0)))
        });
        own.or_else(|| Some((facets.iter().position(|facet| filled(&facet))?, 0)))
    }
}
