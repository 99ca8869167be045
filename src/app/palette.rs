//! The command palette: every action of the keymap by its name, and commands that take an
//! argument. One table, [`COMMANDS`], feeds the palette, the help, `cf-tui keys` and the manual.

use std::cmp::Reverse;

use super::filter::Filter;
use super::fuzzy::score;
use super::keymap::{Action, Binding, Context, places};
use super::model::Model;
use super::popup::Popup;
use super::prompt::Prompt;
use super::tab::Tab;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;
use crate::inventory::report::AccountIx;

/// The most accounts that are offered at once; more letters find the others.
const ACCOUNTS: usize = 200;

/// The most lines of the history that come first while nothing is typed.
const RECENT: usize = 5;

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

    fn holds_in(&self, context: Context) -> bool {
        self.contexts.is_empty() || self.contexts.contains(&context)
    }
}

/// The palette while it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// What was typed.
    pub line: Prompt,
    /// What it may mean, best first.
    pub offers: Vec<Offer>,
    /// Which of them Enter takes.
    pub chosen: usize,
    /// Why there are none.
    pub trouble: String,
    /// Enter found nothing to run.
    pub refused: bool,
    /// Which line of the history stands in the line; 0 is the latest.
    pub recalled: Option<usize>,
    /// The popup that it was opened from, which comes back.
    pub under: Option<Box<Popup>>,
}

/// Something that the palette can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The line that means exactly this; harmless text.
    pub text: String,
    /// What it does; harmless text.
    pub help: String,
    /// Its key, where it has one.
    pub key: String,
    /// What is done.
    pub deed: Deed,
}

impl Offer {
    fn of_action(binding: &Binding) -> Self {
        Self {
            text: binding.action.name().replace('_', " "),
            help: binding.help.clone(),
            key: binding.keys.first().cloned().unwrap_or_default(),
            deed: Deed::Act(binding.action),
        }
    }

    fn of_command(command: &Command) -> Self {
        Self {
            text: command.name.to_owned(),
            help: command.help.to_owned(),
            key: String::new(),
            deed: Deed::Ask,
        }
    }
}

/// What a line may mean in a context, best first. What does not hold there is left out, as in the
/// menus of an editor: a line that does nothing is not worth its place among some fifty.
pub fn offers(model: &Model, context: Context, line: &str) -> Vec<Offer> {
    let line = line.trim_start();
    if line.trim_end().is_empty() {
        return with_recent(model, context);
    }
    let argued = argument(context, line);
    let mut found = argued.map_or(Vec::new(), |(command, text)| completions(model, command, text));
    let is_new = |offer: &Offer| {
        let is_begun = argued.is_some() && offer.deed == Deed::Ask;
        !is_begun && found.iter().all(|other| other.deed != offer.deed)
    };
    let mut ranked: Vec<(i32, Offer)> = all(model, context)
        .filter(is_new)
        .filter_map(|offer| Some((rank(line, &offer, argued.is_none())?, offer)))
        .collect();
    ranked.sort_by_key(|(rank, offer)| (Reverse(*rank), offer.text.len()));
    found.extend(ranked.into_iter().map(|(_, offer)| offer));
    // A name that is written out is meant, whatever else begins so.
    found.sort_by_key(|offer| offer.text != line.trim_end());
    found
}

/// Why a line means nothing in a context, and what is known instead.
pub fn trouble(model: &Model, context: Context, line: &str) -> String {
    let line = line.trim();
    match argument(context, line) {
        Some((command, text)) => match command.takes {
            Takes::Filter => Filter::parse(text).map_or_else(|e| e.to_string(), |_| String::new()),
            Takes::Account(_) => format!(
                "no account is called \"{text}\"; {} are known, by name or id",
                model.store.accounts().len()
            ),
            Takes::OneOf(choices) => {
                format!("{} does not know \"{text}\", but: {}", command.name, words(choices, ", "))
            }
        },
        None => {
            let elsewhere = model.keymap.bindings().iter().find(|binding| {
                !binding.holds_in(context) && rank(line, &Offer::of_action(binding), true).is_some()
            });
            match elsewhere {
                Some(binding) => format!(
                    "not here: \"{}\" holds in {}",
                    Offer::of_action(binding).text,
                    binding.places()
                ),
                None => format!("nothing is called \"{line}\"; ? lists everything"),
            }
        }
    }
}

