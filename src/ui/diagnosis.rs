//! The diagnosis of an account: what happened to it, why, and what to do next.

use jiff::Timestamp;

use super::Pane;
use super::account_state::account_state;
use super::glyphs::Glyphs;
use super::sheet::{Sheet, say};
use super::theme::Theme;
use super::words;
use crate::app::store::{AccountEntry, Ending, Stage};
use crate::domain::account::{Access, AssumeRole};
use crate::domain::fault::{Fault, Step};
use crate::domain::tally::AccountState;
use crate::domain::way_in::try_line;
use crate::export::trust_statement;

/// How an account stands, what went wrong, and what of it counts as seen.
pub fn diagnosis(
    entry: &AccountEntry,
    now: Timestamp,
    theme: &Theme,
    glyphs: Glyphs,
    width: u16,
) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    headline(&mut sheet, entry);
    if let Some(stage) = &entry.stage {
        sheet.text(under_way(entry, stage, now), theme.text);
    }
    if let Some(fault) = entry.fault() {
        trouble(&mut sheet, fault);
    }
    // Before the details, so that it is seen in a low pane too.
    let (counted, alarming) = counted(entry);
    sheet.row("counted", vec![say(counted, if alarming { theme.alert } else { theme.text })]);
    copies(&mut sheet, entry);
    if let Some(fault) = entry.fault() {
        request(&mut sheet, fault);
    }
    if let Some(ending) = &entry.ending {
        reading(&mut sheet, entry, ending);
    }
    access(&mut sheet, entry);
    by_hand(&mut sheet, entry);
    sheet.finish()
}

fn headline(sheet: &mut Sheet<'_>, entry: &AccountEntry) {
    let (glyph, word, style) = account_state(entry, sheet.theme, sheet.glyphs);
    let (title, muted) = (sheet.theme.title, sheet.theme.muted);
    let mut spans = vec![say(format!("{glyph} {word}  "), style), say(&entry.account.name, title)];
    if entry.account.name != entry.account.id.as_str() {
        spans.push(say(format!(" ({})", entry.account.id), muted));
    }
    if let Some(fault) = entry.fault() {
        spans.push(say(format!(": {}", fault.message), sheet.theme.text));
    }
    sheet.spans(spans);
}

fn under_way(entry: &AccountEntry, stage: &Stage, now: Timestamp) -> String {
    match stage {
        Stage::Queued => "waiting for a place among the accounts in flight".to_owned(),
        Stage::Assuming => match &entry.account.access {
            Access::Assume(role) => format!("assuming {}", role.last_role()),
            Access::Profile(profile) => format!("asking who the profile {profile} is"),
        },
        Stage::Listing { page } => format!("reading page {page} of its distributions"),
        Stage::LookingUp => "reading what verdicts need beyond the listing".to_owned(),
        Stage::Throttled { attempt, of, .. } => format!(
            "AWS asked to slow down at try {attempt} of {of}; the next try is in {:.1} s",
            entry.retry_in(now).map_or(0.0, |wait| wait.as_secs_f64())
        ),
    }
}

fn trouble(sheet: &mut Sheet<'_>, fault: &Fault) {
    let theme = sheet.theme;
    sheet.row(
        "at",
        vec![
            say(fault.step.label(), theme.text),
            say(format!(": {}", words::trouble(fault.kind)), theme.muted),
        ],
    );
    if !fault.hint.is_empty() {
        sheet.row("likely", vec![say(&fault.hint, theme.title)]);
    }
}

fn request(sheet: &mut Sheet<'_>, fault: &Fault) {
    let theme = sheet.theme;
    match &fault.request_id {
        Some(id) => sheet.fact("request", id),
        None => sheet.row("request", vec![say("no request id", theme.muted)]),
    }
}

fn reading(sheet: &mut Sheet<'_>, entry: &AccountEntry, ending: &Ending) {
    let theme = sheet.theme;
    match &ending.caller {
        Some(caller) => sheet.fact("caller", caller),
        None => sheet.row("caller", vec![say("not known", theme.muted)]),
    }
    if let Some(ended) = entry.ended {
        let took = entry.began.map(|began| ended.as_millisecond() - began.as_millisecond());
        let took = took.filter(|ms| *ms >= 0);
        sheet.fact(
            "when",
            match took {
                Some(ms) => {
                    format!("{}, after {}.{} s", words::time(ended), ms / 1000, ms % 1000 / 100)
                }
                None => words::time(ended),
            },
        );
    }
    let calls = match (ending.calls, ending.tries) {
        (0, _) => "none".to_owned(),
        (calls, 0 | 1) => format!("{calls}, each answered at the first try"),
        (calls, tries) => format!("{calls}, and one of them took {tries} tries"),
    };
    sheet.fact("calls", calls);
}

