//! Where the files that people write are looked for, and where the program keeps what it writes.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::domain::text::escape;

/// The variable that names the fleet file where no flag does.
pub const CONFIG_VARIABLE: &str = "CF_TUI_CONFIG";

/// What named the fleet file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// `--config`
    Flag,
    /// `$CF_TUI_CONFIG`
    Variable,
    /// Nothing did: it is the file in the user's config directory.
    Directory,
}

/// The one file that is the fleet file, whether or not it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetFile {
    /// The file; `None` where nothing named one and the user has no home directory.
    pub path: Option<PathBuf>,
    /// What named it.
    pub named_by: NamedBy,
    /// Every place that was looked at, in order, each ready for a person.
    pub looked_at: Vec<String>,
}

/// Which file is the fleet file: the flag's, else `$CF_TUI_CONFIG`'s, else `config.toml` in the
/// user's config directory for cf-tui. No file is opened. An empty variable counts as unset.
pub fn fleet_file(flag: Option<&Path>, env: &dyn Fn(&str) -> Option<String>) -> FleetFile {
    if let Some(path) = flag {
        let looked_at = vec![format!("--config {}", shown(path))];
        return FleetFile { path: Some(path.to_owned()), named_by: NamedBy::Flag, looked_at };
    }
    let mut looked_at = vec!["--config (not given)".to_owned()];
    if let Some(named) = env(CONFIG_VARIABLE).filter(|named| !named.is_empty()) {
        let path = PathBuf::from(named);
        looked_at.push(format!("${CONFIG_VARIABLE}, {}", shown(&path)));
        return FleetFile { path: Some(path), named_by: NamedBy::Variable, looked_at };
    }
    looked_at.push(format!("${CONFIG_VARIABLE} (not set)"));
    let path = default_fleet_file();
    looked_at.push(match &path {
        Some(path) => shown(path),
        None => "the config directory (there is no home directory)".to_owned(),
    });
    FleetFile { path, named_by: NamedBy::Directory, looked_at }
}

impl FleetFile {
    /// What to say when the file is not there: the places, and the three ways on.
    pub fn missing(&self) -> String {
        let mut said = "no fleet file; looked at:\n".to_owned();
        for place in &self.looked_at {
            said += &format!("  {place}\n");
        }
        said + "three ways on:\n  \
                cf-tui demo             a look around, without any account\n  \
                cf-tui init             writes a commented fleet file to start from\n  \
                cf-tui --config FILE    a fleet file elsewhere\n"
    }
}

/// `config.toml` in the user's config directory for cf-tui (`XDG_CONFIG_HOME` is honoured);
/// `None` where the user has no home directory.
pub fn default_fleet_file() -> Option<PathBuf> {
    Some(config_dir()?.join("config.toml"))
}

/// The user's config directory for cf-tui: beside the fleet file, a person's own keys, themes and
/// settings; `None` where the user has no home directory.
pub fn config_dir() -> Option<PathBuf> {
    Some(project()?.config_dir().to_owned())
}

/// Where copied fixes and other state are kept: the state directory where the system has one,
/// else the user's local data; `None` where the user has no home directory.
pub fn state_dir() -> Option<PathBuf> {
    let project = project()?;
    Some(project.state_dir().unwrap_or_else(|| project.data_local_dir()).to_owned())
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "cf-tui")
}

fn shown(path: &Path) -> String {
    escape(&path.display().to_string()).into_owned()
}
