//! Back and forward through views, filters and jumps, as in a browser.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::event::Event;
use cf_tui::app::model::View;
use cf_tui::inventory::report::Reread;
use explorer::Explorer;

#[test]
fn from_a_distribution_to_its_origins_and_back_and_forward() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("2jjj");
    let chosen = explorer.model.distributions.selected;
    explorer.keys("<enter><enter>");
    assert_eq!(explorer.model.view, View::Origins);
    let filter = explorer.model.filter.line.text().to_owned();
    assert!(!filter.is_empty());
    explorer.keys("<ctrl-o>");
    assert_eq!(explorer.model.view, View::Distributions);
    assert_eq!(explorer.model.distributions.selected, chosen);
    assert!(explorer.model.opened && explorer.model.filter.line.text().is_empty());
    assert_eq!(explorer.model.distributions.lines().len(), 150);
    explorer.keys("<ctrl-y>");
    assert_eq!((explorer.model.view, explorer.model.filter.line.text()), (View::Origins, &*filter));
    explorer.keys("<backspace><alt-left>");
    assert_eq!(explorer.model.view, View::Origins);
    assert!(explorer.model.filter.line.text().is_empty());
    explorer.keys("<alt-right>");
    assert_eq!(explorer.model.view, View::Distributions);
}

#[test]
fn from_an_account_to_its_origins_and_back() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("3Gk");
    let account = explorer.model.selected_account;
    explorer.keys("<enter>j<backspace>");
    assert_eq!(explorer.model.view, View::Accounts);
    assert_eq!(explorer.model.selected_account, account);
}

#[test]
fn a_filter_is_one_step_however_it_was_typed() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("jjj");
    let (row, shown) = (explorer.model.selected, explorer.model.index.visible().len());
    explorer.keys("/shop<backspace>p<enter>/alb<enter>");
    assert_eq!(explorer.model.filter.line.text(), "shopalb");
    explorer.keys("<ctrl-o>");
    assert_eq!(explorer.model.filter.line.text(), "shop");
    explorer.keys("<ctrl-o>");
    assert_eq!(explorer.model.filter.line.text(), "");
    assert_eq!(explorer.model.index.visible().len(), shown);
    assert_eq!(explorer.model.selected, row, "the cursor is where it was");
    explorer.keys("<ctrl-y><ctrl-y>");
    assert_eq!(explorer.model.filter.line.text(), "shopalb");
    explorer.keys("<esc>");
    assert_eq!(explorer.model.filter.line.text(), "");
    explorer.keys("<ctrl-o>");
    assert_eq!(
        explorer.model.filter.line.text(),
        "shopalb",
        "a filter that Esc cleared comes back"
    );
}

#[test]
fn a_new_way_forgets_what_was_ahead() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("23<ctrl-o>1");
    assert_eq!(explorer.model.view, View::Origins);
    let screen = explorer.screen("<ctrl-y>");
    assert_eq!(explorer.model.view, View::Origins);
    assert!(screen.contains("nothing to go forward to"), "{screen}");
}

#[test]
fn the_ends_say_so_and_moving_about_is_no_step() {
    let mut explorer = Explorer::demo(80, 24);
    let screen = explorer.screen("jjnGgg<enter>jq<ctrl-o>");
    assert!(screen.contains("nothing to go back to"), "{screen}");
}

#[test]
fn only_the_last_hundred_steps_are_kept() {
    let mut explorer = Explorer::demo(60, 12);
    explorer.keys(&"32".repeat(80));
    for _ in 0..100 {
        explorer.keys("<ctrl-o>");
        assert!(explorer.model.notice.is_none());
    }
    let screen = explorer.screen("<ctrl-o>");
    assert!(screen.contains("nothing to go back to"), "{screen}");
}

#[test]
fn what_is_gone_meanwhile_leaves_the_cursor_in_its_place() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("2jj3<ctrl-o>V");
    let (account, distribution) = explorer.model.place().unwrap();
    explorer.keys("3");
    explorer.send(Event::Verified { account, distribution, outcome: Reread::Gone });
    explorer.keys("<ctrl-o>");
    assert_eq!(explorer.model.view, View::Distributions);
    let table = &explorer.model.distributions;
    assert!(table.position().is_some(), "{:?}", table.selected);
    assert_eq!(table.lines().len(), 149);
}

#[test]
fn backspace_in_the_filter_line_takes_a_letter() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("2/shop<backspace>");
    assert_eq!(
        (explorer.model.view, explorer.model.filter.line.text()),
        (View::Distributions, "sho")
    );
}

/// Every view, opened and not, narrowed and not, at sizes from one cell to a wall of them.
#[test]
fn every_view_is_drawn_at_every_size() {
    let sizes = [1, 7, 39, 40, 59, 60, 80, 109, 110, 120, 180, 200, 300];
    let heights = [1, 7, 8, 11, 12, 14, 24, 33, 34, 43, 44, 50, 100];
    let mut explorer = Explorer::demo(80, 24);
    for keys in ["1", "<enter>]", "2", "<enter>", "3", "<enter>", "2/http<enter>f"] {
        explorer.keys(keys);
        for columns in sizes {
            for rows in heights {
                explorer.resize(columns, rows);
                let screen = explorer::text_of(&explorer.draw());
                let view = match explorer.model.view {
                    View::Origins => "1 Origins",
                    View::Distributions => "2 Distributions",
                    View::Accounts => "3 Accounts",
                };
                let roomy = columns >= 40 && rows >= 8;
                assert_eq!(screen.contains(view), roomy, "{columns}x{rows}\n{screen}");
            }
        }
        explorer.resize(80, 24);
    }
}
