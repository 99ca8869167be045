//! A filter made ready for many rows. What it asks of a text that many rows share is answered once
//! for each text, and only when a row comes to it; a row costs a look at what was answered.

use std::borrow::Cow;
use std::cell::OnceCell;

use jiff::Timestamp;

use super::ask::{Ask, Word, has_in_order, has_tag, has_var, is_lower, is_same, is_tls};
use super::names::{Of, State, verdict_named};
use super::{Filter, Part, Row, text_of};
use crate::app::index::{Aside, Letters, Texts, Values};
use crate::app::marks::Marks;
use crate::app::store::{AccountEntry, RowId, Store};
use crate::domain::verdict::{Lens, Verdict};
use crate::export::column::Column;

/// A search of all texts takes as long as one of this part of them, one by one.
const FEW: usize = 4;

/// The rows that a filter is made ready for.
#[derive(Clone, Copy)]
pub(in crate::app) struct Loaded<'a> {
    pub(in crate::app) store: &'a Store,
    pub(in crate::app) values: &'a Values,
    pub(in crate::app) lens: Lens,
    pub(in crate::app) aside: Aside<'a>,
    /// How many rows will be asked at most.
    pub(in crate::app) rows: usize,
}

/// A filter that is ready. It is for one pass: rows, marks and time stand still.
pub(super) enum Prepared<'a> {
    All(Vec<Prepared<'a>>),
    Any(Vec<Prepared<'a>>),
    Not(Box<Prepared<'a>>),
    /// What is asked of one of the row's texts.
    Text(OfText<'a>),
    /// What is looked for in one of the row's texts, all of which are searched together.
    Word(&'a Texts, &'a Word, OnceCell<Vec<bool>>),
    /// By account: what is asked of it.
    Account(&'a Store, Vec<bool>),
    /// Whether the row is marked.
    Marked(&'a Marks),
    /// What needs the row as a whole.
    Whole(&'a Ask, Loaded<'a>),
}

/// A question about texts, and by text what was answered so far.
pub(super) struct OfText<'a> {
    texts: &'a Texts,
    answers: Vec<Option<bool>>,
    holds: Box<dyn Fn(&str) -> bool + 'a>,
    /// Letters without which the answer is no.
    letters: Letters,
    /// What an answer takes, compared with looking for a word.
    effort: usize,
}

impl Filter {
    /// Whether it lets a row through, which is a live one; `None` if it lets everything through.
    pub(in crate::app) fn prepare<'a>(
        &'a self,
        loaded: Loaded<'a>,
    ) -> Option<impl FnMut(RowId) -> bool + 'a> {
        let mut prepared = Prepared::of(self.ask.as_ref()?, loaded);
        Some(move |row| prepared.holds(row))
    }
}

impl<'a> Prepared<'a> {
    /// True if it lets the row through, which is a live one.
    fn holds(&mut self, row: RowId) -> bool {
        match self {
            Self::All(asks) => asks.iter_mut().all(|ask| ask.holds(row)),
            Self::Any(asks) => asks.iter_mut().any(|ask| ask.holds(row)),
            Self::Not(ask) => !ask.holds(row),
            Self::Text(asked) => asked.holds(row),
            Self::Word(texts, word, having) => {
                having.get_or_init(|| texts.having(word.finder()))[texts.id(row).index()]
            }
            Self::Account(store, answers) => answers[store.account_of(row)],
            Self::Marked(marks) => marks.contains(row),
            Self::Whole(ask, loaded) => loaded.holds(ask, row),
        }
    }

    fn of(ask: &'a Ask, loaded: Loaded<'a>) -> Self {
        let of = |ask: &'a Ask| Self::of(ask, loaded);
        let column = |column| loaded.values.of(column);
        match ask {
            Ask::All(asks) => Self::All(cheap_first(asks.iter().map(of).collect())),
            Ask::Any(asks) => Self::Any(cheap_first(asks.iter().map(of).collect())),
            Ask::Not(ask) => Self::Not(Box::new(of(ask))),
            // The only ones that may be found across the parts.
            Ask::Word(word) if word.text.contains('\n') => Self::Whole(ask, loaded),
            Ask::Fuzzy(letters) if letters.contains('\n') => Self::Whole(ask, loaded),
            Ask::Word(word) => {
                let verdict = Self::word(column(Column::Verdict), word, loaded);
                let part = |part| Self::word(loaded.values.part(part), word, loaded);
                let parts = Part::OF_TEXT.map(part);
                Self::Any(cheap_first(parts.into_iter().chain([verdict]).collect()))
            }
            Ask::Fuzzy(letters) => {
                let parts =
                    Part::OF_TEXT.map(|part| Self::fuzzy(loaded.values.part(part), letters));
                Self::Any(cheap_first(parts.into()))
            }
            Ask::Pattern(column, pattern) => {
                let is_lower = is_lower(*column);
                Self::cell(*column, loaded, move |cell| pattern.is_in(cell, is_lower))
            }
            Ask::Cell(column, text) => Self::cell(*column, loaded, move |cell| is_same(cell, text)),
            Ask::Verdict(order, than) => {
                Self::verdict(loaded, move |verdict| order.holds(verdict.cmp(than)))
            }
            Ask::Tls(order, version) => {
                Self::text(column(Column::Tls), 1, move |tls| is_tls(tls, *order, *version))
            }
            Ask::Modified(order, span) => {
                Self::changed(loaded, move |at| order.holds(span.compare(at)))
            }
            Ask::Age(order, age) => {
                Self::changed(loaded, move |at| age.holds(*order, at, loaded.aside.now))
            }
            Ask::Tag(key, value) => {
                Self::account(loaded, |entry| has_tag(&entry.account, key, value.as_deref()))
            }
            Ask::Var(key, value) => {
                Self::account(loaded, |entry| has_var(&entry.account, key, value.as_deref()))
            }
            Ask::Is(state) => Self::state(*state, loaded),
        }
    }

    fn state(state: State, loaded: Loaded<'a>) -> Self {
        match state.of {
            Of::Verdict(holds) => Self::verdict(loaded, holds),
            Of::Finding(_) => Self::text(loaded.values.part(Part::States), 1, move |states| {
                states.split('\n').any(|other| other == state.name)
            }),
            Of::Account(holds) => Self::account(loaded, |entry| entry.state().is_some_and(holds)),
            Of::Mark => Self::Marked(loaded.aside.marks),
        }
    }

    fn fuzzy(texts: &'a Texts, letters: &'a str) -> Self {
        let answers = vec![None; texts.count()];
        let holds = Box::new(|text: &str| has_in_order(text, letters));
        Self::Text(OfText { texts, answers, holds, letters: Letters::of(letters), effort: 4 })
    }

    fn text(texts: &'a Texts, effort: usize, holds: impl Fn(&str) -> bool + 'a) -> Self {
        let answers = vec![None; texts.count()];
        let letters = Letters::default();
        Self::Text(OfText { texts, answers, holds: Box::new(holds), letters, effort })
    }

    /// Few rows are not worth a search of all texts.
    fn word(texts: &'a Texts, word: &'a Word, loaded: Loaded<'a>) -> Self {
        match loaded.rows < texts.count() / FEW {
            true => Self::text(texts, 1, |text| word.is_in(text)),
            false => Self::Word(texts, word, OnceCell::new()),
        }
    }

    /// Asks what a column shows, and where it shows only the first of several, the others too.
    fn cell(column: Column, loaded: Loaded<'a>, holds: impl Fn(&str) -> bool + 'a) -> Self {
        let any = |part, holds: Box<dyn Fn(&str) -> bool + 'a>| {
            Self::text(loaded.values.part(part), 2, move |text| text.split('\n').any(&holds))
        };
        let texts = loaded.values.of(column);
        match column {
            Column::Alias => any(Part::Aliases, Box::new(holds)),
            Column::Paths => any(Part::Paths, Box::new(holds)),
            Column::Modified => Self::text(texts, 2, move |time| holds(&day_of(time))),
            _ if is_lower(column) => Self::text(texts, 2, move |cell| holds(&lower(cell))),
            _ => Self::text(texts, 2, holds),
        }
    }

    fn verdict(loaded: Loaded<'a>, holds: impl Fn(Verdict) -> bool + 'a) -> Self {
        Self::text(loaded.values.of(Column::Verdict), 1, move |name| {
            verdict_named(name).is_some_and(&holds)
        })
    }

    fn changed(loaded: Loaded<'a>, holds: impl Fn(Timestamp) -> bool + 'a) -> Self {
        Self::text(loaded.values.of(Column::Modified), 4, move |time| {
            time.parse().is_ok_and(&holds)
        })
    }

    fn account(loaded: Loaded<'a>, holds: impl Fn(&AccountEntry) -> bool) -> Self {
        Self::Account(loaded.store, loaded.store.accounts().iter().map(holds).collect())
    }

    /// What answering takes at most, in texts that are searched for a word.
    fn cost(&self) -> usize {
        match self {
            Self::All(asks) | Self::Any(asks) => asks.iter().map(Self::cost).sum(),
            Self::Not(ask) => ask.cost(),
            Self::Text(asked) => asked.answers.len() * asked.effort,
            Self::Word(texts, ..) => texts.count(),
            Self::Account(..) | Self::Marked(_) => 0,
            Self::Whole(..) => usize::MAX / 2,
        }
    }
}

fn cheap_first(mut asks: Vec<Prepared<'_>>) -> Vec<Prepared<'_>> {
    asks.sort_by_key(Prepared::cost);
    asks
}

impl OfText<'_> {
    fn holds(&mut self, row: RowId) -> bool {
        let id = self.texts.id(row);
        let answer = &mut self.answers[id.index()];
        *answer.get_or_insert_with(|| {
            self.texts.may_have(id, self.letters) && (self.holds)(self.texts.text(id))
        })
    }
}

impl Loaded<'_> {
    fn holds(&self, ask: &Ask, row: RowId) -> bool {
        self.store.finding(row).is_some_and(|finding| {
            ask.holds(&Row {
                finding,
                text: &text_of(&finding),
                lens: self.lens,
                now: self.aside.now,
                marked: self.aside.marks.contains(row),
                account: self.store.accounts()[self.store.account_of(row)].state(),
            })
        })
    }
}

/// What the column of the last change shows of the whole time, which [`Column::key`] has.
pub(super) fn day_of(time: &str) -> Cow<'_, str> {
    match time.split_once('T') {
        Some((day, _)) => day.into(),
        None => "-".into(),
    }
}

fn lower(cell: &str) -> Cow<'_, str> {
    match cell.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        true => cell.to_lowercase().into(),
        false => cell.into(),
    }
}
