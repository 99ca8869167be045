//! `cf-tui fix`: the text that the explorer copies, for scripts.

use super::args::{Common, FixArguments, Form};
use super::load::{Loaded, load};
use super::output::print;
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
    let mut session = Session::start()?;
    let store = match load(&mut session, reading, &common, Progress::on_terminal()) {
        Loaded::Ended(store) => store,
        Loaded::Interrupted(_) => return Ok(status::INTERRUPTED),
    };
    let text = text(&store, arguments)?;
    match session.run_blocking(move || print(&text)) {
        Some(printed) => printed.map(|()| status::FINE),
        None => Ok(status::INTERRUPTED),
    }
}

/// What the copy keys copy for the origin, or why there is nothing.
fn text(store: &Store, arguments: &FixArguments) -> Result<String, Stop> {
    let entry = &store.accounts()[0];
    let findings = store.findings_of(0);
    let (distribution, origin) = (&arguments.distribution_id, &arguments.origin_id);
    let finding = findings.iter().find(|finding| {
        finding.distribution.id.as_str() == distribution && finding.origin.id.as_str() == origin
    });
    let Some(finding) = finding else { return Err(missing(entry, &findings, arguments)) };
    let form = match arguments.form {
        Form::Cli => fix::Form::Cli,
        Form::Terraform => fix::Form::Terraform,
        Form::CloudFormation => fix::Form::CloudFormation,
        Form::Console => fix::Form::Console,
        Form::Ticket => fix::Form::Ticket,
    };
    fix::text(finding, form)
        .map_err(|why| Stop { status: status::NO_FIX, message: why.reason().to_owned() })
}

/// Why the origin is not among the findings: not there, or not seen.
fn missing(entry: &AccountEntry, findings: &[Finding<'_>], arguments: &FixArguments) -> Stop {
    let account = escape(&entry.account.name);
    if entry.state() != Some(AccountState::Complete) {
        let why = entry.fault().map(|fault| format!(": {}; {}", fault.message, fault.hint));
        let why = why.unwrap_or_default();
        let message = escape(&format!("account {account} was not wholly read{why}")).into_owned();
        return Stop { status: status::NOT_SEEN, message };
    }
    let distribution = &arguments.distribution_id;
    let origins: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.distribution.id.as_str() == distribution)
        .map(|finding| finding.origin.id.as_str())
        .collect();
    let message = match origins.is_empty() {
        true => format!("account {account} has no distribution {distribution}"),
        false => format!(
            "distribution {distribution} has no origin {}; it has {}",
            arguments.origin_id,
            origins.join(", ")
        ),
    };
    Stop { status: status::NO_FIX, message: escape(&message).into_owned() }
}
