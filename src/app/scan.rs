//! What the store holds, as the formats of `scan` take it.

use jiff::Timestamp;

use super::store::{AccountEntry, Store};
use crate::domain::finding::Finding;
use crate::domain::tally::AccountState;
use crate::domain::verdict::Lens;
use crate::export::{AccountRow, Scan};

/// These findings of a store, with how its accounts stand.
pub fn scan<'a>(
    store: &'a Store,
    findings: Vec<Finding<'a>>,
    lens: Lens,
    at: Timestamp,
) -> Scan<'a> {
    let accounts = store.accounts().iter().map(account_row).collect();
    Scan { generated_at: at, lens, coverage: store.coverage(), accounts, findings }
}

/// The order of the formats: by account, distribution and origin.
pub fn place<'a>(finding: &Finding<'a>) -> (&'a str, &'a str, &'a str) {
    let Finding { account, distribution, origin, .. } = finding;
    (account.id.as_str(), distribution.id.as_str(), origin.id.as_str())
}

fn account_row(entry: &AccountEntry) -> AccountRow<'_> {
    AccountRow {
        account: &entry.account,
        // An account that never ended was not read.
        state: entry.state().unwrap_or(AccountState::Failed),
        distributions: entry.distributions,
        origins: entry.origins,
        fault: entry.fault(),
    }
}
