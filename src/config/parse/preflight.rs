//! `[preflight]`: whether and how origins may be connected to.

use toml::de::DeTable;

use super::values::{boolean, time};
use super::walk::Walk;
use crate::config::fleet::PreflightRules;

const KEYS: [&str; 3] = ["enabled", "allow_private", "timeout"];

/// Reads the table; what is wrong is noted and left at its default.
pub(super) fn read(walk: &mut Walk<'_>, written: &DeTable<'_>) -> PreflightRules {
    let mut rules = PreflightRules::default();
    for (key, value) in written {
        match key.get_ref().as_ref() {
            name @ "enabled" => {
                rules.enabled = boolean(walk, name, value).unwrap_or(rules.enabled);
            }
            name @ "allow_private" => {
                rules.allow_private = boolean(walk, name, value).unwrap_or(rules.allow_private);
            }
            name @ "timeout" => {
                rules.timeout = time(walk, name, value).unwrap_or(rules.timeout);
            }
            name => walk.unknown(name, key.span(), &KEYS),
        }
    }
    rules
}
