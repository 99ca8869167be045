//! The loaded fleet. Rows are only appended and a [`RowId`] never moves: an origin that is read
//! again keeps its row, one that is gone leaves a row that is no longer live.

mod account;
mod domains;
mod masked;
mod one;
mod roll_up;
mod stamp;

use std::collections::HashMap;

use jiff::Timestamp;

pub use self::account::AccountEntry;
use self::domains::Domains;
pub(super) use self::masked::shown_ending;
pub(super) use self::roll_up::slot;
pub use self::roll_up::{Counts, DistributionIx, Held};
use self::stamp::stamped;
use crate::domain::account::Account;
use crate::domain::assessment::{Assessment, assess};
use crate::domain::distribution::Distribution;
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::ids::DistributionId;
use crate::domain::mask::Mask;
use crate::domain::tally::{AccountState, Coverage, Tally};
use crate::domain::verdict::Lens;
use crate::inventory::report::{AccountIx, Report};
pub use crate::inventory::report::{Ending, Stage};

/// A row for ever: an origin of a distribution of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(u32);

impl RowId {
    /// The row's number, by which side tables are indexed.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn of(index: usize) -> Self {
        Self(u32::try_from(index).expect("a fleet has fewer than four billion origins"))
    }
}

#[derive(Clone, Debug)]
struct DistributionEntry {
    account: AccountIx,
    distribution: Distribution,
    /// What it is without the mask; none while no mask is on.
    real: Option<Box<Distribution>>,
    rows: Vec<RowId>,
    generation: u32,
}

#[derive(Clone, Debug)]
struct Row {
    distribution: u32,
    /// Position in the distribution's origins; meaningless once the row is not live.
    origin: u32,
    assessment: Assessment,
    live: bool,
}

/// What a report did to the rows, so that an index need not look at all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that are new, or live again.
    pub added: Vec<RowId>,
    /// Rows with new contents.
    pub changed: Vec<RowId>,
    /// Rows that are no longer live.
    pub removed: Vec<RowId>,
}

/// The loaded fleet.
#[derive(Clone, Debug, Default)]
pub struct Store {
    accounts: Vec<AccountEntry>,
    distributions: Vec<DistributionEntry>,
    by_id: HashMap<(AccountIx, DistributionId), u32>,
    rows: Vec<Row>,
    domains: Domains,
    tallies: [Tally; 2],
    /// By distribution and lens, beside the large entries, so that a roll-up reads little.
    counts: Vec<[Counts; 2]>,
    /// What everything is shown through, while it is on.
    mask: Option<Mask>,
}

impl Store {
    /// A fleet of which nothing has been read yet.
    pub fn new(accounts: Vec<Account>) -> Self {
        Self { accounts: accounts.into_iter().map(AccountEntry::new).collect(), ..Self::default() }
    }

    /// The accounts in the order of the fleet file.
    pub fn accounts(&self) -> &[AccountEntry] {
        &self.accounts
    }

    /// Marks accounts as being read from now on; what they hold stays until it is read again.
    pub fn begin(&mut self, accounts: &[AccountIx], at: Timestamp) {
        for &ix in accounts {
            let entry = &mut self.accounts[ix];
            entry.enter(Stage::Queued, at);
            entry.began = Some(at);
            entry.generation += 1;
        }
    }

    /// Takes in one report.
    pub fn apply(&mut self, at: Timestamp, report: Report) -> Changes {
        let mut changes = Changes::default();
        match report {
            Report::Entered { account, stage } => self.accounts[account].enter(stage, at),
            Report::Listed { account, distributions } => {
                for distribution in distributions {
                    self.put(account, stamped(distribution, at), &mut changes);
                }
            }
            Report::Ended { account, ending } => self.end(account, ending, at, &mut changes),
        }
        changes
    }

