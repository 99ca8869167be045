//! The live filter: blank-separated words, each of which must occur in some column, whatever
//! the case. Quotes hold a blank.

use std::fmt;

use memchr::memmem::Finder;

use crate::domain::endpoint;
use crate::domain::finding::Finding;
use crate::domain::verdict::{Lens, Verdict};
use crate::export::cells;

/// A filter ready to be asked. The empty one lets everything through.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    words: Vec<Word>,
}

/// A word in lower case, with the searcher that is built once for it.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    finder: Finder<'static>,
}

/// Why a filter cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// Characters before the trouble.
    pub column: usize,
    /// What is wrong, ready for a person.
    pub message: String,
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (column {})", self.message, self.column + 1)
    }
}

impl Filter {
    /// Reads what a person typed.
    ///
    /// # Errors
    /// A quote that is not closed.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let mut words = Vec::new();
        let mut word = String::new();
        let mut quoted_at = None;
        for (column, c) in text.chars().enumerate() {
            match (c, quoted_at) {
                ('"', None) => quoted_at = Some(column),
                ('"', Some(_)) => quoted_at = None,
                (c, None) if c.is_whitespace() => words.push(std::mem::take(&mut word)),
                (c, _) => word.extend(c.to_lowercase()),
            }
        }
        if let Some(column) = quoted_at {
            return Err(FilterError { column, message: "this quote is not closed".to_owned() });
        }
        words.push(word);
        words.retain(|w| !w.is_empty());
        let ready = |text: String| {
            let finder = Finder::new(text.as_bytes()).into_owned();
            Word { text, finder }
        };
        Ok(Self { words: words.into_iter().map(ready).collect() })
    }

    /// True if it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// True if every word occurs in some column of the finding, its verdict's name too.
    pub fn matches(&self, finding: &Finding<'_>, lens: Lens) -> bool {
        self.is_empty() || self.matches_text(&text_of(finding), finding.assessment.verdict(lens))
    }

    /// As [`Self::matches`], with the text of [`text_of`].
    pub fn matches_text(&self, text: &str, verdict: Verdict) -> bool {
        let found = |word: &Word| word.finder.find(text.as_bytes()).is_some();
        self.words.iter().all(|word| found(word) || verdict.name().contains(&word.text))
    }
}

/// What a filter looks into, in lower case: what the columns show, and what people know a distribution by. A
/// line feed between columns keeps a quoted filter from matching across them.
pub fn text_of(finding: &Finding<'_>) -> String {
    let Finding { account, distribution, origin, .. } = finding;
    let viewer = cells::viewer(finding);
    let mut columns = vec![
        account.name.as_str(),
        account.id.as_str(),
        distribution.id.as_str(),
        &distribution.domain,
        &distribution.comment,
        origin.id.as_str(),
        &origin.domain,
        endpoint::service(origin),
        cells::protocol(finding),
        &viewer,
        cells::min_tls(finding),
    ];
    columns.extend(distribution.aliases.iter().map(String::as_str));
    columns.extend(account.tags.iter().map(String::as_str));
    columns.extend(account.vars.values().map(String::as_str));
    columns.join("\n").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(filter: &str, text: &str) -> bool {
        Filter::parse(filter).unwrap().matches_text(text, Verdict::Fail)
    }

    #[test]
    fn every_word_must_occur_whatever_the_case() {
        assert!(matches("", "anything"));
        assert!(matches("SHOP alb", "shop-prod legacy-alb-1"));
        assert!(!matches("shop alb", "shop-prod img"));
        assert!(matches("\"two words\"", "here are two words"));
        assert!(!matches("\"two words\"", "words two"));
        assert!(matches("FAIL", "nothing"));
    }

    #[test]
    fn an_open_quote_is_told_with_its_place() {
        let error = Filter::parse("a \"b").unwrap_err();
        assert_eq!(error.column, 2);
    }
}
