//! Any text at all.

use cf_tui::app::event::Event;
use cf_tui::app::filter::Filter;
use cf_tui::app::filter::complete::{complete, quoted};
use cf_tui::domain::text::is_plain;
use cf_tui::domain::verdict::Lens;
use cf_tui::export::column::Column;
use proptest::prelude::*;

use crate::explorer::Explorer;
use crate::{INDEX, STORE, matches};

/// Pieces of filters, whole and broken.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "|", "!", "(", ")", "\"", " ", ":", "=", "<", ">", "~", "!=", ">=", "\\", "is:", "tag:",
            "origin:", "verdict>=", "tls<", "age>", "has:error", "shop", "fail", "1.2", "30d", "gap",
            "account=", "env", "^", "[", "é", "日本", "\u{301}", "\u{1b}", "modified>", "2026",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn no_text_panics_and_no_place_is_outside_of_it(text in text()) {
        match Filter::parse(&text) {
            Ok(filter) => {
                for row in STORE.live_rows().take(20) {
                    matches(&filter, row, Lens::Traffic, false);
                }
            }
            Err(error) => {
                prop_assert!(error.length > 0);
                prop_assert!(error.column + error.length <= text.chars().count(), "{error:?}");
                prop_assert!(is_plain(&error.to_string()), "{error:?}");
            }
        }
    }

    #[test]
    fn what_completes_a_text_begins_at_one_of_its_characters(text in text()) {
        if let Some(completion) = complete(&text, &STORE, &INDEX) {
            prop_assert!(completion.start <= text.chars().count());
            prop_assert!(!completion.words.is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn an_invalid_filter_never_changes_what_is_shown(before in "shop|is:gap|tls<1.2|", text in text()) {
        let mut explorer = Explorer::demo(80, 24);
        explorer.keys("/");
        explorer.send(Event::Pasted(format!("{before} ")));
        for c in text.chars() {
            let shown = explorer.model.index.visible().to_vec();
            explorer.send(Event::Pasted(c.to_string()));
            if explorer.model.filter.error.is_some() {
                prop_assert_eq!(explorer.model.index.visible(), &shown);
            }
        }
        explorer.draw();
    }
}

/// The cell of any row, written into a filter as "= this cell", finds the row; and "not this
/// cell" hides it.
#[test]
fn every_cell_finds_its_row() {
    for row in STORE.live_rows() {
        let finding = STORE.finding(row).unwrap();
        for column in Column::ALL {
            let value = quoted(&column.text(&finding, Lens::Traffic));
            for (sign, expected) in [("=", true), ("!=", false)] {
                let text = format!("{}{sign}{value}", column.name());
                let filter = Filter::parse(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
                assert_eq!(matches(&filter, row, Lens::Traffic, false), expected, "{text}");
            }
        }
    }
}
