//! The tab as it is drawn.

use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::Report;
use cf_tui::ui::theme::Theme;
use ratatui::style::Modifier;

use crate::explorer::{Explorer, demo_reports};
use crate::keys::opened;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

fn at_all_sizes(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let screen = opened(columns, rows).styled(keys);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots" }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
        });
    }
}

#[test]
fn a_leaf_under_the_cursor() {
    at_all_sizes("leaf", "jjjjjjjjjjj");
}

#[test]
fn a_search_that_is_typed() {
    at_all_sizes("search", "/policy");
}

#[test]
fn everything_folded() {
    at_all_sizes("folded", "-");
}

#[test]
fn beside_the_list() {
    for (columns, rows) in [(120, 40), (200, 50)] {
        let screen = Explorer::demo(columns, rows).screen("/img.shop<enter>[");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots" }, {
            insta::assert_snapshot!(format!("split-{columns}x{rows}"), screen);
        });
    }
}

#[test]
fn any_size_is_drawn_and_the_cursor_is_seen() {
    for (columns, rows) in [(40, 8), (59, 11), (60, 12), (80, 24), (110, 34), (300, 100)] {
        let mut explorer = opened(columns, rows);
        for keys in ["", "G", "+", "<pgup>", "gg", "/policy", "<enter>n", "<esc>-"] {
            let screen = explorer.screen(keys);
            let cursors =
                screen.lines().filter(|line| line.contains('▌') && !line.starts_with('/'));
            assert_eq!(cursors.count(), 1, "{columns}x{rows} after {keys}: {screen}");
        }
    }
}

#[test]
fn the_smallest_screen_says_the_path() {
    let screen = opened(40, 8).screen("jj");
    assert!(screen.contains("\n…tionSummary.Origins.Items[1].DomainName"), "{screen}");
}

#[test]
fn ascii_is_ascii() {
    let mut explorer = opened(120, 40);
    explorer.model.start.ascii = true;
    for keys in ["", "-", "+", "/policy", "<enter>"] {
        let screen = explorer.screen(keys);
        assert!(screen.is_ascii(), "{screen}");
    }
}

#[test]
fn without_colours_the_cursor_is_reversed_and_matches_are_underlined() {
    let mut explorer = opened(80, 24);
    explorer.theme = Theme::mono();
    explorer.keys("/tlsv1.1<enter>");
    let buffer = explorer.draw();
    let with = |modifier: Modifier| {
        let cells = buffer.content.iter().filter(|cell| cell.modifier.contains(modifier));
        cells.count()
    };
    assert_eq!(with(Modifier::REVERSED), 78, "one line of the pane");
    let found: String = buffer
        .content
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::UNDERLINED | Modifier::REVERSED))
        .map(|cell| cell.symbol())
        .collect();
    assert_eq!(found, "TLSv1.1");
}

#[test]
fn a_value_that_its_line_has_no_room_for_stands_whole_below() {
    let mut explorer = opened(80, 24);
    let comment = format!("{}end", "long ".repeat(25));
    for report in demo_reports() {
        let Report::Listed { account, mut distributions } = report else { continue };
        distributions.iter_mut().for_each(|d| d.comment.clone_from(&comment));
        for distribution in distributions {
            explorer.model.store.replace(NOW, account, distribution);
        }
    }
    let screen = explorer.screen("/\"comment<enter><esc>");
    assert!(screen.contains("\"Comment\": \"long") && screen.contains("lon…│"), "{screen}");
    assert!(screen.replace('\n', "").contains(&comment), "{screen}");
    let screen = explorer.screen("j");
    assert!(!screen.contains("end\""), "{screen}");
    explorer.resize(40, 8);
    let screen = explorer.screen("k");
    assert!(
        screen.contains("▌") && screen.contains("\n.DistributionSummary.Comment\n"),
        "{screen}"
    );
}
