//! Arrivals are held back, and none is lost.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::store::RowId;
use cf_tui::domain::verdict::Lens;
use cf_tui::inventory::demo::Settings;
use cf_tui::inventory::report::{LoadId, Reread};
use explorer::{Explorer, demo_reports, reports};

/// Half of the demo's reports have come, and the cursor is on the third row.
fn half_loaded() -> (Explorer, Vec<Event>) {
    let mut explorer = Explorer::empty(120, 40);
    let mut events: Vec<Event> =
        demo_reports().into_iter().map(|report| Event::Reported(LoadId(1), vec![report])).collect();
    let rest = events.split_off(events.len() / 2);
    events.into_iter().for_each(|event| explorer.send(event));
    explorer.keys("jjj");
    (explorer, rest)
}

fn rows(explorer: &Explorer) -> Vec<RowId> {
    explorer.model.index.visible().to_vec()
}

#[test]
fn what_comes_waits_and_then_comes_in_as_if_it_had_never_waited() {
    let (mut paused, rest) = half_loaded();
    let (mut straight, _) = half_loaded();
    let (before, selected) = (rows(&paused), paused.model.selected);
    let line = paused.model.position().unwrap() - paused.model.top;
    paused.keys("p");
    for event in rest.into_iter().chain([Event::LoadEnded(LoadId(1))]) {
        paused.send(event.clone());
        straight.send(event);
    }
    let waiting = straight.model.index.visible().len() - before.len();
    assert!(waiting > 20);
    assert_eq!(rows(&paused), before);
    let screen = paused.screen("");
    assert!(screen.contains(&format!("paused, +{waiting} rows waiting")), "{screen}");
    assert!(screen.lines().nth(1).unwrap().contains("(paused)"), "{screen}");
    let title = screen.lines().find(|line| line.contains("Origins 3/")).unwrap();
    assert!(title.contains(&format!("+{waiting} rows waiting")), "{title}");

    let screen = paused.screen("p");
    assert!(!screen.contains("waiting") && !screen.contains("paused"), "{screen}");
    assert_eq!(rows(&paused), rows(&straight));
    assert_eq!(paused.model.store.coverage(), straight.model.store.coverage());
    for lens in [Lens::Traffic, Lens::D9] {
        assert_eq!(paused.model.store.tally(lens), straight.model.store.tally(lens));
    }
    assert!(paused.model.loads.is_empty());
    assert_eq!(paused.model.selected, selected);
    assert_eq!(paused.model.position().unwrap() - paused.model.top, line);
}

#[test]
fn the_narrowest_screen_says_that_it_is_paused() {
    for (columns, rows) in [(80, 24), (40, 8)] {
        let mut explorer = Explorer::empty(columns, rows);
        explorer.keys("p");
        let screen = explorer.screen("");
        assert!(screen.lines().take(2).any(|line| line.contains("paused")), "{screen}");
    }
}

#[test]
fn the_end_of_the_load_waits_too() {
    let (mut explorer, rest) = half_loaded();
    explorer.keys("p");
    rest.into_iter().for_each(|event| explorer.send(event));
    explorer.send(Event::LoadEnded(LoadId(1)));
    assert_eq!(explorer.model.loads.len(), 1);
    explorer.keys("p");
    assert!(explorer.model.loads.is_empty());
}

#[test]
fn a_refresh_takes_in_what_came_before_it_and_holds_back_what_it_brings() {
    let (mut explorer, rest) = half_loaded();
    let before = rows(&explorer).len();
    explorer.keys("p");
    rest.into_iter().for_each(|event| explorer.send(event));
    explorer.keys("R");
    let all = rows(&explorer);
    assert!(all.len() > before);
    let again: Vec<Effect> =
        explorer.effects.iter().filter(|e| matches!(e, Effect::Load { .. })).cloned().collect();
    assert!(matches!(&again[..], [Effect::Load { id: LoadId(2), .. }]));
    explorer.send(Event::LoadEnded(LoadId(1)));
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(2), vec![report]));
    }
    assert!(explorer.model.paused.as_ref().unwrap().rows() >= all.len());
    explorer.send(Event::LoadEnded(LoadId(2)));
    explorer.keys("p");
    assert_eq!(rows(&explorer), all);
    assert!(explorer.model.paused.is_none() && explorer.model.loads.is_empty());
}

#[test]
fn stopping_the_load_keeps_what_had_come() {
    let (mut explorer, rest) = half_loaded();
    let before = rows(&explorer).len();
    explorer.keys("p");
    rest.into_iter().for_each(|event| explorer.send(event));
    explorer.keys("x");
    assert!(rows(&explorer).len() > before);
    assert!(explorer.effects.contains(&Effect::Cancel(LoadId(1))));
}

#[test]
fn quitting_waits_for_nothing() {
    let (mut explorer, rest) = half_loaded();
    explorer.keys("p");
    rest.into_iter().for_each(|event| explorer.send(event));
    explorer.keys("q");
    assert!(explorer.effects.contains(&Effect::Quit));
}

#[test]
fn a_great_deal_comes_in_bit_by_bit_and_keys_count_meanwhile() {
    let settings = Settings { origins: 9_000, latency_ms: 0, ..Settings::default() };
    let mut explorer = Explorer::on(settings, 120, 40);
    let all = reports(settings);
    explorer.keys("p");
    for batch in all.chunks(16) {
        explorer.send(Event::Reported(LoadId(1), batch.to_vec()));
    }
    explorer.send(Event::LoadEnded(LoadId(1)));
    explorer.keys("p");
    let first = rows(&explorer).len();
    assert!((2_000..6_000).contains(&first), "{first}");
    assert!(explorer.effects.iter().any(|effect| matches!(effect, Effect::WakeAt(_))));
    explorer.keys("j");
    let selected = explorer.model.selected;
    let mut ticks = 0;
    while explorer.model.paused.is_some() {
        explorer.send(Event::Ticked);
        ticks += 1;
        assert!(ticks < 20);
    }
    let mut straight = Explorer::on(settings, 120, 40);
    all.into_iter().for_each(|report| straight.send(Event::Reported(LoadId(1), vec![report])));
    assert_eq!(rows(&explorer), rows(&straight));
    assert!(selected.is_some());
    assert_eq!(explorer.model.selected, selected);
    assert!(explorer.model.loads.is_empty());
}

#[test]
fn a_newer_answer_is_not_overwritten_by_older_news_that_waited() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("jR");
    let row = explorer.model.selected.unwrap();
    let finding = explorer.model.store.finding(row).unwrap();
    let mut newer = finding.distribution.clone();
    newer.comment = "the newer reading".to_owned();
    let account = explorer.model.store.account_of(row);
    explorer.keys("p");
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(2), vec![report]));
    }
    explorer.keys("V");
    let distribution = newer.id.clone();
    let outcome = Reread::Found { distribution: Box::new(newer), fault: None };
    explorer.send(Event::Verified { account, distribution, outcome });
    explorer.keys("p");
    let finding = explorer.model.store.finding(row).unwrap();
    assert_eq!(finding.distribution.comment, "the newer reading");
}
