//! `[groups]`: names for parts of the fleet.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeTable;

use super::account::Entry;
use super::values::strings;
use super::walk::Walk;
use crate::config::near::nearest;
use crate::config::pattern::{Known, malformed, matches};

/// Reads the table. A pattern that means no account is a mistake: a group that silently leaves
/// one out would be taken for a whole.
pub(super) fn read(
    walk: &mut Walk<'_>,
    written: &DeTable<'_>,
    entries: &[Entry],
) -> BTreeMap<String, Vec<String>> {
    let mut groups = BTreeMap::new();
    for (name, value) in written {
        let group = name.get_ref();
        let Some(patterns) = strings(walk, group, value, "[\"*-prod\", \"tag:env:prod\"]") else {
            continue;
        };
        if value.get_ref().as_array().is_some_and(|list| list.is_empty()) {
            let hint = "list names, ids, globs such as \"*-prod\", or \"tag:env:prod\"";
            walk.wrong(value.span(), format!("the group `{group}` is empty"), hint);
        }
        for pattern in &patterns {
            check(walk, pattern, entries);
        }
        let patterns = patterns.into_iter().map(Spanned::into_inner).collect();
        groups.insert(group.to_string(), patterns);
    }
    groups
}

fn check(walk: &mut Walk<'_>, pattern: &Spanned<String>, entries: &[Entry]) {
    let text = pattern.get_ref();
    if let Some(why) = malformed(text) {
        walk.wrong(pattern.span(), why, "write tag:KEY, tag:KEY:VALUE or tag:KEY=VALUE");
        return;
    }
    if entries.iter().any(|entry| matches(text, known(entry))) {
        return;
    }
    let hint = match nearest(text, entries.iter().map(|entry| known(entry).name)) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => "a pattern is a name, an id, a glob of them, or tag:KEY:VALUE".to_owned(),
    };
    // The pattern itself is in the line that is shown, unless it must not be.
    walk.missing(pattern.span(), "this pattern means no account of the file", hint);
}

fn known(entry: &Entry) -> Known<'_> {
    let id = entry.id.as_ref().map_or("", |id| id.get_ref().as_str());
    let name = entry.name.as_ref().map_or(id, |name| name.get_ref());
    Known { id, name, tags: &entry.tags }
}
