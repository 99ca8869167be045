//! The store by distributions: which rows belong together, and what they come to.

use std::cmp::Ordering;

use super::{RowId, Store};
use crate::domain::account::Account;
use crate::domain::distribution::Distribution;
use crate::domain::finding::Finding;
use crate::domain::verdict::{Lens, Verdict};
use crate::inventory::report::AccountIx;

/// A distribution for ever: one that was deleted and came back is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DistributionIx(u32);

impl DistributionIx {
    /// Its number, by which side tables are indexed.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A distribution that has rows.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// Its account's place in the fleet.
    pub at: AccountIx,
    /// Its account.
    pub account: &'a Account,
    /// The distribution itself.
    pub distribution: &'a Distribution,
    /// Its rows, in the order of its origins.
    pub rows: &'a [RowId],
}

/// How many origins of a distribution have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u32; Verdict::BY_SEVERITY.len()]);

impl Counts {
    /// Those with this verdict.
    pub fn of(&self, verdict: Verdict) -> usize {
        self.0[slot(verdict)] as usize
    }

    /// All of them.
    pub fn origins(&self) -> usize {
        self.0.iter().sum::<u32>() as usize
    }

    pub(super) fn add(&mut self, verdict: Verdict) {
        self.0[slot(verdict)] += 1;
    }

    pub(super) fn remove(&mut self, verdict: Verdict) {
        self.0[slot(verdict)] -= 1;
    }

    /// The worst verdict that any of them has.
    pub fn worst(&self) -> Verdict {
        let mut worst_first = Verdict::BY_SEVERITY.into_iter();
        worst_first.find(|verdict| self.of(*verdict) > 0).unwrap_or(Verdict::NotApplicable)
    }
}

/// The place of a verdict, the worst first.
pub(in crate::app) fn slot(verdict: Verdict) -> usize {
    Verdict::BY_SEVERITY.iter().position(|v| *v == verdict).expect("BY_SEVERITY lists all")
}

impl Store {
    /// Distributions ever made, live or not: side tables are this long.
    pub fn distribution_count(&self) -> usize {
        self.distributions.len()
    }

    /// Those that were made after the first so many, in the order in which they came.
    pub fn distributions_after(&self, known: usize) -> impl Iterator<Item = DistributionIx> {
        let number = |at| u32::try_from(at).expect("`put` counts them in 32 bits");
        (known..self.distributions.len()).map(move |at| DistributionIx(number(at)))
    }

    /// A distribution; `None` once it is gone.
    pub fn held(&self, ix: DistributionIx) -> Option<Held<'_>> {
        let entry = self.distributions.get(ix.index()).filter(|entry| !entry.rows.is_empty())?;
        Some(Held {
            at: entry.account,
            account: &self.accounts[entry.account].account,
            distribution: &entry.distribution,
            rows: &entry.rows,
        })
    }

    /// The distribution that a row is of.
    pub fn distribution_of(&self, row: RowId) -> DistributionIx {
        DistributionIx(self.rows[row.index()].distribution)
    }

    /// The findings of a distribution, in the order of its origins.
    pub fn findings_in(&self, ix: DistributionIx) -> impl Iterator<Item = Finding<'_>> {
        let rows = self.held(ix).map_or(&[][..], |held| held.rows);
        rows.iter().filter_map(|row| self.finding(*row))
    }

    /// What the rows of a distribution come to.
    pub fn counts(&self, ix: DistributionIx, lens: Lens) -> Counts {
        self.counts.get(ix.index()).map(|both| both[lens as usize]).unwrap_or_default()
    }

    /// Account name and id, then the distribution's id; its number makes it total.
    pub(in crate::app) fn by_account(&self, a: DistributionIx, b: DistributionIx) -> Ordering {
        let key = |ix: DistributionIx| {
            let entry = &self.distributions[ix.index()];
            let account = &self.accounts[entry.account].account;
            (&account.name, &account.id, &entry.distribution.id, ix)
        };
        key(a).cmp(&key(b))
    }
}
