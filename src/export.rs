//! Findings as text for people and programs. Pure: text in, text out, no files.

pub mod cells;
pub mod column;
mod csv;
mod json;
pub mod raw;
pub mod role_policy;
mod table;
#[cfg(test)]
mod tests;
mod trust;
mod unseen;

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::tally::{AccountState, Coverage, Tally};
use crate::domain::verdict::Lens;

pub use csv::csv;
pub use json::{finding_json, json};
pub use table::{Style, table};
pub use trust::{TrustStatement, trust_statement};
pub use unseen::unseen;

/// What a scan found, of how much.
#[derive(Clone, Debug)]
pub struct Scan<'a> {
    /// When it was found.
    pub generated_at: Timestamp,
    /// The question that the verdicts answer.
    pub lens: Lens,
    /// How much of the selection was seen.
    pub coverage: Coverage,
    /// The selected accounts in the order of the fleet file, disabled ones too.
    pub accounts: Vec<AccountRow<'a>>,
    /// The origins that count, ordered by account, distribution and origin.
    pub findings: Vec<Finding<'a>>,
}

/// How one account of a scan stands.
#[derive(Clone, Debug)]
pub struct AccountRow<'a> {
    /// The account.
    pub account: &'a Account,
    /// How its reading ended.
    pub state: AccountState,
    /// Distributions that were seen.
    pub distributions: usize,
    /// Origins that were seen, whatever a filter left of them.
    pub origins: usize,
    /// What went wrong, if anything.
    pub fault: Option<&'a Fault>,
}

impl Scan<'_> {
    /// What the findings add up to under the scan's lens.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for finding in &self.findings {
            tally.add(finding.assessment, self.lens);
        }
        tally
    }
}
