//! `P`: the privacy mask, on and off. While it is on the model holds masked names, so that nothing
//! that is shown, copied, filtered or said needs to know of it; real ones are only in the store,
//! and what is wanted from AWS and from origins gets them on the way out.

use super::filter;
use super::moves;
use crate::app::copied::Place;
use crate::app::distributions::Distributions;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::index::{self, Index};
use crate::app::model::Model;
use crate::app::popup::Popup;
use crate::app::preflight::{OriginOf, Preflights};
use crate::app::privacy::{Aside, Taping, shown, shown_setting};
use crate::app::store::{Changes, DistributionIx};
use crate::domain::ids::OriginId;
use crate::domain::mask::Mask;
use crate::domain::preflight::target;

/// Where no key is kept, and while real names are recorded.
const ONE_RUN: &str = "; the pseudonyms are of this run alone";

/// `P`
pub(super) fn toggle(model: &mut Model) {
    if model.start.masked {
        return model.say("the names were masked when this was recorded: it holds no others", true);
    }
    match (&model.aside, model.start.privacy.taping) {
        (Some(_), Taping::Masked) => {
            model.say("the mask stays on: this session is recorded with masked names", true);
        }
        (Some(_), _) => keeping_cursor(model, take_off),
        (None, taping) => {
            keeping_cursor(model, put_on);
            let filter = match model.aside.as_ref().is_some_and(|aside| aside.filter.is_some()) {
                true => "; the filter, which named real things, waits until then",
                false => "",
            };
            let taped = match taping {
                Taping::Real => "; the recording under way holds the real names",
                _ => "",
            };
            let run = if model.start.privacy.lasting { "" } else { ONE_RUN };
            let key = model.keymap.key(crate::app::keymap::Action::Privacy);
            let says = format!("private: names are masked until {key}{filter}{taped}{run}");
            model.say(says, taping == Taping::Real);
        }
    }
}

/// The filter goes and comes back, and the cursor stays on its origin all the while.
fn keeping_cursor(model: &mut Model, change: impl FnOnce(&mut Model)) {
    let (selected, opened, scroll) = (model.selected, model.opened, model.scroll);
    change(model);
    if selected.is_some_and(|row| model.index.position(row).is_some()) {
        (model.selected, model.header) = (selected, None);
        (model.opened, model.scroll) = (opened, scroll);
        moves::keep_in_sight(model);
    }
}

/// At the start, where it is wanted.
pub(super) fn begin(model: &mut Model) {
    if model.start.privacy.on && !model.start.masked {
        put_on(model);
        if !model.start.privacy.lasting {
            model.say(format!("private: names are masked{ONE_RUN}"), true);
        }
    }
}

fn put_on(model: &mut Model) {
    let mask = Mask::new(model.start.privacy.key, model.store.real_accounts());
    let settings = model.start.settings.iter().map(|one| shown_setting(&mask, one)).collect();
    let agreed = model.preflights.agreed;
    let filter = model.filter.line.text().to_owned();
    let names = mask.text(&filter) != filter;
    let before = model.index.passing().len();
    // It is known by its real ids.
    model.awaited = None;
    model.aside = Some(Box::new(Aside {
        since: model.now,
        messages: std::mem::take(&mut model.messages),
        preflights: std::mem::replace(
            &mut model.preflights,
            Preflights { agreed, ..Preflights::default() },
        ),
        commands: std::mem::take(&mut model.commands),
        views: std::mem::take(&mut model.views),
        filters: std::mem::take(&mut model.filter.history),
        filter: None,
        fleet: std::mem::take(&mut model.start.fleet),
        settings: std::mem::replace(&mut model.start.settings, settings),
    }));
    switch(model, Some(mask));
    // A filter of names finds others now, or shows a real one.
    if !filter.is_empty() && (names || model.index.passing().len() != before) {
        filter::set(model, "");
        model.aside.as_mut().expect("it was just put aside").filter = Some(filter);
    }
}

fn take_off(model: &mut Model) {
    let Some(aside) = model.aside.take() else { return };
    let Aside { since, messages, preflights, commands, views, filters, filter, fleet, settings } =
        *aside;
    model.views = views;
    let said = std::mem::replace(&mut model.messages, messages);
    said.newest()
        .filter(|one| one.at >= since)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .for_each(|one| model.messages.keep(one.clone()));
    let agreed = model.preflights.agreed;
    // An answer that came meanwhile was kept with the masked ones.
    let answers = preflights.answers;
    model.preflights = Preflights { agreed, answers, ..Preflights::default() };
    (model.commands, model.filter.history) = (commands, filters);
    (model.start.fleet, model.start.settings) = (fleet, settings);
    switch(model, None);
    let typed = !model.filter.line.is_empty();
    match filter {
        Some(filter) if !typed => filter::set(model, &filter),
        // It was of masked names, and finds nothing now.
        _ if typed && model.index.passing().is_empty() => filter::set(model, ""),
        _ => {}
    }
    model.say("the real names are shown again", false);
}

