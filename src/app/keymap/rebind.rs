//! A person's `keys.toml` over the bindings that the program comes with.
//!
//! A binding of an action replaces the keys that the action has in the same places. `"none"` takes
//! keys away. What would leave a key with two meanings, or no way out, is refused.

use std::collections::HashSet;
use std::ops::Range;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use toml::Spanned;

use super::{Action, Binding, Context, Key, Keymap, overlap, sequence};
use crate::config::keys::Bind;
use crate::config::mistake::Found;
use crate::config::near::{meant, nearest};

/// The action that is none: its keys are taken away.
const NONE: &str = "none";

impl Keymap {
    /// These bindings with a person's over them, and all that is wrong with those. The keymap is
    /// of use only where nothing is wrong.
    pub fn rebound(self, written: &[Bind]) -> (Self, Vec<Found>) {
        let mut wrong = Vec::new();
        let wishes: Vec<Wish> =
            written.iter().filter_map(|bind| wish(&self, bind, &mut wrong)).collect();
        let mut entries: Vec<Entry> = Vec::new();
        for (at, binding) in self.bindings.iter().enumerate() {
            for wish in wishes.iter().filter(|wish| wish.home(&self.bindings) == Some(at)) {
                let entry = wish.entry(binding);
                entries.push(entry.hinted_once(&entries));
            }
            entries.extend(left(binding, &wishes).into_iter().map(Entry::embedded));
        }
        wrong.extend(double(&entries));
        wrong.extend(no_way_out(&entries, written));
        (Self::of(entries.into_iter().map(|entry| entry.binding).collect()), wrong)
    }

    /// The names of all actions, as files write them.
    pub fn action_names(&self) -> Vec<String> {
        let mut seen = HashSet::new();
        let actions = self.bindings.iter().map(|b| b.action).filter(|a| seen.insert(*a));
        actions.map(Action::name).collect()
    }
}

/// An entry of the person's file that could be understood.
struct Wish {
    /// `None` takes the keys away.
    action: Option<Action>,
    contexts: Vec<Context>,
    keys: Vec<(Vec<Key>, Range<usize>)>,
    help: Option<String>,
    group: Option<String>,
}

/// A binding of the new keymap, with the places of its keys where a person wrote them.
struct Entry {
    binding: Binding,
    places: Vec<Range<usize>>,
}

impl Entry {
    fn embedded(binding: Binding) -> Self {
        Self { binding, places: Vec::new() }
    }

    /// Where an action has several entries, the footer shows the first.
    fn hinted_once(mut self, before: &[Self]) -> Self {
        let same = |entry: &Self| {
            entry.binding.action == self.binding.action
                && entry.binding.hint.is_some()
                && overlap(&entry.binding, &self.binding)
        };
        if before.iter().any(same) {
            (self.binding.hint, self.binding.rank) = (None, 0);
        }
        self
    }
}

impl Wish {
    /// A wish stands where its action's embedded binding of just its places stood, and has its
    /// words; else where one that holds in some of them did, else where the action's first did.
    fn home(&self, embedded: &[Binding]) -> Option<usize> {
        let same = |binding: &Binding| Some(binding.action) == self.action;
        let shares = |binding: &Binding| {
            self.contexts.is_empty() || self.contexts.iter().any(|c| binding.holds_in(*c))
        };
        let find = |fits: &dyn Fn(&Binding) -> bool| {
            embedded.iter().position(|binding| same(binding) && fits(binding))
        };
        find(&|binding| binding.contexts == self.contexts)
            .or_else(|| find(&shares))
            .or_else(|| find(&|_| true))
    }

    fn entry(&self, of: &Binding) -> Entry {
        let binding = Binding {
            keys: self.keys.iter().map(|(keys, _)| shown(keys)).collect(),
            contexts: self.contexts.clone(),
            help: self.help.clone().unwrap_or_else(|| of.help.clone()),
            group: self.group.clone().unwrap_or_else(|| of.group.clone()),
            ..of.clone()
        };
        let places = self.keys.iter().map(|(_, place)| place.clone()).collect();
        Entry { binding, places }
    }
}

fn wish(embedded: &Keymap, bind: &Bind, wrong: &mut Vec<Found>) -> Option<Wish> {
    let action = action(embedded, &bind.action, wrong);
    let keys = bind.keys.iter().filter_map(|written| keys(written, wrong)).collect();
    let named = bind.contexts.iter().flatten();
    let mut contexts: Vec<Context> = named.filter_map(|name| context(name, wrong)).collect();
    let action = action?;
    if contexts.is_empty() {
        let same = embedded.bindings.iter().filter(|b| Some(b.action) == action);
        let places: Vec<&[Context]> = same.map(|b| b.contexts.as_slice()).collect();
        // Everywhere is written as no context at all.
        if !places.iter().any(|contexts| contexts.is_empty()) {
            contexts = places.concat();
        }
    }
    let (help, group) = (bind.help.clone(), bind.group.clone());
    Some(Wish { action, contexts, keys, help, group })
}

