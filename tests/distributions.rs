//! The table of distributions, from key to cells.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::model::View;
use cf_tui::domain::verdict::{Lens, Verdict};
use cf_tui::inventory::report::LoadId;
use explorer::{Explorer, demo_reports, text_of};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

fn at_all_sizes(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let screen = Explorer::demo(columns, rows).styled(keys);
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "distributions",
        }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
        });
    }
}

#[test]
fn the_table() {
    at_all_sizes("table", "2jj");
}

#[test]
fn a_filter_says_how_many_origins_pass_it() {
    at_all_sizes("filter", "2/http-only");
}

#[test]
fn an_opened_distribution() {
    at_all_sizes("opened", "2/E1A9<enter><enter>");
}

/// The origins of a distribution, counted by hand.
#[test]
fn a_line_is_what_its_origins_come_to() {
    for lens in [Lens::Traffic, Lens::D9] {
        let mut explorer = Explorer::demo(80, 24);
        explorer.keys(if lens == Lens::D9 { "L2" } else { "2" });
        let model = &explorer.model;
        let lines = model.distributions.lines();
        assert!(lines.len() > 60, "{}", lines.len());
        let mut origins = 0;
        for line in lines {
            let held = model.store.held(line.ix).unwrap();
            let verdicts: Vec<Verdict> =
                model.store.findings_in(line.ix).map(|f| f.assessment.verdict(lens)).collect();
            assert_eq!(verdicts.len(), held.distribution.origins.len());
            assert_eq!(Some(line.verdict), verdicts.iter().max().copied());
            for verdict in Verdict::BY_SEVERITY {
                let count = verdicts.iter().filter(|v| **v == verdict).count();
                assert_eq!(line.counts.of(verdict), count);
            }
            assert_eq!(line.shown, verdicts.len());
            origins += verdicts.len();
        }
        assert_eq!(origins, model.store.live_rows().count());
        let order = |line: &cf_tui::app::distributions::Rolled| {
            let held = model.store.held(line.ix).unwrap();
            (
                line.verdict.severity_first(),
                held.account.name.clone(),
                held.account.id.clone(),
                held.distribution.id.clone(),
            )
        };
        assert!(lines.is_sorted_by_key(order));
    }
}

#[test]
fn a_distribution_is_shown_if_one_of_its_origins_is() {
    let mut explorer = Explorer::demo(120, 40);
    let screen = explorer.screen("2/img.shop<enter>");
    assert_eq!(explorer.model.distributions.lines().len(), 1);
    assert!(screen.contains("1 of 4"), "{screen}");
    explorer.keys("<esc>f");
    assert_eq!(explorer.model.view, View::Origins, "Esc is one level back");
    explorer.keys("/<esc>2");
    assert!(explorer.model.distributions.lines().iter().all(|line| line.verdict.is_problem()));
}

#[test]
fn the_cursor_comes_from_the_origin_that_was_looked_at() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("/E2B7EXAMPLE04X<enter>j/<esc>2");
    let held = explorer.model.distribution().unwrap();
    assert_eq!(held.distribution.id.as_str(), "E2B7EXAMPLE04X");
}

#[test]
fn enter_opens_and_then_leads_to_the_origins() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("2/E2B7<enter><enter>");
    assert!(explorer.model.opened && explorer.model.view == View::Distributions);
    explorer.keys("<enter>");
    assert_eq!(explorer.model.view, View::Origins);
    assert_eq!(explorer.model.filter.line.text(), "E2B7EXAMPLE04X");
    assert_eq!(explorer.model.index.visible().len(), 3);
    assert_eq!(explorer.model.position(), Some(0));
    let mut short = Explorer::demo(80, 24);
    short.keys("2/E2B7<enter>l");
    assert_eq!(short.model.index.visible(), explorer.model.index.visible());
}

#[test]
fn q_and_esc_go_back_one_level_at_a_time() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("2<enter>q");
    assert!(!explorer.model.opened && explorer.model.view == View::Distributions);
    explorer.keys("<enter><esc>q");
    assert_eq!(explorer.model.view, View::Origins);
    assert!(explorer.effects.is_empty());
}

#[test]
fn next_problem_goes_round() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("2GN");
    let line = explorer.model.distributions.current().unwrap();
    assert!(line.verdict.is_problem());
    explorer.keys("n");
    assert_eq!(explorer.model.distributions.position(), Some(0));
}

#[test]
fn c_copies_one_script_for_all_that_fails() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("2/E1A9<enter>c");
    let Some(Effect::Copy { what, text, file }) = explorer.effects.first() else {
        panic!("{:?}", explorer.effects)
    };
    assert_eq!(what, "one script for 2 of 2 failing, 1 distribution");
    assert!(text.contains("E1A9EXAMPLE01X"));
    assert!(text.contains("'alb-legacy'") && text.contains("'img'") && !text.contains("'api'"));
    assert_eq!(*file, Some("fix.sh"));
    let copied: Vec<&str> =
        explorer.model.copied.fixes.iter().map(|fix| fix.origin.as_str()).collect();
    assert_eq!(copied, ["alb-legacy", "img"]);
}

#[test]
fn c_leaves_marks_and_other_distributions_alone() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("/E1A9<enter> <esc>2/E2B7<enter>c");
    let Some(Effect::Copy { what, text, .. }) = explorer.effects.first() else {
        panic!("{:?}", explorer.effects)
    };
    assert_eq!(what, "fix for pay-gw");
    assert!(!text.contains("E1A9EXAMPLE01X"));
}

