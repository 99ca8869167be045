//! The accounts that the numbers do not hold, told wherever the numbers are.

use super::Scan;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;

/// One line for each account that was not wholly seen: how it stands, at which step, what
/// happened and what to do. Harmless text.
pub fn unseen(scan: &Scan<'_>) -> Vec<String> {
    let missing = scan.accounts.iter().filter_map(|row| {
        let word = match row.state {
            AccountState::Complete | AccountState::Skipped => return None,
            AccountState::Partial => "partial",
            AccountState::Failed => "failed",
        };
        let why = match row.fault {
            Some(fault) => {
                format!("{}: {} {}", fault.step.label(), sentence(&fault.message), fault.hint)
            }
            None => "no cause was told".to_owned(),
        };
        let line = format!("{word} {} ({}) {why}", row.account.name, row.account.id);
        Some(escape(line.trim_end()).into_owned())
    });
    missing.collect()
}

fn sentence(text: &str) -> String {
    match text.ends_with(['.', '!', '?']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}
