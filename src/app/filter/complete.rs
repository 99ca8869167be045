//! What a word of a filter may go on with: names, and the values that the loaded fleet has.

use std::borrow::Cow;
use std::collections::HashMap;

use super::names::{self, HAVINGS, Name, OTHERS, STATES};
use crate::app::store::Store;
use crate::domain::finding::Finding;
use crate::domain::verdict::{Lens, Verdict};
use crate::export::cells::TLS_LOWEST_FIRST;
use crate::export::column::Column;

/// More than this nobody cycles through.
const MOST: usize = 50;

/// What stands between a name and its value.
const SIGNS: [char; 5] = [':', '=', '<', '>', '!'];

/// The words that a word may become, and which of them it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Characters before the word.
    pub start: usize,
    /// What all of them begin with: a name and a sign, or nothing.
    pub head: String,
    /// What follows it, the likeliest first.
    pub words: Vec<String>,
    /// Which one stands in the line.
    pub chosen: usize,
}

impl Completion {
    /// The whole word that stands in the line.
    pub fn word(&self) -> String {
        format!("{}{}", self.head, self.words[self.chosen])
    }
}

/// Completes the word that ends a text; `None` where nothing begins so.
pub fn complete(before: &str, store: &Store, lens: Lens) -> Option<Completion> {
    let start = start_of_word(before);
    let word: String = before.chars().skip(start).collect();
    let (head, words) = match word.find(SIGNS) {
        None => ("", names_from(&word)),
        Some(at) => {
            let value = word[at..].trim_start_matches(SIGNS);
            let head = &word[..word.len() - value.len()];
            (head, values(&word[..at], &head[at..], value, store, lens))
        }
    };
    let head = head.to_owned();
    (!words.is_empty()).then_some(Completion { start, head, words, chosen: 0 })
}

/// A text as a value of a filter: in quotes where a blank or a sign would end or change it.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !"|\"()".contains(c);
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("\"{}\"", text.replace('"', "\"\"")),
    }
}

/// Where the last word begins that is not yet ended by an unquoted blank or sign.
fn start_of_word(text: &str) -> usize {
    let (mut start, mut in_quotes) = (0, false);
    for (at, c) in text.chars().enumerate() {
        let begins = at == start && matches!(c, '!' | '(');
        if !in_quotes && (c.is_whitespace() || c == '|' || begins) {
            start = at + 1;
        }
        in_quotes ^= c == '"';
    }
    start
}

fn names_from(begun: &str) -> Vec<String> {
    let columns = Column::ALL.into_iter().map(|column| match column {
        Column::Verdict | Column::Tls => column.name().to_owned(),
        _ => format!("{}:", column.name()),
    });
    let others = OTHERS.into_iter().map(|(name, means)| match means {
        Name::Age => format!("{name}>"),
        _ => format!("{name}:"),
    });
    columns.chain(others).filter(|name| begins(name, begun)).collect()
}

/// The values that may follow a name, as they are written after the sign.
fn values(name: &str, sign: &str, begun: &str, store: &Store, lens: Lens) -> Vec<String> {
    let begun = begun.replace('"', "");
    let from = |names: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        names.filter(|name| begins(name, &begun)).map(str::to_owned).collect()
    };
    match names::named(name) {
        Some(Name::Is) => from(&mut STATES.iter().map(|state| state.name)),
        Some(Name::Has) => from(&mut HAVINGS.iter().map(|state| state.name)),
        Some(Name::Column(Column::Verdict)) => {
            from(&mut Verdict::BY_SEVERITY.into_iter().map(Verdict::name))
        }
        Some(Name::Column(Column::Tls)) => from(&mut TLS_LOWEST_FIRST.into_iter()),
        Some(Name::Tag) => frequent(store, &begun.replacen(':', "=", 1), |finding, count| {
            finding.account.tags.iter().for_each(|tag| match tag.split_once(':') {
                Some((key, value)) => count_pair(key, value, count),
                None => count(Cow::Borrowed(tag)),
            });
        }),
        Some(Name::Var) => frequent(store, &begun.replacen(':', "=", 1), |finding, count| {
            finding.account.vars.iter().for_each(|(key, value)| count_pair(key, value, count));
        }),
        Some(Name::Column(column)) => {
            let found = frequent_cells(store, &begun, column, lens);
            let is_pattern = sign == ":";
            let written = |text: &String| if is_pattern { pattern_of(text) } else { quoted(text) };
            found.iter().map(written).collect()
        }
        Some(Name::Age) | None => Vec::new(),
    }
}

fn count_pair<'a>(key: &'a str, value: &str, count: &mut dyn FnMut(Cow<'a, str>)) {
    count(Cow::Borrowed(key));
    count(Cow::Owned(format!("{key}={value}")));
}

fn frequent_cells(store: &Store, begun: &str, column: Column, lens: Lens) -> Vec<String> {
    let mut cells = counted(store, begun, |finding, count| count(column.text(finding, lens)));
    cells.retain(|cell| cell.trim() != "" && cell != "-");
    cells
}

fn frequent<'a>(
    store: &'a Store,
    begun: &str,
    tell: impl Fn(&Finding<'a>, &mut dyn FnMut(Cow<'a, str>)),
) -> Vec<String> {
    counted(store, begun, tell).iter().map(|text| quoted(text)).collect()
}

/// What begins so, the most frequent first, in one pass over the fleet.
fn counted<'a>(
    store: &'a Store,
    begun: &str,
    tell: impl Fn(&Finding<'a>, &mut dyn FnMut(Cow<'a, str>)),
) -> Vec<String> {
    let mut counts: HashMap<Cow<'a, str>, usize> = HashMap::new();
    let mut count = |text: Cow<'a, str>| {
        if begins(&text, begun) {
            *counts.entry(text).or_default() += 1;
        }
    };
    for finding in store.live_rows().filter_map(|row| store.finding(row)) {
        tell(&finding, &mut count);
    }
    let mut found: Vec<(Cow<'a, str>, usize)> = counts.into_iter().collect();
    let order = |(a, x): &(Cow<'a, str>, usize), (b, y): &(Cow<'a, str>, usize)| {
        y.cmp(x).then_with(|| a.cmp(b))
    };
    // There may be as many as rows: only those that are offered are put in order.
    if found.len() > MOST {
        found.select_nth_unstable_by(MOST, order);
        found.truncate(MOST);
    }
    found.sort_unstable_by(order);
    found.into_iter().map(|(text, _)| text.into_owned()).collect()
}

/// A pattern that finds the text: what a pattern would act on is escaped.
fn pattern_of(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\+*?()|[]{}^$".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    quoted(&pattern)
}

/// True if the text begins so, whatever the case.
fn begins(text: &str, begun: &str) -> bool {
    let mut text = text.chars().flat_map(char::to_lowercase);
    begun.chars().flat_map(char::to_lowercase).all(|c| text.next() == Some(c))
}