#[test]
fn c_says_what_to_do_where_nothing_fails() {
    let mut explorer = Explorer::demo(80, 24);
    let screen = explorer.screen("2/E3M6<enter>c");
    assert!(screen.contains("nothing copied: none of its origins fails"), "{screen}");
    assert!(!explorer.effects.iter().any(|e| matches!(e, Effect::Copy { .. })));
}

#[test]
fn v_reads_the_distribution_and_y_a_copies_its_arn() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("2/E2B7<enter>V");
    assert!(
        explorer.effects.iter().any(
            |e| matches!(e, Effect::Verify { distribution, .. } if distribution.as_str() == "E2B7EXAMPLE04X")
        ),
        "{:?}",
        explorer.effects
    );
    explorer.keys("ya");
    let Some(Effect::Copy { text, .. }) = explorer.effects.first() else {
        panic!("{:?}", explorer.effects)
    };
    assert_eq!(text, "arn:aws:cloudfront::999900001111:distribution/E2B7EXAMPLE04X");
    explorer.keys("r");
    assert!(
        matches!(&explorer.effects[..], [Effect::Load { accounts, .. }, ..] if accounts.len() == 1)
    );
}

/// Wherever the cursor was put, and however many reports came before: it stays on its
/// distribution and on its line of the screen.
#[test]
fn arrivals_never_move_the_cursor() {
    let reports = demo_reports();
    for (before, keys) in [(10, "2j"), (30, "2jjj"), (60, "2jjjjjjjj"), (100, "2Gkk")] {
        let mut explorer = Explorer::empty(80, 24);
        let (mut chosen, mut line) = (None, None);
        for (count, report) in reports.iter().cloned().enumerate() {
            explorer.send(Event::Reported(LoadId(1), vec![report]));
            if count == before {
                explorer.keys(keys);
                chosen = explorer.model.distributions.selected;
                line = line_of_cursor(&mut explorer);
                assert!(chosen.is_some() && line.is_some());
            }
            if count >= before {
                explorer.draw();
                assert_eq!(explorer.model.distributions.selected, chosen);
            }
            // A list that is shorter than the screen only grows.
            if count >= before && before > 20 {
                assert_eq!(line_of_cursor(&mut explorer), line, "after report {count}");
            }
        }
        explorer.send(Event::LoadEnded(LoadId(1)));
        assert_eq!(explorer.model.distributions.selected, chosen);
    }
}

fn line_of_cursor(explorer: &mut Explorer) -> Option<usize> {
    text_of(&explorer.draw()).lines().position(|line| line.contains('▌'))
}

#[test]
fn a_refresh_and_a_distribution_that_is_gone_leave_the_cursor_in_its_place() {
    let mut explorer = Explorer::demo(80, 24);
    let before = explorer.screen("2jjjj");
    explorer.keys("R");
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(2), vec![report]));
    }
    explorer.send(Event::LoadEnded(LoadId(2)));
    let after = explorer.screen("");
    let rows = |screen: &str| screen.lines().skip(3).take(19).collect::<Vec<_>>().join("\n");
    assert_eq!(rows(&before), rows(&after));

    let table = &explorer.model.distributions;
    let (position, next) = (table.position().unwrap(), table.lines()[5].ix);
    let (account, id) = explorer.model.place().unwrap();
    explorer.keys("V");
    explorer.send(Event::Verified {
        account,
        distribution: id,
        outcome: cf_tui::inventory::report::Reread::Gone,
    });
    assert_eq!(explorer.model.distributions.selected, Some(next));
    assert_eq!(explorer.model.distributions.position(), Some(position));
}

#[test]
fn every_size_is_drawn() {
    let mut explorer = Explorer::demo(80, 24);
    for keys in ["2", "<enter>", "J", "q/http-only<enter>", "f"] {
        explorer.keys(keys);
        for rows in (1..=100).step_by(9) {
            for columns in (1..=300).step_by(23) {
                explorer.resize(columns, rows);
                explorer.draw();
            }
        }
        explorer.resize(80, 24);
    }
}

/// What a newcomer is to do: find the origins of production accounts that fail though the rule
/// passes, mark three, copy one script for them.
#[test]
fn three_gaps_of_production_accounts_are_one_script() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/tag:env=prod verdict=fail<enter>f");
    let mut accounts = std::collections::BTreeSet::new();
    for row in explorer.model.index.visible().to_vec() {
        let finding = explorer.model.store.finding(row).unwrap();
        let is_new = !accounts.contains(&finding.account.name);
        let named = ["data-prod", "mkt-prod", "pay-prod", "shop-prod", "media-prod"];
        if is_new
            && finding.assessment.gap()
            && named.contains(&finding.account.name.as_str())
            && accounts.len() < 3
        {
            accounts.insert(finding.account.name.clone());
            let at = explorer.model.index.position(row).unwrap();
            explorer.keys(&format!("gg{} ", "j".repeat(at)));
        }
    }
    assert_eq!(accounts.len(), 3, "{accounts:?}");
    explorer.keys("c");
    let Some(Effect::Copy { what, text, .. }) = explorer.effects.first() else {
        panic!("{:?}", explorer.effects)
    };
    assert_eq!(what, "one script for 3 of 3 marked, 3 distributions");
    assert!(!text.contains("no fix_profile"), "{text}");
}
