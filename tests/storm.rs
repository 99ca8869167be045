//! Any keys, pastes, sizes and reports, in any order: nothing panics, the cursor never leaves its
//! origin by itself, and the same events lead to the same screen.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use std::sync::LazyLock;

use cf_tui::app::event::Event;
use cf_tui::app::model::View;
use cf_tui::inventory::report::{LoadId, Report};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use explorer::{Explorer, demo_reports, text_of};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

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
        8 => prop::sample::select("R2m1'1pTo,2<>l".chars().collect::<Vec<_>>())
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
        Step::Size(columns, rows) => keeps_its_cursor(explorer, |e| e.resize(columns, rows)),
        Step::Reports(at, count, id) => {
            let reports = REPORTS.iter().skip(at).take(count).cloned().collect();
            keeps_its_cursor(explorer, |e| e.send(Event::Reported(LoadId(id), reports)));
        }
        Step::LoadEnded(id) => {
            keeps_its_cursor(explorer, |e| e.send(Event::LoadEnded(LoadId(id))));
        }
        Step::Tick => keeps_its_cursor(explorer, |e| e.send(Event::Ticked)),
    }
}

/// Nothing but a key takes the cursor off an origin, or off a distribution, that is still shown.
fn keeps_its_cursor(explorer: &mut Explorer, happens: impl FnOnce(&mut Explorer)) {
    let origin = explorer.model.selected;
    let distribution = explorer.model.distributions.selected;
    let looks_at = explorer.model.view;
    happens(explorer);
    let model = &explorer.model;
    if let Some(row) = origin.filter(|row| model.index.position(*row).is_some()) {
        let folded = model.header.is_some() && model.index.group_of(row) == model.header;
        assert!(model.selected == origin || folded, "the cursor left an origin that is shown");
    }
    if let Some(ix) = distribution.filter(|_| looks_at == View::Distributions)
        && model.distributions.lines().iter().any(|line| line.ix == ix)
    {
        assert_eq!(model.distributions.selected, distribution, "it left a distribution");
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

/// So many steps, always the same ones for a seed.
fn steps_of(seed: u8, count: usize) -> Vec<Step> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    (0..count).map(|_| step().new_tree(&mut runner).unwrap().current()).collect()
}

/// Ten thousand steps in all. What was drawn is known from the first time, so the second time only
/// the last screen is drawn.
#[test]
fn ten_thousand_steps_never_panic_nor_lose_the_cursor_and_play_again_to_the_same_screen() {
    std::thread::scope(|scope| {
        for seeds in [0..5, 5..10] {
            scope.spawn(move || {
                for seed in seeds {
                    let steps = steps_of(seed, 1_000);
                    let mut first = Explorer::empty(80, 24);
                    let mut measured = Vec::new();
                    for step in &steps {
                        take(&mut first, step.clone());
                        let screen = text_of(&first.draw());
                        measured.push((first.model.measured, screen.len()));
                    }
                    let mut again = Explorer::empty(80, 24);
                    for (step, (seen, _)) in steps.iter().zip(&measured) {
                        take(&mut again, step.clone());
                        again.send(Event::Measured(*seen));
                    }
                    for explorer in [&mut first, &mut again] {
                        explorer.resize(120, 40);
                    }
                    assert_eq!(text_of(&first.draw()), text_of(&again.draw()), "seed {seed}");
                }
            });
        }
    });
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
