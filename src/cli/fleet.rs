//! The fleet that a command is about: the file found, read, validated and narrowed.

use super::args::Common;
use super::environment::variable;
use super::file::text_of;
use super::stop::Stop;
use crate::config::fleet::Fleet;
use crate::config::parse::parse;
use crate::config::paths::fleet_file;
use crate::domain::text::escape;

/// The whole fleet of the file that the flags or the environment name.
pub(super) fn read(common: &Common) -> Result<Fleet, Stop> {
    let file = fleet_file(common.config.as_deref(), &variable);
    let Some(path) = &file.path else { return Err(Stop::usage(file.missing())) };
    let Some(text) = text_of(path, "the fleet file", LARGEST)? else {
        return Err(Stop::usage(file.missing()));
    };
    parse(path, &text, &variable).map_err(|mistakes| Stop::usage(mistakes.to_string()))
}

/// The most bytes that a fleet file may have: a hundred thousand accounts in every detail, and a
/// limit for devices that never end.
const LARGEST: u64 = 64 << 20;

/// The part of the fleet that `--account` and `--group` name.
pub(super) fn selected(fleet: &Fleet, common: &Common) -> Result<Fleet, Stop> {
    let selection = fleet.select(&common.accounts, &common.groups).map_err(Stop::usage)?;
    if selection.accounts.iter().any(|account| account.enabled) {
        return Ok(selection);
    }
    let names: Vec<&str> = selection.accounts.iter().map(|a| a.name.as_str()).collect();
    Err(Stop::usage(match names.as_slice() {
        [] => "no account is selected: the groups named hold none".to_owned(),
        names => format!(
            "every selected account is disabled in the fleet file: {}",
            escape(&names.join(", "))
        ),
    }))
}
