//! The accounts that the numbers do not hold, told wherever the numbers are.

use super::Scan;
use crate::domain::fault::Fault;
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
        let why = row.fault.map_or_else(|| "no cause was told".to_owned(), cause);
        let line = format!("{word} {} ({}): {why}", row.account.name, row.account.id);
        Some(escape(line.trim_end()).into_owned())
    });
    missing.collect()
}

/// The step, unless the message begins with it, the message and the next step.
fn cause(fault: &Fault) -> String {
    let step = fault.step.label();
    let message = match fault.message.starts_with(step) {
        true => fault.message.clone(),
        false => format!("{step}: {}", fault.message),
    };
    match fault.hint.as_str() {
        "" => message,
        hint => format!("{message}; {hint}"),
    }
}
