//! The one loader for every source: all accounts at once, up to a limit, each on its own.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{Semaphore, mpsc};
use tokio::task::{Id, JoinError, JoinSet};

use super::aws::Aws;
use super::demo::Demo;
use super::report::{AccountIx, Ending, LoadId, Paired, Report, Reread, Search, Stage, Tags};
use crate::config::fleet::LoadLimits;
use crate::domain::account::Account;
use crate::domain::distribution::Distribution;
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::domain::ids::DistributionId;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;

/// Where distributions come from.
#[derive(Debug)]
pub enum Source {
    /// The real thing.
    Aws(Aws),
    /// The real thing, as far as into its accounts and no further.
    Entry(Aws),
    /// The embedded fleet.
    Demo(Demo),
}

impl Source {
    /// Reads one account, reporting what it finds as it finds it. How it ended is not reported
    /// but returned: the loader sends it, as the account's last report.
    pub async fn read(&self, account: &Account, out: &Reporter) -> Ending {
        match self {
            Self::Aws(aws) => aws.read(account, out).await,
            Self::Entry(aws) => aws.enter(account, out).await,
            Self::Demo(demo) => demo.read(account, out).await,
        }
    }

    /// Reads one distribution again.
    pub async fn reread(&self, account: &Account, id: &DistributionId) -> Reread {
        match self {
            Self::Aws(aws) | Self::Entry(aws) => aws.reread(account, id).await,
            Self::Demo(demo) => demo.reread(account, id).await,
        }
    }

    /// Reads the tags of a distribution, by its ARN. The demo has none.
    pub async fn tags(&self, account: &Account, arn: &str) -> Tags {
        match self {
            Self::Aws(aws) | Self::Entry(aws) => aws.tags(account, arn).await,
            Self::Demo(_) => Ok(Vec::new()),
        }
    }

    /// Asks primaries for the continuous deployment that they have, or for the one that has the
    /// staging distribution of this domain name. The demo has none.
    pub async fn pair(
        &self,
        account: &Account,
        primaries: &[DistributionId],
        staging: Option<&str>,
    ) -> Paired {
        match self {
            Self::Aws(aws) | Self::Entry(aws) => aws.pair(account, primaries, staging).await,
            Self::Demo(_) => Ok(Search { found: None, tried: 0 }),
        }
    }
}

/// Sends the reports of one account of one load.
#[derive(Clone, Debug)]
pub struct Reporter {
    account: AccountIx,
    load: LoadId,
    out: mpsc::Sender<(LoadId, Report)>,
    listed: Arc<AtomicBool>,
}

impl Reporter {
    /// Reports go to `out`, under the load's id and the account's position.
    pub fn new(account: AccountIx, load: LoadId, out: mpsc::Sender<(LoadId, Report)>) -> Self {
        Self { account, load, out, listed: Arc::default() }
    }

    /// For a read that is no part of a load: nobody hears its reports.
    pub(super) fn unheard() -> Self {
        Self::new(0, LoadId::default(), mpsc::channel(1).0)
    }

    /// The load that the reports belong to.
    pub fn load(&self) -> LoadId {
        self.load
    }

    /// Tells that the account entered a stage.
    pub async fn entered(&self, stage: Stage) {
        self.send(Report::Entered { account: self.account, stage }).await;
    }

    /// Hands over a page of distributions with the look-ups that their verdicts need.
    pub async fn listed(&self, distributions: Vec<Distribution>) {
        self.listed.fetch_or(!distributions.is_empty(), Ordering::Relaxed);
        self.send(Report::Listed { account: self.account, distributions }).await;
    }

    /// True once a distribution was handed over.
    fn has_listed(&self) -> bool {
        self.listed.load(Ordering::Relaxed)
    }

    /// Waits while the channel is full. A dropped receiver is no error: the loader sees it too
    /// and stops this account's task.
    async fn send(&self, report: Report) {
        let _ = self.out.send((self.load, report)).await;
    }
}

