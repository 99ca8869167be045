//! Screens by keys: the whole explorer, from key to cells, without a terminal. Kept as text in
//! `tests/snapshots`; after a wanted change: `INSTA_UPDATE=always cargo test --test screens`.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Copied, Event};
use cf_tui::app::model::View;
use cf_tui::inventory::report::{LoadId, Report};
use explorer::{Explorer, demo_reports};
use ratatui::style::Modifier;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

/// Draws the same keys at the three sizes and compares each screen with the kept one.
fn at_all_sizes(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let screen = Explorer::demo(columns, rows).styled(keys);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
        });
    }
}

#[test]
fn the_origins() {
    at_all_sizes("origins", "jj");
}

#[test]
fn marks_and_a_range() {
    at_all_sizes("marks", "jj jvjj");
}

#[test]
fn what_may_follow_a_key() {
    at_all_sizes("follow", "jg");
}

#[test]
fn masked_names() {
    at_all_sizes("private", "jP");
}

#[test]
fn the_messages_so_far() {
    at_all_sizes("messages", "LLM");
}

#[test]
fn arrivals_that_are_held_back() {
    at_all_sizes("paused", "pj");
}

#[test]
fn views_that_were_saved() {
    at_all_sizes("views", "/alb<enter>ma<esc>2mb1'");
}

#[test]
fn where_an_export_may_go() {
    at_all_sizes("export", "je");
}

#[test]
fn the_settings_in_force() {
    at_all_sizes("settings", ",");
}

#[test]
fn a_filter_that_is_typed() {
    at_all_sizes("filter", "/shop alb");
}

#[test]
fn problems_only_through_the_other_lens() {
    at_all_sizes("d9-problems", "Lf");
}

#[test]
fn the_evidence() {
    at_all_sizes("evidence", "/img.shop<enter><enter>");
}

#[test]
fn the_command() {
    at_all_sizes("command", "/img.shop<enter><enter>]<tab>");
}

#[test]
fn the_portals_steps() {
    at_all_sizes("steps", "/img.shop<enter><enter>]");
}

#[test]
fn the_distribution() {
    at_all_sizes("distribution", "/img.shop<enter><enter>]]");
}

#[test]
fn the_frameworks() {
    at_all_sizes("frameworks", "/img.shop<enter><enter>]]]");
}

#[test]
fn the_raw_description() {
    at_all_sizes("raw", "/img.shop<enter><enter>[");
}

#[test]
fn the_accounts() {
    at_all_sizes("accounts", "3jj");
}

#[test]
fn the_help() {
    at_all_sizes("help", "?");
}

#[test]
fn nothing_has_come_yet() {
    for (columns, rows) in SIZES {
        let screen = Explorer::empty(columns, rows).screen("");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("loading-{columns}x{rows}"), screen);
        });
    }
}

#[test]
fn every_size_is_drawn() {
    let mut explorer = Explorer::demo(80, 24);
    for keys in ["", "<enter>", "]<tab>", "q3", "?"] {
        explorer.keys(keys);
        for rows in (1..=60).step_by(7) {
            for columns in (1..=220).step_by(13) {
                explorer.resize(columns, rows);
                explorer.draw();
            }
        }
        explorer.resize(80, 24);
    }
}

#[test]
fn too_small_a_terminal_is_told_so() {
    assert_eq!(
        Explorer::demo(30, 5).screen("").lines().next(),
        Some("cf-tui needs 40x8 cells, here")
    );
}

#[test]
fn ascii_is_ascii() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.model.start.ascii = true;
    for keys in ["", "<enter>", "]", "<tab>", "q3", "?"] {
        let screen = explorer.screen(keys);
        let odd: String = screen.chars().filter(|c| !c.is_ascii()).collect();
        // What is left are names of the fleet itself.
        assert!(!odd.contains(|c: char| "│─╭╮╰╯█░…≠✗✓›‹▌·↪→".contains(c)), "{odd:?}\n{screen}");
    }
}

#[test]
fn the_selected_row_is_seen_without_colours() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.theme = cf_tui::ui::theme::Theme::mono();
    explorer.keys("j");
    let buffer = explorer.draw();
    let reversed = |y: u16| buffer[(10, y)].modifier.contains(Modifier::REVERSED);
    assert_eq!((0..24).filter(|y| reversed(*y)).count(), 1);
}

#[test]
fn arrivals_never_move_the_cursor() {
    let mut explorer = Explorer::empty(80, 24);
    let mut chosen = None;
    for (count, report) in demo_reports().into_iter().enumerate() {
        explorer.send(Event::Reported(LoadId(1), vec![report]));
        explorer.draw();
        if count == 30 {
            explorer.keys("jjj");
            chosen = Some((explorer.model.selected, line_of_cursor(&mut explorer)));
        }
        if let Some((row, line)) = chosen {
            assert_eq!(explorer.model.selected, row);
            assert_eq!(line_of_cursor(&mut explorer), line, "after report {count}");
        }
    }
    assert!(chosen.is_some_and(|(row, _)| row.is_some()));
}

fn line_of_cursor(explorer: &mut Explorer) -> Option<usize> {
    explorer.screen("").lines().position(|line| line.contains('▌'))
}

