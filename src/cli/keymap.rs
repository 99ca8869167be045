//! The keys in force: those that the program comes with, and the person's own over them.

use std::path::PathBuf;

use super::file::text_of;
use super::stop::Stop;
use crate::app::keymap::Keymap;
use crate::config::parse::parse_keys;
use crate::config::paths::config_dir;

/// More than all keys of all keyboards.
const LARGEST: u64 = 64 << 10;

/// A person's `keys.toml`, whether or not it is there; `None` where there is no home directory.
pub(super) fn file() -> Option<PathBuf> {
    Some(config_dir()?.join("keys.toml"))
}

/// The embedded keys with the person's over them. The error tells every mistake of that file.
pub(super) fn in_force() -> Result<Keymap, Stop> {
    let embedded = Keymap::embedded();
    let Some(path) = file() else { return Ok(embedded) };
    let Some(text) = text_of(&path, "the key file", LARGEST)? else { return Ok(embedded) };
    parse_keys(&path, &text, |written| embedded.rebound(written))
        .map_err(|mistakes| Stop::usage(mistakes.to_string()))
}
