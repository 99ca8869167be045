//! From the text of a file to a validated value, or to every mistake in it: a fleet file to a
//! [`Fleet`], a person's own files to what they say.
//!
//! The document is walked by hand, so that one run tells all mistakes, each with its place.

mod account;
mod document;
mod groups;
mod keys;
mod load;
mod person;
mod preflight;
mod role;
mod secrets;
mod session;
mod settings;
mod syntax;
mod theme;
mod values;
mod walk;

use std::path::Path;

use toml::de::DeTable;

use super::fleet::Fleet;
use super::keys::Bind;
use super::mistake::{Found, Mistakes};
use super::person::Settings;
use super::theme::ThemeFile;
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

/// Reads a `keys.toml`. What its actions and keys mean is not known here: `resolve` makes a value
/// of the bindings and says what is wrong with them. The error holds every mistake, at once.
pub fn parse_keys<T>(
    path: &Path,
    text: &str,
    resolve: impl FnOnce(&[Bind]) -> (T, Vec<Found>),
) -> Result<T, Mistakes> {
    own(path, text, |walk, document| {
        let (value, wrong) = resolve(&keys::read(walk, document));
        note(walk, wrong);
        value
    })
}

/// Reads a theme file; `themes` are the names that it may inherit. The error holds every mistake.
pub fn parse_theme(path: &Path, text: &str, themes: &[&str]) -> Result<ThemeFile, Mistakes> {
    own(path, text, |walk, document| theme::read(walk, document, themes))
}

/// Reads a `settings.toml`. Whether its theme exists is for `resolve` to say, as with
/// [`parse_keys`]. The error holds every mistake, at once.
pub fn parse_settings<T>(
    path: &Path,
    text: &str,
    resolve: impl FnOnce(Settings) -> (T, Vec<Found>),
) -> Result<T, Mistakes> {
    own(path, text, |walk, document| {
        let (value, wrong) = resolve(person::read(walk, document));
        note(walk, wrong);
        value
    })
}

fn note(walk: &mut Walk<'_>, wrong: Vec<Found>) {
    for Found { span, message, hint } in wrong {
        walk.wrong(span, message, hint);
    }
}

/// Reads one of a person's own files, in which nothing depends on the environment.
fn own<T>(
    path: &Path,
    text: &str,
    read: impl FnOnce(&mut Walk<'_>, &DeTable<'_>) -> T,
) -> Result<T, Mistakes> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut walk = Walk::new(path, text, &|_| None);
    syntax::note(&mut walk, &errors);
    let value = read(&mut walk, document.get_ref());
    walk.finish(value)
}
