//! Tags are asked for only where somebody looks, and said or not known.

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Event, Timed};
use cf_tui::app::update::update;
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::{Tag, Tags};
use jiff::SignedDuration;

use crate::explorer::Explorer;
use crate::keys::{on_a_failing_origin, place};

fn arns(effects: &[Effect]) -> Vec<String> {
    let arn = |effect: &Effect| match effect {
        Effect::ReadTags { arn, .. } => Some(arn.clone()),
        _ => None,
    };
    effects.iter().filter_map(arn).collect()
}

fn at(explorer: &mut Explorer, ms: i64, event: Event) -> Vec<Effect> {
    let at = NOW + SignedDuration::from_millis(ms);
    update(&mut explorer.model, Timed { at, event })
}

fn answered(explorer: &mut Explorer, ms: i64, tags: Tags) -> Vec<Effect> {
    let (account, distribution) = place(explorer);
    at(explorer, ms, Event::TagsRead { account, distribution, tags })
}

#[test]
fn they_are_asked_once_for_what_is_looked_at_and_not_for_what_is_passed() {
    let mut explorer = on_a_failing_origin();
    assert!(arns(&at(&mut explorer, 5_000, Event::Ticked)).is_empty(), "the evidence needs none");
    explorer.keys("]");
    let wakes = |e: &Effect| matches!(e, Effect::WakeAt(_));
    assert!(explorer.effects.iter().any(wakes), "{:?}", explorer.effects);
    assert!(arns(&explorer.effects).is_empty());
    let first = place(&explorer);
    while place(&explorer) == first {
        explorer.keys("j");
        assert!(arns(&explorer.effects).is_empty());
    }
    let arn = explorer.model.finding().unwrap().distribution.arn.clone();
    assert!(arns(&at(&mut explorer, 5_399, Event::Ticked)).is_empty());
    assert_eq!(arns(&at(&mut explorer, 5_400, Event::Ticked)), [arn]);
    assert!(explorer.screen("").contains("its tags are being read"));
    assert!(arns(&at(&mut explorer, 9_000, Event::Ticked)).is_empty(), "once");
    assert!(arns(&answered(&mut explorer, 9_000, Ok(Vec::new()))).is_empty());
    explorer.keys("[]");
    assert!(arns(&at(&mut explorer, 20_000, Event::Ticked)).is_empty(), "it is known");
    // The account is read again: so are they.
    explorer.keys("r");
    let effects = at(&mut explorer, 21_000, Event::Ticked);
    assert_eq!(arns(&effects).len(), 1);
}

#[test]
fn a_stack_is_named_and_what_was_denied_is_not_known() {
    let mut explorer = on_a_failing_origin();
    explorer.keys("]");
    at(&mut explorer, 500, Event::Ticked);
    let tag = |key: &str, value: &str| Tag { key: key.to_owned(), value: value.to_owned() };
    let tags = vec![tag("aws:cloudformation:stack-name", "shop\u{1b}[31m-cdn"), tag("env", "prod")];
    answered(&mut explorer, 600, Ok(tags));
    let screen = explorer.screen("");
    assert!(screen.contains("CloudFormation stack shop\\x1b[31m-cdn owns it"), "{screen}");
    assert!(screen.contains("a CLI change is drift"), "{screen}");
    let screen = explorer.screen("]<enter>G");
    assert!(screen.contains("Tags (2)") && screen.contains("env = prod"), "{screen}");

    let mut explorer = on_a_failing_origin();
    explorer.keys("]");
    at(&mut explorer, 500, Event::Ticked);
    answered(&mut explorer, 600, Err("ListTagsForResource was denied: no".to_owned()));
    let screen = explorer.screen("");
    let says = "whether CloudFormation owns it is not known: ListTagsForResource was denied";
    assert!(screen.contains(says), "{screen}");
}

#[test]
fn the_demo_never_asks() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("j]");
    assert!(arns(&at(&mut explorer, 5_000, Event::Ticked)).is_empty());
    assert!(arns(&at(&mut explorer, 9_000, Event::Ticked)).is_empty());
}
