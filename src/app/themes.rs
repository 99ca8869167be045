//! Which theme is in use, by its name: what it looks like is the view's.

use serde::{Deserialize, Serialize};

/// The theme in use and those that may be switched to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Themes {
    /// Its name.
    pub name: String,
    /// Every name, in the order of a switch.
    pub names: Vec<String>,
    /// What chose it, in the user's words.
    pub chosen_by: String,
    /// The terminal is to be asked, and its answer chooses.
    pub asks: bool,
}

impl Default for Themes {
    fn default() -> Self {
        Self {
            name: "dark".to_owned(),
            names: ["dark", "light", "high-contrast", "mono"].map(str::to_owned).to_vec(),
            chosen_by: "built in".to_owned(),
            asks: false,
        }
    }
}

impl Themes {
    /// The next theme, by a key: now the terminal's answer chooses no more.
    pub(super) fn turn(&mut self) {
        let at = self.names.iter().position(|name| *name == self.name);
        let next = at.map_or(0, |at| at + 1) % self.names.len().max(1);
        if let Some(name) = self.names.get(next) {
            self.name.clone_from(name);
        }
        (self.chosen_by, self.asks) = ("chosen here".to_owned(), false);
    }

    /// The terminal told its background.
    pub(super) fn answered(&mut self, light: bool) {
        if self.asks {
            let is = if light { "light" } else { "dark" };
            self.name = is.to_owned();
            self.chosen_by = format!("detected: a {is} terminal (OSC 11)");
        }
    }
}
