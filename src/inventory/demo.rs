//! An embedded fleet that arrives like a real one: the same reports, stages, waits and faults
//! as AWS's, but no socket, no file and no clock.
//!
//! The first accounts are hand-written (`assets/demo.toml`) and show every verdict, kind and
//! account state. The rest is invented from the seed: an ordinary company, mostly in order.
//! Each account has random numbers of its own, so that neither timing nor the order of reading
//! changes a byte.

mod arrival;
mod build;
mod fault;
mod filler;
mod names;
mod random;
mod showcase;
mod sketch;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use self::arrival::{Arrival, Told};
use self::filler::Share;
use self::sketch::{Fate, Sketch};
use super::load::Reporter;
use super::report::{AccountIx, Ending, Reread};
use crate::config::fleet::{Fleet, LoadLimits, PreflightRules};
use crate::domain::account::Account;
use crate::domain::ids::DistributionId;

/// The demo's clock, which stands still: 2026-11-23T09:12:44Z.
pub const NOW: Timestamp = Timestamp::constant(1_795_425_164, 0);

/// Distributions on a page of ListDistributions where `MaxItems` is not set.
const PAGE: usize = 100;

/// Origins per account and per distribution where only one number is given.
const ORIGINS_PER_ACCOUNT: f64 = 312.0 / 42.0;
const ORIGINS_PER_DISTRIBUTION: f64 = 312.0 / 150.0;

/// How large the demo is, and how slow. Distributions and origins are numbers of the whole
/// fleet, not of an account; the hand-written accounts always come whole, so that a small demo
/// may have more than was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What the invented part is made from.
    pub seed: u64,
    /// Accounts, the failing and the disabled ones too.
    pub accounts: usize,
    /// Distributions in all. CloudFront's default quota is 25 origins in each: where that
    /// would be passed there are more distributions.
    pub distributions: usize,
    /// Origins in all.
    pub origins: usize,
    /// Milliseconds that a usual call takes; 0 waits for nothing at all.
    pub latency_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, accounts: 42, distributions: 150, origins: 312, latency_ms: 150 }
    }
}

impl Settings {
    /// The default demo in another size: numbers that are not given follow from those that are.
    pub fn sized(
        accounts: Option<usize>,
        distributions: Option<usize>,
        origins: Option<usize>,
    ) -> Self {
        let origins_of_accounts = |n: usize| (n as f64 * ORIGINS_PER_ACCOUNT) as usize;
        let origins_of_distributions = |n: usize| (n as f64 * ORIGINS_PER_DISTRIBUTION) as usize;
        let default = Self::default();
        let origins = origins
            .or(distributions.map(origins_of_distributions))
            .or(accounts.map(origins_of_accounts))
            .unwrap_or(default.origins);
        let follows = |rate: f64| ((origins as f64 / rate).round() as usize).max(1);
        Self {
            accounts: accounts.unwrap_or(default.accounts),
            distributions: distributions.unwrap_or_else(|| follows(ORIGINS_PER_DISTRIBUTION)),
            origins,
            ..default
        }
    }
}

/// An account and what comes of reading it.
#[derive(Clone, Debug)]
struct Planned {
    ix: AccountIx,
    account: Account,
    fate: Fate,
    /// Distributions on a page.
    page: usize,
    /// The hand-written distributions.
    shown: Vec<Sketch>,
    /// How much is invented beside them.
    share: Share,
}

impl Planned {
    /// The hand-written distributions that arrive.
    fn arriving(&self) -> &[Sketch] {
        match self.fate {
            Fate::CutOff => &self.shown[..self.shown.len().min(self.page)],
            _ => &self.shown,
        }
    }
}

/// The demo's fleet. It holds the hand-written part; the rest is invented when it is read.
#[derive(Clone, Debug)]
pub struct Demo {
    settings: Settings,
    planned: Vec<Planned>,
}

impl Demo {
    /// Plans a fleet; at least one account.
    pub fn new(settings: Settings) -> Self {
        let settings = Settings { accounts: settings.accounts.max(1), ..settings };
        let mut planned = showcase::accounts();
        planned.truncate(settings.accounts);
        filler::fill(&mut planned, settings);
        Self { settings, planned }
    }

    /// The fleet as a fleet file would have given it.
    pub fn fleet(&self) -> Fleet {
        let max_concurrency = (self.planned.len() / 4).clamp(8, 64);
        Fleet {
            accounts: self.planned.iter().map(|p| p.account.clone()).collect(),
            groups: showcase::groups(),
            load: LoadLimits { max_concurrency, ..LoadLimits::default() },
            // Its origins are invented: their names may be somebody's.
            preflight: PreflightRules { enabled: false, ..PreflightRules::default() },
            path: None,
        }
    }

    /// Reads one account, which is known by its id, so that a narrowed fleet shows the same:
    /// reports what a real source would, after waits like a real one's, and gives how it ended,
    /// which the loader reports. An account that is not the demo's fails.
    pub async fn read(&self, account: &Account, out: &Reporter) -> Ending {
        let Some(planned) = self.planned.iter().find(|p| p.account.id == account.id) else {
            return fault::not_of_the_demo(account);
        };
        let arrival = self.arrival(planned);
        for (wait, told) in arrival.told {
            pause(wait).await;
            match told {
                Told::Entered(stage) => out.entered(stage).await,
                Told::Listed(distributions) => out.listed(distributions).await,
            }
        }
        pause(arrival.last_wait).await;
        arrival.ending
    }

    /// Reads one distribution again, which is as it was: the demo's fleet never changes.
    pub async fn reread(&self, account: &Account, id: &DistributionId) -> Reread {
        pause(std::time::Duration::from_millis(self.settings.latency_ms)).await;
        let Some(planned) = self.planned.iter().find(|p| p.account.id == account.id) else {
            let ending = fault::not_of_the_demo(account);
            return ending.fault.map_or(Reread::Gone, Reread::Failed);
        };
        let told = self.arrival(planned).told.into_iter();
        let listed = told.filter_map(|(_, told)| match told {
            Told::Listed(distributions) => Some(distributions),
            Told::Entered(_) => None,
        });
        match listed.flatten().find(|distribution| distribution.id == *id) {
            Some(found) => Reread::Found { distribution: Box::new(found), fault: None },
            None => Reread::Gone,
        }
    }

    fn arrival(&self, planned: &Planned) -> Arrival {
        let mut sketches = planned.shown.clone();
        sketches.extend(filler::sketches(planned, self.settings.seed));
        arrival::plan(planned, self.settings.seed, self.settings.latency_ms, &sketches)
    }
}

/// Without a wait there is no timer, so that a demo without latency runs at full speed.
async fn pause(wait: std::time::Duration) {
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
}
