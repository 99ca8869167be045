//! A line that a person types into, at its end.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::text;

/// Longer than any line that a person types; what a stray paste brings is cut.
const LONGEST: usize = 1_000;

/// A line that a person types into, at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
}

impl Prompt {
    /// What stands in it, harmless text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Replaces what stands in it.
    pub fn set(&mut self, text: &str) {
        self.text.clear();
        self.insert(text);
    }

    /// Puts a typed or pasted text at the end.
    pub fn insert(&mut self, typed: &str) {
        let typed = typed.replace(['\n', '\t'], " ");
        let room = LONGEST.saturating_sub(self.text.chars().count());
        self.text.extend(typed.chars().filter(|c| !text::is_harmful(*c)).take(room));
    }

    /// Takes in a key; true if it was one of the line's.
    pub fn press(&mut self, key: &KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('u') if control => self.text.clear(),
            KeyCode::Char('w') if control => {
                let kept = self.text.trim_end().rfind(' ').map_or(0, |at| at + 1);
                self.text.truncate(kept);
            }
            KeyCode::Char(c) if !control => self.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => {
                self.text.pop();
            }
            _ => return false,
        }
        true
    }
}
