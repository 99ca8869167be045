//! What comes while arrivals are held back.

use std::collections::VecDeque;

use super::event::{Event, Timed};
use crate::inventory::report::{AccountIx, Report};

/// Arrivals that wait, in the order in which they came: at most what the loads bring.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    arrivals: VecDeque<Timed>,
    rows: usize,
    /// The pause is over, and they are taken in bit by bit.
    pub(super) draining: bool,
}

impl Waiting {
    /// Origins among them.
    pub fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn push(&mut self, timed: Timed) {
        self.rows += rows_of(&timed.event);
        self.arrivals.push_back(timed);
    }

    /// The first ones, until they hold so many rows.
    pub(super) fn first(&mut self, rows: usize) -> Vec<Timed> {
        let (mut taken, mut count) = (Vec::new(), 0);
        while count < rows
            && let Some(timed) = self.arrivals.pop_front()
        {
            count += rows_of(&timed.event);
            taken.push(timed);
        }
        self.rows -= count;
        taken
    }

    pub(super) fn is_empty(&self) -> bool {
        self.arrivals.is_empty()
    }

    /// True if something of this account waits.
    pub(super) fn holds(&self, account: AccountIx) -> bool {
        self.arrivals.iter().any(|timed| match &timed.event {
            Event::Reported(_, reports) => reports.iter().any(|r| r.account() == account),
            _ => false,
        })
    }
}

fn rows_of(event: &Event) -> usize {
    let Event::Reported(_, reports) = event else { return 0 };
    let listed = reports.iter().map(|report| match report {
        Report::Listed { distributions, .. } => distributions.iter().map(|d| d.origins.len()).sum(),
        Report::Entered { .. } | Report::Ended { .. } => 0,
    });
    listed.sum()
}