/// Reads the accounts of `which` that are enabled, `limits.max_concurrency` at a time. Each gets
/// exactly one [`Report::Ended`], its last report, also if its task panics. Positions that are
/// not in `accounts` and repeated ones are left out.
///
/// Dropping the future aborts every task at once; so does dropping the receiver, quietly.
pub async fn load(
    source: Arc<Source>,
    accounts: Arc<[Account]>,
    which: Vec<AccountIx>,
    limits: LoadLimits,
    id: LoadId,
    out: mpsc::Sender<(LoadId, Report)>,
) {
    let closed = out.clone();
    tokio::select! {
        () = closed.closed() => {}
        () = read_all(source, accounts, which, limits, id, out) => {}
    }
}

async fn read_all(
    source: Arc<Source>,
    accounts: Arc<[Account]>,
    which: Vec<AccountIx>,
    limits: LoadLimits,
    id: LoadId,
    out: mpsc::Sender<(LoadId, Report)>,
) {
    let places = Arc::new(Semaphore::new(limits.max_concurrency.max(1)));
    let mut tasks = JoinSet::new();
    let mut running: HashMap<Id, Reporter> = HashMap::new();
    let enabled = |ix: &AccountIx| accounts.get(*ix).is_some_and(|account| account.enabled);
    let wanted: BTreeSet<AccountIx> = which.iter().copied().filter(enabled).collect();
    let mut seen = BTreeSet::new();
    for account in which.into_iter().filter(|ix| wanted.contains(ix)) {
        if !seen.insert(account) {
            continue;
        }
        let reporter = Reporter::new(account, id, out.clone());
        let (source, accounts, places) = (source.clone(), accounts.clone(), places.clone());
        let kept = reporter.clone();
        let task = tasks.spawn(async move {
            let _place = match places.clone().try_acquire_owned() {
                Ok(place) => place,
                Err(_) => {
                    reporter.entered(Stage::Queued).await;
                    places.acquire_owned().await.expect("the semaphore is never closed")
                }
            };
            source.read(&accounts[account], &reporter).await
        });
        running.insert(task.id(), kept);
    }
    while let Some(joined) = tasks.join_next_with_id().await {
        let (account, ending) = match joined {
            Ok((task, ending)) => (running[&task].account, ending),
            Err(error) => {
                let reporter = &running[&error.id()];
                (reporter.account, crashed(error, reporter.has_listed()))
            }
        };
        if out.send((id, Report::Ended { account, ending })).await.is_err() {
            return;
        }
    }
}

/// How an account ends whose task panicked. Rows that came before it stay, and nobody can tell
/// whether they are all.
fn crashed(error: JoinError, has_listed: bool) -> Ending {
    let message = match error.try_into_panic() {
        Ok(panic) => panic_text(panic.as_ref()),
        Err(error) => error.to_string(),
    };
    Ending {
        state: if has_listed { AccountState::Partial } else { AccountState::Failed },
        fault: Some(Fault {
            step: Step::ListDistributions,
            kind: FaultKind::Crashed,
            message: format!("cf-tui itself failed on this account: {}", escape(&message)),
            hint: "this is a bug in cf-tui: please report it with this message; the other accounts are not affected".to_owned(),
            request_id: None,
        }),
        caller: None,
        calls: 0,
        tries: 0,
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "a panic without a message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_told_and_harmless() {
        let mut tasks = JoinSet::new();
        tasks.spawn(async { panic!("at \u{1b}[31m{}", 7) });
        let error = tasks.join_next().await.unwrap().unwrap_err();
        let ending = crashed(error, false);
        let fault = ending.fault.unwrap();
        assert_eq!((ending.state, fault.kind), (AccountState::Failed, FaultKind::Crashed));
        assert!(fault.message.contains("at \\x1b[31m7"), "{}", fault.message);

        tasks.spawn(async { panic!("again") });
        let error = tasks.join_next().await.unwrap().unwrap_err();
        assert_eq!(crashed(error, true).state, AccountState::Partial);
    }
}
