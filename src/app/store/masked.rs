//! The store behind the privacy mask. Everything that it tells is masked while the mask is on,
//! ids too; beside each account and distribution it keeps the real one, which only what is wanted
//! from AWS and from origins is made of.

use super::account::AccountEntry;
use super::{Store, roll_up::DistributionIx};
use crate::domain::account::Account;
use crate::domain::distribution::Distribution;
use crate::domain::ids::DistributionId;
use crate::domain::mask::Mask;
use crate::inventory::report::{AccountIx, Ending};

/// What is shown, and what is kept beside it.
pub(super) fn split(
    mask: Option<&Mask>,
    real: Distribution,
) -> (Distribution, Option<Box<Distribution>>) {
    match mask {
        Some(mask) => (mask.distribution(&real), Some(Box::new(real))),
        None => (real, None),
    }
}

/// How a reading ended, as it is shown.
pub(in crate::app) fn shown_ending(mask: &Mask, real: &Ending) -> Ending {
    Ending {
        fault: real.fault.as_ref().map(|fault| mask.fault(fault)),
        caller: real.caller.as_ref().map(|arn| mask.arn(arn)),
        ..real.clone()
    }
}

impl AccountEntry {
    /// Keeps how its reading ended.
    pub(super) fn end(&mut self, ending: Ending, mask: Option<&Mask>) {
        let shown = mask.map(|mask| shown_ending(mask, &ending));
        if let Some(real) = &mut self.real {
            real.1 = Some(ending.clone());
        }
        self.ending = shown.or(Some(ending));
    }

    fn put_on(&mut self, mask: &Mask) {
        let shown = mask.account(&self.account);
        let real = std::mem::replace(&mut self.account, shown);
        let ending = self.ending.take();
        self.ending = ending.as_ref().map(|ending| shown_ending(mask, ending));
        self.real = Some(Box::new((real, ending)));
    }

    fn take_off(&mut self) {
        if let Some(real) = self.real.take() {
            (self.account, self.ending) = *real;
        }
    }
}

impl Store {
    /// The mask that is on.
    pub fn mask(&self) -> Option<&Mask> {
        self.mask.as_ref()
    }

    /// The accounts without a mask.
    pub fn real_accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().map(|entry| match &entry.real {
            Some(real) => &real.0,
            None => &entry.account,
        })
    }

    /// Puts a mask on, or takes it off. Every row stays where it is; what is made of its texts,
    /// such as an index, must be made anew.
    pub fn set_mask(&mut self, mask: Option<Mask>) {
        self.accounts.iter_mut().for_each(AccountEntry::take_off);
        for entry in &mut self.distributions {
            if let Some(real) = entry.real.take() {
                entry.distribution = *real;
            }
        }
        if let Some(mask) = &mask {
            self.accounts.iter_mut().for_each(|entry| entry.put_on(mask));
            for entry in &mut self.distributions {
                let real = std::mem::take(&mut entry.distribution);
                (entry.distribution, entry.real) = split(Some(mask), real);
            }
        }
        self.mask = mask;
        self.rekey();
    }

    /// By ids and domains as they are now.
    fn rekey(&mut self) {
        let known: Vec<u32> = self.by_id.drain().map(|(_, at)| at).collect();
        for at in known {
            let entry = &self.distributions[at as usize];
            self.by_id.insert((entry.account, entry.distribution.id.clone()), at);
        }
        for entry in &self.distributions {
            for (row, origin) in entry.rows.iter().zip(&entry.distribution.origins) {
                self.domains.put(*row, &origin.domain);
            }
        }
    }

    /// The id by which a distribution is known here.
    pub fn shown_id(&self, real: &DistributionId) -> DistributionId {
        self.mask.as_ref().map_or_else(|| real.clone(), |mask| mask.distribution_id(real))
    }

    /// A distribution as AWS knows it, by the id by which it is known here.
    pub fn real(&self, account: AccountIx, shown: &DistributionId) -> Option<&Distribution> {
        let at = self.find(account, shown)?;
        let entry = &self.distributions[at.index()];
        Some(entry.real.as_deref().unwrap_or(&entry.distribution))
    }

    /// Where a distribution is for ever, by the id by which it is known here.
    pub fn find(&self, account: AccountIx, shown: &DistributionId) -> Option<DistributionIx> {
        let at = *self.by_id.get(&(account, shown.clone()))?;
        self.distributions_after(at as usize).next()
    }

    /// The id by which a distribution is known now.
    pub fn id_of(&self, ix: DistributionIx) -> &DistributionId {
        &self.distributions[ix.index()].distribution.id
    }
}
