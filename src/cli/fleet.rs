//! The fleet that a command is about: the file found, read, validated and narrowed.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::args::Common;
use super::environment::variable;
use super::output::shown;
use super::stop::Stop;
use crate::config::fleet::Fleet;
use crate::config::parse::parse;
use crate::config::paths::fleet_file;
use crate::domain::text::escape;

/// The whole fleet of the file that the flags or the environment name.
pub(super) fn read(common: &Common) -> Result<Fleet, Stop> {
    let file = fleet_file(common.config.as_deref(), &variable);
    let Some(path) = &file.path else { return Err(Stop::usage(file.missing())) };
    let text = match bytes_of(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Stop::usage(file.missing()));
        }
        Err(error) => {
            return Err(Stop::usage(format!(
                "cannot read the fleet file {}: {error}",
                shown(path)
            )));
        }
    };
    let text = String::from_utf8(text).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        Stop::usage(format!(
            "the fleet file {} is not UTF-8 from line {} on; save it as UTF-8",
            shown(path),
            line + 1
        ))
    })?;
    parse(path, &text, &variable).map_err(|mistakes| Stop::usage(mistakes.to_string()))
}

/// The most bytes that a fleet file may have: a hundred thousand accounts in every detail, and a
/// limit for devices that never end.
const LARGEST: u64 = 64 << 20;

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(io::Error::other("it has more than 64 MiB: is it the right file?")),
        false => Ok(bytes),
    }
}

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
