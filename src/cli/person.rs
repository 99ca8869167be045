//! What belongs to the person and not to the fleet: the theme and how it is drawn, from flags, the
//! environment and `settings.toml`.

use std::path::PathBuf;

use super::args::Common;
use super::file::text_of;
use super::output::shown;
use super::stop::Stop;
use super::themes::{self, Loaded};
use crate::app::themes::Themes;
use crate::config::mistake::Found;
use crate::config::parse::parse_settings;
use crate::config::paths::config_dir;
use crate::config::person::Settings;
use crate::shell::Environment;
use crate::shell::background::{by_colorfgbg, can_ask};
use crate::ui::theme::Gallery;

/// Many times every setting.
const LARGEST: u64 = 64 << 10;

/// The person's settings in force.
#[derive(Debug)]
pub(super) struct Person {
    /// Every theme that can be switched to.
    pub(super) gallery: Gallery,
    /// The one in use.
    pub(super) themes: Themes,
    /// Draw with ASCII alone.
    pub(super) ascii: bool,
    /// What said so.
    pub(super) ascii_by: String,
    /// Themes of the person's own that are left out, for they have mistakes.
    pub(super) wrong: Vec<String>,
}

/// A person's `settings.toml`, whether or not it is there; `None` where there is no home directory.
pub(super) fn file() -> Option<PathBuf> {
    Some(config_dir()?.join("settings.toml"))
}

/// Reads the person's files. The error tells every mistake of the first that is wrong.
pub(super) fn in_force(common: &Common, environment: &Environment) -> Result<Person, Stop> {
    let mut loaded = themes::load(environment.true_colour);
    let written = settings(&loaded)?;
    let themes = chosen(common, environment, &written, &mut loaded)?;
    let themes = Themes { names: loaded.gallery.names(), ..themes };
    let (ascii, ascii_by) = match (common.ascii, written.ascii, file()) {
        (true, ..) => (true, "--ascii".to_owned()),
        (false, Some(ascii), Some(path)) => (ascii, shown(&path)),
        _ => (false, "built in".to_owned()),
    };
    let wrong = loaded.wrong.into_iter().map(|(name, _)| name).collect();
    Ok(Person { gallery: loaded.gallery, themes, ascii, ascii_by, wrong })
}

fn settings(loaded: &Loaded) -> Result<Settings, Stop> {
    let Some(path) = file() else { return Ok(Settings::default()) };
    let text = text_of(&path, "the settings file", LARGEST)?;
    parse_settings(&path, &text.unwrap_or_default(), |written| {
        let wrong = written.theme.as_ref().and_then(|theme| {
            let name = theme.get_ref();
            let mut known = loaded.gallery.names().into_iter();
            let is_known =
                known.any(|k| k == *name) || loaded.wrong.iter().any(|(wrong, _)| wrong == name);
            let message = format!("unknown theme `{name}`");
            let hint = loaded.meant(name);
            (!is_known).then(|| Found { span: theme.span(), message, hint })
        });
        (written, wrong.into_iter().collect())
    })
    .map_err(|mistakes| Stop::usage(mistakes.to_string()))
}

/// The flag, else NO_COLOR, else the settings, else what the terminal tells, else dark.
fn chosen(
    common: &Common,
    environment: &Environment,
    written: &Settings,
    loaded: &mut Loaded,
) -> Result<Themes, Stop> {
    let by = |name: String, chosen_by: &str| Themes {
        name,
        chosen_by: chosen_by.to_owned(),
        ..Themes::default()
    };
    if let Some(wanted) = &common.theme {
        return Ok(by(loaded.choose(wanted)?, "--theme"));
    }
    if environment.no_color {
        return Ok(by("mono".to_owned(), "$NO_COLOR"));
    }
    if let (Some(wanted), Some(path)) = (&written.theme, file()) {
        return Ok(by(loaded.choose(wanted.get_ref())?, &shown(&path)));
    }
    let asks = can_ask(environment);
    let told = environment.colorfgbg.as_deref().and_then(by_colorfgbg);
    Ok(Themes {
        asks,
        ..match told {
            Some(light) => by(if light { "light" } else { "dark" }.to_owned(), "$COLORFGBG"),
            None if asks => by("dark".to_owned(), "built in; the terminal did not tell its own"),
            None => by("dark".to_owned(), "built in; this terminal is not asked"),
        }
    })
}
