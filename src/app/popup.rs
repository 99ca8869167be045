//! What lies over the screen and takes the keys.

/// What lies over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Popup {
    /// The help.
    Help {
        /// Lines scrolled away.
        scroll: usize,
    },
    /// The settings in force.
    Settings {
        /// Lines scrolled away.
        scroll: usize,
    },
}
