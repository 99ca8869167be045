//! The TLS pre-flight: asked for, agreed to once a session, answered.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::moves;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::preflight::{Answer, OriginOf, Question};
use crate::domain::preflight::{Preflight, target};

/// `t`: connects to the origin under the cursor, after a yes to the first one.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    moves::choose_first(model);
    match question(model) {
        Ok(question) if model.preflights.agreed => connect(model, question),
        Ok(question) => {
            model.preflights.question = Some(question);
            Vec::new()
        }
        Err(why) => {
            model.say(format!("no TLS pre-flight: {why}"), false);
            Vec::new()
        }
    }
}

fn question(model: &Model) -> Result<Question, String> {
    if model.start.demo {
        return Err("the demo's origins are invented, and nothing is connected to".to_owned());
    }
    if !model.start.preflight.enabled {
        return Err("the fleet file says [preflight] enabled = false".to_owned());
    }
    let chosen = model.selected.and_then(|row| Some((row, model.store.finding(row)?)));
    let (row, finding) = chosen.ok_or("no row is chosen")?;
    let origin = OriginOf::new(model.store.account_of(row), &finding);
    if model.preflights.under_way.contains(&origin) {
        return Err("it is under way already".to_owned());
    }
    Ok(Question { origin, target: target(finding.distribution, finding.origin)? })
}

/// A key while the question waits: `y` is yes, `n` and Esc are no. Any other key takes the
/// question away, and does what it always does: `None`.
pub(super) fn answer(model: &mut Model, key: &KeyEvent) -> Option<Vec<Effect>> {
    let question = model.preflights.question.take()?;
    let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
    match key.code {
        KeyCode::Char('y') if plain => {
            model.preflights.agreed = true;
            Some(connect(model, question))
        }
        KeyCode::Char('n') | KeyCode::Esc if plain => {
            model.say("no TLS pre-flight: nothing was connected to", false);
            Some(Vec::new())
        }
        _ => None,
    }
}

fn connect(model: &mut Model, question: Question) -> Vec<Effect> {
    let Question { origin, target } = question;
    model.preflights.under_way.insert(origin.clone());
    model.say(format!("connecting to {target}"), false);
    vec![Effect::Preflight { origin, target, now: model.now }]
}

/// The answer has come.
pub(super) fn done(model: &mut Model, origin: OriginOf, preflight: Preflight) {
    model.preflights.under_way.remove(&origin);
    model.say(preflight.sentence(), preflight.is_bad());
    let answer = Answer { preflight, at: model.now };
    model.preflights.answers.insert(origin, answer);
}
