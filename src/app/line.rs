//! A line of text that a person edits, as shells let one: the filter's, and any other.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::text::is_harmful;

/// Longer than any line that a person types; what a stray paste brings beyond it is cut.
pub const LONGEST: usize = 1_000;

/// The text and where the cursor stands in it. It never holds what a terminal would act on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    cursor: usize,
}

impl Line {
    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Characters before the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// True if nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts another text into it, the cursor behind that.
    pub fn set(&mut self, text: &str) {
        *self = Self::default();
        self.insert(text);
    }

    /// Puts text in at the cursor. A line feed or a tab becomes a blank, what is harmful is left
    /// out, and what is too long is cut.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.length());
        let blank = |c| if matches!(c, '\n' | '\t') { ' ' } else { c };
        let typed: String =
            text.chars().map(blank).filter(|c| !is_harmful(*c)).take(room).collect();
        self.text.insert_str(self.byte(self.cursor), &typed);
        self.cursor += typed.chars().count();
    }

    /// Puts text in the place of what stands between there and the cursor.
    pub fn replace_from(&mut self, start: usize, text: &str) {
        self.cut(start, self.cursor);
        self.insert(text);
    }

    /// Takes a key, if it is one that edits a line; false leaves it to somebody else.
    pub fn press(&mut self, key: &KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match (key.code, control, alt) {
            (KeyCode::Char(c), false, false) => self.insert(c.encode_utf8(&mut [0; 4])),
            (KeyCode::Left, true, _) | (KeyCode::Char('b') | KeyCode::Left, false, true) => {
                self.cursor = self.word_before();
            }
            (KeyCode::Right, true, _) | (KeyCode::Char('f') | KeyCode::Right, false, true) => {
                self.cursor = self.word_after();
            }
            (KeyCode::Left, ..) | (KeyCode::Char('b'), true, false) => {
                self.cursor = self.cursor.saturating_sub(1);
            }
            (KeyCode::Right, ..) | (KeyCode::Char('f'), true, false) => {
                self.cursor = (self.cursor + 1).min(self.length());
            }
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, false) => self.cursor = 0,
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, false) => self.cursor = self.length(),
            (KeyCode::Char('w'), true, false) | (KeyCode::Backspace, _, true) => {
                self.cut(self.word_before(), self.cursor);
            }
            (KeyCode::Backspace, ..) | (KeyCode::Char('h'), true, false) => {
                self.cut(self.cursor.saturating_sub(1), self.cursor);
            }
            (KeyCode::Delete, ..) | (KeyCode::Char('d'), true, false) => {
                self.cut(self.cursor, self.cursor + 1);
            }
            (KeyCode::Char('d'), false, true) => self.cut(self.cursor, self.word_after()),
            (KeyCode::Char('u'), true, false) => self.cut(0, self.cursor),
            (KeyCode::Char('k'), true, false) => self.cut(self.cursor, self.length()),
            _ => return false,
        }
        true
    }

    fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// The byte at which a character begins; the end for what is beyond.
    fn byte(&self, character: usize) -> usize {
        self.text.char_indices().nth(character).map_or(self.text.len(), |(at, _)| at)
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.text.replace_range(self.byte(from)..self.byte(to), "");
        self.cursor = from;
    }

    /// Where the word begins that the cursor is in or behind.
    fn word_before(&self) -> usize {
        let before: Vec<char> = self.text.chars().take(self.cursor).collect();
        let end = before.iter().rposition(|c| *c != ' ').map_or(0, |at| at + 1);
        before[..end].iter().rposition(|c| *c == ' ').map_or(0, |at| at + 1)
    }

    /// Where the word ends that the cursor is in or before.
    fn word_after(&self) -> usize {
        let mut rest = self.text.chars().skip(self.cursor).enumerate();
        let begins = rest.find(|(_, c)| *c != ' ').map(|(at, _)| at);
        let ends = rest.find(|(_, c)| *c == ' ').map(|(at, _)| at);
        match (begins, ends) {
            (Some(_), Some(end)) => self.cursor + end,
            _ => self.length(),
        }
    }
}

/// How many lines are remembered.
const REMEMBERED: usize = 100;

/// Lines that were finished, to be had again.
#[derive(Clone, Debug, Default)]
pub struct History {
    lines: Vec<String>,
    /// How many of the last ones were gone back.
    back: usize,
    /// What stood in the line before.
    draft: String,
}

impl History {
    /// Remembers a finished line, as the last one.
    pub fn keep(&mut self, line: &str) {
        self.back = 0;
        if line.trim().is_empty() {
            return;
        }
        self.lines.retain(|earlier| earlier != line);
        self.lines.push(line.to_owned());
        let beyond = self.lines.len().saturating_sub(REMEMBERED);
        self.lines.drain(..beyond);
    }

