//! Reads on demand: each a task of its own, whose outcome comes back as an event, also if the
//! task panics.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use tokio::task::{Id, JoinError, JoinSet};

use super::loads::panic_message;
use crate::app::event::Event;
use crate::domain::account::Account;
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::domain::ids::DistributionId;
use crate::inventory::load::Source;
use crate::inventory::report::{AccountIx, Reread};

/// What is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One distribution again.
    Distribution {
        /// Its account.
        account: AccountIx,
        /// Its id.
        distribution: DistributionId,
    },
    /// The tags of one distribution.
    Tags {
        /// Its account.
        account: AccountIx,
        /// Its id.
        distribution: DistributionId,
        /// Its ARN.
        arn: String,
    },
    /// The other one of a staging distribution and its primary.
    Pair {
        /// The account.
        account: AccountIx,
        /// The one that is looked at.
        distribution: DistributionId,
        /// The primaries to ask.
        primaries: Vec<DistributionId>,
        /// The domain name of the staging distribution, where that is the one looked at.
        staging: Option<String>,
    },
}

/// Reads what is asked, and says what came of it.
pub type Reader = Box<dyn Fn(Asked) -> BoxFuture<'static, Event> + Send>;

/// Reads from a source of these accounts.
pub async fn read(source: &Source, accounts: &[Account], asked: Asked) -> Event {
    match asked {
        Asked::Distribution { account, distribution } => {
            let outcome = source.reread(&accounts[account], &distribution).await;
            Event::Verified { account, distribution, outcome }
        }
        Asked::Tags { account, distribution, arn } => {
            let tags = source.tags(&accounts[account], &arn).await;
            Event::TagsRead { account, distribution, tags }
        }
        Asked::Pair { account, distribution, primaries, staging } => {
            let paired = source.pair(&accounts[account], &primaries, staging.as_deref()).await;
            Event::PairSought { account, distribution, paired }
        }
    }
}

/// The reads under way.
pub(super) struct Reads {
    reader: Reader,
    tasks: JoinSet<Event>,
    asked: HashMap<Id, Asked>,
}

impl Reads {
    /// None under way yet.
    pub(super) fn new(reader: Reader) -> Self {
        Self { reader, tasks: JoinSet::new(), asked: HashMap::new() }
    }

    /// Starts one. Needs a tokio runtime around it.
    pub(super) fn start(&mut self, asked: Asked) {
        let task = self.tasks.spawn((self.reader)(asked.clone()));
        self.asked.insert(task.id(), asked);
    }

    /// What came next; `None` while nothing is under way.
    pub(super) async fn next(&mut self) -> Option<Event> {
        match self.tasks.join_next_with_id().await? {
            Ok((task, event)) => {
                self.asked.remove(&task);
                Some(event)
            }
            Err(error) => {
                let asked = self.asked.remove(&error.id())?;
                Some(broken(asked, error))
            }
        }
    }
}

/// Who waits for an answer gets one.
fn broken(asked: Asked, error: JoinError) -> Event {
    let said = panic_message(error).unwrap_or_else(|| "it was stopped".to_owned());
    let said = crate::domain::text::escape(&said).into_owned();
    let message = format!("cf-tui itself failed on it: {said}");
    let hint = "this is a bug in cf-tui: please report it with this message";
    match asked {
        Asked::Distribution { account, distribution } => {
            let outcome = Reread::Failed(Fault {
                step: Step::GetDistribution,
                kind: FaultKind::Crashed,
                message,
                hint: hint.to_owned(),
                request_id: None,
            });
            Event::Verified { account, distribution, outcome }
        }
        Asked::Tags { account, distribution, .. } => {
            Event::TagsRead { account, distribution, tags: Err(format!("{message}; {hint}")) }
        }
        Asked::Pair { account, distribution, .. } => {
            Event::PairSought { account, distribution, paired: Err(format!("{message}; {hint}")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        Asked::Distribution { account: 3, distribution: DistributionId::new("E1") }
    }

    #[tokio::test]
    async fn a_read_that_panics_is_answered() {
        let mut reads = Reads::new(Box::new(|_| Box::pin(async { panic!("a bad {}", "answer") })));
        reads.start(asked());
        let Some(Event::Verified { account: 3, outcome: Reread::Failed(fault), .. }) =
            reads.next().await
        else {
            panic!("another event");
        };
        assert_eq!(fault.kind, FaultKind::Crashed);
        assert!(fault.message.contains("a bad answer"), "{}", fault.message);
        assert!(reads.next().await.is_none() && reads.asked.is_empty());
    }

    #[tokio::test]
    async fn the_outcome_is_the_readers() {
        let mut reads = Reads::new(Box::new(|asked| {
            Box::pin(async move { Event::Failed(format!("{asked:?}")) })
        }));
        reads.start(asked());
        assert_eq!(reads.next().await, Some(Event::Failed(format!("{:?}", asked()))));
        assert_eq!(reads.next().await, None);
    }
}
