//! What is wanted from AWS and from origins is of the real things.

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::model::{Model, Start};
use cf_tui::app::update::start;
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::{LoadId, Reread};

use crate::explorer::{Explorer, demo_reports};
use crate::names::{assert_masked, private};

#[test]
fn a_distribution_is_read_again_by_its_real_id() {
    let mut explorer = private(120, 40);
    explorer.keys("jjV");
    let (account, id) = explorer
        .effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Verify { account, distribution } => Some((*account, distribution.clone())),
            _ => None,
        })
        .unwrap();
    let real = Explorer::demo(120, 40);
    let mut found = real.model.store.distribution(account, &id).unwrap().clone();
    assert!(explorer.model.store.distribution(account, &id).is_none(), "it is shown by another id");
    // What comes back is real, and is masked as it is taken in.
    found.comment = "of a very secret shop".to_owned();
    found.status = "InProgress".to_owned();
    let outcome = Reread::Found { distribution: Box::new(found), fault: None };
    explorer.send(Event::Verified { account, distribution: id.clone(), outcome });
    let shown = explorer.model.store.shown_id(&id);
    let held = explorer.model.store.distribution(account, &shown).unwrap();
    assert_eq!(held.status, "InProgress");
    assert!(held.comment.starts_with("comment-"));
    assert!(explorer.model.readings.is_empty());
    assert_masked(&explorer.screen(""), "V");
    explorer.keys("P");
    let held = explorer.model.store.distribution(account, &id).unwrap();
    assert_eq!(held.comment, "of a very secret shop");
}

#[test]
fn an_answer_that_comes_after_the_mask_finds_its_question() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("jjV");
    let place = explorer.model.readings[0].place.clone();
    explorer.keys("P");
    assert_ne!(explorer.model.readings[0].place, place);
    explorer.send(Event::Verified {
        account: place.0,
        distribution: place.1,
        outcome: Reread::Gone,
    });
    assert!(explorer.model.readings.is_empty());
    let screen = explorer.screen("");
    assert!(screen.contains("was deleted meanwhile"), "{screen}");
    assert_masked(&screen, "Gone");
}

#[test]
fn a_fix_that_was_copied_before_is_still_checked() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("c");
    let fix = explorer.model.copied.fixes[0].clone();
    explorer.keys("Pgv");
    let verified = explorer.effects.iter().any(|effect| {
        *effect == Effect::Verify { account: fix.place.0, distribution: fix.place.1.clone() }
    });
    assert!(verified, "{:?}", explorer.effects);
    explorer.keys("P");
    assert_eq!(explorer.model.copied.fixes[0], fix);
}

#[test]
fn tags_are_asked_for_by_the_real_arn_and_origins_by_their_real_domain() {
    let mut explorer = Explorer::empty(120, 40);
    let accounts: Vec<_> = explorer.model.store.real_accounts().cloned().collect();
    let preflight = cf_tui::config::fleet::PreflightRules { enabled: true, ..Default::default() };
    explorer.model = Model::new(Start { accounts, preflight, ..Start::default() });
    start(&mut explorer.model, NOW);
    explorer.send(Event::Resized { columns: 120, rows: 40 });
    explorer.keys("P");
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(1), vec![report]));
    }
    explorer.send(Event::LoadEnded(LoadId(1)));
    let real = Explorer::demo(120, 40);
    let known = |domain: &str| {
        let mut rows = real.model.store.live_rows();
        rows.any(|row| real.model.store.finding(row).unwrap().origin.domain == domain)
    };
    explorer.keys("/type:^elb<enter>gg");
    assert_masked(&explorer.screen("t"), "t");
    explorer.keys("y");
    let asked = explorer.effects.iter().find_map(|effect| match effect {
        Effect::Preflight { origin, target, .. } => Some((origin.clone(), target.clone())),
        _ => None,
    });
    let (origin, target) = asked.unwrap();
    assert!(known(&target.domain), "{target:?}");
    assert!(real.model.store.distribution(origin.account, &origin.distribution).is_some());
    use cf_tui::domain::preflight::{Address, Cause, Outcome, Preflight};
    let names = vec!["other.acme.example".to_owned()];
    let preflight = Preflight {
        target,
        address: Some(Address { text: "203.0.113.9:443".to_owned(), special: None }),
        outcome: Outcome::Fails(vec![Cause::OtherNames(names)]),
    };
    explorer.send(Event::Preflighted { origin, preflight });
    let screen = explorer.screen("<enter>");
    assert!(!screen.contains("acme") && !screen.contains("203.0.113"), "{screen}");
    assert!(screen.contains("host-"), "{screen}");
    assert_masked(&screen, "an answer");
    // The tags of what stays open.
    explorer.keys("<tab>");
    explorer.model.now += jiff::SignedDuration::from_secs(5);
    explorer.send(Event::Ticked);
    let asked = explorer.effects.iter().find_map(|effect| match effect {
        Effect::ReadTags { account, distribution, arn } => Some((*account, distribution, arn)),
        _ => None,
    });
    let (account, id, arn) = asked.unwrap();
    assert_eq!(real.model.store.distribution(account, id).unwrap().arn, *arn);
}
