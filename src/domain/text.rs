//! Text of other people made harmless. Origin ids, domains, paths, comments and AWS's error
//! messages may hold anything; what a terminal would act on never leaves the program raw.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_general_category::{GeneralCategory, get_general_category};

/// True for what a terminal acts on or a reader cannot see: the Unicode categories Cc, Cf, Zl
/// and Zp (control, format with its bidi marks, line and paragraph separators).
pub fn is_harmful(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    matches!(
        get_general_category(c),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    )
}

/// True if no character is harmful, so that a command may be built with it.
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(is_harmful)
}

/// For screens, plain text and CSV: harmful characters as `\x1b` or `\x{202e}`.
pub fn escape(text: &str) -> Cow<'_, str> {
    replace(text, |out, c| {
        let _ = match u32::from(c) {
            code @ 0..=0xff => write!(out, "\\x{code:02x}"),
            code => write!(out, "\\x{{{code:x}}}"),
        };
    })
}

/// For finished JSON text on one line or many: harmful characters as `\u009b`, which encoders
/// leave raw. Line feeds stand between JSON tokens only, so they stay.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    if json.chars().all(|c| c == '\n' || !is_harmful(c)) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if c == '\n' || !is_harmful(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    Cow::Owned(out)
}

fn replace(text: &str, write: impl Fn(&mut String, char)) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_harmful(c) {
            true => write(&mut out, c),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_acts_on_is_escaped() {
        assert_eq!(escape("a\x1b[31m\u{9b}b"), "a\\x1b[31m\\x9bb");
        assert_eq!(escape("\u{202e}x\u{2028}\u{feff}\n"), "\\x{202e}x\\x{2028}\\x{feff}\\x0a");
        assert_eq!(escape("Grüße 日本 🎉"), "Grüße 日本 🎉");
    }

    #[test]
    fn json_stays_json() {
        let json = serde_json::to_string("\u{9b}\u{202e}\u{e0001}\n\u{7f}").unwrap();
        let safe = escape_json(&json);
        assert!(is_plain(&safe));
        assert_eq!(
            serde_json::from_str::<String>(&safe).unwrap(),
            "\u{9b}\u{202e}\u{e0001}\n\u{7f}"
        );
    }
}
