//! `cf-tui check`: is the fleet file right, and what does it hold?

use std::collections::BTreeMap;

use super::args::Common;
use super::output::{print, shown};
use super::stop::Stop;
use super::{fleet, status};
use crate::config::fleet::Fleet;
use crate::domain::account::{Access, Account};
use crate::domain::text::escape;

/// Prints a summary of a valid fleet; a mistake in the file is an error with its place.
pub(super) fn check(common: &Common) -> Result<u8, Stop> {
    let whole = fleet::read(common)?;
    let selected = fleet::selected(&whole, common)?;
    print(&summary(&selected))?;
    Ok(status::FINE)
}

fn summary(fleet: &Fleet) -> String {
    let disabled = fleet.accounts.iter().filter(|account| !account.enabled).count();
    let mut out = match &fleet.path {
        Some(path) => format!("{} is valid\n", shown(path)),
        None => String::new(),
    };
    out += &format!(
        "{} accounts ({disabled} disabled), {} groups\n",
        fleet.accounts.len(),
        fleet.groups.len(),
    );
    out += &format!(
        "up to {} accounts at once, {} tries per call, {} s per call\n",
        fleet.load.max_concurrency,
        fleet.load.max_attempts,
        fleet.load.call_timeout.as_secs_f64(),
    );
    let mut ways: BTreeMap<String, usize> = BTreeMap::new();
    for account in fleet.accounts.iter().filter(|account| account.enabled) {
        *ways.entry(way_in(account)).or_default() += 1;
    }
    for (way, accounts) in ways {
        let accounts = match accounts {
            1 => "1 account ".to_owned(),
            many => format!("{many} accounts"),
        };
        out += &format!("{accounts} by {}\n", escape(&way));
    }
    out
}

/// How an account is entered, without what is its own: many accounts share a way.
fn way_in(account: &Account) -> String {
    let assume = match &account.access {
        Access::Profile(profile) => return format!("profile {profile} as it is"),
        Access::Assume(assume) => assume,
    };
    let roles: Vec<String> =
        assume.chain.iter().map(|arn| arn.replace(account.id.as_str(), "{account_id}")).collect();
    let base = match &assume.source_profile {
        Some(profile) => format!("profile {profile}"),
        None => "the default credentials".to_owned(),
    };
    let external = match assume.external_id {
        Some(_) => ", with an external id",
        None => "",
    };
    format!("{} from {base}{external}", roles.join(", then "))
}
