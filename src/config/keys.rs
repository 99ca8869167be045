//! A person's `keys.toml` as it is written: which keys an action should have.

use std::ops::Range;

use toml::Spanned;

/// One `[[bind]]`.
#[derive(Clone, Debug)]
pub struct Bind {
    /// Where the entry begins.
    pub place: Range<usize>,
    /// Keys and sequences, not yet understood.
    pub keys: Vec<Spanned<String>>,
    /// The action's name.
    pub action: Spanned<String>,
    /// Where it should hold; `None` is where the action holds already.
    pub contexts: Option<Vec<Spanned<String>>>,
    /// The line that help shows, where it should be another.
    pub help: Option<String>,
    /// The heading that help shows it under, where it should be another.
    pub group: Option<String>,
}