    /// Ends the accounts that a stopped load left under way; what they hold stays.
    pub fn stop(&mut self, at: Timestamp, fault: &Fault) {
        let all = 0..self.accounts.len();
        for ix in all.filter(|ix| self.accounts[*ix].stage.is_some()).collect::<Vec<_>>() {
            let earlier = self.earlier(ix);
            let entry = &mut self.accounts[ix];
            (entry.stage, entry.earlier) = (None, earlier);
            entry.ended = Some(at);
            let any = entry.origins > 0;
            let state = if any { AccountState::Partial } else { AccountState::Failed };
            let fault = Some(fault.clone());
            let ending = Ending { state, fault, caller: None, calls: 0, tries: 0 };
            entry.end(ending, self.mask.as_ref());
        }
    }

    /// The finding of a row; `None` once it is not live.
    pub fn finding(&self, row: RowId) -> Option<Finding<'_>> {
        let row = self.rows.get(row.index()).filter(|r| r.live)?;
        let entry = &self.distributions[row.distribution as usize];
        Some(Finding {
            account: &self.accounts[entry.account].account,
            distribution: &entry.distribution,
            origin: &entry.distribution.origins[row.origin as usize],
            assessment: &row.assessment,
        })
    }

    /// The answers of a row; `None` once it is not live.
    pub fn assessment(&self, row: RowId) -> Option<&Assessment> {
        self.rows.get(row.index()).filter(|r| r.live).map(|r| &r.assessment)
    }

    /// The account of a row, also of one that is no longer live.
    pub fn account_of(&self, row: RowId) -> AccountIx {
        self.distributions[self.rows[row.index()].distribution as usize].account
    }

    /// The live rows, in the order in which they came.
    pub fn live_rows(&self) -> impl Iterator<Item = RowId> + '_ {
        self.rows.iter().enumerate().filter(|(_, row)| row.live).map(|(at, _)| RowId::of(at))
    }

    /// The live findings of an account, ordered by distribution and origin.
    pub fn findings_of(&self, account: AccountIx) -> Vec<Finding<'_>> {
        let mut findings: Vec<Finding<'_>> = self
            .distributions
            .iter()
            .filter(|entry| entry.account == account)
            .flat_map(|entry| entry.rows.iter().filter_map(|row| self.finding(*row)))
            .collect();
        findings.sort_by(|a, b| {
            (&a.distribution.id, &a.origin.id).cmp(&(&b.distribution.id, &b.origin.id))
        });
        findings
    }

    /// The distributions of an account that have live rows, in the order in which they came.
    pub fn distributions_of(&self, account: AccountIx) -> impl Iterator<Item = &Distribution> {
        let own = self.distributions.iter().filter(move |entry| entry.account == account);
        own.filter(|entry| !entry.rows.is_empty()).map(|entry| &entry.distribution)
    }

    /// Rows ever made, live or not: side tables are this long.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// What was found, over the whole fleet.
    pub fn tally(&self, lens: Lens) -> &Tally {
        &self.tallies[lens as usize]
    }

    /// How much of the fleet was seen. Accounts still under way for the first time count as not
    /// seen.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for entry in &self.accounts {
            match entry.state() {
                Some(state) => coverage.add(state),
                None => coverage.accounts += 1,
            }
        }
        coverage
    }

    /// True while any account is being read.
    pub fn is_loading(&self) -> bool {
        self.accounts.iter().any(|entry| entry.stage.is_some())
    }

    fn put(&mut self, account: AccountIx, distribution: Distribution, changes: &mut Changes) {
        let (distribution, real) = masked::split(self.mask.as_ref(), distribution);
        let key = (account, distribution.id.clone());
        let generation = self.accounts[account].generation;
        let at = match self.by_id.get(&key) {
            Some(&at) => at,
            None => {
                let at = u32::try_from(self.distributions.len())
                    .expect("a fleet has fewer than four billion distributions");
                self.by_id.insert(key, at);
                self.distributions.push(DistributionEntry {
                    account,
                    distribution: Distribution::default(),
                    real: None,
                    rows: Vec::new(),
                    generation,
                });
                self.accounts[account].distributions += 1;
                self.counts.push(Default::default());
                at
            }
        };
        let old = std::mem::take(&mut self.distributions[at as usize].rows);
        let mut known: HashMap<&str, Vec<RowId>> = HashMap::new();
        let before = std::mem::take(&mut self.distributions[at as usize].distribution);
        for row in old.iter().rev() {
            let id = before.origins.get(self.rows[row.index()].origin as usize);
            known.entry(id.map_or("", |o| o.id.as_str())).or_default().push(*row);
        }
        let mut rows = Vec::with_capacity(distribution.origins.len());
        for (position, origin) in distribution.origins.iter().enumerate() {
            // A verdict is of the real thing, whatever its pseudonyms look like.
            let judged = real.as_deref().unwrap_or(&distribution);
            let assessment = assess(judged, &judged.origins[position]);
            let reused = known.get_mut(origin.id.as_str()).and_then(Vec::pop);
            let row = self.write_row(reused, at, position, assessment, changes);
            self.domains.put(row, &origin.domain);
            rows.push(row);
        }
        for row in known.into_values().flatten() {
            self.retire(row, changes);
        }
        self.accounts[account].origins += rows.len();
        self.accounts[account].origins -= old.len();
        let entry = &mut self.distributions[at as usize];
        (entry.distribution, entry.rows, entry.generation) = (distribution, rows, generation);
        entry.real = real;
    }

    fn write_row(
        &mut self,
        reused: Option<RowId>,
        distribution: u32,
        position: usize,
        assessment: Assessment,
        changes: &mut Changes,
    ) -> RowId {
        if let Some(old) = reused {
            self.uncount(old);
        }
        self.count(distribution, &assessment);
        let origin = u32::try_from(position).expect("a distribution has few origins");
        let row = Row { distribution, origin, assessment, live: true };
        match reused {
            Some(id) => {
                self.rows[id.index()] = row;
                changes.changed.push(id);
                id
            }
            None => {
                let id = RowId::of(self.rows.len());
                self.rows.push(row);
                changes.added.push(id);
                id
            }
        }
    }

    fn retire(&mut self, id: RowId, changes: &mut Changes) {
        self.uncount(id);
        self.domains.remove(id);
        self.rows[id.index()].live = false;
        changes.removed.push(id);
    }

    fn count(&mut self, distribution: u32, assessment: &Assessment) {
        let account = self.distributions[distribution as usize].account;
        for lens in [Lens::Traffic, Lens::D9] {
            self.tallies[lens as usize].add(assessment, lens);
            self.accounts[account].tallies[lens as usize].add(assessment, lens);
            self.counts[distribution as usize][lens as usize].add(assessment.verdict(lens));
        }
    }

    fn uncount(&mut self, id: RowId) {
        let row = &self.rows[id.index()];
        let account = self.distributions[row.distribution as usize].account;
        for lens in [Lens::Traffic, Lens::D9] {
            self.tallies[lens as usize].remove(&row.assessment, lens);
            self.accounts[account].tallies[lens as usize].remove(&row.assessment, lens);
            self.counts[row.distribution as usize][lens as usize]
                .remove(row.assessment.verdict(lens));
        }
    }

    fn end(
        &mut self,
        account: AccountIx,
        mut ending: Ending,
        at: Timestamp,
        changes: &mut Changes,
    ) {
        if ending.state == AccountState::Complete {
            self.drop_unlisted(account, changes);
        } else if self.accounts[account].origins > 0 {
            ending.state = AccountState::Partial; // What an earlier load saw is kept.
        }
        let earlier = self.earlier(account);
        let entry = &mut self.accounts[account];
        (entry.stage, entry.earlier) = (None, earlier);
        entry.ended = Some(at);
        entry.end(ending, self.mask.as_ref());
    }

    /// When the oldest was read of what the last reading did not come to.
    fn earlier(&self, account: AccountIx) -> Option<Timestamp> {
        let generation = self.accounts[account].generation;
        let own = self.distributions.iter().filter(|entry| entry.account == account);
        let old = own.filter(|entry| entry.generation != generation && !entry.rows.is_empty());
        old.filter_map(|entry| entry.distribution.source.read_at).min()
    }

    /// A complete listing without a distribution means that it was deleted.
    fn drop_unlisted(&mut self, account: AccountIx, changes: &mut Changes) {
        let generation = self.accounts[account].generation;
        for at in 0..self.distributions.len() {
            let entry = &self.distributions[at];
            if entry.account != account || entry.generation == generation {
                continue;
            }
            self.drop_distribution(at, changes);
        }
    }
}
