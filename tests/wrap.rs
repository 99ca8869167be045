//! Styled lines broken to a width: nothing is lost, nothing is wider.

#![allow(clippy::unwrap_used, missing_docs)]

use cf_tui::ui::wrap::{cut, hanging, wrap};
use proptest::prelude::*;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

fn texts(lines: &[Line<'static>]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

fn wrapped(text: &str, width: u16) -> Vec<String> {
    texts(&wrap([Line::from(text.to_owned())], width))
}

#[test]
fn lines_break_at_blanks_and_keep_their_indentation() {
    assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
    assert_eq!(wrapped("  one two three", 7), ["  one", "  two", "  three"]);
    assert_eq!(wrapped("one  two", 8), ["one  two"]);
    assert_eq!(wrapped("", 8), [""]);
}

#[test]
fn a_value_hangs_under_its_column() {
    let line = Line::from("name   a value of words");
    assert_eq!(texts(&hanging(&line, 7, 14)), ["name   a value", "       of", "       words"]);
}

#[test]
fn an_over_long_word_is_broken_at_its_parts_and_else_cut() {
    assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    assert_eq!(wrapped("d111abc.cloudfront.net", 12), ["d111abc.", "cloudfront.", "net"]);
    assert_eq!(wrapped("at d111abc.cloudfront.net", 12), ["at d111abc.", "cloudfront.", "net"]);
}

#[test]
fn wide_and_combining_characters_are_counted_in_cells() {
    assert_eq!(wrapped("日本語日本", 4), ["日本", "語日", "本"]);
    assert_eq!(wrapped("日本語", 3), ["日", "本", "語"]);
    assert_eq!(wrapped("🎉🎉 🎉", 5), ["🎉🎉", "🎉"]);
    assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
}

#[test]
fn styles_stay_with_their_characters() {
    let (red, blue) = (Style::new().fg(Color::Red), Style::new().fg(Color::Blue));
    let line = Line::from(vec![Span::styled("ab cd", red), Span::styled("ef", blue)]);
    let lines = wrap([line], 4);
    assert_eq!(lines[0], Line::from(Span::styled("ab", red)));
    assert_eq!(lines[1], Line::from(vec![Span::styled("cd", red), Span::styled("ef", blue)]));
}

#[test]
fn code_is_cut_and_marked_with_its_blanks_kept() {
    let mark = Span::raw("> ");
    let line = Line::from("a  b  cdefgh ");
    assert_eq!(texts(&cut(&line, &mark, 6)), ["a  b  ", "> cdef", "> gh "]);
    assert_eq!(texts(&cut(&Line::from(""), &mark, 6)), [""]);
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ a-z.]{0,60}", "[ a日本🎉\u{301}e/]{0,40}", "\\PC{0,40}"]
}

/// As they are drawn: grapheme by grapheme.
fn cells(line: &Line<'static>) -> usize {
    line.styled_graphemes(Style::new()).map(|grapheme| grapheme.symbol.width()).sum()
}

/// The cells of the widest grapheme, which no break can make narrower.
fn widest(line: &Line<'static>) -> usize {
    let graphemes = line.styled_graphemes(Style::new());
    graphemes.map(|grapheme| grapheme.symbol.width()).max().unwrap_or(0)
}

fn solid(lines: &[Line<'static>]) -> String {
    texts(lines).concat().replace(' ', "")
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_wider(text in text(), hang in 0..40usize, width in 2..60u16) {
        let line = Line::from(text.clone());
        prop_assume!(widest(&line) <= usize::from(width));
        let lines = hanging(&line, hang, width);
        prop_assert_eq!(solid(&lines), text.replace(' ', ""));
        for line in &lines {
            prop_assert!(cells(line) <= usize::from(width), "{:?}", line);
        }
    }

    #[test]
    fn cut_code_is_whole(text in text(), width in 4..60u16) {
        let line = Line::from(text.clone());
        prop_assume!(widest(&line) + 2 <= usize::from(width));
        let lines = cut(&line, &Span::raw("↪ "), width);
        let whole: Vec<String> = texts(&lines);
        let rest = whole[1..].iter().map(|l| l.strip_prefix("↪ ").unwrap());
        prop_assert_eq!(whole[0].clone() + &rest.collect::<String>(), text);
        for line in &lines {
            prop_assert!(cells(line) <= usize::from(width), "{:?}", line);
        }
    }
}
