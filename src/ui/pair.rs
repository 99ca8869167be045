//! What is known of the staging distribution or the primary that belongs to a finding's.

use super::sheet::Sheet;
use crate::app::model::Model;
use crate::domain::distribution::Distribution;
use crate::inventory::report::{AccountIx, Deployment, Search};

/// Tells it; nothing where nothing was asked, or a primary has no continuous deployment.
pub(super) fn tell(sheet: &mut Sheet<'_>, model: &Model) {
    let theme = sheet.theme;
    let (Some(place), Some(finding)) = (model.place(), model.finding()) else { return };
    let one = finding.distribution;
    if model.pairs.is_asked(&place) {
        let says = "which distribution is paired with it? its continuous deployment is being read";
        return sheet.text(says, theme.muted);
    }
    match model.pairs.of(&place) {
        Some(Ok(Search { found: Some(found), .. })) if one.staging => {
            sheet.text(of_staging(found), theme.warns);
        }
        Some(Ok(Search { found: Some(found), .. })) => {
            sheet.text(of_primary(model, place.0, found), theme.warns);
        }
        Some(Ok(Search { found: None, tried })) if one.staging => {
            sheet.text(not_found(model, place.0, *tried), theme.unknown);
        }
        Some(Err(why)) => sheet.text(unknown(one, why), theme.unknown),
        Some(Ok(_)) | None => {}
    }
}

fn of_staging(found: &Deployment) -> String {
    format!(
        "this is the staging distribution of {}{}: fix both; promoting this one overwrites a fix of the primary",
        found.primary.as_str(),
        traffic(found)
    )
}

fn of_primary(model: &Model, account: AccountIx, found: &Deployment) -> String {
    let staging: Vec<&str> =
        found.staging.iter().map(|domain| named(model, account, domain)).collect();
    format!(
        "staging distribution {} belongs to this one{}: fix both; promoting it overwrites a fix of the primary",
        staging.join(", "),
        traffic(found)
    )
}

/// The id, where the listing has it; else the domain name.
fn named<'a>(model: &'a Model, account: AccountIx, domain: &'a str) -> &'a str {
    let mut all = model.store.distributions_of(account);
    let listed = all.find(|one| one.staging && one.domain.eq_ignore_ascii_case(domain));
    listed.map_or(domain, |one| one.id.as_str())
}

fn traffic(found: &Deployment) -> String {
    match (found.enabled, found.weight) {
        (false, _) => ", switched off for now".to_owned(),
        (true, Some(weight)) => {
            let percent = (f64::from(weight) * 1000.0).round() / 10.0;
            format!(" and takes {percent} % of the primary's traffic")
        }
        (true, None) => " and takes the requests that its policy sends there".to_owned(),
    }
}

fn not_found(model: &Model, account: AccountIx, tried: usize) -> String {
    let of = model.store.distributions_of(account).filter(|one| !one.staging).count();
    format!(
        "the primary of this staging distribution was not found among {tried} tried of {of}: look for it before you fix this one alone"
    )
}

fn unknown(one: &Distribution, why: &str) -> String {
    let what = match one.staging {
        true => "which primary this staging distribution belongs to is not known",
        false => "whether a staging distribution belongs to this one is not known",
    };
    format!("{what}: {why}")
}
