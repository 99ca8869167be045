//! Which of several pages of a pane is shown.

use serde::{Deserialize, Serialize};

/// The tabs of the detail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Why the verdict is what it is.
    #[default]
    Evidence,
    /// What to do.
    Remediation,
    /// The whole distribution.
    Distribution,
    /// Which compliance frameworks the rule is part of.
    Frameworks,
    /// What was read, in the API's shape.
    Raw,
}

impl Tab {
    /// In the order of the screen.
    pub const ALL: [Self; 5] =
        [Self::Evidence, Self::Remediation, Self::Distribution, Self::Frameworks, Self::Raw];

    /// The word on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Evidence => "Evidence",
            Self::Remediation => "Remediation",
            Self::Distribution => "Distribution",
            Self::Frameworks => "Frameworks",
            Self::Raw => "Raw JSON",
        }
    }
}

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