fn action(
    embedded: &Keymap,
    written: &Spanned<String>,
    wrong: &mut Vec<Found>,
) -> Option<Option<Action>> {
    let name = written.get_ref().as_str();
    if name == NONE {
        return Some(None);
    }
    let action: Option<Action> = by_name(name);
    if action.is_none() {
        let names = embedded.action_names();
        let hint = match nearest(name, names.iter().map(String::as_str).chain([NONE])) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cf-tui keys` lists every action by its name".to_owned(),
        };
        wrong.push(found(written.span(), format!("unknown action `{name}`"), hint));
    }
    action.map(Some)
}

fn context(written: &Spanned<String>, wrong: &mut Vec<Found>) -> Option<Context> {
    let name = written.get_ref().as_str();
    let context = by_name(name);
    if context.is_none() {
        let names = Context::ALL.map(Context::name);
        wrong.push(found(written.span(), format!("unknown place `{name}`"), meant(name, &names)));
    }
    context
}

fn keys(written: &Spanned<String>, wrong: &mut Vec<Found>) -> Option<(Vec<Key>, Range<usize>)> {
    match sequence(written.get_ref()) {
        Ok(keys) => Some((keys, written.span())),
        Err(hint) => {
            wrong.push(found(written.span(), format!("no key `{}`", written.get_ref()), hint));
            None
        }
    }
}

fn by_name<'de, T: Deserialize<'de>>(name: &'de str) -> Option<T> {
    let name: StrDeserializer<'de, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

fn found(span: Range<usize>, message: String, hint: impl Into<String>) -> Found {
    Found { span, message, hint: hint.into() }
}

fn shown(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

/// What is left of an embedded binding: by places where its action got other keys, by keys that
/// were taken away in some places.
fn left(binding: &Binding, wishes: &[Wish]) -> Vec<Binding> {
    let rebinds = wishes.iter().filter(|wish| wish.action == Some(binding.action));
    let mut left = vec![binding.clone()];
    for wish in rebinds {
        left = left.iter().filter_map(|part| outside(part, &wish.contexts)).collect();
    }
    for wish in wishes.iter().filter(|wish| wish.action.is_none()) {
        left = left.iter().flat_map(|part| without(part, wish)).collect();
    }
    left
}

/// The binding where these contexts are not; empty contexts are everywhere.
fn outside(binding: &Binding, contexts: &[Context]) -> Option<Binding> {
    if contexts.is_empty() {
        return None;
    }
    let places: &[Context] =
        if binding.contexts.is_empty() { &Context::ALL } else { &binding.contexts };
    let rest: Vec<Context> = places.iter().copied().filter(|c| !contexts.contains(c)).collect();
    match rest.len() {
        0 => None,
        len if len == places.len() => Some(binding.clone()),
        _ => Some(Binding { contexts: rest, ..binding.clone() }),
    }
}

/// The binding without keys that were taken away: whole outside of the wish's places, and inside
/// with the keys that it keeps.
fn without(binding: &Binding, wish: &Wish) -> Vec<Binding> {
    let is_taken = |written: &String| {
        sequence(written).is_ok_and(|keys| wish.keys.iter().any(|(taken, _)| *taken == keys))
    };
    let kept: Vec<String> = binding.keys.iter().filter(|key| !is_taken(key)).cloned().collect();
    let outer = outside(binding, &wish.contexts);
    if kept.len() == binding.keys.len() || outer.as_ref() == Some(binding) {
        return vec![binding.clone()];
    }
    let holds = |context: &Context| binding.holds_in(*context);
    let contexts = match outer {
        None => binding.contexts.clone(),
        Some(_) => wish.contexts.iter().copied().filter(holds).collect(),
    };
    let inner = (!kept.is_empty()).then(|| Binding { keys: kept, contexts, ..binding.clone() });
    inner.into_iter().chain(outer).collect()
}

/// Keys of an entry, and where a person wrote them.
struct Held<'e> {
    keys: Vec<Key>,
    entry: &'e Entry,
    place: Option<&'e Range<usize>>,
}

/// Keys that would mean two things in one place; where a person wrote both, at both places.
fn double(entries: &[Entry]) -> Vec<Found> {
    let mut held: Vec<Held<'_>> = Vec::new();
    for entry in entries {
        for (at, written) in entry.binding.keys.iter().enumerate() {
            let keys = sequence(written).unwrap_or_default();
            held.push(Held { keys, entry, place: entry.places.get(at) });
        }
    }
    let mut wrong = Vec::new();
    for (at, one) in held.iter().enumerate() {
        for other in &held[..at] {
            let clash = other.keys.starts_with(&one.keys) || one.keys.starts_with(&other.keys);
            if clash && overlap(&one.entry.binding, &other.entry.binding) {
                wrong.extend(clashing(one, other));
                wrong.extend(clashing(other, one));
            }
        }
    }
    wrong
}

/// What is said at a key that a person wrote, about another that clashes with it.
fn clashing(held: &Held<'_>, other: &Held<'_>) -> Option<Found> {
    let (key, other_key) = (shown(&held.keys), shown(&other.keys));
    let action = other.entry.binding.action.name();
    let message = match held.keys == other.keys {
        true => format!("`{key}` is also bound to `{action}`"),
        false => format!("`{key}` clashes with `{other_key}`, which is bound to `{action}`"),
    };
    let hint = match other.place {
        Some(_) => "one key means one thing in one place: keep one of the two".to_owned(),
        None => format!(
            "bind `{action}` to another key too, or take this one away: \
             keys = [\"{other_key}\"] with action = \"none\""
        ),
    };
    Some(found(held.place?.clone(), message, hint))
}

/// Every place must have a key that leads out of it, and the first one a key that quits.
fn no_way_out(entries: &[Entry], written: &[Bind]) -> Option<Found> {
    let leads_out = |context: Context| {
        entries.iter().filter(|e| e.binding.holds_in(context)).any(|e| match e.binding.action {
            Action::Quit | Action::BackOrQuit => true,
            Action::Back => context != Context::Origins,
            _ => false,
        })
    };
    let stuck = Context::ALL.into_iter().find(|context| !leads_out(*context))?;
    let takes =
        |bind: &&Bind| [NONE, "quit", "back_or_quit"].contains(&bind.action.get_ref().as_str());
    let place = written.iter().rfind(takes).map_or(0..0, |bind| bind.action.span());
    let message = format!("no key would be left to quit (in `{}`)", stuck.name());
    Some(found(place, message, "leave a key to `quit` or `back_or_quit`"))
}
