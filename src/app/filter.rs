//! The filter: one language for `/` and for `scan --filter`.
//!
//! Blank-separated terms that must all hold: words that occur in some column, `column:pattern`,
//! `column=cell`, comparisons, tags, states; `|`, `!`, quotes and parentheses. [`GRAMMAR`] is the
//! whole of it as people read it.

mod ask;
pub mod complete;
mod implied;
mod lexer;
mod names;
mod parse;
mod part;
mod prepared;
mod term;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use jiff::Timestamp;

use self::ask::Ask;
pub(in crate::app) use self::part::Part;
pub(in crate::app) use self::prepared::Loaded;
use crate::domain::finding::Finding;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;
use crate::export::column::Column;

/// What a filter can say, an example and its meaning each; help and README show it.
pub const GRAMMAR: [(&str, &str); 17] = [
    ("shop alb", "both words, each in any column, whatever the case"),
    ("prod|dr", "one of them; it binds tighter than the blank"),
    ("!s3", "not this; also before the terms below"),
    ("(shop pay)|dr", "parentheses group"),
    ("\"two words\"", "quotes hold blanks, and take the meaning from | ! : ~ and the like"),
    ("origin:^legacy", "a regular expression on a column; in quotes if it holds a blank or |"),
    ("account=shop-prod", "the whole cell; != is the contrary"),
    ("verdict>=warn", "as bad as this, or worse; < <= > >= work on verdict, tls, age, modified"),
    ("tls<1.2", "the lowest TLS version to the origin"),
    ("age>30d", "the time since the last change, in h, d or w"),
    ("modified>=2026-11", "the day of the last change, or its month or year"),
    ("tag:env=prod", "a tag of the account; tag:env is any of that key"),
    ("var:owner=team-web", "a variable of the account"),
    ("is:gap", "a state, such as gap, problem, marked, weak_tls, latent; Tab lists them"),
    ("has:error", "origins of accounts that were not wholly read"),
    ("~lgcyalb", "fuzzy: these letters in this order in one cell"),
    ("prod|dr !s3 is:gap", "all of it together"),
];

/// A filter ready to be asked. The empty one lets everything through.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    ask: Option<Ask>,
}

/// A row that a filter is asked about, and what the row itself does not hold.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// What is in the row.
    pub finding: Finding<'a>,
    /// Its [`text_of`].
    pub text: &'a str,
    /// Which verdict is meant.
    pub lens: Lens,
    /// From when ages are counted.
    pub now: Timestamp,
    /// The row is marked.
    pub marked: bool,
    /// How its account stands; `None` while that is open.
    pub account: Option<AccountState>,
}

/// Why a filter cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// Characters before the trouble.
    pub column: usize,
    /// Characters that the trouble takes, one at least.
    pub length: usize,
    /// What is wrong, ready for a person.
    pub message: String,
    /// What would be right, ready for a person.
    pub hint: Option<String>,
}

impl FilterError {
    fn at(place: Range<usize>, message: impl Into<String>) -> Self {
        let (column, length) = (place.start, place.len().max(1));
        Self { column, length, message: message.into(), hint: None }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        self.hint.iter().try_for_each(|hint| write!(f, "; {hint}"))
    }
}

impl Filter {
    /// Reads what a person typed.
    ///
    /// # Errors
    /// Whatever cannot be read, with its place and what would be right.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::parse(text).map(|ask| Self { ask })
    }

    /// True if it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.ask.is_none()
    }

    /// True if it lets the row through.
    pub fn matches(&self, row: &Row<'_>) -> bool {
        self.ask.as_ref().is_none_or(|ask| ask.holds(row))
    }

    /// True if a mark that is set or taken may change what it lets through.
    pub fn is_about_marks(&self) -> bool {
        self.ask.as_ref().is_some_and(Ask::is_about_marks)
    }
}

/// What words are looked for in, in lower case: a line for each of [`LINES`], then what else people
/// know a distribution by. No cell holds a line feed, so a line is a cell.
pub fn text_of(finding: &Finding<'_>) -> String {
    let Finding { account, distribution, .. } = finding;
    let mut cells: Vec<Cow<'_, str>> =
        LINES.iter().map(|column| column.text(finding, Lens::Traffic)).collect();
    cells.push(escape(&distribution.domain));
    let more =
        distribution.aliases.iter().skip(1).chain(&account.tags).chain(account.vars.values());
    cells.extend(more.map(|text| escape(text)));
    cells.join("\n").to_lowercase()
}

/// The columns that a row's text holds, in its order. None depends on the lens.
const LINES: [Column; 11] = [
    Column::Account,
    Column::AccountId,
    Column::Distribution,
    Column::Alias,
    Column::OriginId,
    Column::Origin,
    Column::Kind,
    Column::Protocol,
    Column::Viewer,
    Column::Tls,
    Column::Comment,
];

/// What stands in a column, in lower case, out of a row's text: that is quicker than to make it
/// anew. `None` for a column that is not in there.
fn line_of(text: &str, column: Column) -> Option<&str> {
    let line = LINES.iter().position(|held| *held == column)?;
    text.split('\n').nth(line)
}
