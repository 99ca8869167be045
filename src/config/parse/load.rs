//! `[load]`: how hard to load.

use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::values::{integer, string};
use super::walk::Walk;
use crate::config::fleet::LoadLimits;

const KEYS: [&str; 3] = ["max_concurrency", "max_attempts", "call_timeout"];

/// Reads the table; what is wrong is noted and left at its default.
pub(super) fn read(walk: &mut Walk<'_>, written: &DeTable<'_>) -> LoadLimits {
    let mut limits = LoadLimits::default();
    for (key, value) in written {
        match key.get_ref().as_ref() {
            name @ "max_concurrency" => {
                let number = integer(walk, name, value, 1..=1000, "accounts in flight");
                let number = number.and_then(|n| usize::try_from(n).ok());
                limits.max_concurrency = number.unwrap_or(limits.max_concurrency);
            }
            name @ "max_attempts" => {
                let number = integer(walk, name, value, 1..=20, "tries per call");
                let number = number.and_then(|n| u32::try_from(n).ok());
                limits.max_attempts = number.unwrap_or(limits.max_attempts);
            }
            name @ "call_timeout" => {
                limits.call_timeout = timeout(walk, name, value).unwrap_or(limits.call_timeout);
            }
            name => walk.unknown(name, key.span(), &KEYS),
        }
    }
    limits
}

fn timeout(walk: &mut Walk<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Duration> {
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
