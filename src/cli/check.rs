//! `cf-tui check`: is the fleet file right, and what does it hold?

use std::collections::BTreeMap;

use super::args::{CheckArguments, Common};
use super::load::{Loaded, load};
use super::output::{print, shown};
use super::progress::Progress;
use super::session::Session;
use super::source::Reading;
use super::status;
use super::stop::Stop;
use crate::app::store::AccountEntry;
use crate::config::fleet::Fleet;
use crate::config::notes::notes;
use crate::domain::account::{Access, Account};
use crate::domain::text::escape;

/// Prints a summary of a valid fleet; a mistake in the file is an error with its place.
pub(super) fn check(arguments: &CheckArguments, common: &Common) -> Result<u8, Stop> {
    let reading = Reading::of_file(common)?;
    print(&summary(&reading.fleet))?;
    match arguments.sts {
        true => sts(reading, common),
        false => Ok(status::FINE),
    }
}

/// Assumes every role and says who that is, account by account.
fn sts(reading: Reading, common: &Common) -> Result<u8, Stop> {
    let mut session = Session::start()?;
    let reading = reading.entry_only();
    let store = match load(&mut session, reading, common, Progress::on_terminal()) {
        Loaded::Ended(store) => store,
        Loaded::Interrupted(_) => return Ok(status::INTERRUPTED),
    };
    store.accounts().iter().try_for_each(|entry| print(&how_it_went(entry)))?;
    match store.coverage().is_whole() {
        true => Ok(status::FINE),
        false => Ok(status::NOT_SEEN),
    }
}

/// One line for an account, and one more for what to do about it.
fn how_it_went(entry: &AccountEntry) -> String {
    let account = format!("{} ({})", escape(&entry.account.name), entry.account.id);
    let caller = entry.ending.as_ref().and_then(|ending| ending.caller.as_deref());
    match (entry.fault(), caller) {
        (Some(fault), _) => {
            format!(
                "failed   {account}: {}\n         {}\n",
                escape(&fault.message),
                escape(&fault.hint)
            )
        }
        (None, Some(caller)) => format!("entered  {account} as {}\n", escape(caller)),
        (None, None) => format!("skipped  {account}: disabled in the fleet file\n"),
    }
}

fn summary(fleet: &Fleet) -> String {
    let disabled = fleet.accounts.iter().filter(|account| !account.enabled).count();
    let mut out = match &fleet.path {
        Some(path) => format!("{} is valid\n", shown(path)),
        None => String::new(),
    };
    out += &format!(
        "{} ({disabled} disabled), {}\n",
        counted(fleet.accounts.len(), "account"),
        counted(fleet.groups.len(), "group"),
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
    for note in notes(fleet) {
        out += &format!("note: {note}\n");
    }
    for (way, accounts) in ways {
        out += &format!("{} by {}\n", counted(accounts, "account"), escape(&way));
    }
    out
}

fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

/// How an account is entered, without what is its own: many accounts share a way.
fn way_in(account: &Account) -> String {
    let assume = match &account.access {
        Access::Profile(profile) => {
            return format!(
                "profile {profile} as it is: nothing is assumed, so no session policy holds"
            );
        }
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
