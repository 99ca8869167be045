//! Which keys do what: read from `assets/keys.toml`, the one source of help and footer, with a
//! person's own bindings over it.

mod action;
mod key;
mod rebind;

pub use action::Action;
pub use key::Key;

use serde::{Deserialize, Serialize};

/// Where the person is, as far as keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// The table of origins.
    Origins,
    /// A finding that has the whole screen.
    Detail,
    /// A finding that has the whole screen, with its raw JSON.
    Raw,
    /// The table of accounts.
    Accounts,
    /// The table of distributions, and one that has the whole screen.
    Distributions,
    /// The help, or the settings in force.
    Help,
    /// The column chooser.
    Columns,
    /// The facets.
    Facets,
    /// The messages so far.
    Messages,
    /// The command palette, where keys are text: nothing can be bound there.
    #[serde(skip)]
    Palette,
}

impl Context {
    /// Every place that keys can be bound in.
    pub const ALL: [Self; 9] = [
        Self::Origins,
        Self::Distributions,
        Self::Detail,
        Self::Raw,
        Self::Accounts,
        Self::Help,
        Self::Columns,
        Self::Facets,
        Self::Messages,
    ];

    /// Its name in files. A new one belongs in [`Context::ALL`] too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Origins => "origins",
            Self::Distributions => "distributions",
            Self::Detail => "detail",
            Self::Raw => "raw",
            Self::Accounts => "accounts",
            Self::Help => "help",
            Self::Columns => "columns",
            Self::Facets => "facets",
            Self::Messages => "messages",
            Self::Palette => "palette",
        }
    }
}

/// One line of the key table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Where it holds, in words.
    pub fn places(&self) -> String {
        places(&self.contexts)
    }
}

/// Contexts in words; none are all.
pub fn places(contexts: &[Context]) -> String {
    let names: Vec<&str> = contexts.iter().map(|context| context.name()).collect();
    if names.is_empty() { "everywhere".to_owned() } else { names.join(", ") }
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Vec<Binding>", into = "Vec<Binding>")]
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
        let mut sequences: Vec<(Vec<Key>, &Binding)> = Vec::new();
        for binding in &file.bind {
            for written in &binding.keys {
                let keys =
                    sequence(written).map_err(|hint| format!("no key {written:?}: {hint}"))?;
                let taken = sequences.iter().find(|(other, of)| {
                    let of_letters = binding.letter || of.letter;
                    let same = of_letters && other.first() == keys.first();
                    (same || other.starts_with(&keys) || keys.starts_with(other))
                        && overlap(of, binding)
                });
                if let Some((_, of)) = taken {
                    return Err(format!(
                        "{written:?} is bound twice: {} / {}",
                        of.help, binding.help
                    ));
                }
                sequences.push((keys, binding));
            }
        }
        Ok(Self::of(file.bind))
    }

    fn of(bindings: Vec<Binding>) -> Self {
        let mut sequences = Vec::new();
        for (at, binding) in bindings.iter().enumerate() {
            let keys = binding.keys.iter().filter_map(|written| sequence(written).ok());
            sequences.extend(keys.map(|keys| (keys, at)));
        }
        Self { bindings, sequences }
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
                    && Key::parse(first) == Ok(prefix)
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

    /// The first key of an action, for texts that name it.
    pub fn key(&self, action: Action) -> &str {
        self.key_of(action).unwrap_or("no key")
    }
}

impl From<Vec<Binding>> for Keymap {
    /// Bindings that were checked before, such as those of a recording.
    fn from(bindings: Vec<Binding>) -> Self {
        Self::of(bindings)
    }
}

impl From<Keymap> for Vec<Binding> {
    fn from(keymap: Keymap) -> Self {
        keymap.bindings
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::embedded()
    }
}

/// A key, or two with a space between them.
///
/// # Errors
/// What to do about it.
fn sequence(written: &str) -> Result<Vec<Key>, String> {
    let keys: Vec<Key> = written.split(' ').map(Key::parse).collect::<Result<_, _>>()?;
    match keys.len() {
        1 | 2 => Ok(keys),
        _ => Err("a sequence is two keys".to_owned()),
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
