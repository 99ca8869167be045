//! Copied fixes, looked at in rounds on a clock that the test turns.

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Event, Timed};
use cf_tui::app::update::update;
use cf_tui::domain::fault::{Fault, FaultKind, Step};
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::Reread;
use jiff::{SignedDuration, Timestamp};

use crate::explorer::Explorer;
use crate::keys::{answer, asked, changed, fixed, notice, on_a_failing_origin, place};

/// Sends an event at a time.
fn at(explorer: &mut Explorer, seconds: i64, event: Event) -> Vec<Effect> {
    let at = NOW + SignedDuration::from_secs(seconds);
    update(&mut explorer.model, Timed { at, event })
}

fn next(explorer: &Explorer) -> Option<i64> {
    let next: Timestamp = explorer.model.copied.rounds.as_ref()?.next?;
    Some(next.duration_since(NOW).as_secs())
}

/// The fix of one failing origin was copied, and `g v` pressed.
fn checking() -> Explorer {
    let mut explorer = on_a_failing_origin();
    explorer.keys("c");
    assert_eq!(explorer.model.copied.fixes.len(), 1);
    explorer.keys("gv");
    explorer
}

#[test]
fn a_copied_fix_is_marked_until_it_is_proven() {
    let mut explorer = on_a_failing_origin();
    let of = place(&explorer);
    explorer.keys("c");
    explorer.model.notice = None;
    let screen = explorer.screen("");
    assert_eq!(screen.matches("fix copied just now: V checks it").count(), 2, "{screen}");
    at(&mut explorer, 125, Event::Ticked);
    let screen = explorer.screen("");
    assert!(screen.contains("fix copied 2 min ago: V checks it"), "{screen}");
    // Copied once more, it is one fix.
    explorer.keys("c");
    assert_eq!(explorer.model.copied.fixes.len(), 1);

    explorer.keys("V");
    let outcome = changed(&explorer, |d| fixed(d, "InProgress"));
    let event = Event::Verified { account: of.0, distribution: of.1.clone(), outcome };
    at(&mut explorer, 130, event);
    assert_eq!(explorer.model.copied.fixes.len(), 1, "not proven before it is deployed");
    explorer.keys("V");
    let outcome = changed(&explorer, |d| fixed(d, "Deployed"));
    let event = Event::Verified { account: of.0, distribution: of.1, outcome };
    at(&mut explorer, 140, event);
    assert!(explorer.model.copied.fixes.is_empty());
    assert!(!explorer.screen("").contains("fix copied"));
}

#[test]
fn waits_grow_until_it_is_deployed_and_passes() {
    let mut explorer = checking();
    let of = place(&explorer);
    assert_eq!(asked(&explorer.effects), std::slice::from_ref(&of));
    let mut now = 0;
    for wait in [20, 40, 80, 160, 300, 300, 300] {
        let outcome = changed(&explorer, |_| {});
        let event = Event::Verified { account: of.0, distribution: of.1.clone(), outcome };
        let effects = at(&mut explorer, now, event);
        assert_eq!(asked(&effects), []);
        assert_eq!(next(&explorer), Some(now + wait));
        // A second too early nothing is asked.
        assert_eq!(asked(&at(&mut explorer, now + wait - 1, Event::Ticked)), []);
        let effects = at(&mut explorer, now + wait, Event::Ticked);
        assert_eq!(asked(&effects), std::slice::from_ref(&of), "after {wait} s");
        now += wait;
        // Nothing more until its answer comes.
        assert_eq!(asked(&at(&mut explorer, now + 500, Event::Ticked)), []);
        now += 500;
    }
    let outcome = changed(&explorer, |d| fixed(d, "InProgress"));
    let event = Event::Verified { account: of.0, distribution: of.1.clone(), outcome };
    at(&mut explorer, now, event);
    assert!(notice(&explorer).contains("proven when Deployed"), "{}", notice(&explorer));
    at(&mut explorer, now + 300, Event::Ticked);
    let outcome = changed(&explorer, |d| fixed(d, "Deployed"));
    let event = Event::Verified { account: of.0, distribution: of.1, outcome };
    at(&mut explorer, now + 301, event);
    assert!(explorer.model.copied.rounds.is_none());
    let said = notice(&explorer);
    assert!(said.contains("every copied fix that is still there is deployed and passes"), "{said}");
}

