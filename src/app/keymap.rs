//! Which keys do what: read from `assets/keys.toml`, the one source of help and footer.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;

/// Everything that a key can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "assets/keys.toml describes each in the words that help shows")]
pub enum Action {
    Back,
    BackOrQuit,
    Bottom,
    Cancel,
    CopyArn,
    CopyCloudformation,
    CopyFix,
    CopyJson,
    CopyRow,
    CopySteps,
    CopyTerraform,
    CopyTicket,
    Down,
    Filter,
    HalfDown,
    HalfUp,
    Help,
    Lens,
    Mark,
    MarkAll,
    MarkRange,
    NextForm,
    NextProblem,
    NextTab,
    Open,
    OpenConsole,
    PageDown,
    PageUp,
    Pause,
    Preflight,
    PreviousForm,
    PreviousProblem,
    PreviousTab,
    Problems,
    Quit,
    RecallView,
    Refresh,
    RefreshAll,
    Repaint,
    SaveView,
    ScrollDown,
    ScrollUp,
    Suspend,
    Top,
    Unmark,
    Up,
    Verify,
    VerifyCopied,
    ViewAccounts,
    ViewOrigins,
    Zoom,
}

/// Where the person is, as far as keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// The table of origins.
    Origins,
    /// A finding that has the whole screen.
    Detail,
    /// The table of accounts.
    Accounts,
    /// The help.
    Help,
}

/// A key with its modifiers, without what terminals add or leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    control: bool,
}

impl Key {
    /// Shift is part of the character, so only Control is kept; Alt makes another key, which
    /// nothing is bound to.
    pub fn of(event: &KeyEvent) -> Option<Self> {
        let unusual = KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META;
        (!event.modifiers.intersects(unusual)).then(|| Self {
            code: event.code,
            control: event.modifiers.contains(KeyModifiers::CONTROL),
        })
    }

    /// The key of a character.
    pub fn character(c: char) -> Self {
        Self { code: KeyCode::Char(c), control: false }
    }

    fn letter(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.control => Some(c),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("Ctrl-") {
            return Some(Self { control: true, ..Self::parse(rest)? });
        }
        let mut chars = text.chars();
        let code = match (chars.next()?, chars.next()) {
            (c, None) => KeyCode::Char(c),
            _ => match text {
                "Enter" => KeyCode::Enter,
                "Esc" => KeyCode::Esc,
                "Tab" => KeyCode::Tab,
                "BackTab" => KeyCode::BackTab,
                "Space" => KeyCode::Char(' '),
                "Up" => KeyCode::Up,
                "Down" => KeyCode::Down,
                "Left" => KeyCode::Left,
                "Right" => KeyCode::Right,
                "Home" => KeyCode::Home,
                "End" => KeyCode::End,
                "PgUp" => KeyCode::PageUp,
                "PgDn" => KeyCode::PageDown,
                _ => return None,
            },
        };
        Some(Self { code, control: false })
    }
}

/// One line of the key table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// As written: each a key or a sequence of two.
    pub keys: Vec<String>,
    /// What it asks for.
    pub action: Action,
    /// Where it holds; empty is everywhere.
    #[serde(default, rename = "in")]
    pub contexts: Vec<Context>,
    /// Any letter or digit may stand for the second key.
    #[serde(default)]
    pub letter: bool,
    /// The line that help shows.
    pub help: String,
    /// The heading that help shows it under.
    pub group: String,
    /// The word in the footer.
    #[serde(default)]
    pub hint: Option<String>,
    /// Hints of greater rank stay longer when the footer is narrow.
    #[serde(default)]
    pub rank: u8,
}

impl Binding {
    /// True if it holds there.
    pub fn holds_in(&self, context: Context) -> bool {
        self.contexts.is_empty() || self.contexts.contains(&context)
    }
}

/// What a key came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The key, with the one before it, asks for this.
    Action(Action),
    /// The key before it asks for this, under the letter that the key is.
    Named(Action, char),
    /// It begins a sequence.
    Prefix(Key),
    /// Nothing is bound to it here.
    Nothing,
}

/// All bindings.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
    sequences: Vec<(Vec<Key>, usize)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    bind: Vec<Binding>,
}

impl Keymap {
    /// The bindings that the program comes with.
    pub fn embedded() -> Self {
        Self::parse(include_str!("../../assets/keys.toml")).expect("a test reads the embedded keys")
    }

