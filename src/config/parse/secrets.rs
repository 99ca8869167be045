//! What no message may show: external ids, and whatever else looks like a secret by its key,
//! wherever in the file it was written and however it was misspelt.

use std::sync::LazyLock;

use regex::Regex;
use toml::de::{DeTable, DeValue};

use super::walk::Walk;
use crate::config::near::nearest;

/// What may be a key, where the syntax cannot be trusted.
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"([\w-]+)["']?\s*="#)
        .expect("the pattern is fixed, and every test of a syntax error compiles it")
});

/// Hides every such value of the document.
pub(super) fn hide(walk: &mut Walk<'_>, document: &DeTable<'_>) {
    for (key, value) in document {
        match value.get_ref() {
            _ if is_secret(key.get_ref()) => hide_value(walk, value),
            DeValue::Table(table) => hide(walk, table),
            DeValue::Array(list) => {
                let tables = list.iter().filter_map(|part| part.get_ref().as_table());
                tables.for_each(|table| hide(walk, table));
            }
            _ => {}
        }
    }
}

/// Where the syntax is broken the document is a guess, so a secret is found by its key's text,
/// and hidden to the end of its line.
pub(super) fn hide_by_text(walk: &mut Walk<'_>) {
    let text = walk.text;
    for found in KEY.captures_iter(text) {
        let (whole, key) = (found.get_match(), &found[1]);
        if is_secret(key) {
            let end = text[whole.end()..].find('\n').map_or(text.len(), |at| whole.end() + at);
            walk.hide(whole.end()..end);
        }
    }
}

fn is_secret(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    lower.starts_with("ext")
        || ["external", "secret", "token", "password"].iter().any(|word| lower.contains(word))
        || nearest(key, ["external_id"]).is_some()
}

/// Hides a value; of `{ env = "NAME" }` the name stays, if it can be one: somebody may have put
/// the id itself where its variable's name belongs.
fn hide_value(walk: &mut Walk<'_>, value: &toml::Spanned<DeValue<'_>>) {
    let Some(table) = value.get_ref().as_table() else {
        walk.hide(value.span());
        return;
    };
    for (key, inner) in table {
        let named = inner.get_ref().as_str().is_some_and(is_variable);
        if key.get_ref() != "env" || !named {
            hide_value(walk, inner);
        }
    }
}

/// Capitals, digits and underscores, as variables are named.
pub(super) fn is_variable(text: &str) -> bool {
    let named = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    !text.is_empty() && text.chars().all(named)
}
