//! `cf-tui fix`: the text that the explorer copies, for scripts.

use super::args::{Common, FixArguments, Form};
use super::load::read_all;
use super::output::{print, tell};
use super::progress::Progress;
use super::session::Session;
use super::source::Reading;
use super::status;
use super::stop::Stop;
use crate::app::store::{AccountEntry, Store};
use crate::domain::finding::Finding;
use crate::domain::fix;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;

/// Reads the one account and prints the fix of the one origin, and nothing else.
pub(super) fn fix(arguments: &FixArguments, common: &Common) -> Result<u8, Stop> {
    // The positional argument is the selection: other accounts are not read.
    let common = Common { accounts: Vec::new(), groups: Vec::new(), ..common.clone() };
    let mut reading = match arguments.demo {
        true => Reading::of_demo(arguments.size, 0, &common)?,
        false => Reading::of_file(&common)?,
    };
    reading.narrow_to(&arguments.account_id)?;
    let clock = reading.clock();
    let fleet = reading.fleet.clone();
    let mut store = Store::new(fleet.accounts.clone());
    let mut session = Session::start()?;
    let loaded = session.run(async {
        let source = reading.connect(&common).await?;
        read_all(source, &fleet, &mut store, clock, &mut Progress::silent()).await;
        Ok(())
    });
    match loaded {
        None => return Ok(status::INTERRUPTED),
        Some(result) => result?,
    }
    let text = text(&store, arguments)?;
    match session.run_blocking(move || print(&text)) {
        Some(printed) => printed.map(|()| status::FINE),
        None => Ok(status::INTERRUPTED),
    }
}
