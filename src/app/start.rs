//! What the command line, files and earlier sessions hand to the model.

use serde::{Deserialize, Serialize};

use super::keymap::Keymap;
use super::privacy::Privacy;
use super::saved::{LastSession, SavedViews};
use super::settings::Setting;
use super::themes::Themes;
use crate::config::fleet::PreflightRules;
use crate::domain::account::Account;

/// What the explorer was started with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Start {
    /// The accounts of the selection, disabled ones too.
    pub accounts: Vec<Account>,
    /// The fleet file as the user named it; empty for the demo.
    pub fleet: String,
    /// The invented fleet: a mark that cannot be turned off.
    pub demo: bool,
    /// What is shown was recorded, or is typed by a script: a mark that cannot be turned off.
    #[serde(skip)]
    pub replay: bool,
    /// Draw with ASCII alone.
    pub ascii: bool,
    /// The mouse is listened to.
    pub mouse: bool,
    /// Whether origins may be connected to.
    pub preflight: PreflightRules,
    /// The key bindings; the model holds them.
    pub keymap: Keymap,
    /// The themes; the model holds them.
    pub themes: Themes,
    /// The settings in force, but for the theme, which a key changes. They name files of the
    /// person's, so a recording has none.
    #[serde(skip)]
    pub settings: Vec<Setting>,
    /// The views that earlier sessions saved.
    #[serde(skip)]
    pub views: SavedViews,
    /// The session to go on with.
    #[serde(skip)]
    pub resume: Option<LastSession>,
    /// What is to be said first: what earlier sessions left and cannot be used.
    #[serde(skip)]
    pub trouble: Option<String>,
    /// The privacy mask. A recording has no key but one of its own.
    #[serde(skip)]
    pub privacy: Privacy,
    /// The names were masked before the model got them, as those of a masked recording.
    #[serde(default)]
    pub masked: bool,
}
