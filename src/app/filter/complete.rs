//! What a word of a filter may go on with: names, and the values that the loaded fleet has.

use std::borrow::Cow;
use std::collections::HashMap;

use super::names::{self, HAVINGS, Name, OTHERS, STATES};
use super::prepared::day_of;
use crate::app::index::Index;
use crate::app::store::Store;
use crate::domain::account::Account;
use crate::domain::verdict::Verdict;
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
pub fn complete(before: &str, store: &Store, index: &Index) -> Option<Completion> {
    let start = start_of_word(before);
    let word: String = before.chars().skip(start).collect();
    let (head, words) = match word.find(SIGNS) {
        None => ("", names_from(&word)),
        Some(at) => {
            let value = word[at..].trim_start_matches(SIGNS);
            let head = &word[..word.len() - value.len()];
            (head, values(&word[..at], &head[at..], value, store, index))
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
fn values(name: &str, sign: &str, begun: &str, store: &Store, index: &Index) -> Vec<String> {
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
        Some(Name::Tag) => {
            let tags = accounts(store).flat_map(|(account, rows)| {
                account.tags.iter().flat_map(move |tag| match tag.split_once(':') {
                    Some((key, value)) => pair(key, value, rows),
                    None => vec![(Cow::Borrowed(tag.as_str()), rows)],
                })
            });
            frequent(merged(tags), &begun.replacen(':', "=", 1))
                .iter()
                .map(|tag| quoted(tag))
                .collect()
        }
        Some(Name::Var) => {
            let vars = accounts(store).flat_map(|(account, rows)| {
                account.vars.iter().flat_map(move |(key, value)| pair(key, value, rows))
            });
            frequent(merged(vars), &begun.replacen(':', "=", 1))
                .iter()
                .map(|var| quoted(var))
                .collect()
        }
        Some(Name::Column(column)) => {
            let cells = index.counted(column);
            let cells: Vec<(Cow<'_, str>, usize)> = match column {
                Column::Modified => merged(cells.map(|(time, rows)| (day_of(time), rows))),
                _ => cells.map(|(text, rows)| (Cow::Borrowed(text), rows)).collect(),
            };
            let cells = cells.into_iter().filter(|(cell, _)| cell.trim() != "" && cell != "-");
            let is_pattern = sign == ":";
            let written = |text: &String| if is_pattern { pattern_of(text) } else { quoted(text) };
            frequent(cells, &begun).iter().map(written).collect()
        }
        Some(Name::Age) | None => Vec::new(),
    }
}

/// Accounts with the rows that they have.
fn accounts(store: &Store) -> impl Iterator<Item = (&Account, usize)> {
    let entries = store.accounts().iter().filter(|entry| entry.origins > 0);
    entries.map(|entry| (&entry.account, entry.origins))
}

fn pair<'a>(key: &'a str, value: &str, rows: usize) -> Vec<(Cow<'a, str>, usize)> {
    vec![(Cow::Borrowed(key), rows), (Cow::Owned(format!("{key}={value}")), rows)]
}

/// Texts that come more than once, once, with all the rows that have them.
fn merged<'a>(texts: impl Iterator<Item = (Cow<'a, str>, usize)>) -> Vec<(Cow<'a, str>, usize)> {
    let mut counts: HashMap<Cow<'a, str>, usize> = HashMap::new();
    for (text, rows) in texts {
        *counts.entry(text).or_default() += rows;
    }
    counts.into_iter().collect()
}

/// What begins so, the most frequent first, of different texts with the rows that have them.
fn frequent<'a>(
    texts: impl IntoIterator<Item = (Cow<'a, str>, usize)>,
    begun: &str,
) -> Vec<String> {
    let texts = texts.into_iter().filter(|(text, _)| begins(text, begun));
    let mut found: Vec<(Cow<'a, str>, usize)> = texts.collect();
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
