//! Which of several pages of a pane is shown.

use serde::{Deserialize, Serialize};

use crate::domain::fix::Form;

/// The tabs of the detail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[serde(rename_all = "snake_case")]
pub enum RemediationTab {
    /// The portal's steps, with this origin's values.
    #[default]
    Console,
    /// The command that `c` copies.
    Cli,
    /// The changed parts for Terraform.
    Terraform,
    /// The changed parts for CloudFormation.
    CloudFormation,
    /// Markdown for whoever owns the distribution.
    Ticket,
}

impl RemediationTab {
    /// In the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Console, Self::Cli, Self::Terraform, Self::CloudFormation, Self::Ticket];

    /// The name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Console => "Console",
            Self::Cli => "CLI",
            Self::Terraform => "Terraform",
            Self::CloudFormation => "CloudFormation",
            Self::Ticket => "Ticket",
        }
    }

    /// The form of the fix that is shown.
    pub fn form(self) -> Form {
        match self {
            Self::Console => Form::Console,
            Self::Cli => Form::Cli,
            Self::Terraform => Form::Terraform,
            Self::CloudFormation => Form::CloudFormation,
            Self::Ticket => Form::Ticket,
        }
    }
}
