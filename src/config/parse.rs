//! From the text of a fleet file to a validated [`Fleet`], or to every mistake in it.
//!
//! The document is walked by hand, so that one run tells all mistakes, each with its place.

mod account;
mod document;
mod groups;
mod load;
mod preflight;
mod role;
mod secrets;
mod session;
mod settings;
mod syntax;
mod values;
mod walk;

use std::path::Path;

use toml::de::DeTable;

use super::fleet::Fleet;
use super::mistake::Mistakes;
use walk::Walk;

/// Reads a fleet file. `path` is only named, as the user gave it; `env` answers for the
/// variables of external ids and for `{user}`. The error holds every mistake, at once.
pub fn parse(
    path: &Path,
    text: &str,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<Fleet, Mistakes> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut walk = Walk::new(path, text, env);
    secrets::hide(&mut walk, document.get_ref());
    syntax::note(&mut walk, &errors);
    let fleet = document::read(&mut walk, document.get_ref(), path);
    walk.finish(fleet)
}
