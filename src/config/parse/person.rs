//! The keys of a `settings.toml`.

use toml::de::DeTable;

use super::values::{boolean, string};
use super::walk::Walk;
use crate::config::person::Settings;

const KEYS: [&str; 2] = ["theme", "ascii"];

/// Reads the file; what is wrong is noted and left at its default.
pub(super) fn read(walk: &mut Walk<'_>, document: &DeTable<'_>) -> Settings {
    let mut settings = Settings::default();
    for (key, value) in document {
        match key.get_ref().as_ref() {
            name @ "theme" => settings.theme = string(walk, name, value),
            name @ "ascii" => settings.ascii = boolean(walk, name, value),
            name => walk.stranger("key", name, key.span(), &KEYS),
        }
    }
    settings
}
