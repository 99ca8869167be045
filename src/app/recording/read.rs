//! A recording or a script, read whole before anything is shown, so that every mistake is told
//! with its line.

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Happened, Header, VERSION};
use crate::app::event::Event;
use crate::app::player::Step;
use crate::app::script;
use crate::inventory::report::{AccountIx, Report};

/// The longest wait that is played: what is longer was a person who thought.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_secs(2);

/// What `--replay` can play.
#[derive(Debug)]
pub enum Tape {
    /// A recorded session.
    Recording(Box<Header>, Vec<Step>),
    /// Keys and waits, written by hand.
    Script(Vec<Step>),
}

/// Why a file cannot be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there; it may quote the file.
    pub what: String,
}

/// Reads a recording or a script.
///
/// # Errors
/// The first line that is not what it should be.
pub fn read(bytes: &[u8]) -> Result<Tape, Mistake> {
    let at = |line: usize| move |what: String| Mistake { line, what };
    let whole = bytes.strip_suffix(b"\n");
    let mut lines = whole.unwrap_or(bytes).split(|byte| *byte == b'\n');
    let first = lines.next().filter(|line| !line.is_empty());
    let first = first.ok_or_else(|| at(1)("there is nothing in it".to_owned()))?;
    let value: Value = parsed(first).map_err(at(1))?;
    if value.get("cf_tui_recording").is_none() {
        return script::read(bytes).map(Tape::Script);
    }
    let header = header(value).map_err(at(1))?;
    let mut steps = Vec::new();
    let mut before = 0;
    let mut lines = lines.zip(2..).peekable();
    while let Some((line, number)) = lines.next() {
        if lines.peek().is_none() && whole.is_none() {
            return Err(at(number)("the file ends in the middle of this line".to_owned()));
        }
        let happened: Happened = parsed(line).map_err(at(number))?;
        sound(&happened, header.start.accounts.len()).map_err(at(number))?;
        let wait = i64::try_from(happened.ms.saturating_sub(before)).unwrap_or(i64::MAX);
        before = happened.ms;
        let wait = SignedDuration::from_millis(wait).min(LONGEST_WAIT);
        steps.push(Step { wait, at: Some(happened.at), event: happened.event });
    }
    Ok(Tape::Recording(Box::new(header), steps))
}

fn header(value: Value) -> Result<Header, String> {
    match &value["cf_tui_recording"] {
        Value::Number(number) if number.as_u64() == Some(VERSION.into()) => {}
        other => {
            return Err(format!(
                "a recording of version {other}, and this cf-tui plays version {VERSION}; \
                 play it with the program that wrote it"
            ));
        }
    }
    let header: Header = serde_json::from_value(value).map_err(|error| error.to_string())?;
    in_our_time(header.at)?;
    Ok(header)
}

/// What the model takes for granted, because the shell sees to it: accounts that there are, and
/// times that a few seconds can be added to.
fn sound(happened: &Happened, accounts: usize) -> Result<(), String> {
    in_our_time(happened.at)?;
    match highest_account(&happened.event) {
        Some(account) if account >= accounts => {
            Err(format!("it is of account {account}, and the recording has {accounts}"))
        }
        _ => Ok(()),
    }
}

fn highest_account(event: &Event) -> Option<AccountIx> {
    match event {
        Event::Reported(_, reports) => reports.iter().map(Report::account).max(),
        Event::Verified { account, .. }
        | Event::TagsRead { account, .. }
        | Event::PairSought { account, .. } => Some(*account),
        Event::Preflighted { origin, .. } => Some(origin.account),
        _ => None,
    }
}

fn in_our_time(at: Timestamp) -> Result<(), String> {
    let years = Timestamp::UNIX_EPOCH.as_second()..32_503_680_000;
    match years.contains(&at.as_second()) {
        true => Ok(()),
        false => Err(format!("its time is {at}, which is no time of a session")),
    }
}

/// A line of JSON; the error says where in the line it is.
pub(in crate::app) fn parsed<T: DeserializeOwned>(line: &[u8]) -> Result<T, String> {
    serde_json::from_slice(line).map_err(|error| {
        let said = error.to_string();
        let what = said.split(" at line ").next().unwrap_or(&said);
        format!("{what} (column {})", error.column())
    })
}
