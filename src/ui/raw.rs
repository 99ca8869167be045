//! The Raw JSON tab.

use ratatui::text::Span;

use super::Pane;
use super::glyphs::Glyphs;
use super::sheet::{Sheet, say};
use super::theme::Theme;
use crate::domain::finding::Finding;
use crate::export::raw::raw_json;

/// What was read of the finding's distribution, in the API's own key names.
pub fn raw(finding: &Finding<'_>, theme: &Theme, glyphs: Glyphs, width: u16) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    for line in raw_json(finding.distribution).lines() {
        sheet.code(coloured(line, theme));
    }
    sheet.finish()
}

/// One line of indented JSON: at most one key, then a value or brackets.
fn coloured(line: &str, theme: &Theme) -> Vec<Span<'static>> {
    let start = line.len() - line.trim_start_matches(' ').len();
    let (indent, rest) = line.split_at(start);
    let mut spans = vec![say(indent, theme.text)];
    let value = match string_end(rest) {
        Some(end) if rest[end..].starts_with(':') => {
            spans.push(say(&rest[..end], theme.key));
            let value = rest[end..].len() - rest[end + 1..].trim_start().len();
            spans.push(say(&rest[end..end + value], theme.muted));
            &rest[end + value..]
        }
        _ => rest,
    };
    match string_end(value) {
        Some(end) => {
            spans.push(say(&value[..end], theme.code));
            spans.push(say(&value[end..], theme.muted));
        }
        None => spans.push(say(value, theme.text)),
    }
    spans
}

/// Where the string that the text begins with has ended, its quotes included.
fn string_end(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 2),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_strings_are_told_apart() {
        let theme = Theme::dark();
        let said = |line| {
            let spans = coloured(line, &theme);
            spans.iter().map(|s| (s.content.to_string(), s.style)).collect::<Vec<_>>()
        };
        let line = said(r#"  "a\":b": "c: \"d\"","#);
        assert_eq!(line[1], (r#""a\":b""#.to_owned(), theme.key));
        assert_eq!(line[3], (r#""c: \"d\"""#.to_owned(), theme.code));
        assert_eq!(said(r#""x","#)[1], (r#""x""#.to_owned(), theme.code));
        assert_eq!(said(r#""n": 42"#)[3], ("42".to_owned(), theme.text));
    }
}
