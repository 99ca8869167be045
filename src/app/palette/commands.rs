//! The commands that take an argument: the one table that feeds the palette, the help, `cf-tui keys`
//! and the manual.

use crate::app::keymap::{Action, Context, places};
use crate::app::tab::Tab;
use crate::domain::verdict::Lens;
use crate::inventory::report::AccountIx;

/// A command that takes an argument.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// The word that it begins with.
    pub name: &'static str,
    /// What follows.
    pub takes: Takes,
    /// What it does, in the words of the help.
    pub help: &'static str,
    /// Where it holds; empty is everywhere.
    pub contexts: &'static [Context],
}

/// The argument of a command.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A filter.
    Filter,
    /// An account, by name or id.
    Account(fn(AccountIx) -> Deed),
    /// One of these.
    OneOf(&'static [Choice]),
}

/// A word that a command knows.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The word.
    pub word: &'static str,
    /// What it stands for.
    pub help: &'static str,
    /// What is done.
    pub deed: Deed,
}

/// What an offer does when it is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// An action of the keymap.
    Act(Action),
    /// Filters by this text.
    Filter(String),
    /// Shows the origins of this account alone.
    Only(AccountIx),
    /// Puts the cursor on the account, or on the first of its origins.
    Go(AccountIx),
    /// Shows this tab.
    Tab(Tab),
    /// Looks through this lens.
    Lens(Lens),
    /// Asks for the argument.
    Ask,
}

const fn choice(word: &'static str, help: &'static str, deed: Deed) -> Choice {
    Choice { word, help, deed }
}

/// Where there is a finding to do something with.
const FINDINGS: &[Context] = &[Context::Origins, Context::Detail];

/// The commands that take an argument.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "filter",
        takes: Takes::Filter,
        help: "show only the origins that match; without a text, all",
        contexts: &[],
    },
    Command {
        name: "goto",
        takes: Takes::Account(Deed::Go),
        help: "put the cursor on the account; among origins, on its first one",
        contexts: &[],
    },
    Command {
        name: "account",
        takes: Takes::Account(Deed::Only),
        help: "show only the origins of this account",
        contexts: &[],
    },
    Command {
        name: "tab",
        takes: Takes::OneOf(&[
            choice("evidence", "why the verdict is what it is", Deed::Tab(Tab::Evidence)),
            choice("remediation", "what to do", Deed::Tab(Tab::Remediation)),
            choice("distribution", "the whole distribution", Deed::Tab(Tab::Distribution)),
            choice("frameworks", "the compliance frameworks", Deed::Tab(Tab::Frameworks)),
            choice("raw", "what was read, as JSON", Deed::Tab(Tab::Raw)),
        ]),
        help: "show this tab of the finding",
        contexts: FINDINGS,
    },
    Command {
        name: "view",
        takes: Takes::OneOf(&[
            choice("origins", "every origin", Deed::Act(Action::ViewOrigins)),
            choice("accounts", "how each account was read", Deed::Act(Action::ViewAccounts)),
        ]),
        help: "show this table",
        contexts: &[],
    },
    Command {
        name: "lens",
        takes: Takes::OneOf(&[
            choice("traffic", "what really travels", Deed::Lens(Lens::Traffic)),
            choice("d9", "the rule D9.AWS.CRY.17 as written", Deed::Lens(Lens::D9)),
        ]),
        help: "colour by this question",
        contexts: &[],
    },
    Command {
        name: "copy",
        takes: Takes::OneOf(&[
            choice("cli", "the fix as a command for a shell", Deed::Act(Action::CopyFix)),
            choice("terraform", "the fix for Terraform", Deed::Act(Action::CopyTerraform)),
            choice(
                "cloudformation",
                "the fix for CloudFormation",
                Deed::Act(Action::CopyCloudformation),
            ),
            choice("console", "the console's steps", Deed::Act(Action::CopySteps)),
            choice("ticket", "a ticket, as Markdown", Deed::Act(Action::CopyTicket)),
            choice("json", "the finding as JSON", Deed::Act(Action::CopyJson)),
            choice("arn", "the distribution's ARN", Deed::Act(Action::CopyArn)),
            choice("row", "the row as text", Deed::Act(Action::CopyRow)),
        ]),
        help: "copy in this form",
        contexts: FINDINGS,
    },
];

impl Command {
    /// What stands for the argument.
    pub fn argument(&self) -> &'static str {
        match self.takes {
            Takes::Filter => "TEXT",
            Takes::Account(_) => "ACCOUNT",
            Takes::OneOf(_) => "NAME",
        }
    }

    /// How it is written: `tab evidence|remediation|…`.
    pub fn usage(&self) -> String {
        let argument = match self.takes {
            Takes::OneOf(choices) => words(choices, "|"),
            _ => self.argument().to_owned(),
        };
        format!("{} {argument}", self.name)
    }

    /// Where it holds, in words.
    pub fn places(&self) -> String {
        places(self.contexts)
    }

    pub(super) fn holds_in(&self, context: Context) -> bool {
        self.contexts.is_empty() || self.contexts.contains(&context)
    }
}

/// The words of choices, with something between them.
pub fn words(choices: &[Choice], between: &str) -> String {
    choices.iter().map(|choice| choice.word).collect::<Vec<_>>().join(between)
}
