//! The key `t` in the explorer: asks once, never in the demo, shows what came.

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::preflight::OriginOf;
use cf_tui::domain::preflight::{Address, Cause, Certificate, Outcome, Preflight, Target};

use crate::explorer::Explorer;

/// A fleet that is not said to be the demo, with the cursor on a custom origin.
fn explorer() -> Explorer {
    let mut explorer = Explorer::demo(120, 40);
    explorer.model.start.demo = false;
    explorer.keys("/img.shop<enter>");
    explorer
}

fn wanted(explorer: &Explorer) -> Option<(OriginOf, Target)> {
    explorer.effects.iter().find_map(|effect| match effect {
        Effect::Preflight { origin, target, .. } => Some((origin.clone(), target.clone())),
        _ => None,
    })
}

fn answered(explorer: &mut Explorer, origin: OriginOf, target: Target, outcome: Outcome) {
    let address = Address { text: "192.0.2.1:443".to_owned(), special: None };
    let preflight = Preflight { target, address: Some(address), outcome };
    explorer.send(Event::Preflighted { origin, preflight });
}

#[test]
fn the_first_one_asks_and_the_next_does_not() {
    let mut explorer = explorer();
    let screen = explorer.screen("t");
    assert!(screen.contains(":443 from this machine? y once and for this session / n"), "{screen}");
    assert_eq!(wanted(&explorer), None);
    explorer.keys("n");
    assert_eq!(wanted(&explorer), None);
    assert!(explorer.screen("").contains("nothing was connected to"));
    explorer.keys("t<esc>y<esc>");
    assert_eq!(wanted(&explorer), None, "a no is a no");
    explorer.keys("ty");
    let (origin, target) = wanted(&explorer).unwrap();
    assert!(target.domain.contains("img.shop"), "{target:?}");
    // While it is under way, no second one; after it, one without a question.
    explorer.keys("t");
    assert_eq!(wanted(&explorer), None);
    answered(&mut explorer, origin, target, Outcome::Fails(vec![Cause::Refused]));
    explorer.keys("t");
    assert!(wanted(&explorer).is_some());
}

#[test]
fn another_key_takes_the_question_away_and_does_its_own() {
    let mut explorer = explorer();
    explorer.keys("t?");
    assert!(explorer.model.popup.is_some() && explorer.model.preflights.question.is_none());
    explorer.keys("qt<ctrl-c>");
    assert_eq!(explorer.effects, [Effect::Quit]);
}

#[test]
fn the_answer_stands_above_the_remediation_until_the_origin_changes() {
    let mut explorer = explorer();
    let before = explorer.screen("<enter>]");
    assert!(before.contains("t: TLS pre-flight, connects to"), "{before}");
    explorer.keys("ty");
    let (origin, target) = wanted(&explorer).unwrap();
    let names = vec![format!("\u{1b}[31m{}", target.domain)];
    let works = Outcome::Works(Certificate { names, days_left: 42, root: None });
    answered(&mut explorer, origin.clone(), target.clone(), works.clone());
    let screen = explorer.screen("");
    // Once in the notice, once in the tab.
    assert_eq!(screen.matches("works over TLS 1.2").count(), 2, "{screen}");
    assert!(screen.contains("42 days left") && screen.contains("42 days left (just"), "{screen}");
    assert!(screen.contains("\\x1b[31m"), "{screen}");
    let other = Target { port: 8443, ..target };
    answered(&mut explorer, origin, other, works);
    let screen = explorer.screen("");
    assert_eq!(screen.matches("works over TLS 1.2").count(), 1, "{screen}");
}

#[test]
fn the_demo_and_a_fleet_that_forbids_it_say_so() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/img.shop<enter>");
    let screen = explorer.screen("t");
    assert!(screen.contains("the demo's origins are invented"), "{screen}");
    explorer.keys("y");
    assert_eq!(wanted(&explorer), None);
    explorer.model.start.demo = false;
    explorer.model.start.preflight.enabled = false;
    let screen = explorer.screen("<esc>t");
    assert!(screen.contains("[preflight] enabled = false"), "{screen}");
    assert_eq!(wanted(&explorer), None);
}

#[test]
fn an_origin_without_tls_of_its_own_says_why() {
    let mut explorer = explorer();
    let screen = explorer.screen("<esc>/s3-website<enter>t");
    assert!(screen.contains("no TLS pre-flight: an S3 website endpoint"), "{screen}");
    assert_eq!(explorer.model.preflights.question, None);
}
