//! The real names of the demo's fleet.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cf_tui::app::event::Event;
use cf_tui::inventory::report::{LoadId, Report};

use crate::explorer::{Explorer, demo_reports};

static REAL: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let fresh = Explorer::empty(80, 24);
    let mut real: BTreeSet<String> = BTreeSet::new();
    for entry in fresh.model.store.accounts() {
        real.insert(entry.account.id.to_string());
        real.insert(entry.account.name.clone());
        real.extend(entry.account.vars.values().cloned());
        real.extend(entry.account.fix_profile.clone());
    }
    for report in demo_reports() {
        let Report::Listed { distributions, .. } = report else { continue };
        for one in distributions {
            real.extend([one.id.as_str().to_owned(), one.domain, one.comment]);
            real.extend(one.aliases);
            for origin in one.origins {
                real.extend([origin.domain, origin.id.as_str().to_owned()]);
                real.extend(origin.header_names);
            }
        }
    }
    // Shorter ones stand in other words.
    real.into_iter().filter(|name| name.chars().count() > 4).collect()
});

/// Fails if a real name stands in a text.
#[track_caller]
pub fn assert_masked(text: &str, after: &str) {
    let found: Vec<&String> = REAL.iter().filter(|name| holds(text, name)).collect();
    assert!(found.is_empty(), "after {after}: {found:?} in\n{text}");
}

/// The demo's explorer with the mask on from the start.
pub fn private(columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::empty(columns, rows);
    explorer.keys("P");
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(1), vec![report]));
    }
    explorer.send(Event::LoadEnded(LoadId(1)));
    explorer
}

/// Short names stand in other words too: `website` is an origin's id, and part of `s3-website`.
fn holds(text: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let alone = |(at, _): (usize, &str)| {
        !text[..at].ends_with(is_word) && !text[at + name.len()..].starts_with(is_word)
    };
    match name.len() {
        10.. => text.contains(name),
        _ => text.match_indices(name).any(alone),
    }
}
