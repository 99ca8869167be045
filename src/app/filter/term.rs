//! One word of a filter: a plain one, a fuzzy one, or a name with a comparison and a value.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::RegexBuilder;

use super::FilterError;
use super::ask::{Age, Ask, Order, Pattern, Span};
use super::lexer::{Letter, Word};
use super::names::{self, HAVINGS, Name, STATES, State};
use crate::config::near::nearest;
use crate::domain::text::escape;
use crate::domain::verdict::Verdict;
use crate::export::cells::cut_middle;
use crate::export::column::Column;

/// What a pattern may take when it is compiled: enough for any that a person types.
const PATTERN_BYTES: usize = 1 << 20;

/// What stands between a name and its value; the longer ones first.
const SIGNS: [(&str, Sign); 8] = [
    ("!=", Sign::Not),
    ("<=", Sign::Order(Order::AtMost)),
    (">=", Sign::Order(Order::AtLeast)),
    ("==", Sign::Order(Order::Same)),
    ("<", Sign::Order(Order::Less)),
    (">", Sign::Order(Order::More)),
    ("=", Sign::Order(Order::Same)),
    (":", Sign::Colon),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Colon,
    Order(Order),
    Not,
}

/// A name, a sign and a value, each with its place.
struct Pair {
    name: String,
    name_place: Range<usize>,
    sign: Sign,
    sign_place: Range<usize>,
    value: String,
    value_place: Range<usize>,
}

/// Reads a word.
///
/// # Errors
/// A name, a value or a pattern that does not exist or cannot be read.
pub(super) fn term(word: &Word) -> Result<Ask, FilterError> {
    if let Some(pair) = pair(word) {
        return asked(&pair);
    }
    if word.letters[0].is('~') {
        let letters = text(&word.letters[1..]).to_lowercase();
        return match letters.is_empty() {
            true => Err(FilterError::at(word.place.clone(), "nothing follows this `~`")
                .hint("it finds letters in this order: ~lgcyalb")),
            false => Ok(Ask::Fuzzy(letters)),
        };
    }
    Ok(Ask::word(&text(&word.letters)))
}

fn text(letters: &[Letter]) -> String {
    letters.iter().map(|letter| letter.c).collect()
}

/// The parts of a word that has a name, as names are written, before a sign. `2001:db8::1` has
/// none, and a quoted word neither.
fn pair(word: &Word) -> Option<Pair> {
    let letters = &word.letters;
    let of_name = |l: &&Letter| !l.quoted && (l.c.is_ascii_alphanumeric() || "_-".contains(l.c));
    let length = letters.iter().take_while(of_name).count();
    let (name, rest) = letters.split_at(length);
    let starts_with = |sign: &str| {
        let mut rest = rest.iter();
        sign.chars().all(|c| rest.next().is_some_and(|letter| letter.is(c)))
    };
    let (written, sign) = SIGNS.iter().find(|(written, _)| starts_with(written))?;
    if !name.first()?.c.is_ascii_alphabetic() {
        return None;
    }
    let value = &rest[written.len()..];
    let (start, sign_at) = (name[0].at, rest[0].at);
    let sign_place = sign_at..sign_at + written.len();
    Some(Pair {
        name: text(name),
        name_place: start..sign_at,
        sign: *sign,
        value: text(value),
        value_place: sign_place.end..word.place.end,
        sign_place,
    })
}

