//! A key as people write it and as terminals send it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers, without what terminals add or leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    control: bool,
    alt: bool,
}

/// The names of the keys that are no character; the first one of a key is how it is shown.
const NAMED: [(&str, KeyCode); 24] = [
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("BackTab", KeyCode::BackTab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Del", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Ins", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PageUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PageDown", KeyCode::PageDown),
    ("PgDown", KeyCode::PageDown),
];

/// The names that a hint chooses the nearest of.
const NAMES: [&str; 18] = [
    "Enter",
    "Esc",
    "Tab",
    "BackTab",
    "Space",
    "Backspace",
    "Delete",
    "Insert",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "F1",
    "F12",
];

impl Key {
    /// Shift is part of the character, so only Control and Alt are kept.
    pub fn of(event: &KeyEvent) -> Option<Self> {
        let unusual = KeyModifiers::SUPER | KeyModifiers::META | KeyModifiers::HYPER;
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        (!event.modifiers.intersects(unusual)).then(|| Self {
            code: match event.code {
                KeyCode::Char(c) if control => KeyCode::Char(c.to_ascii_lowercase()),
                code => code,
            },
            control,
            alt: event.modifiers.contains(KeyModifiers::ALT),
        })
    }

    /// A key as people write it: `x`, `Ctrl-x`, `Alt-Enter`, `F5`.
    ///
    /// # Errors
    /// What to do about text that is no key, or one that no terminal sends.
    pub(in crate::app) fn parse(text: &str) -> Result<Self, String> {
        if let Some(rest) = after(text, "Ctrl-") {
            return with_control(Self::parse(rest)?);
        }
        if let Some(rest) = after(text, "Alt-") {
            return Ok(Self { alt: true, ..Self::parse(rest)? });
        }
        let mut chars = text.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) if c != ' ' => KeyCode::Char(c),
            _ => named(text).ok_or_else(|| meant(text))?,
        };
        Ok(Self { code, control: false, alt: false })
    }
}

impl Key {
    /// The key of a character.
    pub fn character(c: char) -> Self {
        Self { code: KeyCode::Char(c), control: false, alt: false }
    }

    /// The character that it types, if it types one.
    pub(super) fn letter(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.control && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The key as a terminal tells it.
    pub(in crate::app) fn event(self) -> KeyEvent {
        let modifier = |on, modifier| if on { modifier } else { KeyModifiers::NONE };
        let control = modifier(self.control, KeyModifiers::CONTROL);
        KeyEvent::new(self.code, control | modifier(self.alt, KeyModifiers::ALT))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = |on, text| if on { text } else { "" };
        f.write_str(prefix(self.control, "Ctrl-"))?;
        f.write_str(prefix(self.alt, "Alt-"))?;
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, code) => write!(f, "{code}"),
        }
    }
}

/// What follows a prefix, however it is capitalised. `-` itself is a key.
fn after<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    (head.eq_ignore_ascii_case(prefix) && !rest.is_empty()).then_some(rest)
}

/// Terminals send Control with letters, with Space and with keys that are no character; some
/// letters arrive as another key.
fn with_control(key: Key) -> Result<Key, String> {
    let code = match key.code {
        KeyCode::Char(c) => KeyCode::Char(c.to_ascii_lowercase()),
        code => code,
    };
    match code {
        KeyCode::Char('i') => Err("terminals send Tab for it: write \"Tab\"".to_owned()),
        KeyCode::Char('m') => Err("terminals send Enter for it: write \"Enter\"".to_owned()),
        KeyCode::Char('[') => Err("terminals send Esc for it: write \"Esc\"".to_owned()),
        KeyCode::Char(c) if c != ' ' && !c.is_ascii_lowercase() => {
            Err("terminals send Ctrl- only with a letter, Space or a named key".to_owned())
        }
        code => Ok(Key { code, control: true, ..key }),
    }
}

fn named(text: &str) -> Option<KeyCode> {
    if let Some((_, code)) = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        return Some(*code);
    }
    let number: u8 = after(text, "F")?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

fn meant(text: &str) -> String {
    match crate::config::near::nearest(text, NAMES) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "a character, Ctrl-x, Alt-x, F1 to F12, Space, Enter, Esc, Tab, Shift-Tab, \
                 Backspace, Delete, Insert, Home, End, PgUp, PgDn or an arrow; two with a space \
                 between them are a sequence"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_and_shown_as_the_first_of_its_key() {
        let cases = [
            ("x", "x"),
            ("X", "X"),
            ("-", "-"),
            ("ctrl-X", "Ctrl-x"),
            ("Ctrl-Space", "Ctrl-Space"),
            ("Ctrl-Up", "Ctrl-Up"),
            ("alt-?", "Alt-?"),
            ("Alt-X", "Alt-X"),
            ("Alt--", "Alt--"),
            ("Ctrl-Alt-x", "Ctrl-Alt-x"),
            ("Alt-Ctrl-x", "Ctrl-Alt-x"),
            ("f12", "F12"),
            ("Shift-Tab", "BackTab"),
            ("return", "Enter"),
            ("pagedown", "PgDn"),
            ("DEL", "Delete"),
            ("é", "é"),
        ];
        for (written, shown) in cases {
            let key = Key::parse(written).unwrap();
            assert_eq!(key.to_string(), shown);
            assert_eq!(Key::parse(shown), Ok(key));
        }
        for text in ["", "F0", "F13", "Ctrl-", "Ctrl-i", "Ctrl-M", "Ctrl-1", "Hyper-x", "xy"] {
            assert!(Key::parse(text).is_err(), "{text}");
        }
        assert_eq!(Key::parse("Entr"), Err("did you mean \"Enter\"?".to_owned()));
    }

    #[test]
    fn what_a_terminal_sends_is_the_key_that_was_written() {
        let sent = |code, modifiers| Key::of(&KeyEvent::new(code, modifiers));
        let is = |text| Key::parse(text).ok();
        assert_eq!(sent(KeyCode::Char('?'), KeyModifiers::SHIFT), is("?"));
        assert_eq!(sent(KeyCode::Char('?'), KeyModifiers::ALT), is("Alt-?"));
        assert_eq!(sent(KeyCode::BackTab, KeyModifiers::SHIFT), is("Shift-Tab"));
        assert_eq!(sent(KeyCode::Char('X'), KeyModifiers::CONTROL), is("Ctrl-x"));
        assert_eq!(sent(KeyCode::Char('x'), KeyModifiers::SUPER), None);
    }
}
