//! Fixes that were copied in this session, until they are seen to work, and the rounds in which
//! they are looked at.

use std::collections::{HashSet, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::store::RowId;
use crate::domain::ids::{DistributionId, OriginId};
use crate::domain::verdict::{Lens, Verdict};
use crate::inventory::report::AccountIx;

/// A distribution of an account.
pub type Place = (AccountIx, DistributionId);

/// The wait after the first round; it doubles with each, up to [`LONGEST`]. Deploying takes
/// minutes.
const FIRST: SignedDuration = SignedDuration::from_secs(20);
const LONGEST: SignedDuration = SignedDuration::from_secs(300);

/// A fix that was copied.
#[derive(Clone, Debug, PartialEq)]
pub struct CopiedFix {
    /// The distribution that it changes.
    pub place: Place,
    /// The origin that it is for.
    pub origin: OriginId,
    /// When it was copied.
    pub at: Timestamp,
    /// The lens that was on.
    pub lens: Lens,
    /// The verdict then.
    pub before: Verdict,
}

/// A distribution that is being read again.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Which one.
    pub place: Place,
    /// The row that it is about.
    pub row: RowId,
    /// When it was asked for.
    pub since: Timestamp,
}

/// The copied fixes of the session.
#[derive(Clone, Debug, Default)]
pub struct CopiedFixes {
    /// Those not seen to work yet, the oldest first; an origin has one at most.
    pub fixes: Vec<CopiedFix>,
    /// The rounds, while they go on.
    pub rounds: Option<Rounds>,
}

impl CopiedFixes {
    /// Remembers fixes; each takes the place of an earlier one for the same origin.
    pub fn remember(&mut self, fixes: Vec<CopiedFix>) {
        let later: HashSet<(&Place, &OriginId)> =
            fixes.iter().map(|fix| (&fix.place, &fix.origin)).collect();
        self.fixes.retain(|fix| !later.contains(&(&fix.place, &fix.origin)));
        self.fixes.extend(fixes);
    }

    /// The fix that was copied for an origin.
    pub fn of(&self, place: &Place, origin: &OriginId) -> Option<&CopiedFix> {
        self.fixes.iter().find(|fix| fix.place == *place && fix.origin == *origin)
    }

    /// The distributions that they change, each once.
    pub fn places(&self) -> Vec<Place> {
        let mut seen = HashSet::new();
        let places = self.fixes.iter().map(|fix| &fix.place);
        places.filter(|place| seen.insert(*place)).cloned().collect()
    }
}

/// Rounds over the distributions, one after the other, with growing waits between them.
#[derive(Clone, Debug)]
pub struct Rounds {
    /// Still to be read in this round.
    pub left: VecDeque<Place>,
    /// The one whose answer is waited for.
    pub current: Option<Place>,
    /// When the next round begins; `None` while one is under way.
    pub next: Option<Timestamp>,
    wait: SignedDuration,
}

impl Rounds {
    /// A first round over these.
    pub fn over(places: Vec<Place>) -> Self {
        Self { left: places.into(), current: None, next: None, wait: FIRST }
    }

    /// Ends a round: the next one begins after a wait that grows.
    pub fn rest(&mut self, now: Timestamp) {
        self.next = Some(now + self.wait);
        self.wait = (self.wait * 2).min(LONGEST);
    }

    /// Begins the next round.
    pub fn begin(&mut self, places: Vec<Place>) {
        (self.left, self.next) = (places.into(), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_five_minutes() {
        let mut rounds = Rounds::over(Vec::new());
        let waits = [20, 40, 80, 160, 300, 300];
        for wait in waits {
            rounds.rest(Timestamp::UNIX_EPOCH);
            assert_eq!(rounds.next.map(Timestamp::as_second), Some(wait));
            rounds.begin(Vec::new());
            assert_eq!(rounds.next, None);
        }
    }
}
