//! The `[[bind]]` entries of a `keys.toml`.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::values::{mistyped, string, strings};
use super::walk::Walk;
use crate::config::keys::Bind;

const KEYS: [&str; 5] = ["keys", "action", "in", "help", "group"];

/// Reads every entry; one that is not whole is noted and left out.
pub(super) fn read(walk: &mut Walk<'_>, document: &DeTable<'_>) -> Vec<Bind> {
    let mut binds = Vec::new();
    for (key, value) in document {
        match key.get_ref().as_ref() {
            name @ "bind" => match value.get_ref().as_array() {
                Some(list) => binds.extend(list.iter().filter_map(|entry| bind(walk, entry))),
                None => mistyped(walk, name, value, "a list of tables", "write [[bind]]"),
            },
            name => walk.stranger("key", name, key.span(), &["bind"]),
        }
    }
    binds
}

fn bind(walk: &mut Walk<'_>, entry: &Spanned<DeValue<'_>>) -> Option<Bind> {
    let Some(written) = entry.get_ref().as_table() else {
        mistyped(walk, "bind", entry, "a list of tables", "write [[bind]]");
        return None;
    };
    let place = entry.span();
    let (mut keys, mut action, mut contexts) = (None, None, None);
    let (mut help, mut group) = (None, None);
    for (key, value) in written {
        match key.get_ref().as_ref() {
            name @ "keys" => keys = Some(some(walk, name, value, "[\"x\", \"g x\"]")),
            name @ "action" => action = Some(string(walk, name, value)),
            name @ "in" => contexts = Some(some(walk, name, value, "[\"origins\", \"detail\"]")),
            name @ "help" => help = string(walk, name, value).map(Spanned::into_inner),
            name @ "group" => group = string(walk, name, value).map(Spanned::into_inner),
            name => walk.stranger("key", name, key.span(), &KEYS),
        }
    }
    needed(walk, &place, "keys", keys.is_some(), "keys = [\"x\"]");
    needed(walk, &place, "action", action.is_some(), "action = \"verify\"");
    Some(Bind { place, keys: keys??, action: action??, contexts: contexts.flatten(), help, group })
}

fn needed(walk: &mut Walk<'_>, place: &Range<usize>, key: &str, is_there: bool, example: &str) {
    if !is_there {
        walk.missing(place.clone(), format!("this entry has no `{key}`"), format!("add {example}"));
    }
}

/// A list that is not empty.
fn some(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Spanned<DeValue<'_>>,
    example: &str,
) -> Option<Vec<Spanned<String>>> {
    let list = strings(walk, key, value, example)?;
    if value.get_ref().as_array().is_some_and(|written| written.is_empty()) {
        let hint = match key {
            "keys" => "to take keys away, name them beside action = \"none\"",
            _ => "leave it out",
        };
        walk.wrong(value.span(), format!("`{key}` is empty"), hint);
        return None;
    }
    Some(list)
}
