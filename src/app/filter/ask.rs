//! What a filter asks of a row.

use std::cmp::Ordering;

use jiff::Timestamp;
use memchr::memmem::Finder;
use regex::Regex;

use super::names::{Of, State};
use super::{LINES, Row, line_of};
use crate::domain::account::Account;
use crate::domain::text::escape;
use crate::domain::verdict::Verdict;
use crate::export::cells::{self, TLS_LOWEST_FIRST};
use crate::export::column::Column;

/// A question with yes or no for an answer.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    /// Every one of them.
    All(Vec<Ask>),
    /// One of them at least.
    Any(Vec<Ask>),
    /// The contrary.
    Not(Box<Ask>),
    /// A word somewhere.
    Word(Box<Word>),
    /// These characters in this order in some cell, in lower case.
    Fuzzy(String),
    /// A pattern in a column.
    Pattern(Column, Box<Pattern>),
    /// A column's whole cell, in lower case.
    Cell(Column, String),
    /// The verdict under the lens in force.
    Verdict(Order, Verdict),
    /// The lowest version of TLS, as the place in [`TLS_LOWEST_FIRST`].
    Tls(Order, usize),
    /// The time of the last change: a day, a month or a year.
    Modified(Order, Span),
    /// The time since the last change.
    Age(Order, Age),
    /// A tag, or with `None` any of that key.
    Tag(String, Option<String>),
    /// A variable, or with `None` one of that name.
    Var(String, Option<String>),
    /// A state.
    Is(State),
}

/// A word in lower case, with the searcher that is built once for it.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    finder: Finder<'static>,
}

impl Word {
    /// What looks for it.
    pub(super) fn finder(&self) -> &Finder<'static> {
        &self.finder
    }

    /// True if it is somewhere in a text in lower case.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.finder.find(text.as_bytes()).is_some()
    }
}

/// A pattern, and the plain text that it stands for where it is no more than that and anchors.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) regex: Regex,
    plain: Option<Finder<'static>>,
}

impl Pattern {
    /// Takes a pattern that was compiled from this text.
    pub(super) fn new(regex: Regex, text: &str) -> Self {
        let text = text.trim_start_matches('^').trim_end_matches('$').to_lowercase();
        let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c));
        let plain = is_plain.then(|| Finder::new(text.as_bytes()).into_owned());
        Self { regex, plain }
    }

    /// True if a cell has it. Most cells have not even its plain text, which tells sooner; but
    /// only one in lower case can be asked so.
    pub(super) fn is_in(&self, cell: &str, is_lower: bool) -> bool {
        let plain = self.plain.as_ref().filter(|_| is_lower && cell.is_ascii());
        plain.is_none_or(|plain| plain.find(cell.as_bytes()).is_some()) && self.regex.is_match(cell)
    }
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    AtMost,
    Same,
    AtLeast,
    More,
}

impl Order {
    pub(super) fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Same => ordering.is_eq(),
            Self::AtLeast => ordering.is_ge(),
            Self::More => ordering.is_gt(),
        }
    }
}

/// A time from its first moment to the one after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

impl Span {
    /// How a moment stands to it: in it is the same.
    pub(super) fn compare(self, moment: Timestamp) -> Ordering {
        match (moment < self.from, moment < self.to) {
            (true, _) => Ordering::Less,
            (_, true) => Ordering::Equal,
            _ => Ordering::Greater,
        }
    }
}

/// So many hours, days or weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Age {
    pub(super) count: i64,
    pub(super) unit_seconds: i64,
}

impl Age {
    /// True if what was changed then stands so to it now. `=3d` means the whole day.
    pub(super) fn holds(self, order: Order, changed: Timestamp, now: Timestamp) -> bool {
        let seconds = now.duration_since(changed).as_secs().max(0);
        order.holds(match order {
            Order::Same => (seconds / self.unit_seconds).cmp(&self.count),
            _ => seconds.cmp(&self.count.saturating_mul(self.unit_seconds)),
        })
    }
}

impl Ask {
    /// Asks for a word, whatever its case.
    pub(super) fn word(word: &str) -> Self {
        let text = word.to_lowercase();
        let finder = Finder::new(text.as_bytes()).into_owned();
        Self::Word(Box::new(Word { text, finder }))
    }

    /// Asks for every one, the cheap ones first.
    pub(super) fn all(asks: Vec<Self>) -> Self {
        Self::several(asks, Self::All)
    }

    /// Asks for one of them at least, the cheap ones first.
    pub(super) fn any(asks: Vec<Self>) -> Self {
        Self::several(asks, Self::Any)
    }

    fn several(mut asks: Vec<Self>, make: fn(Vec<Self>) -> Self) -> Self {
        if asks.len() == 1 {
            return asks.remove(0);
        }
        asks.sort_by_key(Self::cost);
        make(asks)
    }

    /// What answering takes, roughly: a look, a search, or making the cell's text.
    fn cost(&self) -> u8 {
        match self {
            Self::All(asks) | Self::Any(asks) => asks.iter().map(Self::cost).max().unwrap_or(0),
            Self::Not(ask) => ask.cost(),
            Self::Is(_) | Self::Verdict(..) | Self::Age(..) | Self::Modified(..) => 0,
            Self::Tls(..) | Self::Tag(..) | Self::Var(..) => 1,
            Self::Word(_) => 2,
            Self::Fuzzy(_) => 3,
            Self::Cell(..) | Self::Pattern(..) => 4,
        }
    }

