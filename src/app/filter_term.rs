//! Terms of a filter that mean a cell: `account=shop-prod`, `!origin="two words"`.

use std::ops::Range;

use crate::export::column::Column;

/// The term for "this column holds just this text", or for the contrary.
pub fn filter_term(column: Column, text: &str, negate: bool) -> String {
    let not = if negate { "!" } else { "" };
    format!("{not}{}={}", column.name(), quoted(text))
}

/// As a filter wants it: quoted where a blank or a sign would mean something else.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._*/-".contains(c);
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("\"{}\"", text.replace('"', "\\\"")),
    }
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
    let (mut quoted, mut escaped) = (false, false);
    let mut begin = 0;
    let mut ranges = Vec::new();
    for (at, c) in filter.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                ranges.push(begin..at);
                begin = at + c.len_utf8();
            }
            _ => {}
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
        assert_eq!(term("say \"hi\""), "origin=\"say \\\"hi\\\"\"");
        assert_eq!(term(""), "origin=\"\"");
        assert_eq!(term("a|b"), "origin=\"a|b\"");
        assert_eq!(filter_term(Column::Kind, "s3+oac", true), "!type=\"s3+oac\"");
        assert_eq!(filter_term(Column::Account, "shop-prod", true), "!account=shop-prod");
    }

    #[test]
    fn a_term_is_added_once_and_taken_out_again() {
        let term = filter_term(Column::Origin, "a \"b\" c", false);
        let filter = with_term("prod ", &term);
        assert_eq!(filter, "prod origin=\"a \\\"b\\\" c\"");
        assert_eq!(with_term(&filter, &term), filter);
        assert!(has_term(&filter, &term) && !has_term(&filter, "c\""));
        assert_eq!(without_term(&filter, &term), "prod");
        assert_eq!(without_term("a  b a", "a"), "b");
        assert_eq!(with_term("", &term), term);
    }
}