/// The words of choices, with something between them.
pub fn words(choices: &[Choice], between: &str) -> String {
    choices.iter().map(|choice| choice.word).collect::<Vec<_>>().join(between)
}

/// Everything that holds in a context: commands, actions as the footer ranks them, the rest.
fn all(model: &Model, context: Context) -> impl Iterator<Item = Offer> {
    let bindings = model.keymap.bindings().iter();
    let mut actions: Vec<&Binding> =
        bindings.filter(|b| b.holds_in(context) && b.action != Action::Palette).collect();
    actions.sort_by_key(|binding| Reverse(binding.rank));
    let commands = COMMANDS.iter().filter(move |command| command.holds_in(context));
    commands.map(Offer::of_command).chain(actions.into_iter().map(Offer::of_action))
}

/// What ran last comes first.
fn with_recent(model: &Model, context: Context) -> Vec<Offer> {
    let lines = model.commands.iter().rev().take(RECENT);
    let again = |line: &String| {
        let found = offers(model, context, line);
        found.into_iter().find(|offer| offer.text == *line)
    };
    let mut found: Vec<Offer> = lines.filter_map(again).collect();
    let rest: Vec<Offer> = all(model, context).filter(|offer| !found.contains(offer)).collect();
    found.extend(rest);
    found
}

/// The command that a line begins with and what follows it, once its blank is typed.
fn argument(context: Context, line: &str) -> Option<(&'static Command, &str)> {
    let (name, rest) = line.split_once(' ')?;
    let command = COMMANDS.iter().find(|command| command.name == name)?;
    command.holds_in(context).then_some((command, rest.trim()))
}

/// How well an offer fits: by the letters of its name, or by whole words of what it does.
fn rank(line: &str, offer: &Offer, letters: bool) -> Option<i32> {
    let by_name = score(line, &offer.text).filter(|_| letters);
    let words = format!("{} {}", offer.text, offer.help).to_lowercase();
    let by_words = line.split_whitespace().try_fold(0, |sum, word| {
        let occurs = words.contains(&word.to_lowercase());
        occurs.then(|| score(word, &words)).flatten().map(|score| sum + score)
    });
    by_name.max(by_words)
}

/// The arguments of a command that a text may mean.
fn completions(model: &Model, command: &Command, text: &str) -> Vec<Offer> {
    let offer = |word: &str, help: &str, deed: Deed| Offer {
        text: format!("{} {word}", command.name).trim_end().to_owned(),
        help: help.to_owned(),
        key: key_of(model, &deed),
        deed,
    };
    match command.takes {
        Takes::Filter if Filter::parse(text).is_err() => Vec::new(),
        Takes::Filter => vec![offer(text, command.help, Deed::Filter(text.to_owned()))],
        Takes::OneOf(choices) => {
            let fits = |choice: &'static Choice| Some((score(text, choice.word)?, choice));
            let mut fitting: Vec<_> = choices.iter().filter_map(fits).collect();
            fitting.sort_by_key(|(score, choice)| (choice.word != text, Reverse(*score)));
            fitting.iter().map(|(_, c)| offer(c.word, c.help, c.deed.clone())).collect()
        }
        Takes::Account(deed) => accounts(model, text)
            .into_iter()
            .map(|ix| {
                let account = &model.store.accounts()[ix].account;
                offer(&escape(&account.name), account.id.as_str(), deed(ix))
            })
            .collect(),
    }
}

fn key_of(model: &Model, deed: &Deed) -> String {
    match deed {
        Deed::Act(action) => model.keymap.key_of(*action).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// The accounts that a text may mean, best first.
fn accounts(model: &Model, text: &str) -> Vec<AccountIx> {
    let fits = |(ix, entry): (AccountIx, &super::store::AccountEntry)| {
        let name = escape(&entry.account.name);
        let exact = name == text || entry.account.id.as_str() == text;
        let by_id = entry.account.id.as_str().starts_with(text).then_some(0);
        let best = score(text, &name).max(by_id)?;
        Some((Reverse(exact), Reverse(best), name.len(), ix))
    };
    let mut found: Vec<_> = model.store.accounts().iter().enumerate().filter_map(fits).collect();
    // Without a text all are as good, and the fleet file's order stays.
    if !text.is_empty() {
        found.sort_unstable();
    }
    found.into_iter().take(ACCOUNTS).map(|(.., ix)| ix).collect()
}
