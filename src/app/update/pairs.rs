//! Whom to ask for the pair of a staging distribution and its primary. The listing tells which
//! distributions are staging ones; where an account has none, or nothing else, nobody is asked.

use crate::app::copied::Place;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::domain::distribution::Distribution;

/// True if the other one of this distribution is not known, and there may be one.
pub(super) fn is_open(model: &Model, place: &Place) -> bool {
    if model.pairs.of(place).is_some() || model.pairs.is_asked(place) {
        return false;
    }
    let Some(held) = model.distribution() else { return false };
    let other = !held.distribution.staging;
    model.store.distributions_of(place.0).any(|one| one.staging == other)
}

/// Asks for it.
pub(super) fn ask(model: &mut Model, place: Place) -> Option<Effect> {
    let looked_at = model.distribution()?.distribution;
    let mut primaries = vec![looked_at];
    let mut staging = None;
    if looked_at.staging {
        primaries = model.store.distributions_of(place.0).filter(|one| !one.staging).collect();
        // A staging distribution begins as a copy of its primary.
        primaries.sort_by_key(|one| !shares(one, looked_at));
        staging = Some(looked_at.domain.clone());
    }
    let primaries = primaries.into_iter().map(|one| one.id.clone()).collect();
    model.pairs.asked = Some(place.clone());
    let (account, distribution) = place;
    Some(Effect::SeekPair { account, distribution, primaries, staging })
}

/// True if both have an origin's domain name or an alias in common.
fn shares(one: &Distribution, other: &Distribution) -> bool {
    let origin = |domain: &str| other.origins.iter().any(|o| o.domain == domain);
    one.origins.iter().any(|o| origin(&o.domain))
        || one.aliases.iter().any(|alias| other.aliases.contains(alias))
}
