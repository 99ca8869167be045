//! Any keys, pastes, sizes and readings while the tab is opened: nothing panics, the cursor is on
//! a line that is there and, while the tab has the screen, that is seen.

use std::sync::LazyLock;

use cf_tui::app::event::Event;
use cf_tui::app::keymap::Context;
use cf_tui::inventory::report::{LoadId, Report};
use proptest::prelude::*;

use crate::explorer::{Explorer, demo_reports};

static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(demo_reports);

#[derive(Clone, Debug)]
enum Step {
    Keys(&'static str),
    Paste(String),
    Size(u16, u16),
    /// Reports from this one on, with another comment and without so many origins.
    Read(usize, usize, String),
}

fn step() -> impl Strategy<Value = Step> {
    let keys = prop::sample::select(vec![
        "j",
        "k",
        "l",
        "h",
        "-",
        "+",
        "<enter>",
        " ",
        "/",
        "n",
        "N",
        "J",
        "K",
        "G",
        "gg",
        "yv",
        "yk",
        "<esc>",
        "<pgdn>",
        "<pgup>",
        "<ctrl-d>",
        "<ctrl-u>",
        "<backspace>",
        "e",
        "z",
        "[",
        "]",
        "?",
        "q",
    ]);
    prop_oneof![
        20 => keys.prop_map(Step::Keys),
        2 => "[a-zA-Z\":{}.\u{1b}]{0,6}".prop_map(Step::Paste),
        2 => (1..230u16, 1..70u16).prop_map(|(columns, rows)| Step::Size(columns, rows)),
        2 => (0..150usize, 0..4usize, "\\PC{0,90}").prop_map(|(at, less, says)| Step::Read(at, less, says)),
    ]
}

fn take(explorer: &mut Explorer, step: Step) {
    match step {
        Step::Keys(keys) => {
            explorer.keys(keys);
        }
        Step::Paste(text) => explorer.send(Event::Pasted(text)),
        Step::Size(columns, rows) => explorer.resize(columns, rows),
        Step::Read(at, less, comment) => {
            let mut reports: Vec<Report> = REPORTS.iter().skip(at).take(20).cloned().collect();
            for report in &mut reports {
                let Report::Listed { distributions, .. } = report else { continue };
                for distribution in distributions {
                    distribution.comment.clone_from(&comment);
                    let left = distribution.origins.len().saturating_sub(less);
                    distribution.origins.truncate(left.max(1));
                }
            }
            explorer.send(Event::Reported(LoadId(1), reports));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_cursor_is_always_on_a_line_that_is_seen(steps in prop::collection::vec(step(), 1..100)) {
        let mut explorer = Explorer::empty(80, 24);
        explorer.send(Event::Reported(LoadId(1), REPORTS.clone()));
        explorer.keys("gg<enter>[");
        for step in steps {
            take(&mut explorer, step);
            explorer.draw();
            let model = &explorer.model;
            let Some(raw) = &model.raw else { continue };
            prop_assert!(raw.tree.lines().contains(&raw.cursor));
            let rows = model.measured.pane_rows;
            if model.context() == Context::Raw && rows > 0 {
                prop_assert!((raw.top..raw.top + rows).contains(&raw.line()), "{}", rows);
            }
        }
    }
}
