//! Staging distributions and their primaries, looked for only when somebody looks: a fix of one
//! of the two is half a fix.

use std::collections::HashMap;

use super::copied::Place;
use crate::inventory::report::{AccountIx, Paired};

/// What is known of pairs.
#[derive(Clone, Debug, Default)]
pub struct KnownPairs {
    known: HashMap<Place, Paired>,
    /// The one whose answer is waited for.
    pub(super) asked: Option<Place>,
}

impl KnownPairs {
    /// The pair that a distribution is one of, or why it is not known; `None` if nobody looked
    /// yet, or no other one could belong to it.
    pub fn of(&self, place: &Place) -> Option<&Paired> {
        self.known.get(place)
    }

    /// True while the other one of this distribution is being looked for.
    pub fn is_asked(&self, place: &Place) -> bool {
        self.asked.as_ref() == Some(place)
    }

    pub(super) fn keep(&mut self, place: Place, paired: Paired) {
        if self.is_asked(&place) {
            self.asked = None;
        }
        self.known.insert(place, paired);
    }

    /// A distribution that is read again may belong to another one by now.
    pub(super) fn forget_one(&mut self, place: &Place) {
        self.known.remove(place);
    }

    /// An account that is read again may have other pairs, and other permissions.
    pub(super) fn forget(&mut self, accounts: &[AccountIx]) {
        self.known.retain(|(account, _), _| !accounts.contains(account));
    }
}
