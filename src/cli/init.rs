//! `cf-tui init`: a commented fleet file to start from.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::output::{create_private, print, shown};
use super::status;
use super::stop::Stop;
use crate::config::paths::default_fleet_file;
use crate::config::starter::STARTER;

/// Writes the starter to the named place, else to where it is looked for. What is there already
/// stays.
pub(super) fn init(named: Option<PathBuf>) -> Result<u8, Stop> {
    let path = named.or_else(default_fleet_file).ok_or_else(|| {
        Stop::usage("there is no home directory: name a place, as in `cf-tui init fleet.toml`")
    })?;
    write(&path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Stop::usage(format!(
            "{} is there already and stays as it is; `cf-tui check` validates it, \
             `cf-tui init PATH` writes the starter elsewhere",
            shown(&path)
        )),
        _ => Stop::usage(format!("cannot write {}: {error}", shown(&path))),
    })?;
    // What is not where it is looked for has to be named.
    let check = match default_fleet_file().is_some_and(|usual| usual == path) {
        true => "cf-tui check".to_owned(),
        false => format!("cf-tui check --config {}", shown(&path)),
    };
    print(&format!(
        "wrote {}\nnext: put your accounts and the role into it, then run `{check}`\n",
        shown(&path)
    ))?;
    Ok(status::FINE)
}

fn write(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut file = create_private(path)?;
    file.write_all(STARTER.as_bytes())
}
