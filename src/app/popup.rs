//! What lies over the screen and takes the keys.

use super::palette::Palette;
use super::prompt::Prompt;

/// What lies over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Popup {
    /// The help.
    Help(Page),
    /// The settings in force.
    Settings(Page),
    /// The messages so far.
    Messages(Page),
    /// The command palette.
    Palette(Palette),
    /// The column chooser.
    Columns {
        /// The line that the cursor is on.
        at: usize,
    },
}

/// A text that is scrolled and searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Lines scrolled away.
    pub scroll: usize,
    /// Only lines that hold each word of it are shown.
    pub search: Prompt,
    /// Keys go into the search.
    pub searching: bool,
}

impl Popup {
    /// The text that it shows, if it is one.
    pub fn page(&self) -> Option<&Page> {
        match self {
            Self::Help(page) | Self::Settings(page) | Self::Messages(page) => Some(page),
            Self::Palette(_) | Self::Columns { .. } => None,
        }
    }

    /// The same, to be scrolled and searched.
    pub fn page_mut(&mut self) -> Option<&mut Page> {
        match self {
            Self::Help(page) | Self::Settings(page) | Self::Messages(page) => Some(page),
            Self::Palette(_) | Self::Columns { .. } => None,
        }
    }
}
