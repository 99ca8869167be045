//! The tags of distributions, read only when somebody looks: who owns a distribution decides in
//! which form its fix should be applied.

use std::collections::HashMap;

use jiff::Timestamp;

use super::copied::Place;
use crate::inventory::report::{AccountIx, Tag, Tags};

/// The tag that CloudFormation puts on what it makes.
const STACK: &str = "aws:cloudformation:stack-name";

/// What is known of tags.
#[derive(Clone, Debug, Default)]
pub struct KnownTags {
    known: HashMap<Place, Tags>,
    /// The one whose answer is waited for.
    pub(super) asked: Option<Place>,
    /// The one that the person stays at, and when it will be asked for.
    pub(super) resting: Option<(Place, Timestamp)>,
}

impl KnownTags {
    /// The tags of a distribution, or why they are not known; `None` if nobody looked yet.
    pub fn of(&self, place: &Place) -> Option<&Tags> {
        self.known.get(place)
    }

    /// True while the tags of the distribution are being read.
    pub fn is_asked(&self, place: &Place) -> bool {
        self.asked.as_ref() == Some(place)
    }

    pub(super) fn keep(&mut self, place: Place, tags: Tags) {
        self.known.insert(place, tags);
    }

    /// An account that is read again may have other tags, and other permissions.
    pub(super) fn forget(&mut self, accounts: &[AccountIx]) {
        self.known.retain(|(account, _), _| !accounts.contains(account));
    }
}

/// The CloudFormation stack that owns a distribution with these tags, raw.
pub fn stack(tags: &[Tag]) -> Option<&str> {
    tags.iter().find(|tag| tag.key == STACK).map(|tag| tag.value.as_str())
}
