//! `cf-tui info`: what a report of a problem should hold.

use std::path::PathBuf;

use super::args::Common;
use super::environment::variable;
use super::output::{print, shown};
use super::status;
use super::stop::Stop;
use super::{keymap, person, themes};
use crate::config::paths::{NamedBy, fleet_file, state_dir};

/// Prints the version and the files in use. Nothing is read but whether they are there.
pub(super) fn info(common: &Common) -> Result<u8, Stop> {
    let file = fleet_file(common.config.as_deref(), &variable);
    let named_by = match file.named_by {
        NamedBy::Flag => "named by --config",
        NamedBy::Variable => "named by $CF_TUI_CONFIG",
        NamedBy::Directory => "the usual place",
    };
    let there = |there| if there { "there" } else { "not there" };
    let fleet = match &file.path {
        Some(path) => format!("{} ({named_by}, {})", shown(path), there(path.is_file())),
        None => "none: there is no home directory".to_owned(),
    };
    let state = match state_dir() {
        Some(path) => format!("{} ({})", shown(&path), there(path.is_dir())),
        None => "none: there is no home directory".to_owned(),
    };
    let own = |file: Option<PathBuf>| match file {
        Some(path) => format!("{} ({})", shown(&path), there(path.exists())),
        None => "none: there is no home directory".to_owned(),
    };
    print(&format!(
        "version     {}\nfleet file  {fleet}\nstate       {state}\nkeys        {}\n\
         settings    {}\nthemes      {}\n",
        env!("CARGO_PKG_VERSION"),
        own(keymap::file()),
        own(person::file()),
        own(themes::folder()),
    ))?;
    Ok(status::FINE)
}