#[test]
fn reports_of_an_older_load_are_dropped() {
    let mut explorer = Explorer::empty(80, 24);
    explorer.keys("R");
    let [Effect::Cancel(LoadId(1)), Effect::Load { id: LoadId(2), .. }, ..] = &explorer.effects[..]
    else {
        panic!("{:?}", explorer.effects)
    };
    explorer.send(Event::Reported(LoadId(1), demo_reports()));
    assert_eq!(explorer.model.store.row_count(), 0);
    explorer.send(Event::Reported(LoadId(2), demo_reports()));
    assert_eq!(explorer.model.store.live_rows().count(), 312);
}

#[test]
fn a_refresh_loses_nothing_that_was_done() {
    let mut explorer = Explorer::demo(80, 24);
    let before = explorer.screen("/shop<enter>fjj");
    explorer.keys("R");
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(2), vec![report]));
    }
    explorer.send(Event::LoadEnded(LoadId(2)));
    let after = explorer.screen("");
    let rows = |screen: &str| screen.lines().skip(3).take(19).collect::<Vec<_>>().join("\n");
    assert_eq!(rows(&before), rows(&after));
}

#[test]
fn a_stopped_load_is_not_called_whole() {
    let mut explorer = Explorer::empty(80, 24);
    let reports: Vec<Report> = demo_reports().into_iter().take(40).collect();
    explorer.send(Event::Reported(LoadId(1), reports));
    let screen = explorer.screen("x");
    assert!(explorer.model.loads.is_empty());
    let coverage = explorer.model.store.coverage();
    assert!(coverage.failed > 20 && coverage.complete < 20, "{coverage:?}");
    assert!(screen.contains("stopped"), "{screen}");
}

#[test]
fn keys_that_copy_say_what_they_copied() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/img.shop<enter>c");
    let [Effect::Copy { what, text, file }, ..] = &explorer.effects[..] else {
        panic!("{:?}", explorer.effects)
    };
    assert!(what.starts_with("fix for "), "{what}");
    assert!(text.contains("aws cloudfront update-distribution"), "{text}");
    assert_eq!(*file, Some("fix.sh"));
    for (keys, what, part) in [
        ("yj", "JSON", "\"origin_domain\": \"img.shop.example\""),
        ("ya", "ARN", "arn:aws:cloudfront::111122223333:distribution/"),
        ("yr", "row", "img.shop.example"),
    ] {
        explorer.keys(keys);
        let Some(Effect::Copy { what: said, text, .. }) = explorer.effects.first() else {
            panic!("{keys}: {:?}", explorer.effects)
        };
        assert_eq!(said, what);
        assert!(text.contains(part), "{text}");
    }
    explorer.send(Event::Copied(Copied {
        what: "row".to_owned(),
        lines: 1,
        bytes: 80,
        way: Some("tmux buffer".to_owned()),
        file: None,
        trouble: None,
    }));
    assert!(explorer.screen("").contains("copied row: 1 line, 80 bytes via tmux buffer"));
}

#[test]
fn an_origin_without_a_fix_says_why() {
    let mut explorer = Explorer::demo(80, 24);
    let screen = explorer.screen("/pass<enter>c");
    assert!(explorer.effects.iter().all(|e| !matches!(e, Effect::Copy { .. })));
    assert!(screen.contains("nothing copied: "), "{screen}");
}

#[test]
fn enter_on_an_account_shows_its_origins() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("3");
    let account = explorer.model.account_order()[8];
    while explorer.model.selected_account != Some(account) {
        explorer.keys("j");
    }
    explorer.keys("<enter>");
    assert_eq!(explorer.model.view, View::Origins);
    let entry = &explorer.model.store.accounts()[account];
    assert_eq!(explorer.model.index.visible().len(), entry.origins);
}

#[test]
fn q_goes_back_and_then_quits_and_esc_never_quits() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("<enter>?q");
    assert!(explorer.model.opened && explorer.model.popup.is_none());
    explorer.keys("q<esc><esc>");
    assert!(!explorer.model.opened && !explorer.effects.contains(&Effect::Quit));
    explorer.keys("q");
    assert_eq!(explorer.effects, [Effect::Quit]);
}

#[test]
fn pasted_text_is_never_taken_for_keys() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.send(Event::Pasted("q".to_owned()));
    assert!(explorer.effects.is_empty());
    explorer.keys("/");
    explorer.send(Event::Pasted("shop\u{1b}[2J\nalb".to_owned()));
    assert_eq!(explorer.model.filter.line.text(), "shop[2J alb");
}

#[test]
fn a_filter_that_cannot_be_read_keeps_what_was_shown() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("/shop");
    let before = explorer.model.index.visible().to_vec();
    let screen = explorer.screen(" \"");
    assert_eq!(explorer.model.index.visible(), before);
    assert!(screen.contains("not closed"), "{screen}");
}

#[test]
fn every_key_that_may_follow_is_told() {
    for (columns, rows) in SIZES {
        let screen = Explorer::demo(columns, rows).screen("y");
        for means in ["copy the fix", "as JSON", "ARN", "row as text"] {
            assert!(screen.contains(means), "{means}\n{screen}");
        }
    }
}
