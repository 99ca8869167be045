//! What is allowed in a fleet file and may still surprise: told by `cf-tui check`, never a reason
//! to stop.

use super::defaults::DURATION_SECONDS;
use super::fleet::Fleet;
use crate::domain::account::Access;
use crate::domain::text::escape;

/// Notes on a valid fleet, harmless text, in the order of the file.
pub fn notes(fleet: &Fleet) -> Vec<String> {
    fleet
        .accounts
        .iter()
        .filter_map(|account| match &account.access {
            Access::Assume(role) if role.duration_seconds > DURATION_SECONDS => Some(format!(
                "{}: {} asks for {} seconds; AWS grants at most 3600 where the base credentials \
                 are themselves a role (SSO, an instance's role)",
                account.place,
                escape(&account.name),
                role.duration_seconds
            )),
            _ => None,
        })
        .collect()
}
