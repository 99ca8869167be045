//! What a source tells while it reads a fleet.

use serde::{Deserialize, Serialize};

use crate::domain::distribution::Distribution;
use crate::domain::fault::Fault;
use crate::domain::ids::DistributionId;
use crate::domain::tally::AccountState;

/// Names one load, so that late reports of an older one can be told apart.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct LoadId(pub u64);

/// The position of an account in the fleet file.
pub type AccountIx = usize;

/// What is being done for an account right now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Waiting for one of `max_concurrency` places.
    Queued,
    /// Assuming its role, or finding its profile's identity.
    Assuming,
    /// Reading a page of distributions; the first is 1.
    Listing {
        /// The page under way.
        page: u32,
    },
    /// Reading what a verdict needs beyond the listing.
    LookingUp,
    /// Told to slow down; waiting before the next try.
    Throttled {
        /// Milliseconds until the next try.
        retry_in_ms: u64,
        /// The try that was refused; the first is 1.
        attempt: u32,
        /// How many tries there will be at most.
        of: u32,
    },
}

/// One message of a load. A page is one message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// An account entered a stage.
    Entered {
        /// Which account.
        account: AccountIx,
        /// Which stage.
        stage: Stage,
    },
    /// A page of distributions with all the look-ups that their verdicts need.
    Listed {
        /// Which account.
        account: AccountIx,
        /// The page, in AWS's order.
        distributions: Vec<Distribution>,
    },
    /// An account is done, one way or the other. Always the last of its account.
    Ended {
        /// Which account.
        account: AccountIx,
        /// How it ended.
        ending: Ending,
    },
}

impl Report {
    /// The account that it is of.
    pub fn account(&self) -> AccountIx {
        match self {
            Self::Entered { account, .. }
            | Self::Listed { account, .. }
            | Self::Ended { account, .. } => *account,
        }
    }
}

/// How an account's reading ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Complete, partial or failed; never skipped.
    pub state: AccountState,
    /// The first thing that went wrong.
    pub fault: Option<Fault>,
    /// The ARN that AWS says the calls were made as; verified against the account.
    pub caller: Option<String>,
    /// Calls made, each try counted.
    pub calls: u32,
    /// The greatest number of tries that one call took.
    pub tries: u32,
}

/// What came of reading one distribution again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reread {
    /// It is there.
    Found {
        /// As it is now, with all the look-ups that its verdicts need.
        distribution: Box<Distribution>,
        /// The first look-up that failed; verdicts that depend on it are unknown.
        fault: Option<Fault>,
    },
    /// AWS says that there is no such distribution.
    Gone,
    /// It could not be read; nothing is known anew.
    Failed(Fault),
}

/// One tag of a distribution, as AWS gave it: hostile until escaped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value; empty where it has none.
    pub value: String,
}

/// The tags of a distribution, or why they are not known, harmless text.
pub type Tags = Result<Vec<Tag>, String>;

/// A continuous deployment: requests of a primary distribution that staging ones answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deployment {
    /// The primary, whose configuration names the policy.
    pub primary: DistributionId,
    /// `StagingDistributionDnsNames`, such as `d111abcdef8.cloudfront.net`: hostile until escaped.
    pub staging: Vec<String>,
    /// False: no request goes to the staging distribution now.
    pub enabled: bool,
    /// The part of the primary's requests, from 0 to 1; `None` where no weight is told,
    /// as where a header decides.
    pub weight: Option<f32>,
}

impl Deployment {
    /// True if the distribution of this domain name is one of its staging distributions.
    pub fn names(&self, domain: &str) -> bool {
        self.staging.iter().any(|name| name.eq_ignore_ascii_case(domain))
    }
}

/// What came of looking for a continuous deployment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Search {
    /// The one that was looked for.
    pub found: Option<Deployment>,
    /// How many primaries were asked.
    pub tried: usize,
}

/// The outcome of a search, or why it is not known, harmless text.
pub type Paired = Result<Search, String>;
