//! The columns of the table: the cursor, sideways scrolling, wide ones, and the chooser.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::columns::Columns;
use cf_tui::export::column::Column;
use explorer::Explorer;
use proptest::prelude::*;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

fn at_all_sizes(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let screen = Explorer::demo(columns, rows).styled(keys);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
        });
    }
}

/// The words of the heading, without the marks of sort and scrolling.
fn heading(screen: &str) -> Vec<String> {
    let line = screen.lines().find(|line| line.contains("D9") && line.contains("VERD")).unwrap();
    let line = line.replace(['│', '▼', '▲', '‹', '›'], " ");
    line.split("  ").filter(|w| !w.trim().is_empty()).map(|w| w.trim().to_owned()).collect()
}

/// The heading that stands out.
fn underlined(explorer: &mut Explorer) -> String {
    let buffer = explorer.draw();
    let cells = (0..buffer.area.width).map(|x| &buffer[(x, 4)]);
    let text: String = cells
        .filter(|cell| cell.modifier.contains(Modifier::UNDERLINED))
        .map(|cell| cell.symbol())
        .collect();
    text.trim().to_owned()
}

#[test]
fn the_cursor_goes_over_the_columns_and_stops_at_the_ends() {
    let mut explorer = Explorer::demo(80, 24);
    assert_eq!(underlined(&mut explorer), "VERDICT▼");
    explorer.keys("ll<right>");
    assert_eq!(underlined(&mut explorer), "ACCOUNT");
    explorer.keys("llllllll");
    assert_eq!(underlined(&mut explorer), "TO ORIGIN");
    explorer.keys("<left>hhhhhhhhhhh");
    assert_eq!(underlined(&mut explorer), "VERDICT▼");
    assert!(explorer.model.selected.is_some(), "the row cursor has not moved away");
}

#[test]
fn in_an_opened_finding_the_same_keys_turn_the_tabs() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("<enter>l");
    assert_eq!(explorer.model.tab, cf_tui::app::tab::Tab::Remediation);
    assert_eq!(explorer.model.columns.cursor, Column::Verdict);
    explorer.keys("h<right><left>");
    assert_eq!(explorer.model.tab, cf_tui::app::tab::Tab::Evidence);
}

#[test]
fn a_column_that_this_width_lacks_gives_the_cursor_to_the_first() {
    let mut explorer = Explorer::demo(200, 50);
    explorer.keys("llllllllllllllllll");
    assert_eq!(underlined(&mut explorer), "OWNER");
    explorer.resize(80, 24);
    assert_eq!(underlined(&mut explorer), "VERDICT▼");
    explorer.resize(200, 50);
    assert_eq!(underlined(&mut explorer), "OWNER");
}

#[test]
fn wide_columns_are_not_cut_and_scroll_sideways() {
    at_all_sizes("wide", "wllll");
    let mut explorer = Explorer::demo(80, 24);
    let narrow = explorer.screen("");
    assert!(narrow.lines().skip(5).any(|line| line.contains('…')));
    let wide = explorer.screen("wllllll");
    assert!(wide.contains("‹ VERDICT▼ D9 TO ORIGIN"), "the verdict stays: {wide}");
    let back = explorer.screen("hhhhhh");
    assert!(back.contains("ACCOUNT") && back.contains('›'), "{back}");
    assert_eq!(explorer.screen("w"), narrow);
}

#[test]
fn the_chooser() {
    at_all_sizes("chooser", "lllCjj jjJ>>");
}

#[test]
fn columns_are_shown_hidden_moved_and_sized() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("lllC");
    explorer.keys(" j ");
    let shown = heading(&explorer.screen("<esc>"));
    assert!(!shown.contains(&"ACCOUNT".to_owned()), "{shown:?}");
    assert!(shown.contains(&"ACCOUNT ID".to_owned()), "{shown:?}");
    explorer.keys("hhhhhhllllC");
    explorer.keys("KK<enter>");
    let moved = heading(&explorer.screen(""));
    assert_eq!(moved[2..4], ["DISTRIBUTION", "ACCOUNT ID"].map(str::to_owned), "{moved:?}");
    explorer.keys("hhhhhhlllC<<<<<<<<");
    let narrow = heading(&explorer.screen("q"));
    assert!(!narrow.contains(&"DISTRIBUTION".to_owned()), "{narrow:?}");
    explorer.keys("C0q");
    assert_eq!(explorer.model.columns.choices(118), Columns::default().choices(118));
}

