//! The command palette: every action of the keymap by its name, and commands that take an
//! argument.

mod commands;

use std::cmp::Reverse;

pub use commands::{COMMANDS, Choice, Command, Deed, Takes, words};

use super::filter::Filter;
use super::fuzzy::score;
use super::keymap::{Action, Binding, Context};
use super::model::Model;
use super::popup::Popup;
use super::prompt::Prompt;
use crate::domain::text::escape;
use crate::inventory::report::AccountIx;

/// The most accounts that are offered at once; more letters find the others.
const ACCOUNTS: usize = 200;

/// The most lines of the history that come first while nothing is typed.
const RECENT: usize = 5;

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
    // An argument that is known says what is meant; a filter may be anything.
    let is_known = argued.is_some_and(|(command, _)| !matches!(command.takes, Takes::Filter));
    if !is_known || found.is_empty() {
        found.extend(ranked(model, context, line, argued.is_none()));
    }
    // A name that is written out is meant, whatever else begins so.
    found.sort_by_key(|offer| offer.text != line.trim_end());
    found
}

/// What fits a line by letters of its name or words of what it does; after a command's name and
/// a blank by words alone.
fn ranked(
    model: &Model,
    context: Context,
    line: &str,
    letters: bool,
) -> impl Iterator<Item = Offer> {
    let mut ranked: Vec<(i32, Offer)> = all(model, context)
        .filter(|offer| letters || offer.deed != Deed::Ask)
        .filter_map(|offer| Some((rank(line, &offer, letters)?, offer)))
        .collect();
    ranked.sort_by_key(|(rank, offer)| (Reverse(*rank), offer.text.len()));
    ranked.into_iter().map(|(_, offer)| offer)
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
    let text = format!("{} {}", offer.text, offer.help).to_lowercase();
    let by_words = line.split_whitespace().try_fold(0, |sum, word| Some(sum + said(word, &text)?));
    by_name.max(by_words)
}

/// How well a word fits that stands in a text as it is: best at the beginning of one there, and
/// never as well as in a name.
fn said(word: &str, text: &str) -> Option<i32> {
    let word = word.to_lowercase();
    let begins = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let at_start = text.match_indices(&word).any(|(at, _)| begins(at));
    let whole = score(&word, &word)?;
    text.contains(&word).then_some(if at_start { whole - 2 } else { whole / 2 })
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
