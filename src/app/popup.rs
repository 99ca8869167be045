//! What lies over the screen and takes the keys.

/// What lies over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Popup {
    /// The help.
    Help {
        /// Lines scrolled away.
        scroll: usize,
    },
    /// The column chooser.
    Columns {
        /// The line that the cursor is on.
        at: usize,
    },
}
