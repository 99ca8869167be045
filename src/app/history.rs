//! Where the person was, so that one can go back and forward as in a browser.

use std::collections::VecDeque;

use super::model::View;
use super::store::{DistributionIx, RowId};
use crate::inventory::report::AccountIx;

/// Older spots than this many are forgotten.
const MOST: usize = 100;

/// All that makes up where a person is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub(super) view: View,
    pub(super) filter: String,
    pub(super) problems: bool,
    pub(super) selected: Option<RowId>,
    pub(super) distribution: Option<DistributionIx>,
    pub(super) account: Option<AccountIx>,
    pub(super) opened: bool,
}

impl Spot {
    /// True if other things are shown there: only from such a one does a person want to go back.
    /// Moving the cursor leads nowhere else.
    fn is_elsewhere(&self, other: &Self) -> bool {
        (self.view, &self.filter) != (other.view, &other.filter)
    }
}

/// The spots behind and ahead.
#[derive(Clone, Debug, Default)]
pub struct History {
    back: VecDeque<Spot>,
    forward: Vec<Spot>,
    /// Where the filter began to be typed: what stands in it meanwhile is no spot.
    pending: Option<Spot>,
    /// The last key went back or forward, which is noted already.
    pub(super) travelled: bool,
}

impl History {
    /// A key led from one spot to another; `typing` while a filter is being typed.
    pub(super) fn note(&mut self, before: Spot, now: &Spot, typing: bool) {
        if typing {
            self.pending.get_or_insert(before);
            return;
        }
        let from = self.pending.take().unwrap_or(before);
        if from.is_elsewhere(now) {
            self.forward.clear();
            self.push(from);
        }
    }

    /// The spot before this one, which becomes the next one.
    pub(super) fn go_back(&mut self, now: Spot) -> Option<Spot> {
        let spot = self.back.pop_back()?;
        self.forward.push(now);
        Some(spot)
    }

    /// The spot that was gone back from.
    pub(super) fn go_forward(&mut self, now: Spot) -> Option<Spot> {
        let spot = self.forward.pop()?;
        self.push(now);
        Some(spot)
    }

    fn push(&mut self, spot: Spot) {
        if self.back.len() == MOST {
            self.back.pop_front();
        }
        self.back.push_back(spot);
    }
}