    /// True if a mark that is set or taken may change the answer.
    pub(super) fn is_about_marks(&self) -> bool {
        match self {
            Self::All(asks) | Self::Any(asks) => asks.iter().any(Self::is_about_marks),
            Self::Not(ask) => ask.is_about_marks(),
            Self::Is(state) => matches!(state.of, Of::Mark),
            _ => false,
        }
    }

    /// The answer for a row.
    pub(super) fn holds(&self, row: &Row<'_>) -> bool {
        let finding = &row.finding;
        match self {
            Self::All(asks) => asks.iter().all(|ask| ask.holds(row)),
            Self::Any(asks) => asks.iter().any(|ask| ask.holds(row)),
            Self::Not(ask) => !ask.holds(row),
            Self::Word(word) => {
                word.is_in(row.text)
                    || finding.assessment.verdict(row.lens).name().contains(&word.text)
            }
            Self::Fuzzy(letters) => has_in_order(row.text, letters),
            Self::Pattern(column, pattern) => {
                any_cell(*column, row, |cell| pattern.is_in(cell, is_lower(*column)))
            }
            Self::Cell(column, text) => any_cell(*column, row, |cell| is_same(cell, text)),
            Self::Verdict(order, verdict) => {
                order.holds(finding.assessment.verdict(row.lens).cmp(verdict))
            }
            Self::Tls(order, version) => is_tls(cells::min_tls(finding), *order, *version),
            Self::Modified(order, span) => {
                let changed = finding.distribution.last_modified;
                changed.is_some_and(|at| order.holds(span.compare(at)))
            }
            Self::Age(order, age) => {
                let changed = finding.distribution.last_modified;
                changed.is_some_and(|changed| age.holds(*order, changed, row.now))
            }
            Self::Tag(key, value) => has_tag(finding.account, key, value.as_deref()),
            Self::Var(key, value) => has_var(finding.account, key, value.as_deref()),
            Self::Is(state) => state.holds(row),
        }
    }
}

/// How a version of TLS stands to another. Where there is none, or it was not told, in no way.
pub(super) fn is_tls(tls: &str, order: Order, version: usize) -> bool {
    let place = TLS_LOWEST_FIRST.iter().position(|known| *known == tls);
    place.is_some_and(|place| order.holds(place.cmp(&version)))
}

/// True for the columns whose cells are asked in lower case. Of aliases only the first is.
pub(super) fn is_lower(column: Column) -> bool {
    column != Column::Alias && LINES.contains(&column)
}

/// True if an account has a tag, or with `None` one of that key.
pub(super) fn has_tag(account: &Account, key: &str, value: Option<&str>) -> bool {
    let mut tags = account.tags.iter().map(|tag| tag.split_once(':').unwrap_or((tag, "")));
    tags.any(|(k, v)| is_pair(k, v, key, value))
}

/// True if an account has a variable, or with `None` one of that name.
pub(super) fn has_var(account: &Account, key: &str, value: Option<&str>) -> bool {
    account.vars.iter().any(|(k, v)| is_pair(k, v, key, value))
}

/// Asks what a column shows, and where it shows only the first of several, the others too.
fn any_cell(column: Column, row: &Row<'_>, is_it: impl Fn(&str) -> bool) -> bool {
    let finding = &row.finding;
    let is_first = match line_of(row.text, column) {
        Some(cell) => is_it(cell),
        None => is_it(&column.text(finding, row.lens)),
    };
    match column {
        _ if is_first => true,
        Column::Alias => {
            finding.distribution.aliases.iter().skip(1).any(|alias| is_it(&escape(alias)))
        }
        Column::Paths => {
            finding.distribution.routes(finding.origin).any(|route| is_it(&escape(route.path())))
        }
        _ => false,
    }
}

fn is_pair(key: &str, value: &str, wanted: &str, wanted_value: Option<&str>) -> bool {
    is_same(key, wanted) && wanted_value.is_none_or(|wanted| is_same(value, wanted))
}

/// True if the text is that one, which is in lower case.
pub(super) fn is_same(text: &str, lower: &str) -> bool {
    text.eq_ignore_ascii_case(lower) || (!text.is_ascii() && text.to_lowercase() == lower)
}

/// True if a line has these letters in this order. Bytes will do where all letters are ASCII: no
/// part of another character looks like one.
pub(super) fn has_in_order(text: &str, letters: &str) -> bool {
    match letters.is_ascii() && !letters.contains('\n') {
        true => bytes_in_order(text.as_bytes(), letters.as_bytes()),
        false => chars_in_order(text, &letters.chars().collect::<Vec<_>>()),
    }
}

/// In each line the first of each letter will do: if they do not fit, no later ones do.
fn bytes_in_order(text: &[u8], letters: &[u8]) -> bool {
    let Some((first, others)) = letters.split_first() else { return true };
    let mut rest = text;
    while let Some(at) = memchr::memchr(*first, rest) {
        let after = &rest[at + 1..];
        let (mut line, below) = after.split_at(memchr::memchr(b'\n', after).unwrap_or(after.len()));
        let mut follows = |letter: &u8| {
            let at = memchr::memchr(*letter, line);
            at.map(|at| line = &line[at + 1..]).is_some()
        };
        if others.iter().all(&mut follows) {
            return true;
        }
        rest = below;
    }
    false
}

fn chars_in_order(text: &str, letters: &[char]) -> bool {
    let mut found = 0;
    for letter in text.chars() {
        if letter == letters[found] {
            found += 1;
            if found == letters.len() {
                return true;
            }
        } else if letter == '\n' {
            found = 0;
        }
    }
    false
}
