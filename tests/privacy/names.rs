//! The real names of the demo's fleet.

use std::collections::HashSet;
use std::sync::LazyLock;

use cf_tui::app::event::Event;
use cf_tui::inventory::report::{LoadId, Report};

use crate::explorer::{Explorer, demo_reports};

static REAL: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let fresh = Explorer::empty(80, 24);
    let mut real: HashSet<String> = HashSet::new();
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
                real.insert(origin.domain);
                // `reports` and the like are words of path patterns too, which stay.
                let id = origin.id.as_str();
                let is_plain = id.bytes().all(|b| b.is_ascii_lowercase());
                real.extend((!is_plain).then(|| id.to_owned()));
                real.extend(origin.header_names);
            }
        }
    }
    // Shorter ones stand in other words.
    // An account's name, and a kind of origin.
    real.retain(|name| name.chars().count() > 4 && name != "media");
    real
});

/// The names in a text: those of one word by its words, which is quick, the others one by one.
fn found(text: &str) -> Vec<&str> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let words = text.split(|c| !is_inside(c)).map(|word| word.trim_matches(['.', '-']));
    let single = words.filter(|word| REAL.contains(*word));
    let many = REAL.iter().filter(|name| !name.chars().all(is_inside));
    single.chain(many.filter(|name| text.contains(*name)).map(String::as_str)).collect()
}

/// Fails if a real name stands in a text.
#[track_caller]
pub fn assert_masked(text: &str, after: &str) {
    let found = found(text);
    assert!(found.is_empty(), "after {after}: {found:?}");
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

#[test]
fn names_are_found() {
    let domain = "legacy-alb-example-1.eu-west-1.elb.amazonaws.com";
    for text in ["at shop-prod.", &format!("111 {domain}:443"), "distribution/E1A9EXAMPLE01X"] {
        assert_eq!(found(text).len(), 1, "{text}");
    }
}
