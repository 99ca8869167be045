//! The document as a whole: its tables, and what must hold across accounts.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::account::{self, Entry};
use super::settings::{self, Settings};
use super::values::{mistyped, table};
use super::walk::Walk;
use super::{groups, load, preflight};
use crate::config::fleet::{Fleet, LoadLimits, PreflightRules};
use crate::domain::ids::AccountId;

const KEYS: [&str; 5] = ["defaults", "load", "preflight", "accounts", "groups"];

/// Reads everything; mistakes are noted in the walk.
pub(super) fn read(walk: &mut Walk<'_>, document: &DeTable<'_>, path: &Path) -> Fleet {
    let mut shared = Settings::default();
    let mut limits = LoadLimits::default();
    let mut rules = PreflightRules::default();
    let mut entries = Some(Vec::new());
    for (key, value) in document {
        match key.get_ref().as_ref() {
            name @ "defaults" => {
                if let Some(written) = table(walk, name, value, "write [defaults]") {
                    shared = defaults(walk, written);
                }
            }
            name @ "load" => {
                if let Some(written) = table(walk, name, value, "write [load]") {
                    limits = load::read(walk, written);
                }
            }
            name @ "preflight" => {
                if let Some(written) = table(walk, name, value, "write [preflight]") {
                    rules = preflight::read(walk, written);
                }
            }
            name @ "accounts" => entries = accounts(walk, name, value),
            "groups" => {}
            name => walk.unknown(name, key.span(), &KEYS),
        }
    }
    if let Some(entries) = &entries {
        distinct(walk, entries);
        some_enabled(walk, entries);
    }
    let entries = entries.unwrap_or_default();
    let groups = match document.get("groups") {
        Some(value) => table(walk, "groups", value, "write [groups]")
            .map(|written| groups::read(walk, written, &entries))
            .unwrap_or_default(),
        None => BTreeMap::new(),
    };
    let resolve = |entry| account::resolve(walk, entry, &shared);
    let accounts = entries.into_iter().filter_map(resolve).collect();
    Fleet { accounts, groups, load: limits, preflight: rules, path: Some(path.to_owned()) }
}

fn defaults(walk: &mut Walk<'_>, written: &DeTable<'_>) -> Settings {
    let mut shared = Settings::default();
    for (key, value) in written {
        if shared.take(walk, key, value) {
            continue;
        }
        match key.get_ref().as_ref() {
            name @ ("profile" | "fix_profile" | "enabled" | "tags" | "vars" | "name"
            | "account_id") => {
                let hint = match name {
                    "profile" => "write `source_profile`, or `profile` in the account itself",
                    _ => "write it in the account itself",
                };
                walk.wrong(key.span(), format!("`{name}` is no default"), hint);
            }
            name => walk.unknown(name, key.span(), &settings::KEYS),
        }
    }
    shared
}

/// The entries; `None` if it is no list of them, which is noted.
fn accounts(walk: &mut Walk<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<Entry>> {
    let Some(list) = value.get_ref().as_array() else {
        let hint = "each account begins with [[accounts]], in double brackets";
        mistyped(walk, key, value, "a list of tables", hint);
        return None;
    };
    let mut entries = Vec::new();
    for part in list {
        if let Some(written) = table(walk, key, part, "each account is a table") {
            entries.push(account::read(walk, part.span(), written));
        }
    }
    Some(entries)
}

/// No two accounts share an id or a name, and no name is another account's id.
fn distinct(walk: &mut Walk<'_>, entries: &[Entry]) {
    let mut ids: HashMap<&str, Range<usize>> = HashMap::new();
    let mut names: HashMap<&str, Range<usize>> = HashMap::new();
    for entry in entries {
        if let Some(id) = &entry.id {
            let text = id.get_ref().as_str();
            once(walk, &mut ids, "account_id", text, id.span(), "each account stands once");
        }
        if let Some(name) = &entry.name {
            let hint = "names must differ, so that --account can tell them apart";
            once(walk, &mut names, "name", name.get_ref(), name.span(), hint);
        }
    }
    for entry in entries {
        let Some(name) = &entry.name else { continue };
        let own = entry.id.as_ref().map(|id| id.get_ref().as_str());
        if AccountId::parse(name.get_ref()).is_some() && own != Some(name.get_ref()) {
            let hint = "--account takes ids and names: choose another name";
            walk.wrong(name.span(), "the name is the id of another account", hint);
        }
    }
}

fn once<'t>(
    walk: &mut Walk<'_>,
    seen: &mut HashMap<&'t str, Range<usize>>,
    key: &str,
    text: &'t str,
    span: Range<usize>,
    hint: &str,
) {
    match seen.get(text) {
        Some(first) => {
            let place = walk.place(first);
            walk.wrong(span, format!("the {key} \"{text}\" is taken already, at {place}"), hint);
        }
        None => {
            seen.insert(text, span);
        }
    }
}

fn some_enabled(walk: &mut Walk<'_>, entries: &[Entry]) {
    let end = walk.text.trim_end().len();
    match entries {
        [] => walk.missing(
            end..end,
            "the file has no account",
            "add [[accounts]] with account_id = \"111122223333\"",
        ),
        [first, ..] if entries.iter().all(|entry| entry.enabled == Some(false)) => walk.missing(
            first.header.clone(),
            "every account is disabled",
            "set enabled = true on one, or leave the key out",
        ),
        _ => {}
    }
}