fn access(sheet: &mut Sheet<'_>, entry: &AccountEntry) {
    let theme = sheet.theme;
    match &entry.account.access {
        Access::Profile(profile) => sheet.row(
            "profile",
            vec![
                say(profile, theme.text),
                say(" (used as it is: nothing is assumed, no session policy)", theme.muted),
            ],
        ),
        Access::Assume(role) => roles(sheet, role),
    }
    if !entry.account.place.is_empty() {
        sheet.fact("written at", &entry.account.place);
    }
}

/// What can be copied where the way in was the trouble.
fn copies(sheet: &mut Sheet<'_>, entry: &AccountEntry) {
    let Some(fault) = way_in_fault(entry) else { return };
    let is_role = fault.step == Step::AssumeRole;
    let trust = is_role && trust_statement(&entry.account, Some(&fault.message)).is_ok();
    let keys = [
        ("y p", " a trust-policy statement   ", trust),
        ("y c", " the line that tries it by hand", try_line(&entry.account).is_some()),
    ];
    let (key, text) = (sheet.theme.key, sheet.theme.text);
    let offered = keys.into_iter().filter(|(.., is_there)| *is_there);
    let spans: Vec<_> =
        offered.flat_map(|(keys, what, _)| [say(keys, key), say(what, text)]).collect();
    if !spans.is_empty() {
        sheet.row("copy", spans);
    }
}

/// The line that tries the same by hand, where the way in was the trouble.
fn by_hand(sheet: &mut Sheet<'_>, entry: &AccountEntry) {
    if let Some(line) = way_in_fault(entry).and_then(|_| try_line(&entry.account)) {
        sheet.row("try by hand", Vec::new());
        sheet.code(vec![say(line, sheet.theme.code)]);
    }
}

/// What went wrong on the way into the account.
fn way_in_fault(entry: &AccountEntry) -> Option<&Fault> {
    let of_way_in = [Step::Credentials, Step::AssumeRole, Step::VerifyAccount];
    entry.fault().filter(|fault| of_way_in.contains(&fault.step))
}

fn roles(sheet: &mut Sheet<'_>, role: &AssumeRole) {
    let theme = sheet.theme;
    let from = match &role.source_profile {
        Some(profile) => format!("profile {profile}"),
        None => "the default credential chain".to_owned(),
    };
    sheet.fact("credentials", from);
    for (at, arn) in role.chain.iter().enumerate() {
        let label = match at {
            0 => "role",
            _ => "then role",
        };
        sheet.fact(label, arn);
    }
    let external = match &role.external_id {
        Some(_) => "an external id is sent with the last role",
        None => "no external id",
    };
    sheet.row(
        "session",
        vec![
            say(&role.session_name, theme.text),
            say(format!(", {} s, {external}", role.duration_seconds), theme.muted),
        ],
    );
}

/// What of the account counts as seen, and whether that is less than all of it.
fn counted(entry: &AccountEntry) -> (String, bool) {
    let seen = format!(
        "{} in {}",
        number(entry.origins, "origin"),
        number(entry.distributions, "distribution")
    );
    match entry.state() {
        Some(AccountState::Skipped) => (
            "It is switched off in the fleet file: it is never read, and stands outside of \
             coverage."
                .to_owned(),
            false,
        ),
        None => (
            format!("{seen} so far. Until its reading ends, this account counts as NOT SEEN."),
            false,
        ),
        Some(AccountState::Complete) if entry.distributions == 0 => {
            ("It has no distributions, and counts as seen.".to_owned(), false)
        }
        Some(AccountState::Complete) => (format!("All of it was read: {seen}."), false),
        Some(AccountState::Partial) => (partial(entry, &seen), true),
        Some(AccountState::Failed) => (
            "The origins of this account, however many they are, are counted as NOT SEEN, never \
             as passing."
                .to_owned(),
            true,
        ),
    }
}

/// A fault is the first of maybe several, so nothing is promised about what came after it.
fn partial(entry: &AccountEntry, seen: &str) -> String {
    let old = match entry.earlier {
        Some(at) => format!(
            " Not all of it is of this reading: the oldest is of {}, and what has changed since \
             is NOT SEEN.",
            words::time(at)
        ),
        None => String::new(),
    };
    match entry.fault().map(|fault| fault.step) {
        Some(step @ (Step::ListOriginAccessControls | Step::GetVpcOrigin)) => format!(
            "Seen: {seen}. Those whose verdict needs {} are UNKNOWN, and any that were not \
             listed are NOT SEEN: neither counts as passing.{old}",
            step.label()
        ),
        Some(Step::Credentials | Step::AssumeRole | Step::VerifyAccount) => {
            let of = entry.earlier.map(|at| format!(", of {}", words::time(at)));
            format!(
                "Known from an earlier reading{}: {seen}. What has changed since is NOT SEEN, \
                 and the account does not count as complete.",
                of.unwrap_or_default()
            )
        }
        _ => format!(
            "Seen: {seen}. The other origins of this account, however many they are, are counted \
             as NOT SEEN, never as passing.{old}"
        ),
    }
}

fn number(count: usize, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        _ => format!("{count} {thing}s"),
    }
}