fn asked(pair: &Pair) -> Result<Ask, FilterError> {
    let name = names::named(&pair.name).ok_or_else(|| unknown_name(pair))?;
    if pair.value.is_empty() {
        let what = format!("nothing follows `{}` here", pair.name);
        return Err(
            FilterError::at(pair.name_place.start..pair.sign_place.end, what).hint(example(name))
        );
    }
    match (name, pair.sign) {
        (_, Sign::Not) => {
            let same = Pair { sign: Sign::Order(Order::Same), ..pair.copied() };
            Ok(Ask::Not(Box::new(asked(&same)?)))
        }
        (Name::Is, Sign::Colon | Sign::Order(Order::Same)) => state(pair, &STATES),
        (Name::Has, Sign::Colon | Sign::Order(Order::Same)) => state(pair, &HAVINGS),
        (Name::Tag, Sign::Colon | Sign::Order(Order::Same)) => {
            let (key, value) = key_and_value(&pair.value);
            Ok(Ask::Tag(key, value))
        }
        (Name::Var, Sign::Colon | Sign::Order(Order::Same)) => {
            let (key, value) = key_and_value(&pair.value);
            Ok(Ask::Var(key, value))
        }
        (Name::Age, Sign::Order(order)) => age(pair).map(|age| Ask::Age(order, age)),
        (Name::Column(column), Sign::Colon) => pattern(pair, column),
        (Name::Column(column), Sign::Order(order)) => compared(pair, column, order),
        (Name::Age, Sign::Colon) => Err(no_sign(pair, "an age is compared", name)),
        (Name::Is | Name::Has | Name::Tag | Name::Var, Sign::Order(_)) => {
            Err(no_sign(pair, &format!("`{}` has no order", pair.name), name))
        }
    }
}

impl Pair {
    fn copied(&self) -> Self {
        Self {
            name: self.name.clone(),
            name_place: self.name_place.clone(),
            sign_place: self.sign_place.clone(),
            value: self.value.clone(),
            value_place: self.value_place.clone(),
            sign: self.sign,
        }
    }

    /// The value as a message shows it.
    fn shown(&self) -> String {
        cut_middle(&escape(&self.value), 40).into_owned()
    }

    fn wrong_value(&self, message: String) -> FilterError {
        FilterError::at(self.value_place.clone(), message)
    }
}

fn unknown_name(pair: &Pair) -> FilterError {
    let message = format!("there is no column `{}`", cut_middle(&pair.name, 40));
    let error = FilterError::at(pair.name_place.clone(), message);
    let quote = "quotes search for the text itself";
    error.hint(match meant(&pair.name, names::all()) {
        Some(near) => format!("did you mean {near}? {quote}"),
        None => {
            let known: Vec<&str> = names::all().collect();
            format!("{quote}; columns are {}", known.join(" "))
        }
    })
}

/// What a person may have meant who wrote only the beginning of a name or of a part of it, or
/// slipped, if that is not too many.
fn meant(written: &str, known: impl Iterator<Item = &'static str> + Clone) -> Option<String> {
    let written = names::folded(written);
    let has_part = |name: &&str| name.split('_').any(|part| part.starts_with(&written));
    let mut near: Vec<&str> = known.clone().filter(has_part).collect();
    if near.is_empty() {
        near.extend(nearest(&written, known));
    }
    (1..=3).contains(&near.len()).then(|| format!("`{}`", near.join("` or `")))
}

fn no_sign(pair: &Pair, why: &str, name: Name) -> FilterError {
    FilterError::at(pair.sign_place.clone(), why).hint(example(name))
}

/// How a name is used.
fn example(name: Name) -> String {
    match name {
        Name::Column(Column::Verdict) => "such as verdict>=warn or verdict=fail".to_owned(),
        Name::Column(Column::Tls) => "such as tls<1.2 or tls=1.0".to_owned(),
        Name::Column(Column::Modified) => "such as modified>=2026-11 or modified:2026".to_owned(),
        Name::Column(column) => {
            let name = column.name();
            format!("such as {name}:part for a pattern or {name}=whole for the whole cell")
        }
        Name::Age => "such as age>30d, with h, d or w".to_owned(),
        Name::Tag => "such as tag:env or tag:env=prod".to_owned(),
        Name::Var => "such as var:owner or var:owner=team-web".to_owned(),
        Name::Is => format!("is: {}", listed(&STATES)),
        Name::Has => format!("has: {}", listed(&HAVINGS)),
    }
}

fn listed(states: &[State]) -> String {
    states.iter().map(|state| state.name).collect::<Vec<_>>().join(" ")
}

fn state(pair: &Pair, known: &[State]) -> Result<Ask, FilterError> {
    let name = names::folded(&pair.value);
    if let Some(state) = known.iter().find(|state| state.name == name) {
        return Ok(Ask::Is(*state));
    }
    let error = pair.wrong_value(format!("there is no state `{}`", pair.shown()));
    Err(error.hint(match meant(&name, known.iter().map(|state| state.name)) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", listed(known)),
    }))
}

