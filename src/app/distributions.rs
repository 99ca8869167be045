//! The table of distributions: one line for each that has a row which the filter lets through,
//! the worst first, then by account and id.
//!
//! It is drawn anew in one pass after something changed, and only while somebody looks at it.

use super::index::Index;
use super::store::{Counts, DistributionIx, Store, slot};
use crate::domain::verdict::{Lens, Verdict};

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rolled {
    /// Which distribution.
    pub ix: DistributionIx,
    /// The worst verdict of all its origins, hidden ones too.
    pub verdict: Verdict,
    /// How many of all its origins have which verdict.
    pub counts: Counts,
    /// Those of its origins that the filter lets through.
    pub shown: usize,
}

/// The table of distributions. The cursor is on a distribution, not on a line.
#[derive(Clone, Debug, Default)]
pub struct Distributions {
    /// The distribution that the cursor is on.
    pub selected: Option<DistributionIx>,
    /// The first line that is drawn.
    pub top: usize,
    lines: Vec<Rolled>,
    /// Every distribution there ever was, by account and id.
    order: Vec<DistributionIx>,
    fresh: bool,
}

impl Distributions {
    /// The lines of the table, in order.
    pub fn lines(&self) -> &[Rolled] {
        &self.lines
    }

    /// Where the cursor stands among them.
    pub fn position(&self) -> Option<usize> {
        self.lines.iter().position(|line| Some(line.ix) == self.selected)
    }

    /// The line that the cursor is on.
    pub fn current(&self) -> Option<&Rolled> {
        self.lines.iter().find(|line| Some(line.ix) == self.selected)
    }

    /// True if nothing changed since the lines were drawn up.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Something changed that the lines depend on.
    pub(super) fn is_outdated(&mut self) {
        self.fresh = false;
    }

    /// Draws the lines up anew.
    pub(super) fn roll_up(&mut self, store: &Store, index: &Index, lens: Lens) {
        if self.order.len() < store.distribution_count() {
            self.order.extend(store.distributions_after(self.order.len()));
            // Sorted but for what is new at its end, which this sort is quick with.
            self.order.sort_by(|a, b| store.by_account(*a, *b));
        }
        let mut shown = vec![0; store.distribution_count()];
        for row in index.visible() {
            shown[store.distribution_of(*row).index()] += 1;
        }
        let mut buckets: [Vec<Rolled>; Verdict::BY_SEVERITY.len()] = Default::default();
        for &ix in self.order.iter().filter(|ix| shown[ix.index()] > 0) {
            let counts = store.counts(ix, lens);
            let verdict = counts.worst();
            let line = Rolled { ix, verdict, counts, shown: shown[ix.index()] };
            buckets[slot(verdict)].push(line);
        }
        self.lines.clear();
        self.lines.extend(buckets.into_iter().flatten());
        self.fresh = true;
    }
}
