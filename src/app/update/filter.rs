//! The filter line. A filter that cannot be read never widens what is shown: the last one that
//! could stays in force.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::moves;
use crate::app::effect::Effect;
use crate::app::filter::Filter;
use crate::app::index::FacetFilter;
use crate::app::model::Model;
use crate::domain::text;

/// Longer than any filter that a person types; what a stray paste brings is cut.
const LONGEST: usize = 1_000;

pub(super) fn begin(model: &mut Model) {
    model.filter.editing = true;
    model.opened = false;
}

/// Keys while the line is edited: text goes in, Enter keeps it, Esc clears it.
pub(super) fn press(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c') if control => return vec![Effect::Quit],
        KeyCode::Char('u') if control => change(model, String::clear),
        KeyCode::Char('w') if control => change(model, cut_word),
        KeyCode::Char(c) if !control => type_in(model, c.encode_utf8(&mut [0; 4])),
        KeyCode::Backspace => change(model, |text| {
            text.pop();
        }),
        KeyCode::Enter => model.filter.editing = false,
        KeyCode::Esc => clear(model),
        KeyCode::Down => moves::by(model, 1),
        KeyCode::Up => moves::by(model, -1),
        _ => {}
    }
    Vec::new()
}

/// Pasted text goes into the line while it is edited.
pub(super) fn paste(model: &mut Model, pasted: &str) -> Vec<Effect> {
    if model.filter.editing {
        type_in(model, pasted);
    }
    Vec::new()
}

/// Shows everything again.
pub(super) fn clear(model: &mut Model) {
    model.filter.editing = false;
    change(model, String::clear);
}

/// Replaces the filter by one that holds just this text.
pub(super) fn set(model: &mut Model, text: &str) {
    change(model, |line| text.clone_into(line));
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

fn type_in(model: &mut Model, typed: &str) {
    let typed: String = typed.replace(['\n', '\t'], " ");
    change(model, |line| {
        let room = LONGEST.saturating_sub(line.chars().count());
        line.extend(typed.chars().filter(|c| !text::is_harmful(*c)).take(room));
    });
}

fn cut_word(line: &mut String) {
    let kept = line.trim_end().rfind(' ').map_or(0, |at| at + 1);
    line.truncate(kept);
}

fn change(model: &mut Model, edit: impl FnOnce(&mut String)) {
    edit(&mut model.filter.text);
    match Filter::parse(&model.filter.text) {
        Ok(filter) => {
            (model.narrowing.filter, model.filter.error) = (filter, None);
            model.index.set_facet_filter(FacetFilter::of(&model.filter.text));
            moves::renarrow(model);
        }
        Err(error) => model.filter.error = Some(error),
    }
}
