//! Any keys, pastes, sizes and reports, in any order: nothing panics, the cursor never leaves its
//! origin by itself, and the same events lead to the same screen.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use std::sync::LazyLock;

use cf_tui::app::event::Event;
use cf_tui::inventory::report::{LoadId, Report};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use explorer::{Explorer, demo_reports, text_of};
use proptest::prelude::*;

static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(demo_reports);

#[derive(Clone, Debug)]
enum Step {
    Key(KeyEvent),
    Paste(String),
    Size(u16, u16),
    /// So many reports, from this one on, of this load.
    Reports(usize, usize, u64),
    LoadEnded(u64),
    Tick,
}

fn key() -> impl Strategy<Value = KeyEvent> {
    let code = prop_oneof![
        8 => prop::sample::select("jkJKggGnN13][}{zc/fLrRx?qy yjyayrychlsSwCF=!-+_gagdgcgn0::M".chars().collect::<Vec<_>>())
            .prop_map(KeyCode::Char),
        2 => any::<char>().prop_map(KeyCode::Char),
        3 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::Backspace,
            KeyCode::PageDown, KeyCode::PageUp, KeyCode::Home, KeyCode::End, KeyCode::Delete,
        ]),
    ];
    let modifiers = prop_oneof![
        9 => Just(KeyModifiers::NONE),
        1 => Just(KeyModifiers::CONTROL),
        1 => Just(KeyModifiers::ALT),
    ];
    (code, modifiers).prop_map(|(code, modifiers)| KeyEvent::new(code, modifiers))
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => key().prop_map(Step::Key),
        1 => "\\PC{0,20}|[a-z\"\u{1b}\n]{0,9}".prop_map(Step::Paste),
        1 => (0..230u16, 0..70u16).prop_map(|(columns, rows)| Step::Size(columns, rows)),
        4 => (0..150usize, 1..30usize, 1..4u64).prop_map(|(at, count, id)| Step::Reports(at, count, id)),
        1 => (1..4u64).prop_map(Step::LoadEnded),
        1 => Just(Step::Tick),
    ]
}

fn take(explorer: &mut Explorer, step: Step) {
    match step {
        Step::Key(key) => explorer.send(Event::Pressed(key)),
        Step::Paste(text) => explorer.send(Event::Pasted(text)),
        Step::Size(columns, rows) => explorer.resize(columns, rows),
        Step::Reports(at, count, id) => {
            let selected = explorer.model.selected;
            let reports = REPORTS.iter().skip(at).take(count).cloned().collect();
            explorer.send(Event::Reported(LoadId(id), reports));
            if explorer.model.position().is_some() {
                let moved = explorer.model.selected != selected && selected.is_some();
                let gone = selected.is_some_and(|row| explorer.model.index.position(row).is_none());
                assert!(!moved || gone, "reports moved the cursor off a row that is shown");
            }
        }
        Step::LoadEnded(id) => explorer.send(Event::LoadEnded(LoadId(id))),
        Step::Tick => explorer.send(Event::Ticked),
    }
}

fn screen_after(steps: &[Step]) -> String {
    let mut explorer = Explorer::empty(80, 24);
    for step in steps {
        take(&mut explorer, step.clone());
        explorer.draw();
    }
    explorer.resize(100, 35);
    text_of(&explorer.draw())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_panics_and_the_same_events_give_the_same_screen(
        steps in prop::collection::vec(step(), 1..300)
    ) {
        prop_assert_eq!(screen_after(&steps), screen_after(&steps));
    }
}