#[test]
fn what_is_chosen_holds_at_every_width_and_the_verdict_stays() {
    let mut explorer = Explorer::demo(200, 50);
    explorer.keys("C ");
    assert!(explorer.model.columns.choices(198)[0].shown, "the verdict cannot be left out");
    explorer.keys("jjjjjjjjjjjjjjjjjjjjjjjj <esc>");
    let wide = heading(&explorer.screen(""));
    assert!(wide.contains(&"COMMENT".to_owned()), "{wide:?}");
    explorer.resize(80, 24);
    let narrow = heading(&explorer.screen("lllllllllllllllll"));
    assert!(narrow.contains(&"COMMENT".to_owned()), "{narrow:?}");
    assert!(narrow[0].starts_with("VERDICT"));
}

#[test]
fn a_layout_is_saved_and_read_again() {
    let mut columns = Columns::default();
    columns.toggle(4, 118);
    columns.widen(7, 5, 118, 13);
    columns.wide = true;
    let saved = serde_json::to_string(&columns).unwrap();
    assert!(saved.contains(r#"{"column":"account_id","shown":true,"width":null}"#), "{saved}");
    assert_eq!(serde_json::from_str::<Columns>(&saved).unwrap(), columns);
}

#[test]
fn a_saved_layout_may_lack_columns_and_name_one_twice() {
    let saved = r#"{"chosen":[{"column":"origin","shown":true},{"column":"origin","shown":true},
        {"column":"verdict","shown":true}],"wide":false,"cursor":"owner"}"#;
    let columns: Columns = serde_json::from_str(saved).unwrap();
    let names: Vec<Column> = columns.laid_out(100, 9).into_iter().map(|(c, _)| c).collect();
    assert_eq!(names, [Column::Verdict, Column::Origin]);
    assert_eq!(columns.cursor_at(100), Column::Verdict);
    let mut explorer = Explorer::demo(80, 24);
    explorer.model.columns = columns;
    explorer.keys("lC jjjjjjjjjjj >JKsq");
    assert!(explorer.screen("").contains("VERDICT"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 15, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_layout_overflows_and_the_cursors_column_is_seen(
        keys in "[hlwCjkJK +-]{0,40}",
        columns in 40..220_u16,
        rows in 8..50_u16,
    ) {
        let mut explorer = Explorer::demo(80, 24);
        explorer.resize(columns, rows);
        let screen = explorer.screen(&keys);
        for line in screen.lines() {
            prop_assert!(line.width() <= usize::from(columns));
        }
        if explorer.model.popup.is_none() && columns >= 60 && rows >= 12 {
            let cursor = explorer.model.columns.cursor_at(explorer.model.measured.list_width);
            prop_assert!(cursor == Column::Edge || !underlined(&mut explorer).is_empty());
        }
    }
}

#[test]
fn a_cell_goes_into_the_filter_once_and_its_contrary_takes_its_place() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/prod<enter>gglll");
    let account = explorer.model.finding().unwrap().account.name.clone();
    for (before, key, after) in [
        ("prod", "=", "prod account=NAME"),
        ("prod", "!", "prod !account=NAME"),
        ("", "=", "account=NAME"),
        ("account=NAME prod", "=", "account=NAME prod"),
        ("!account=NAME prod", "=", "prod account=NAME"),
        ("account=NAME", "!", "!account=NAME"),
    ] {
        let mut explorer = Explorer::demo(120, 40);
        explorer.keys("/prod<enter>gglll");
        explorer.model.filter.line.set(&before.replace("NAME", &account));
        explorer.keys(key);
        assert_eq!(explorer.model.filter.line.text(), after.replace("NAME", &account));
    }
}

#[test]
fn a_filter_that_cannot_be_read_is_left_to_the_person() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/\"open<enter>");
    // Enter keeps no such filter, so the key is still text.
    explorer.keys("=");
    assert_eq!(explorer.model.filter.line.text(), "\"open=");
    assert!(explorer.model.filter.editing);
}
