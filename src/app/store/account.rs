//! An account of the store: how it stands, and what of it was seen.

use jiff::{SignedDuration, Timestamp};

use crate::domain::account::Account;
use crate::domain::fault::Fault;
use crate::domain::tally::{AccountState, Tally};
use crate::domain::verdict::{Lens, Verdict};
use crate::inventory::report::{Ending, Stage};

/// An account as the load knows it.
#[derive(Clone, Debug)]
pub struct AccountEntry {
    /// The account.
    pub account: Account,
    /// What is being done for it; `None` when nothing is.
    pub stage: Option<Stage>,
    /// Since when that is done.
    pub(super) stage_at: Option<Timestamp>,
    /// How its last reading ended; `None` before that.
    pub ending: Option<Ending>,
    /// When the reading began.
    pub began: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Distributions that it has.
    pub distributions: usize,
    /// Live rows that it has.
    pub origins: usize,
    /// When the oldest of it was read that its last reading did not come to.
    pub earlier: Option<Timestamp>,
    /// Account and ending without the mask; none while no mask is on.
    pub(super) real: Option<Box<(Account, Option<Ending>)>>,
    pub(super) generation: u32,
    pub(super) tallies: [Tally; 2],
}

impl AccountEntry {
    /// An account of which nothing has been read.
    pub(super) fn new(account: Account) -> Self {
        Self {
            account,
            stage: None,
            stage_at: None,
            ending: None,
            began: None,
            ended: None,
            distributions: 0,
            origins: 0,
            earlier: None,
            real: None,
            generation: 0,
            tallies: Default::default(),
        }
    }

    /// Something else is being done for it from now on.
    pub(super) fn enter(&mut self, stage: Stage, at: Timestamp) {
        (self.stage, self.stage_at) = (Some(stage), Some(at));
    }

    /// How long it is until AWS is asked again, where it said to slow down.
    pub fn retry_in(&self, now: Timestamp) -> Option<SignedDuration> {
        let Some(Stage::Throttled { retry_in_ms, .. }) = &self.stage else { return None };
        let wait = SignedDuration::from_millis(i64::try_from(*retry_in_ms).unwrap_or(i64::MAX));
        let waited = self.stage_at.map_or(SignedDuration::ZERO, |since| now.duration_since(since));
        Some((wait - waited).max(SignedDuration::ZERO))
    }

    /// Live rows whose verdict is fail.
    pub fn fails(&self, lens: Lens) -> usize {
        self.tallies[lens as usize].of(Verdict::Fail)
    }

    /// How it stands; `None` while that is open: its first reading is under way, or the one after
    /// a reading that failed.
    pub fn state(&self) -> Option<AccountState> {
        let ended = self.ending.as_ref().map(|ending| ending.state);
        match (ended, &self.stage) {
            _ if !self.account.enabled => Some(AccountState::Skipped),
            (Some(AccountState::Failed), Some(_)) => None,
            (state, _) => state,
        }
    }

    /// What went wrong, if anything.
    pub fn fault(&self) -> Option<&Fault> {
        self.ending.as_ref()?.fault.as_ref()
    }
}
