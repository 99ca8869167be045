//! The keys of the Raw JSON tab once it has the screen, and its search prompt.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde_json::Value;

use crate::app::effect::Effect;
use crate::app::keymap::{Action, Context};
use crate::app::model::{Model, View};
use crate::app::raw::Raw;
use crate::app::tab::Tab;
use crate::domain::text;
use crate::export::raw::raw_json;

/// Longer than anything that a person searches for; what a stray paste brings is cut.
const LONGEST: usize = 1_000;

/// After every event: the tree is that of the finding under the cursor, and its cursor is seen.
pub(super) fn look(model: &mut Model) {
    let drawn = model.opened || model.measured.pane_rows > 0;
    if model.tab != Tab::Raw || model.view != View::Origins || !drawn {
        return;
    }
    let before = model.raw.take();
    let found = model.selected.and_then(|row| Some((row, model.store.finding(row)?)));
    let Some((row, finding)) = found else { return };
    let mut raw = match before {
        Some(before) => before.followed(row, &finding),
        None => Raw::new(row, &finding),
    };
    let rows = model.measured.pane_rows;
    match model.opened {
        true => raw.keep_in_sight(rows),
        false => {
            raw.search = Default::default();
            raw.settle(rows);
        }
    }
    model.raw = Some(raw);
}

/// What an action means in the JSON; `None` where it means what it always does.
pub(super) fn act(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    if model.context() != Context::Raw {
        return None;
    }
    let page = model.measured.pane_rows.max(1);
    let raw = model.raw.as_mut()?;
    let line = raw.line();
    match action {
        Action::Down => raw.go_to(line + 1),
        Action::Up => raw.go_to(line.saturating_sub(1)),
        Action::PageDown => raw.go_to(line + page),
        Action::PageUp => raw.go_to(line.saturating_sub(page)),
        Action::HalfDown => raw.go_to(line + page.div_ceil(2)),
        Action::HalfUp => raw.go_to(line.saturating_sub(page.div_ceil(2))),
        Action::Top => raw.go_to(0),
        Action::Bottom => raw.go_to(usize::MAX),
        Action::Fold => raw.toggle(),
        Action::GoIn => raw.go_in(),
        Action::GoOut => raw.go_out(),
        Action::FoldAll => raw.fold_all(),
        Action::UnfoldAll => raw.tree.unfold_whole(0),
        Action::Search => {
            raw.search.editing = true;
            raw.search.from = raw.cursor;
        }
        Action::Back if raw.search.is_active() => clear(raw),
        Action::NextMatch | Action::PreviousMatch if raw.search.is_active() => {
            go_on(model, action == Action::NextMatch);
        }
        Action::CopyValue => return Some(copy_value(raw)),
        Action::CopyPath => return Some(copy_path(raw)),
        _ => return None,
    }
    Some(Vec::new())
}

fn go_on(model: &mut Model, forward: bool) {
    let Some(raw) = &mut model.raw else { return };
    let next = match forward {
        true => raw.search.after(raw.cursor),
        false => raw.search.before(raw.cursor),
    };
    match next {
        Some(node) => raw.show(node),
        None => model.say("what is searched for is not in this JSON", false),
    }
}

/// True while keys go into the search prompt.
pub(super) fn is_editing(model: &Model) -> bool {
    let editing = model.raw.as_ref().is_some_and(|raw| raw.search.editing);
    editing && model.context() == Context::Raw
}

/// Keys while the prompt is open: text goes in and is found at once, Enter keeps it, Esc clears
/// it and goes back to where the search began.
pub(super) fn press(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    let Some(raw) = &mut model.raw else { return Vec::new() };
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c') if control => return vec![Effect::Quit],
        KeyCode::Char('u') if control => change(raw, String::clear),
        KeyCode::Char('w') if control => change(raw, cut_word),
        KeyCode::Char(c) if !control => type_in(raw, c.encode_utf8(&mut [0; 4])),
        KeyCode::Backspace => change(raw, |text| {
            text.pop();
        }),
        KeyCode::Enter => raw.search.editing = false,
        KeyCode::Esc => {
            let from = raw.search.from;
            clear(raw);
            raw.show(from);
        }
        _ => {}
    }
    Vec::new()
}

/// Pasted text goes into the prompt.
pub(super) fn paste(model: &mut Model, pasted: &str) -> Vec<Effect> {
    if let Some(raw) = &mut model.raw {
        type_in(raw, pasted);
    }
    Vec::new()
}

fn type_in(raw: &mut Raw, typed: &str) {
    let typed = typed.replace(['\n', '\t'], " ");
    change(raw, |line| {
        let room = LONGEST.saturating_sub(line.chars().count());
        line.extend(typed.chars().filter(|c| !text::is_harmful(*c)).take(room));
    });
}

fn cut_word(line: &mut String) {
    let kept = line.trim_end().rfind(' ').map_or(0, |at| at + 1);
    line.truncate(kept);
}

fn change(raw: &mut Raw, edit: impl FnOnce(&mut String)) {
    edit(&mut raw.search.text);
    raw.search.run(&raw.tree);
    let from = raw.search.from;
    raw.show(raw.search.at_or_after(from).unwrap_or(from));
}

fn clear(raw: &mut Raw) {
    raw.search = Default::default();
}

/// `y v`: a string as it is, anything else as JSON. A string that a terminal would act on is
/// copied as JSON too: pasted, it would do what its author wants.
fn copy_value(raw: &Raw) -> Vec<Effect> {
    let value = raw.tree.value(raw.cursor);
    let (what, text) = match value {
        Value::String(string) if text::is_plain(string) => ("value", string.clone()),
        Value::String(_) => ("value as JSON, for it holds control characters", raw_json(value)),
        _ => ("value", raw_json(value)),
    };
    vec![Effect::Copy {
        what: format!("{what} of {}", raw.tree.path(raw.cursor)),
        text,
        file: None,
    }]
}

/// `y k`: the place under the cursor, as jq writes it.
fn copy_path(raw: &Raw) -> Vec<Effect> {
    let text = raw.tree.path(raw.cursor);
    vec![Effect::Copy { what: format!("path {text}"), text, file: None }]
}