/// As the shell does: nothing but the times that were wished for.
#[test]
fn the_model_wakes_itself_for_the_next_round() {
    let mut explorer = checking();
    let of = place(&explorer);
    let outcome = changed(&explorer, |_| {});
    answer(&mut explorer, &of, outcome);
    let mut effects = at(&mut explorer, 1, Event::Ticked);
    let mut wakes = 0;
    while asked(&effects).is_empty() {
        let wish = effects.iter().find_map(|effect| match effect {
            Effect::WakeAt(wish) => Some(*wish),
            _ => None,
        });
        let at = wish.expect("it asks to be woken");
        effects = update(&mut explorer.model, Timed { at, event: Event::Ticked });
        wakes += 1;
        assert!(wakes < 50);
    }
    assert_eq!(explorer.model.now, NOW + SignedDuration::from_secs(20));
}

#[test]
fn one_after_the_other() {
    let mut explorer = on_a_failing_origin();
    let first = place(&explorer);
    explorer.keys("c");
    // Another distribution's failing origin.
    while explorer.model.copied.places().len() < 2 {
        explorer.keys("jc");
    }
    let second = explorer.model.copied.places()[1].clone();
    explorer.keys("gv");
    assert_eq!(asked(&explorer.effects), std::slice::from_ref(&first));
    let denied = Fault {
        step: Step::GetDistribution,
        kind: FaultKind::Denied,
        message: "GetDistribution was denied: no".to_owned(),
        hint: "ask".to_owned(),
        request_id: None,
    };
    answer(&mut explorer, &first, Reread::Failed(denied));
    assert!(notice(&explorer).contains("was not read again: GetDistribution was denied: no; ask"));
    assert_eq!(asked(&explorer.effects), std::slice::from_ref(&second));
    answer(&mut explorer, &second, Reread::Gone);
    assert_eq!(asked(&explorer.effects), []);
    assert_eq!(explorer.model.copied.places(), [first], "what is gone needs no check");
    assert!(explorer.model.copied.rounds.is_some());
}

#[test]
fn x_stops_it_and_an_answer_that_is_late_does_not_begin_it_anew() {
    let mut explorer = checking();
    let of = place(&explorer);
    explorer.model.notice = None;
    let screen = explorer.screen("");
    assert!(screen.contains("1 distribution not proven yet, looking now, x stops"), "{screen}");
    explorer.keys("x");
    assert!(explorer.model.copied.rounds.is_none());
    assert!(notice(&explorer).contains("no longer checked"), "{}", notice(&explorer));
    let outcome = changed(&explorer, |_| {});
    answer(&mut explorer, &of, outcome);
    assert!(explorer.model.copied.rounds.is_none());
    assert_eq!(asked(&at(&mut explorer, 1000, Event::Ticked)), []);
    assert_eq!(explorer.model.copied.fixes.len(), 1, "it is still remembered");
}

#[test]
fn without_a_copied_fix_there_is_nothing_to_check() {
    let mut explorer = on_a_failing_origin();
    explorer.keys("gv");
    assert_eq!(asked(&explorer.effects), []);
    assert!(explorer.model.copied.rounds.is_none());
    assert!(notice(&explorer).contains("no fix was copied"), "{}", notice(&explorer));
}

#[test]
fn the_demo_is_looked_at_once() {
    let mut explorer = on_a_failing_origin();
    explorer.model.start.demo = true;
    let of = place(&explorer);
    explorer.keys("cgv");
    assert_eq!(asked(&explorer.effects), std::slice::from_ref(&of));
    let outcome = changed(&explorer, |_| {});
    answer(&mut explorer, &of, outcome);
    assert!(explorer.model.copied.rounds.is_none());
    assert!(notice(&explorer).contains("never changes"), "{}", notice(&explorer));
}
