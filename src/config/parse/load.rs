//! `[load]`: how hard to load.

use toml::de::DeTable;

use super::values::{integer, time};
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
                limits.call_timeout = time(walk, name, value).unwrap_or(limits.call_timeout);
            }
            name => walk.unknown(name, key.span(), &KEYS),
        }
    }
    limits
}
