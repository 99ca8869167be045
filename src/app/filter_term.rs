//! Terms of a filter that mean a cell: `account=shop-prod`, `!origin="two words"`.

use std::ops::Range;

use super::filter::complete::quoted;
use crate::export::column::Column;

/// A term that means a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellTerm {
    /// The column.
    pub column: Column,
    /// What its cell holds.
    pub text: String,
    /// Every other text is meant.
    pub negate: bool,
}

impl CellTerm {
    /// Reads a term as [`filter_term`] writes it.
    fn parse(term: &str) -> Option<Self> {
        let negate = term.starts_with('!');
        let (name, value) = term[usize::from(negate)..].split_once('=')?;
        let column = Column::named(name)?;
        let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let text = quoted.unwrap_or(value).replace("\"\"", "\"");
        (filter_term(column, &text, negate) == term).then_some(Self { column, text, negate })
    }
}

/// The terms of a filter that mean cells of these columns, and the filter without them; `None`
/// where something else than "all of these" may be meant.
pub fn cell_terms(filter: &str, columns: &[Column]) -> Option<(Vec<CellTerm>, String)> {
    let (mut cells, mut rest) = (Vec::new(), Vec::new());
    for term in terms(filter).map(|range| &filter[range]) {
        match CellTerm::parse(term).filter(|cell| columns.contains(&cell.column)) {
            Some(cell) => cells.push(cell),
            None if term.contains(['|', '(', ')']) => return None,
            None => rest.push(term),
        }
    }
    Some((cells, rest.join(" ")))
}

/// The term for "this column holds just this text", or for the contrary.
pub fn filter_term(column: Column, text: &str, negate: bool) -> String {
    let not = if negate { "!" } else { "" };
    format!("{not}{}={}", column.name(), quoted(text))
}

/// True if the term is one of those of a filter.
pub fn has_term(filter: &str, term: &str) -> bool {
    terms(filter).any(|range| &filter[range] == term)
}

/// The filter with this term too.
pub fn with_term(filter: &str, term: &str) -> String {
    match filter.trim_end() {
        "" => term.to_owned(),
        filter if has_term(filter, term) => filter.to_owned(),
        filter => format!("{filter} {term}"),
    }
}

/// The filter without this term.
pub fn without_term(filter: &str, term: &str) -> String {
    let others = terms(filter).map(|range| &filter[range]).filter(|other| *other != term);
    others.collect::<Vec<_>>().join(" ")
}

/// The terms of a filter: what stands between blanks that are not quoted.
fn terms(filter: &str) -> impl Iterator<Item = Range<usize>> {
    // Two quotes inside of quotes, which are one, leave and enter again.
    let (mut in_quotes, mut begin) = (false, 0);
    let mut ranges = Vec::new();
    for (at, c) in filter.char_indices() {
        in_quotes ^= c == '"';
        if c.is_whitespace() && !in_quotes {
            ranges.push(begin..at);
            begin = at + c.len_utf8();
        }
    }
    ranges.push(begin..filter.len());
    ranges.into_iter().filter(|range| !range.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_where_it_must_be() {
        let term = |text| filter_term(Column::Origin, text, false);
        assert_eq!(term("a-b_c.d"), "origin=a-b_c.d");
        assert_eq!(term("img.shop-1.example/*"), "origin=img.shop-1.example/*");
        assert_eq!(term("a b"), "origin=\"a b\"");
        assert_eq!(term("say \"hi\""), "origin=\"say \"\"hi\"\"\"");
        assert_eq!(term(""), "origin=\"\"");
        assert_eq!(term("a|b"), "origin=\"a|b\"");
        assert_eq!(filter_term(Column::Kind, "s3+oac", true), "!type=s3+oac");
        assert_eq!(filter_term(Column::Account, "shop-prod", true), "!account=shop-prod");
    }

    #[test]
    fn terms_that_mean_cells_are_told_from_the_others() {
        let filter = "prod account=a !type=s3+oac origin=b owner=\"a \"\"b\"\"\" alias=";
        let columns = [Column::Account, Column::Kind, Column::Owner, Column::Alias];
        let (cells, rest) = cell_terms(filter, &columns).unwrap();
        let told: Vec<_> = cells.iter().map(|c| (c.column, c.text.as_str(), c.negate)).collect();
        let wanted = [
            (Column::Account, "a", false),
            (Column::Kind, "s3+oac", true),
            (Column::Owner, "a \"b\"", false),
        ];
        assert_eq!(told, wanted);
        assert_eq!(rest, "prod origin=b alias=");
        assert_eq!(cell_terms("account=a|account=b", &columns), None);
        assert_eq!(cell_terms("account=a | x", &columns), None);
        assert_eq!(cell_terms("", &columns), Some((Vec::new(), String::new())));
    }

    #[test]
    fn a_term_is_added_once_and_taken_out_again() {
        let term = filter_term(Column::Origin, "a \"b\" c", false);
        let filter = with_term("prod ", &term);
        assert_eq!(filter, "prod origin=\"a \"\"b\"\" c\"");
        assert_eq!(with_term(&filter, &term), filter);
        assert!(has_term(&filter, &term) && !has_term(&filter, "c\""));
        assert_eq!(without_term(&filter, &term), "prod");
        assert_eq!(without_term("a  b a", "a"), "b");
        assert_eq!(with_term("", &term), term);
    }
}
