//! `cf-tui scan`: the load of the explorer, for pipelines.

use super::args::{Common, Format, LensName, ScanArguments, ThemeName};
use super::load::{end_unconnected, read_all};
use super::output::{Output, shown, tell};
use super::progress::Progress;
use super::session::Session;
use super::source::Reading;
use super::stop::Stop;
use super::{environment, status};
use crate::app::store::{AccountEntry, Store};
use crate::domain::finding::Finding;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;
use crate::export::{self, AccountRow, Scan};

/// Loads, writes the results, and gives the exit status.
pub(super) fn scan(arguments: &ScanArguments, common: &Common) -> Result<u8, Stop> {
    let reading = match arguments.demo {
        true => Reading::of_demo(arguments.size, 0, common)?,
        false => Reading::of_file(common)?,
    };
    let output = Output::open(arguments.output.as_deref())?;
    let clock = reading.clock();
    let fleet = reading.fleet.clone();
    let mut store = Store::new(fleet.accounts.clone());
    let mut progress = Progress::new();
    let mut session = Session::start()?;
    let loaded = session.run(async {
        match reading.connect(common).await {
            Ok(source) => read_all(source, &fleet, &mut store, clock, &mut progress).await,
            Err(faults) => end_unconnected(&mut store, &faults, clock.now()),
        }
    });
    progress.clear();
    if loaded.is_none() {
        return Ok(interrupted(&store));
    }

    let scan = scan_of(&store, arguments.lens.into(), clock.now());
    let text = match arguments.format {
        Format::Json => export::json(&scan),
        Format::Csv => export::csv(&scan),
        Format::Table => export::table(&scan, style(common, &output)),
    };
    // A table on stdout says it itself.
    if arguments.format != Format::Table || !output.is_stdout() {
        export::unseen(&scan).iter().for_each(|line| tell(line));
    }
    if let Some(path) = &arguments.output {
        tell(&format!("{} findings go to {}", scan.findings.len(), shown(path)));
    }
    let status = status::of_scan(&scan.coverage, &scan.tally());
    match session.run_blocking(move || output.write(&text)) {
        Some(written) => written.map(|()| status),
        None => Ok(status::INTERRUPTED),
    }
}

/// The loaded part of the store in the order of the formats.
fn scan_of(store: &Store, lens: Lens, generated_at: jiff::Timestamp) -> Scan<'_> {
    let mut findings: Vec<Finding<'_>> =
        store.live_rows().filter_map(|row| store.finding(row)).collect();
    findings.sort_by(|a, b| place(a).cmp(&place(b)));
    let accounts = store.accounts().iter().map(account_row).collect();
    Scan { generated_at, lens, coverage: store.coverage(), accounts, findings }
}

fn place<'a>(finding: &Finding<'a>) -> (&'a str, &'a str, &'a str) {
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

fn style(common: &Common, output: &Output) -> export::Style {
    let colour = common.theme != Some(ThemeName::Mono) && environment::wants_colour();
    export::Style {
        width: environment::width().filter(|_| output.is_stdout()),
        colour: colour && output.is_stdout(),
        ascii: common.ascii,
    }
}

/// How many names of accounts one line holds.
const NAMED: usize = 10;

/// Says what a stopped load did not see.
fn interrupted(store: &Store) -> u8 {
    let seen = |e: &&AccountEntry| e.state() == Some(AccountState::Complete);
    let enabled: Vec<_> = store.accounts().iter().filter(|e| e.account.enabled).collect();
    let missing: Vec<&str> =
        enabled.iter().filter(|e| !seen(e)).map(|e| e.account.name.as_str()).collect();
    let mut names = escape(&missing[..missing.len().min(NAMED)].join(", ")).into_owned();
    if missing.len() > NAMED {
        names += &format!(" and {} more", missing.len() - NAMED);
    }
    let (missing, all) = (missing.len(), enabled.len());
    tell(&format!(
        "interrupted: {missing} of {all} accounts were not wholly seen ({names}); no result is written"
    ));
    status::INTERRUPTED
}

impl From<LensName> for Lens {
    fn from(name: LensName) -> Self {
        match name {
            LensName::Traffic => Self::Traffic,
            LensName::D9 => Self::D9,
        }
    }
}
