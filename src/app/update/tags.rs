//! Tags, and then the pair of staging distribution and primary, are asked for when a pane that
//! tells of them stays open on a distribution: once each, one at a time, and not for what the
//! cursor only passes.

use jiff::{SignedDuration, Timestamp};

use super::pairs;
use crate::app::copied::Place;
use crate::app::effect::Effect;
use crate::app::model::{Model, View};
use crate::app::tab::Tab;
use crate::inventory::report::Tags;

/// How long the cursor must stay.
const REST: SignedDuration = SignedDuration::from_millis(400);

/// After every event: asks for the tags or the pair of what is looked at, once that is due.
pub(super) fn look(model: &mut Model, due: Timestamp) -> Option<Effect> {
    let Some(place) = wanted(model) else {
        model.tags.resting = None;
        return None;
    };
    let since = match &model.tags.resting {
        Some((resting, ask)) if *resting == place => *ask,
        _ => {
            let ask = due + REST;
            model.tags.resting = Some((place.clone(), ask));
            ask
        }
    };
    if since > due || is_waiting(model) {
        return None;
    }
    if model.tags.of(&place).is_some() {
        model.tags.resting = None;
        return pairs::ask(model, place);
    }
    let arn = model.distribution()?.distribution.arn.clone();
    model.tags.resting = None;
    model.tags.asked = Some(place.clone());
    let (account, distribution) = place;
    Some(Effect::ReadTags { account, distribution, arn })
}

fn is_waiting(model: &Model) -> bool {
    model.tags.asked.is_some() || model.pairs.asked.is_some()
}

/// The distribution that is looked at, where its tags or its pair are not known yet. The demo
/// has neither.
fn wanted(model: &Model) -> Option<Place> {
    let tells = match model.view {
        View::Origins => matches!(model.tab, Tab::Remediation | Tab::Distribution),
        View::Distributions => true,
        View::Accounts => false,
    };
    if !tells || model.popup.is_some() || model.start.demo {
        return None;
    }
    let place = model.place()?;
    let open = model.tags.of(&place).is_none() && !model.tags.is_asked(&place);
    (open || pairs::is_open(model, &place)).then_some(place)
}

/// When the shell must wake the model to ask.
pub(super) fn due(model: &Model) -> Option<Timestamp> {
    model.tags.resting.as_ref().filter(|_| !is_waiting(model)).map(|(_, ask)| *ask)
}

/// An answer came.
pub(super) fn came(model: &mut Model, place: Place, tags: Tags) -> Vec<Effect> {
    if model.tags.is_asked(&place) {
        model.tags.asked = None;
    }
    model.tags.keep(place, tags);
    Vec::new()
}
