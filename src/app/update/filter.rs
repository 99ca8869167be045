//! The filter line. A filter that cannot be read never widens what is shown: the last one that
//! could stays in force.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::moves;
use crate::app::effect::Effect;
use crate::app::filter::Filter;
use crate::app::filter::complete::complete;
use crate::app::index::FacetFilter;
use crate::app::line::{LONGEST, Line};
use crate::app::model::Model;

pub(super) fn begin(model: &mut Model) {
    model.filter.editing = true;
    model.opened = false;
}

/// Keys while the line is edited: Enter keeps it, Esc clears it, Tab completes, and what is left
/// edits it.
pub(super) fn press(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Tab => turn(model, 1),
        KeyCode::BackTab => turn(model, -1),
        _ => {
            model.filter.completion = None;
            match key.code {
                KeyCode::Char('c') if control => return vec![Effect::Quit],
                KeyCode::Char('p') if control => recall(model, true),
                KeyCode::Char('n') if control => recall(model, false),
                KeyCode::Enter => keep(model),
                KeyCode::Esc => clear(model),
                KeyCode::Down => moves::by(model, 1),
                KeyCode::Up => moves::by(model, -1),
                _ => change(model, |line| {
                    line.press(key);
                }),
            }
        }
    }
    Vec::new()
}

/// Pasted text goes into the line while it is edited.
pub(super) fn paste(model: &mut Model, pasted: &str) -> Vec<Effect> {
    if model.filter.editing {
        model.filter.completion = None;
        change(model, |line| line.insert(pasted));
    }
    Vec::new()
}

/// Shows everything again.
pub(super) fn clear(model: &mut Model) {
    if model.filter.error.is_none() {
        model.filter.history.keep(model.filter.line.text());
    }
    model.filter.editing = false;
    set(model, "");
}

/// Replaces the filter by one that holds just this text.
pub(super) fn set(model: &mut Model, text: &str) {
    change(model, |line| line.set(text));
}

/// Replaces the filter by one that a key made of it. One that cannot be read is for the person to
/// mend first.
pub(super) fn put(model: &mut Model, text: String) {
    if model.filter.error.is_some() {
        model.say("the filter cannot be read: / mends it, Esc clears it", true);
    } else if text.chars().count() > LONGEST {
        model.say("the filter would be too long", true);
    } else {
        set(model, &text);
    }
}

pub(super) fn toggle_problems(model: &mut Model) {
    model.narrowing.problems = !model.narrowing.problems;
    moves::renarrow(model);
}

/// A filter that cannot be read is not kept: its line stays open, with what is wrong.
fn keep(model: &mut Model) {
    if model.filter.error.is_none() {
        model.filter.history.keep(model.filter.line.text());
        model.filter.editing = false;
    }
}

fn recall(model: &mut Model, earlier: bool) {
    let history = &mut model.filter.history;
    let recalled = match earlier {
        true => history.earlier(model.filter.line.text()),
        false => history.later(),
    };
    if let Some(text) = recalled.map(str::to_owned) {
        set(model, &text);
    }
}

/// The first Tab begins a completion, each other goes on to its next or previous word. With only
/// one word there is nothing to go on to: the next Tab completes what follows it.
fn turn(model: &mut Model, by: isize) {
    let completion = match model.filter.completion.take() {
        Some(mut completion) => {
            let count = completion.words.len();
            completion.chosen = (completion.chosen + count).saturating_add_signed(by) % count;
            Some(completion)
        }
        None => {
            let line = &model.filter.line;
            let before: String = line.text().chars().take(line.cursor()).collect();
            complete(&before, &model.store, &model.index)
        }
    };
    let Some(completion) = completion else { return };
    change(model, |line| line.replace_from(completion.start, &completion.word()));
    model.filter.completion = Some(completion).filter(|completion| completion.words.len() > 1);
}

fn change(model: &mut Model, edit: impl FnOnce(&mut Line)) {
    let before = model.filter.line.text().to_owned();
    edit(&mut model.filter.line);
    if model.filter.line.text() == before {
        return;
    }
    match Filter::parse(model.filter.line.text()) {
        Ok(filter) => {
            (model.narrowing.filter, model.filter.error) = (filter, None);
            model.index.set_facet_filter(FacetFilter::of(model.filter.line.text()));
            moves::renarrow(model);
            // What was typed half may have let nothing through, and so lost the cursor.
            if model.loads.is_empty() {
                moves::choose_first(model);
            }
        }
        Err(error) => model.filter.error = Some(error),
    }
}
