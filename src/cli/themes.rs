//! The themes: those that the program comes with and the person's own, and which one is in use.

use std::fs;
use std::path::{Path, PathBuf};

use super::file::text_of;
use super::output::shown;
use super::stop::Stop;
use crate::config::near::nearest;
use crate::config::parse::parse_theme;
use crate::config::paths::config_dir;
use crate::domain::text::{escape, is_plain};
use crate::ui::theme::{Gallery, Theme};

/// Many times a theme of every role.
const LARGEST: u64 = 64 << 10;

/// Every theme that can be chosen by its name.
#[derive(Debug)]
pub(super) struct Loaded {
    /// Those that are right.
    pub(super) gallery: Gallery,
    /// The person's own that are not, with what is wrong: told only to who wants one.
    pub(super) wrong: Vec<(String, Stop)>,
    true_colour: bool,
}

/// Where a person's own themes are; `None` where there is no home directory.
pub(super) fn folder() -> Option<PathBuf> {
    Some(config_dir()?.join("themes"))
}

/// Reads the person's own themes beside those that the program comes with, whose names are taken.
pub(super) fn load(true_colour: bool) -> Loaded {
    let mut loaded = Loaded { gallery: Gallery::embedded(), wrong: Vec::new(), true_colour };
    for path in files() {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        if !is_plain(name) || Theme::EMBEDDED.contains(&name) {
            continue;
        }
        match read(&path, true_colour) {
            Ok(theme) => loaded.gallery.0.push((name.to_owned(), theme)),
            Err(stop) => loaded.wrong.push((name.to_owned(), stop)),
        }
    }
    loaded
}

fn files() -> Vec<PathBuf> {
    let entries = folder().and_then(|folder| fs::read_dir(folder).ok());
    let paths = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    files
}

fn read(path: &Path, true_colour: bool) -> Result<Theme, Stop> {
    let text = text_of(path, "the theme", LARGEST)?
        .ok_or_else(|| Stop::usage(format!("there is no theme file {}", shown(path))))?;
    let file = parse_theme(path, &text, &Theme::EMBEDDED)
        .map_err(|mistakes| Stop::usage(mistakes.to_string()))?;
    Ok(Theme::of_file(&file, true_colour))
}

impl Loaded {
    /// The name of the theme that was asked for, by name or as a file, which joins the others.
    pub(super) fn choose(&mut self, wanted: &str) -> Result<String, Stop> {
        if wanted.contains('/') || wanted.ends_with(".toml") {
            let theme = read(Path::new(wanted), self.true_colour)?;
            let name = escape(wanted).into_owned();
            self.gallery.0.push((name.clone(), theme));
            return Ok(name);
        }
        if let Some((_, stop)) = self.wrong.iter().find(|(name, _)| name == wanted) {
            return Err(stop.clone());
        }
        match self.gallery.0.iter().any(|(name, _)| name == wanted) {
            true => Ok(wanted.to_owned()),
            false => Err(Stop::usage(format!(
                "there is no theme \"{}\": {}",
                escape(wanted),
                self.meant(wanted)
            ))),
        }
    }

    /// What to write instead of a name that no theme has.
    pub(super) fn meant(&self, wanted: &str) -> String {
        let names = self.gallery.names();
        let near = nearest(wanted, names.iter().map(String::as_str));
        let near = near.map_or(String::new(), |near| format!("did you mean \"{near}\"? "));
        let own = match folder() {
            Some(folder) => format!("; NAME stands for {}", shown(&folder.join("NAME.toml"))),
            None => String::new(),
        };
        format!("{near}there are {}{own}", names.join(", "))
    }
}