/// The rows stay where they are; all that was made of their texts is made anew.
fn switch(model: &mut Model, mask: Option<Mask>) {
    let held = Places::of(model);
    model.store.set_mask(mask);
    held.put_back(model);
    (model.tags, model.pairs) = Default::default();
    (model.raw, model.notice, model.header) = (None, None, None);
    model.history = Default::default();
    model.filter.completion = None;
    model.facets.cursor = None;
    if matches!(model.popup, Some(Popup::Palette(_))) {
        model.popup = None;
    }
    let selected = model.distributions.selected;
    model.distributions = Distributions::default();
    model.distributions.selected = selected;
    moves::around_cursor(model, |model| {
        let mut index = Index::default();
        index.set_sort(model.index.sort().clone());
        index.group_by(model.index.grouping());
        index.want_facets(model.index.wants_facets());
        index.set_facet_filter(index::FacetFilter::of(model.filter.line.text()));
        let changes = Changes { added: model.store.live_rows().collect(), ..Changes::default() };
        let aside = index::Aside { marks: &model.marks, now: model.now };
        index.apply(&model.store, &changes, &model.narrowing, aside);
        model.index = index;
    });
}

/// Where distributions are that something under way is about, whatever their ids are.
struct Places {
    fixes: Vec<Option<(DistributionIx, usize)>>,
    readings: Vec<Option<DistributionIx>>,
    left: Vec<Option<DistributionIx>>,
    current: Option<DistributionIx>,
}

impl Places {
    fn of(model: &Model) -> Self {
        let find = |place: &Place| model.store.find(place.0, &place.1);
        let fixes = model.copied.fixes.iter().map(|fix| {
            let ix = find(&fix.place)?;
            let mut origins = model.store.held(ix)?.distribution.origins.iter();
            Some((ix, origins.position(|origin| origin.id == fix.origin)?))
        });
        let rounds = model.copied.rounds.as_ref();
        Self {
            fixes: fixes.collect(),
            readings: model.readings.iter().map(|reading| find(&reading.place)).collect(),
            left: rounds.map_or_else(Vec::new, |r| r.left.iter().map(find).collect()),
            current: rounds.and_then(|rounds| find(rounds.current.as_ref()?)),
        }
    }

    fn put_back(self, model: &mut Model) {
        let store = &model.store;
        for (fix, at) in model.copied.fixes.iter_mut().zip(self.fixes) {
            let found = at.and_then(|(ix, origin)| {
                let id: &OriginId = &store.held(ix)?.distribution.origins.get(origin)?.id;
                Some((store.id_of(ix).clone(), id.clone()))
            });
            if let Some((distribution, origin)) = found {
                (fix.place.1, fix.origin) = (distribution, origin);
            }
        }
        for (reading, ix) in model.readings.iter_mut().zip(self.readings) {
            ix.into_iter().for_each(|ix| reading.place.1 = store.id_of(ix).clone());
        }
        let Some(rounds) = &mut model.copied.rounds else { return };
        for (place, ix) in rounds.left.iter_mut().zip(self.left) {
            ix.into_iter().for_each(|ix| place.1 = store.id_of(ix).clone());
        }
        if let (Some(place), Some(ix)) = (&mut rounds.current, self.current) {
            place.1 = store.id_of(ix).clone();
        }
    }
}

/// What happened, as it may be shown.
pub(super) fn comes_in(model: &Model, event: Event) -> Event {
    match model.store.mask() {
        Some(mask) => shown(mask, event),
        None => event,
    }
}

/// A text that was written before, as it may be shown.
pub(super) fn harmless(model: &Model, text: String) -> String {
    model.store.mask().map_or(text.clone(), |mask| mask.text(&text))
}

/// What is wanted, of the real things. What is copied stays masked, and is kept in no file: it
/// would take the place of one that can be run.
pub(super) fn goes_out(model: &Model, effects: Vec<Effect>) -> Vec<Effect> {
    match model.store.mask() {
        Some(_) => effects.into_iter().filter_map(|effect| real(model, effect)).collect(),
        None => effects,
    }
}

fn real(model: &Model, effect: Effect) -> Option<Effect> {
    let store = &model.store;
    Some(match effect {
        Effect::Verify { account, distribution } => {
            Effect::Verify { account, distribution: store.real(account, &distribution)?.id.clone() }
        }
        Effect::ReadTags { account, distribution, .. } => {
            let real = store.real(account, &distribution)?;
            Effect::ReadTags { account, distribution: real.id.clone(), arn: real.arn.clone() }
        }
        Effect::SeekPair { account, distribution, primaries, staging } => {
            let real = store.real(account, &distribution)?;
            let id = |shown| Some(store.real(account, shown)?.id.clone());
            Effect::SeekPair {
                account,
                distribution: real.id.clone(),
                primaries: primaries.iter().filter_map(id).collect(),
                staging: staging.map(|_| real.domain.clone()),
            }
        }
        Effect::Preflight { origin, now, .. } => {
            let of = &origin.distribution;
            let real = store.real(origin.account, of)?;
            let shown = store.distribution(origin.account, of)?;
            let at = shown.origins.iter().position(|one| one.id == origin.origin)?;
            let asked = real.origins.get(at)?;
            let origin = OriginOf {
                account: origin.account,
                distribution: real.id.clone(),
                origin: asked.id.clone(),
            };
            Effect::Preflight { origin, target: target(real, asked).ok()?, now }
        }
        Effect::Copy { what, text, .. } => Effect::Copy { what, text, file: None },
        other => other,
    })
}
