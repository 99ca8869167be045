//! What the explorer remembers of TLS pre-flights.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::finding::Finding;
use crate::domain::ids::{DistributionId, OriginId};
use crate::domain::preflight::{Preflight, Target, target};
use crate::inventory::report::AccountIx;

/// Which origin it is, whatever row it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OriginOf {
    /// The account, by its place in the fleet.
    pub account: AccountIx,
    /// The distribution.
    pub distribution: DistributionId,
    /// The origin.
    pub origin: OriginId,
}

/// Waits for a yes or a no: nothing was connected to in this session yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The origin that it is about.
    pub origin: OriginOf,
    /// What a yes connects to.
    pub target: Target,
}

/// An answer and when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer.
    pub preflight: Preflight,
    /// When it came.
    pub at: Timestamp,
}

/// How the pre-flight of an origin stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// There is none for such an origin.
    Impossible,
    /// None was made for it as it is described now.
    NotMade(Target),
    /// One is under way.
    UnderWay(Target),
    /// One was made.
    Made(&'a Answer),
}

/// All pre-flights of a session.
#[derive(Clone, Debug, Default)]
pub struct Preflights {
    /// The question that waits for an answer.
    pub question: Option<Question>,
    /// A yes was given: it holds for the session.
    pub(super) agreed: bool,
    pub(super) under_way: HashSet<OriginOf>,
    pub(super) answers: HashMap<OriginOf, Answer>,
}

impl Preflights {
    /// How the one of this finding stands.
    pub fn standing(&self, account: AccountIx, finding: &Finding<'_>) -> Standing<'_> {
        let Ok(target) = target(finding.distribution, finding.origin) else {
            return Standing::Impossible;
        };
        let origin = OriginOf::new(account, finding);
        match self.answers.get(&origin) {
            _ if self.under_way.contains(&origin) => Standing::UnderWay(target),
            Some(answer) if answer.preflight.is_of(&target) => Standing::Made(answer),
            _ => Standing::NotMade(target),
        }
    }
}

impl OriginOf {
    /// The origin of a finding.
    pub fn new(account: AccountIx, finding: &Finding<'_>) -> Self {
        Self {
            account,
            distribution: finding.distribution.id.clone(),
            origin: finding.origin.id.clone(),
        }
    }
}