    /// Reads bindings.
    ///
    /// # Errors
    /// Text that is not such a file, a key that does not exist, a key bound twice in one place.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut sequences: Vec<(Vec<Key>, usize)> = Vec::new();
        for (at, binding) in file.bind.iter().enumerate() {
            for written in &binding.keys {
                let keys: Option<Vec<Key>> = written.split(' ').map(Key::parse).collect();
                let keys = keys.ok_or_else(|| format!("there is no key {written:?}"))?;
                let taken = sequences.iter().find(|(other, of)| {
                    let of_letters = binding.letter || file.bind[*of].letter;
                    let same = of_letters && other.first() == keys.first();
                    (same || other.starts_with(&keys) || keys.starts_with(other))
                        && overlap(&file.bind[*of], binding)
                });
                if let Some((_, of)) = taken {
                    let other = &file.bind[*of].help;
                    return Err(format!("{written:?} is bound twice: {other} / {}", binding.help));
                }
                sequences.push((keys, at));
            }
        }
        Ok(Self { bindings: file.bind, sequences })
    }

    /// What a key asks for, after the one that began a sequence, if any.
    pub fn find(&self, prefix: Option<Key>, key: Key, context: Context) -> Found {
        let typed: Vec<Key> = prefix.into_iter().chain([key]).collect();
        let mut begins = false;
        for (keys, at) in &self.sequences {
            let binding = &self.bindings[*at];
            if binding.letter
                && prefix.is_some_and(|prefix| keys[0] == prefix)
                && binding.holds_in(context)
            {
                return key.letter().map_or(Found::Nothing, |c| Found::Named(binding.action, c));
            }
            if binding.holds_in(context) && keys.starts_with(&typed) {
                if keys.len() == typed.len() {
                    return Found::Action(binding.action);
                }
                begins = true;
            }
        }
        if begins { Found::Prefix(key) } else { Found::Nothing }
    }

    /// The bindings in the order of the file.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// What may follow a key that begins a sequence.
    pub fn continuations(&self, prefix: Key, context: Context) -> Vec<(&str, &Binding)> {
        let mut found = Vec::new();
        for binding in self.bindings.iter().filter(|b| b.holds_in(context)) {
            for written in &binding.keys {
                if let Some((first, rest)) = written.split_once(' ')
                    && Key::parse(first) == Some(prefix)
                {
                    found.push((rest, binding));
                }
            }
        }
        found
    }

    /// The first key of an action, as written.
    pub fn key_of(&self, action: Action) -> Option<&str> {
        let binding = self.bindings.iter().find(|b| b.action == action)?;
        binding.keys.first().map(String::as_str)
    }
}

fn overlap(a: &Binding, b: &Binding) -> bool {
    a.contexts.is_empty() || b.contexts.is_empty() || a.contexts.iter().any(|c| b.holds_in(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_keys_are_read_and_every_line_is_whole() {
        let map = Keymap::parse(include_str!("../../assets/keys.toml")).unwrap();
        for binding in map.bindings() {
            assert!(!binding.keys.is_empty() && !binding.help.is_empty(), "{binding:?}");
            assert_eq!(binding.hint.is_some(), binding.rank > 0, "{binding:?}");
        }
    }

    #[test]
    fn a_sequence_wants_both_keys() {
        let map = Keymap::embedded();
        let key = |text| Key::parse(text).unwrap();
        assert_eq!(map.find(None, key("g"), Context::Origins), Found::Prefix(key("g")));
        let found = map.find(Some(key("g")), key("g"), Context::Origins);
        assert_eq!(found, Found::Action(Action::Top));
        assert_eq!(map.find(Some(key("g")), key("x"), Context::Origins), Found::Nothing);
        assert_eq!(map.find(None, key("c"), Context::Accounts), Found::Nothing);
    }

    #[test]
    fn any_letter_may_follow_where_a_view_is_named() {
        let map = Keymap::embedded();
        let key = |text| Key::parse(text).unwrap();
        let find = |text| map.find(Some(key("m")), key(text), Context::Origins);
        for name in ["a", "x", "7", "é", "*"] {
            assert_eq!(find(name), Found::Named(Action::SaveView, name.chars().next().unwrap()));
        }
        for name in ["Esc", "Enter", "Ctrl-a"] {
            assert_eq!(find(name), Found::Nothing);
        }
    }

    #[test]
    fn mistakes_are_refused() {
        let bind = |keys: &str| {
            format!("[[bind]]\nkeys = {keys}\naction = \"up\"\nhelp = \"h\"\ngroup = \"g\"\n")
        };
        assert!(Keymap::parse(&(bind("[\"k\"]") + &bind("[\"k\"]"))).is_err());
        assert!(Keymap::parse(&(bind("[\"g\"]") + &bind("[\"g g\"]"))).is_err());
        let letter = bind("[\"m x\"]") + "letter = true\n";
        assert!(Keymap::parse(&letter).is_ok());
        assert!(Keymap::parse(&(letter + &bind("[\"m y\"]"))).is_err());
        assert!(Keymap::parse(&bind("[\"Hyper\"]")).is_err());
        assert!(Keymap::parse("[[bind]]\nkeys = []\naction = \"fly\"").is_err());
    }
}
