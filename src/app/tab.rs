//! Which of several pages of a pane is shown.

use serde::{Deserialize, Serialize};

/// The forms in which the Remediation tab shows a fix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RemediationTab {
    /// The portal's steps, with this origin's values.
    #[default]
    Console,
    /// The command that `c` copies.
    Cli,
}

impl RemediationTab {
    /// In the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Console, Self::Cli];

    /// The name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Console => "Console",
            Self::Cli => "CLI",
        }
    }
}
