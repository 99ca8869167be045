//! `cf-tui scan`: the load of the explorer, for pipelines.

use jiff::Timestamp;
use unicode_width::UnicodeWidthStr;

use super::args::{Common, Format, LensName, ScanArguments};
use super::load::{Loaded, load};
use super::output::{Output, shown, tell};
use super::privacy::{ONE_RUN, Wish};
use super::progress::Progress;
use super::session::Session;
use super::source::Reading;
use super::stop::Stop;
use super::{environment, status};
use crate::app::filter::{Filter, Row, text_of};
use crate::app::scan::{self, place};
use crate::app::store::{AccountEntry, RowId, Store};
use crate::domain::finding::Finding;
use crate::domain::mask::Mask;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;
use crate::export::{self, Scan};

/// Loads, writes the results, and gives the exit status.
pub(super) fn scan(arguments: &ScanArguments, common: &Common, private: bool) -> Result<u8, Stop> {
    let reading = match arguments.demo {
        true => Reading::of_demo(arguments.size, 0, common)?,
        false => Reading::of_file(common)?,
    };
    let filter = filter(arguments.filter.as_deref().unwrap_or_default())?;
    let output = Output::open(arguments.output.as_deref())?;
    let mask = mask(&reading, arguments.demo, private);
    let clock = reading.clock();
    let mut session = Session::start()?;
    let progress = Progress::new().masked(mask.clone());
    let mut store = match load(&mut session, reading, common, progress) {
        Loaded::Ended(store) => store,
        Loaded::Interrupted(mut store) => {
            store.set_mask(mask);
            return Ok(interrupted(&store));
        }
    };

    let (lens, now) = (arguments.lens.into(), clock.now());
    // The filter is of real names: it is typed, and shown nowhere.
    let rows = rows_that_pass(&store, &filter, lens, now);
    store.set_mask(mask);
    let scan = scan_of(&store, &rows, lens, now);
    let text = match arguments.format {
        Format::Json => export::json(&scan),
        Format::Csv => export::csv(&scan),
        Format::Table => export::table(&scan, style(common, &output)),
    };
    // A table on stdout says it itself.
    if arguments.format != Format::Table || !output.is_stdout() {
        export::unseen(&scan).iter().for_each(|line| tell(line));
    }
    let status = status::of_scan(&scan.coverage, &scan.tally());
    let Some(written) = session.run_blocking(move || output.write(&text)) else {
        return Ok(status::INTERRUPTED);
    };
    written?;
    if let Some(path) = &arguments.output {
        tell(&format!("wrote {} findings to {}", scan.findings.len(), shown(path)));
    }
    Ok(status)
}

/// The mask, where one is wanted. Pseudonyms that no other run has are said to be so.
fn mask(reading: &Reading, is_demo: bool, on: bool) -> Option<Mask> {
    let privacy = Wish { on, is_demo, is_recorded: false }.privacy_if_on()?;
    if !privacy.lasting {
        tell(ONE_RUN);
    }
    Some(Mask::new(privacy.key, &reading.fleet.accounts))
}

/// Reads the filter; where it cannot be read, a caret says where.
fn filter(query: &str) -> Result<Filter, Stop> {
    Filter::parse(query).map_err(|error| {
        let shown = escape(query);
        let width = |from: usize, count: usize| {
            escape(&query.chars().skip(from).take(count).collect::<String>()).width()
        };
        let before = width(0, error.column);
        let carets = "^".repeat(width(error.column, error.length).max(1));
        let hint = error.hint.map_or(String::new(), |hint| format!("\n  hint: {hint}"));
        Stop::usage(format!(
            "--filter: {}\n  {shown}\n  {:before$}{carets}{hint}",
            error.message, ""
        ))
    })
}

/// The loaded part of the store in the order of the formats.
fn scan_of<'a>(store: &'a Store, rows: &[RowId], lens: Lens, at: Timestamp) -> Scan<'a> {
    let mut findings: Vec<Finding<'_>> =
        rows.iter().filter_map(|row| store.finding(*row)).collect();
    findings.sort_by(|a, b| place(a).cmp(&place(b)));
    scan::scan(store, findings, lens, at)
}

fn rows_that_pass(store: &Store, filter: &Filter, lens: Lens, now: Timestamp) -> Vec<RowId> {
    let passes = |row: &RowId| {
        store.finding(*row).is_some_and(|finding| passes(filter, store, *row, finding, lens, now))
    };
    store.live_rows().filter(passes).collect()
}

fn passes(
    filter: &Filter,
    store: &Store,
    row: RowId,
    finding: Finding<'_>,
    lens: Lens,
    now: Timestamp,
) -> bool {
    if filter.is_empty() {
        return true;
    }
    let account = store.accounts()[store.account_of(row)].state();
    let text = text_of(&finding);
    filter.matches(&Row { finding, text: &text, lens, now, marked: false, account })
}

fn style(common: &Common, output: &Output) -> export::Style {
    let colour = common.theme.as_deref() != Some("mono") && environment::wants_colour();
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
