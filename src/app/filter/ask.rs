//! What a filter asks of a row.

use std::cmp::Ordering;

use memchr::memmem::Finder;
use regex::Regex;

use super::Row;
use super::names::{MARKED, State};
use crate::domain::text::escape;
use crate::domain::verdict::Verdict;
use crate::export::cells;
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
    Pattern(Column, Regex),
    /// A column's whole cell, in lower case.
    Cell(Column, String),
    /// The verdict under the lens in force.
    Verdict(Order, Verdict),
    /// The lowest version of TLS, as the place in [`cells::TLS_LOWEST_FIRST`].
    Tls(Order, usize),
    /// The day of the last change, or its month or year.
    Modified(Order, String),
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
    text: String,
    finder: Finder<'static>,
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
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Same => ordering.is_eq(),
            Self::AtLeast => ordering.is_ge(),
            Self::More => ordering.is_gt(),
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
    /// How an age in seconds stands to it. `=3d` means the whole day.
    fn compare(self, order: Order, seconds: i64) -> Ordering {
        match order {
            Order::Same => (seconds / self.unit_seconds).cmp(&self.count),
            _ => seconds.cmp(&self.count.saturating_mul(self.unit_seconds)),
        }
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
            Self::Is(_) | Self::Verdict(..) | Self::Age(..) => 0,
            Self::Tls(..) | Self::Tag(..) | Self::Var(..) => 1,
            Self::Word(_) => 2,
            Self::Fuzzy(_) => 3,
            Self::Cell(..) | Self::Pattern(..) | Self::Modified(..) => 4,
        }
    }

    /// True if a mark that is set or taken may change the answer.
    pub(super) fn is_about_marks(&self) -> bool {
        match self {
            Self::All(asks) | Self::Any(asks) => asks.iter().any(Self::is_about_marks),
            Self::Not(ask) => ask.is_about_marks(),
            Self::Is(state) => state.name == MARKED,
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
                word.finder.find(row.text.as_bytes()).is_some()
                    || finding.assessment.verdict(row.lens).name().contains(&word.text)
            }
            Self::Fuzzy(letters) => row.text.split('\n').any(|cell| holds_in_order(cell, letters)),
            Self::Pattern(column, regex) => any_cell(*column, row, |cell| regex.is_match(cell)),
            Self::Cell(column, text) => any_cell(*column, row, |cell| is_same(cell, text)),
            Self::Verdict(order, verdict) => {
                order.holds(finding.assessment.verdict(row.lens).cmp(verdict))
            }
            Self::Tls(order, version) => {
                tls_of(row).is_some_and(|tls| order.holds(tls.cmp(version)))
            }
            Self::Modified(order, day) => {
                let cell = Column::Modified.text(finding, row.lens);
                cell.get(..day.len()).is_some_and(|cell| order.holds(cell.cmp(day)))
            }
            Self::Age(order, age) => finding.distribution.last_modified.is_some_and(|changed| {
                let seconds = row.now.duration_since(changed).as_secs().max(0);
                order.holds(age.compare(*order, seconds))
            }),
            Self::Tag(key, value) => {
                let tags = finding.account.tags.iter();
                let mut tags = tags.map(|tag| tag.split_once(':').unwrap_or((tag, "")));
                tags.any(|(k, v)| is_pair(k, v, key, value.as_deref()))
            }
            Self::Var(key, value) => {
                finding.account.vars.iter().any(|(k, v)| is_pair(k, v, key, value.as_deref()))
            }
            Self::Is(state) => state.holds(row),
        }
    }
}

/// `None` where there is no TLS, or it was not told.
fn tls_of(row: &Row<'_>) -> Option<usize> {
    let tls = cells::min_tls(&row.finding);
    cells::TLS_LOWEST_FIRST.iter().position(|known| *known == tls)
}

/// Asks what a column shows, and where it shows only the first of several, the others too.
fn any_cell(column: Column, row: &Row<'_>, is_it: impl Fn(&str) -> bool) -> bool {
    let finding = &row.finding;
    if is_it(&column.text(finding, row.lens)) {
        return true;
    }
    match column {
        Column::Alias => finding.distribution.aliases.iter().any(|alias| is_it(&escape(alias))),
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
fn is_same(text: &str, lower: &str) -> bool {
    text.eq_ignore_ascii_case(lower) || (!text.is_ascii() && text.to_lowercase() == lower)
}

fn holds_in_order(cell: &str, letters: &str) -> bool {
    let mut rest = cell;
    letters.chars().all(|letter| match rest.find(letter) {
        Some(at) => {
            rest = &rest[at + letter.len_utf8()..];
            true
        }
        None => false,
    })
}
