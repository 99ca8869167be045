//! A person's `settings.toml`: what is theirs, and not the team's as the fleet file is.

use toml::Spanned;

/// The settings that are written; the others keep their defaults.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The name of a theme.
    pub theme: Option<Spanned<String>>,
    /// Draw with ASCII alone.
    pub ascii: Option<bool>,
}
