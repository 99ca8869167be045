//! What the TOML parser says, in words that help.

use std::ops::Range;

use toml::de::Error;

use super::secrets::hide_by_text;
use super::walk::Walk;
use crate::config::mistake::Found;

/// Notes the parser's errors. What it guesses after an unclosed bracket is noise: of such errors
/// only the first is told.
pub(super) fn note(walk: &mut Walk<'_>, errors: &[Error]) {
    if errors.is_empty() {
        return;
    }
    hide_by_text(walk);
    let text = walk.text;
    let mut errors: Vec<(Range<usize>, &str)> = errors
        .iter()
        .map(|error| (error.span().unwrap_or(text.len()..text.len()), error.message()))
        .collect();
    errors.sort_by_key(|(span, _)| span.start);
    let lost = errors.iter().find(|(span, message)| {
        loses_structure(message) || is_swallowed_header(text, span, message)
    });
    let lost = lost.map_or(text.len(), |(span, _)| span.start);
    let guessed = line_of(text, lost).start;
    let mut last_line = None;
    for (span, message) in errors.into_iter().filter(|(span, _)| span.start <= lost) {
        let line = line_of(text, span.start);
        if last_line.replace(line.start) == Some(line.start) {
            continue;
        }
        let (message, hint, span) = explain(text, line.clone(), span, message);
        walk.broken(Found { span, message, hint }, line, guessed);
    }
}

/// True for a header that was taken for a part of a list, because the list is not closed.
fn is_swallowed_header(text: &str, span: &Range<usize>, message: &str) -> bool {
    let line = text.get(line_of(text, span.start)).unwrap_or_default().trim();
    message.contains("must be quoted") && line.starts_with('[') && line.ends_with(']')
}

/// After these the parser no longer knows which table it is in.
fn loses_structure(message: &str) -> bool {
    ["array", "unclosed", "inline table", "key-value pairs", "multi-line"]
        .iter()
        .any(|word| message.contains(word))
}

fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or_default();
    start..rest.find('\n').map_or(text.len(), |at| start + at)
}

fn explain(
    text: &str,
    line: Range<usize>,
    span: Range<usize>,
    message: &str,
) -> (String, String, Range<usize>) {
    let source = text.get(line.clone()).unwrap_or_default();
    if is_swallowed_header(text, &span, message) {
        let message = "this header stands inside a list that is not closed";
        return (message.to_owned(), "close the list above it with ]".to_owned(), line);
    }
    if message.contains("leading zero") {
        let number = source.get(span.start - line.start..).unwrap_or_default();
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        if source.trim_start().starts_with("account_id") {
            return (
                "`account_id` is a bare number, and must be a string of 12 digits".to_owned(),
                format!("quote it: account_id = \"{}\"", &number[..end]),
                span.start..span.start + end,
            );
        }
        return (
            message.to_owned(),
            "a number has no leading zero; text stands in quotes".into(),
            span,
        );
    }
    let hint = match message {
        m if m.contains("duplicate key") => "the key stands twice in the same table: keep one",
        m if m.contains("invalid boolean") || m.contains("string values must be quoted") => {
            "text stands in quotes"
        }
        m if m.contains("key with no value") => "a setting is written key = value",
        m if m.contains("basic string") || m.contains("literal string") => {
            "a string ends with the quote that it began with, on the same line"
        }
        _ => "",
    };
    (message.to_owned(), hint.to_owned(), span)
}
