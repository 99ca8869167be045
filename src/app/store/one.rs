//! One distribution of the store, replaced or dropped when it was read again by itself.

use jiff::Timestamp;

use super::stamp::stamped;
use super::{Changes, RowId, Store};
use crate::domain::distribution::Distribution;
use crate::domain::ids::DistributionId;
use crate::inventory::report::AccountIx;

impl Store {
    /// A distribution that has rows; `None` once it is gone.
    pub fn distribution(&self, account: AccountIx, id: &DistributionId) -> Option<&Distribution> {
        let entry = &self.distributions[self.live(account, id)?];
        Some(&entry.distribution)
    }

    /// The rows of a distribution, in the order of its origins.
    pub fn rows_of(&self, account: AccountIx, id: &DistributionId) -> &[RowId] {
        self.live(account, id).map_or(&[], |at| &self.distributions[at].rows)
    }

    /// Puts a later reading in the place of a distribution; nothing happens if it is gone. It is
    /// no part of a reading of the account, so the account stands as it did.
    pub fn replace(
        &mut self,
        at: Timestamp,
        account: AccountIx,
        distribution: Distribution,
    ) -> Changes {
        let mut changes = Changes::default();
        if let Some(place) = self.live(account, &self.shown_id(&distribution.id)) {
            let generation = self.distributions[place].generation;
            self.put(account, stamped(distribution, at), &mut changes);
            self.distributions[place].generation = generation;
        }
        changes
    }

    /// Drops a distribution that was deleted, with its rows.
    pub fn forget(&mut self, account: AccountIx, id: &DistributionId) -> Changes {
        let mut changes = Changes::default();
        if let Some(at) = self.live(account, id) {
            self.drop_distribution(at, &mut changes);
        }
        changes
    }

    fn live(&self, account: AccountIx, id: &DistributionId) -> Option<usize> {
        let at = *self.by_id.get(&(account, id.clone()))? as usize;
        (!self.distributions[at].rows.is_empty()).then_some(at)
    }

    pub(super) fn drop_distribution(&mut self, at: usize, changes: &mut Changes) {
        let entry = &mut self.distributions[at];
        let (account, id) = (entry.account, entry.distribution.id.clone());
        let rows = std::mem::take(&mut entry.rows);
        // A distribution that was deleted before may have come back as another entry.
        let key = (account, id);
        if self.by_id.get(&key).is_some_and(|of| *of as usize == at) {
            self.by_id.remove(&key);
            self.accounts[account].distributions -= 1;
        }
        self.accounts[account].origins -= rows.len();
        for row in rows {
            self.retire(row, changes);
        }
    }
}
