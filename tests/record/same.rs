//! The same events lead to the same screens.

use std::sync::LazyLock;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::inventory::report::{LoadId, Report};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;

use crate::explorer::{demo_reports, parsed};
use crate::stage::{finished, loaded, recorded, replay};

static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(demo_reports);

/// What happens in a session, and whether a frame is drawn for it: keys that wait share one.
fn moment() -> impl Strategy<Value = (Event, bool)> {
    let key = prop_oneof![
        9 => prop::sample::select("jjkJKgGnN13][}{f/LrRx?qv* yjcagVt".chars().collect::<Vec<_>>())
            .prop_map(KeyCode::Char),
        2 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::Backspace, KeyCode::PageDown,
        ]),
    ];
    let pressed = key.prop_map(|code| Event::Pressed(KeyEvent::new(code, KeyModifiers::NONE)));
    let event = prop_oneof![
        12 => pressed,
        1 => "[a-z\"\\PC]{0,6}".prop_map(Event::Pasted),
        1 => prop::sample::select(vec![(80, 24), (120, 40), (200, 50), (60, 14), (20, 5)])
            .prop_map(|(columns, rows)| Event::Resized { columns, rows }),
        4 => (0..150usize, 1..30usize).prop_map(|(at, count)| {
            Event::Reported(LoadId(1), REPORTS.iter().skip(at).take(count).cloned().collect())
        }),
        1 => Just(Event::LoadEnded(LoadId(1))),
        1 => Just(Event::Ticked),
    ];
    (event, prop::bool::weighted(0.7))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_replay_shows_the_same_screen_at_every_step(
        moments in prop::collection::vec(moment(), 1..120)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session.jsonl");
        let (mut live, writing) = recorded(&path, (80, 24));
        let first = live.screen();
        let mut screens = vec![Some(first)];
        for (event, drawn) in &moments {
            live.send(event.clone());
            screens.push(drawn.then(|| live.screen()));
        }
        screens.push(Some(live.screen()));
        let (header, steps) = finished(live, writing, &path);
        let mut played = replay(&header, steps, 1.0, (80, 24));
        // The recorded first size is a step of its own.
        played.press('.');
        prop_assert_eq!(Some(played.screen()), screens[0].clone());
        for (at, (event, _)) in moments.iter().enumerate() {
            if let Event::Resized { .. } = event {
                played.send(event.clone());
            }
            played.press('.');
            let screen = played.screen();
            if let Some(live) = &screens[at + 1] {
                prop_assert_eq!(&screen, live, "step {} {:?}", at, event);
            }
        }
        prop_assert_eq!(Some(&played.screen()), screens.last().unwrap().as_ref());
        played.wanted.retain(|effect| !matches!(effect, Effect::WakeAt(_)));
        prop_assert_eq!(played.wanted, []);
    }
}

/// A session of the demo that ends with `q`.
fn session(path: &std::path::Path) -> String {
    let (mut live, writing) = recorded(path, (120, 40));
    live.screen();
    let mut events: Vec<Event> =
        REPORTS.iter().map(|report| Event::Reported(LoadId(1), vec![report.clone()])).collect();
    events.push(Event::LoadEnded(LoadId(1)));
    events.extend(parsed("/shop<enter>jjj]<tab>cq").into_iter().map(Event::Pressed));
    let mut last = String::new();
    for event in events {
        live.send(event);
        last = live.screen();
    }
    finished(live, writing, path);
    last
}

#[test]
fn played_at_once_it_comes_to_the_last_screen_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    let last = session(&path);
    for speed in [0.0, 1.0, 64.0] {
        let (header, steps) = loaded(&path);
        let mut played = replay(&header, steps, speed, (120, 40));
        played.run_out();
        assert_eq!(played.screen(), last);
        let whole = played.whole_screen();
        assert!(whole.contains(" REPLAY ") && whole.contains("ended"), "{whole}");
        assert!(!whole.contains(" DEMO "), "{whole}");
        assert_eq!(played.wanted, [], "it wanted more than to be woken");
        played.press('q');
        assert_eq!(played.wanted, [Effect::Quit]);
    }
}

#[test]
fn the_keys_of_whoever_watches_are_the_players() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    session(&path);
    let (header, steps) = loaded(&path);
    let total = steps.len();
    let mut played = replay(&header, steps, 1.0, (120, 40));
    let before = played.screen();
    played.press(' ');
    assert!(played.whole_screen().contains(&format!("REPLAY  0/{total}  paused")));
    for _ in 0..3 {
        played.press('j');
        played.send(Event::Pasted("/x".to_owned()));
    }
    assert_eq!(played.screen(), before, "a key of whoever watches reached the explorer");
    played.press('.');
    played.press('.');
    played.press('+');
    assert!(played.whole_screen().contains("speed 2"));
    played.press('-');
    played.press('-');
    assert!(played.whole_screen().contains("speed 0.5"));
    played.press(' ');
    assert!(played.whole_screen().contains("playing"));
}

#[test]
fn in_a_terminal_of_another_size_it_is_laid_out_for_that_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    session(&path);
    for size in [(200, 50), (80, 24), (40, 8), (30, 4), (1, 1)] {
        let (header, steps) = loaded(&path);
        let mut played = replay(&header, steps, 0.0, size);
        played.run_out();
        let whole = played.whole_screen();
        assert_eq!(whole.lines().count(), usize::from(size.1));
        assert!(size.0 < 8 || whole.contains("REPLAY"), "{whole}");
        assert!(size.1 < 24 || whole.contains("/shop"), "{whole}");
    }
}