/// `env=prod`, `env:prod` or just `env`; half typed, `env=` is just that too.
fn key_and_value(text: &str) -> (String, Option<String>) {
    let lower = text.to_lowercase();
    match lower.split_once([':', '=']) {
        Some((key, "")) => (key.to_owned(), None),
        Some((key, value)) => (key.to_owned(), Some(value.to_owned())),
        None => (lower, None),
    }
}

fn age(pair: &Pair) -> Result<Age, FilterError> {
    let lower = pair.value.to_lowercase();
    let digits = lower.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit_seconds = match &lower[digits.len()..] {
        "h" => Some(3_600),
        "d" => Some(86_400),
        "w" => Some(604_800),
        _ => None,
    };
    let count = digits.parse::<u32>().ok().map(i64::from);
    count.zip(unit_seconds).map(|(count, unit_seconds)| Age { count, unit_seconds }).ok_or_else(
        || {
            let error = pair.wrong_value(format!("`{}` is no age", pair.shown()));
            error.hint(example(Name::Age))
        },
    )
}

fn pattern(pair: &Pair, column: Column) -> Result<Ask, FilterError> {
    let regex = RegexBuilder::new(&pair.value)
        .case_insensitive(true)
        .size_limit(PATTERN_BYTES)
        .nest_limit(64)
        .build();
    let pattern = regex.map(|regex| Pattern::new(regex, &pair.value));
    pattern.map(|pattern| Ask::Pattern(column, Box::new(pattern))).map_err(|error| {
        let why = match &error {
            regex::Error::CompiledTooBig(_) => "it would take too much memory".to_owned(),
            // The reason is the last line; those before it draw the place.
            other => {
                let told = other.to_string();
                let last = told.lines().last().unwrap_or_default();
                escape(last.trim_start_matches("error: ")).into_owned()
            }
        };
        let error = pair.wrong_value(format!("bad pattern: {why}"));
        error.hint(format!("{}= compares the whole cell instead", column.name()))
    })
}

fn compared(pair: &Pair, column: Column, order: Order) -> Result<Ask, FilterError> {
    let value = pair.value.to_lowercase();
    let unknown = order == Order::Same && ["-", "?"].contains(&value.as_str());
    match column {
        _ if unknown => Ok(Ask::Cell(column, value)),
        Column::Verdict => names::verdict_named(&value)
            .map(|verdict| Ask::Verdict(order, verdict))
            .ok_or_else(|| {
                let names: Vec<&str> =
                    Verdict::BY_SEVERITY.into_iter().map(Verdict::name).collect();
                let error = pair.wrong_value(format!("`{}` is no verdict", pair.shown()));
                error.hint(format!("worst first: {}", names.join(" ")))
            }),
        Column::Tls => names::tls_named(&value).map(|tls| Ask::Tls(order, tls)).ok_or_else(|| {
            let error = pair.wrong_value(format!("`{}` is no version of TLS", pair.shown()));
            error.hint("oldest first: SSLv3 1.0 1.1 1.2")
        }),
        Column::Modified => span(&value).map(|span| Ask::Modified(order, span)).ok_or_else(|| {
            let error = pair.wrong_value(format!("`{}` is no day", pair.shown()));
            error.hint("a day is 2026-11-23, a month 2026-11, a year 2026")
        }),
        _ if order == Order::Same => Ok(Ask::Cell(column, value)),
        _ => {
            let error = FilterError::at(
                pair.sign_place.clone(),
                format!("`{}` has no order", column.name()),
            );
            Err(error.hint("only verdict, tls, age and modified have one"))
        }
    }
}

/// A day, a month or a year, in UTC as the column writes it.
fn span(text: &str) -> Option<Span> {
    let (first, length) = match text.len() {
        4 => (format!("{text}-01-01"), 1.year()),
        7 => (format!("{text}-01"), 1.month()),
        10 => (text.to_owned(), 1.day()),
        _ => return None,
    };
    let first: Date = first.parse().ok()?;
    let moment = |date: Date| date.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    Some(Span { from: moment(first)?, to: moment(first.checked_add(length).ok()?)? })
}