    /// The line before the one that stands there now.
    pub fn earlier(&mut self, now: &str) -> Option<&str> {
        if self.back == self.lines.len() {
            return None;
        }
        if self.back == 0 {
            now.clone_into(&mut self.draft);
        }
        self.back += 1;
        self.lines.get(self.lines.len() - self.back).map(String::as_str)
    }

    /// The line after it; at last what stood there at first.
    pub fn later(&mut self) -> Option<&str> {
        self.back = self.back.checked_sub(1)?;
        match self.back {
            0 => Some(&self.draft),
            back => self.lines.get(self.lines.len() - back).map(String::as_str),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Keys = &'static [(KeyCode, KeyModifiers)];

    fn pressed(line: &mut Line, keys: Keys) {
        for (code, modifiers) in keys {
            assert!(line.press(&KeyEvent::new(*code, *modifiers)), "{code:?}");
        }
    }

    fn line(text: &str) -> Line {
        let mut line = Line::default();
        line.set(text);
        line
    }

    #[test]
    fn keys_edit_where_the_cursor_is() {
        const PLAIN: KeyModifiers = KeyModifiers::NONE;
        const CONTROL: KeyModifiers = KeyModifiers::CONTROL;
        const ALT: KeyModifiers = KeyModifiers::ALT;
        let cases: [(Keys, &str, usize); 16] = [
            (&[(KeyCode::Left, PLAIN), (KeyCode::Char('X'), PLAIN)], "zwei drüeXi", 10),
            (&[(KeyCode::Home, PLAIN), (KeyCode::Delete, PLAIN)], "wei drüei", 0),
            (&[(KeyCode::Char('a'), CONTROL), (KeyCode::Right, PLAIN)], "zwei drüei", 1),
            (&[(KeyCode::Char('w'), CONTROL)], "zwei ", 5),
            (&[(KeyCode::Char('w'), CONTROL), (KeyCode::Char('w'), CONTROL)], "", 0),
            (&[(KeyCode::Char('b'), ALT), (KeyCode::Char('k'), CONTROL)], "zwei ", 5),
            (&[(KeyCode::Char('b'), ALT), (KeyCode::Char('u'), CONTROL)], "drüei", 0),
            (&[(KeyCode::Home, PLAIN), (KeyCode::Char('f'), ALT)], "zwei drüei", 4),
            (&[(KeyCode::Home, PLAIN), (KeyCode::Right, CONTROL)], "zwei drüei", 4),
            (&[(KeyCode::Left, CONTROL), (KeyCode::Left, CONTROL)], "zwei drüei", 0),
            (&[(KeyCode::Home, PLAIN), (KeyCode::Char('d'), ALT)], " drüei", 0),
            (&[(KeyCode::Backspace, PLAIN)], "zwei drüe", 9),
            (&[(KeyCode::Home, PLAIN), (KeyCode::Backspace, PLAIN)], "zwei drüei", 0),
            (&[(KeyCode::Delete, PLAIN)], "zwei drüei", 10),
            (
                &[(KeyCode::Left, PLAIN), (KeyCode::Left, PLAIN), (KeyCode::Backspace, PLAIN)],
                "zwei drei",
                7,
            ),
            (&[(KeyCode::Home, PLAIN), (KeyCode::Char('e'), CONTROL)], "zwei drüei", 10),
        ];
        for (keys, text, cursor) in cases {
            let mut line = line("zwei drüei");
            pressed(&mut line, keys);
            assert_eq!((line.text(), line.cursor()), (text, cursor), "{keys:?}");
        }
    }

    #[test]
    fn what_is_harmful_or_too_long_does_not_get_in() {
        let mut line = line("a\u{1b}[2J\n\u{202e}b\tc");
        assert_eq!((line.text(), line.cursor()), ("a[2J b c", 8));
        line.insert(&"x".repeat(2 * LONGEST));
        assert_eq!((line.text().len(), line.cursor()), (LONGEST, LONGEST));
    }

    #[test]
    fn earlier_lines_come_back_and_the_draft_at_last() {
        let mut history = History::default();
        for line in ["a", "b", " ", "a"] {
            history.keep(line);
        }
        assert_eq!(history.later(), None);
        assert_eq!(history.earlier("draft"), Some("a"));
        assert_eq!(history.earlier("a"), Some("b"));
        assert_eq!(history.earlier("b"), None);
        assert_eq!(history.later(), Some("a"));
        assert_eq!(history.later(), Some("draft"));
        assert_eq!(history.later(), None);
    }

    #[test]
    fn other_keys_are_left_alone() {
        let mut line = line("a");
        for code in [KeyCode::Enter, KeyCode::Tab, KeyCode::Up, KeyCode::Esc, KeyCode::F(1)] {
            assert!(!line.press(&KeyEvent::new(code, KeyModifiers::NONE)));
        }
        assert!(!line.press(&KeyEvent::new(KeyCode::Char('x'), KeyModifiers::ALT)));
        assert_eq!(line.text(), "a");
    }
}
