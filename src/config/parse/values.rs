//! Values of the right type, or a mistake that says what was expected.

use std::ops::RangeInclusive;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::walk::Walk;
use crate::domain::text::is_plain;

type Value<'i> = Spanned<DeValue<'i>>;

/// A type in the reader's words.
pub(super) fn article(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The value's table.
pub(super) fn table<'v, 'i>(
    walk: &mut Walk<'_>,
    key: &str,
    value: &'v Value<'i>,
    hint: &str,
) -> Option<&'v DeTable<'i>> {
    let table = value.get_ref().as_table();
    if table.is_none() {
        mistyped(walk, key, value, "a table", hint);
    }
    table
}

/// A string, not empty, without control characters.
pub(super) fn string(walk: &mut Walk<'_>, key: &str, value: &Value<'_>) -> Option<Spanned<String>> {
    let Some(text) = value.get_ref().as_str() else {
        mistyped(walk, key, value, "a string", "text stands in quotes");
        return None;
    };
    if text.is_empty() {
        walk.wrong(value.span(), format!("`{key}` is empty"), "leave it out");
        return None;
    }
    if !is_plain(text) {
        let hint = "line breaks, escapes and invisible characters are not taken";
        walk.wrong(value.span(), format!("`{key}` holds a control character"), hint);
        return None;
    }
    Some(Spanned::new(value.span(), text.to_owned()))
}

/// A list of such strings. A part that is none is left out, and noted.
pub(super) fn strings(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Value<'_>,
    example: &str,
) -> Option<Vec<Spanned<String>>> {
    let Some(list) = value.get_ref().as_array() else {
        mistyped(walk, key, value, "a list of strings", &format!("for example {key} = {example}"));
        return None;
    };
    Some(list.iter().filter_map(|part| string(walk, key, part)).collect())
}

/// True or false.
pub(super) fn boolean(walk: &mut Walk<'_>, key: &str, value: &Value<'_>) -> Option<bool> {
    let answer = value.get_ref().as_bool();
    if answer.is_none() {
        mistyped(walk, key, value, "true or false", "without quotes");
    }
    answer
}

/// An integer within bounds; `hint` says where the bounds come from.
pub(super) fn integer(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Value<'_>,
    bounds: RangeInclusive<i64>,
    hint: &str,
) -> Option<i64> {
    let Some(written) = value.get_ref().as_integer() else {
        mistyped(walk, key, value, "an integer", "digits without quotes");
        return None;
    };
    // A number too large for 64 bits is out of any bounds here.
    let number = i64::from_str_radix(written.as_str(), written.radix()).ok();
    let within = number.filter(|number| bounds.contains(number));
    if within.is_none() {
        let (least, most) = (bounds.start(), bounds.end());
        walk.wrong(
            value.span(),
            format!("`{key}` is {}, and must be {least} to {most}", written.as_str()),
            hint,
        );
    }
    within
}

/// More than nothing and at most an hour, with its unit.
pub(super) fn time(walk: &mut Walk<'_>, key: &str, value: &Value<'_>) -> Option<Duration> {
    const EXAMPLES: &str = "for example \"20s\", \"500ms\" or \"2m\"";
    if value.get_ref().is_integer() {
        walk.wrong(value.span(), format!("`{key}` has no unit"), EXAMPLES);
        return None;
    }
    let text = string(walk, key, value)?;
    let Some(duration) = duration(text.get_ref()) else {
        walk.wrong(value.span(), format!("`{key}` is not a time"), EXAMPLES);
        return None;
    };
    let hour = Duration::from_secs(3600);
    if duration.is_zero() || duration > hour {
        walk.wrong(value.span(), format!("`{key}` must be more than 0 and at most 60m"), EXAMPLES);
        return None;
    }
    Some(duration)
}

/// Digits and one of the units ms, s, m.
fn duration(text: &str) -> Option<Duration> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u64 = text[..digits].parse().ok()?;
    match text[digits..].trim() {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    }
}

/// Notes a value of the wrong type.
pub(super) fn mistyped(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Value<'_>,
    expected: &str,
    hint: &str,
) {
    let is = article(value.get_ref());
    walk.wrong(value.span(), format!("`{key}` is {is}, and must be {expected}"), hint);
}
