//! The facets: counts that equal a recount, keys, and the filter that they write.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use std::collections::BTreeMap;

use cf_tui::app::event::Event;
use cf_tui::app::filter::{Row, text_of};
use cf_tui::app::index::{Aside, Facet};
use cf_tui::export::column::Column;
use cf_tui::inventory::report::LoadId;
use explorer::{Explorer, demo_reports};
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

/// Counts every facet by the texts of the rows.
fn check(explorer: &Explorer) {
    let (model, index) = (&explorer.model, &explorer.model.index);
    assert_eq!(index.facets().len(), Facet::COLUMNS.len());
    for facet in index.facets() {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in index.passing() {
            let finding = model.store.finding(*row).unwrap();
            let text = facet.column.text(&finding, model.narrowing.lens).into_owned();
            *counts.entry(text).or_default() += 1;
        }
        let told = facet
            .values
            .iter()
            .map(|(id, count)| (index.value_text(facet.column, *id).to_owned(), *count));
        assert_eq!(told.collect::<BTreeMap<_, _>>(), counts, "{:?}", facet.column);
        if facet.column != Column::Verdict {
            assert!(facet.values.iter().map(|(_, count)| *count).rev().is_sorted());
        }
    }
}

#[test]
fn the_facets() {
    at_all_sizes("facets", "jFJJjj");
}

#[test]
fn the_facets_where_they_are_left() {
    at_all_sizes("facets-left", "jFj<esc>j");
}

#[test]
fn counts_are_of_the_rows_that_pass() {
    let mut explorer = Explorer::demo(200, 50);
    assert!(explorer.model.index.facets().is_empty(), "nobody looks: nothing is counted");
    explorer.keys("F");
    check(&explorer);
    for keys in ["<esc>f", "L", "/prod<enter>", "ga_", "<esc>fL"] {
        explorer.keys(keys);
        check(&explorer);
    }
    explorer.keys("R");
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(2), vec![report]));
        check(&explorer);
    }
    explorer.keys("FF");
    assert!(explorer.model.index.facets().is_empty());
}

#[test]
fn enter_filters_by_the_value_and_takes_it_back() {
    let mut explorer = Explorer::demo(200, 50);
    explorer.keys("FJJ<enter>");
    let filter = explorer.model.filter.line.text().to_owned();
    assert!(filter.starts_with("account="), "{filter}");
    // What the filter means is no matter of the facets: they keep their cursor, and its term.
    let cursor = explorer.model.facets.cursor;
    explorer.keys("<esc>");
    assert_eq!(explorer.model.filter.line.text(), filter, "Esc goes back to the table first");
    explorer.keys("<esc>");
    assert_eq!(explorer.model.filter.line.text(), "");
    explorer.model.facets.cursor = cursor;
    explorer.keys("F");
    for (before, key, after) in [
        ("x", "<enter>", "x F"),
        ("x F", "<enter>", "x"),
        ("F", "!", "!F"),
        ("!F", "!", ""),
        ("!F", "<enter>", "F"),
    ] {
        explorer.model.filter.line.set(&before.replace('F', &filter));
        explorer.model.facets.cursor = cursor;
        let narrowing = explorer.model.narrowing.clone();
        explorer.send(Event::Pressed(explorer::parsed(key)[0]));
        assert_eq!(explorer.model.filter.line.text(), after.replace('F', &filter));
        explorer.model.narrowing = narrowing;
        let model = &mut explorer.model;
        let aside = Aside { marks: &model.marks, now: model.now };
        model.index.narrow(&model.store, &model.narrowing, aside);
    }
}

#[test]
fn an_active_value_is_marked() {
    let mut explorer = Explorer::demo(200, 50);
    explorer.keys("F");
    explorer.model.filter.line.set("verdict=fail !type=custom");
    let screen = explorer.screen("");
    assert!(screen.contains("=✗ fail"), "{screen}");
    assert!(screen.contains("!custom"), "{screen}");
}

#[test]
fn f_opens_goes_there_and_closes() {
    let mut explorer = Explorer::demo(200, 50);
    let has = |screen: &str| screen.contains(" Facets ");
    assert!(has(&explorer.screen("F")));
    let row = explorer.model.selected;
    explorer.keys("jj");
    assert_eq!(explorer.model.selected, row, "j moves in the facets");
    assert!(has(&explorer.screen("q")), "they stay beside the table");
    explorer.keys("j");
    assert_ne!(explorer.model.selected, row, "j moves in the table again");
    assert!(has(&explorer.screen("F")));
    assert!(!has(&explorer.screen("F")));
    explorer.resize(80, 24);
    assert!(has(&explorer.screen("F")));
    assert!(!has(&explorer.screen("<esc>")), "they do not stay over the table");
    assert_eq!(explorer.model.index.facets().len(), 0);
}

#[test]
fn every_value_can_be_reached_and_the_cursor_is_always_seen() {
    for (columns, rows) in [(80, 24), (40, 8)] {
        let mut explorer = Explorer::demo(columns, rows);
        explorer.keys("F");
        let all: usize = explorer.model.index.facets().iter().map(|f| f.values.len()).sum();
        for at in 0..all {
            let facets = explorer.model.index.facets();
            let (facet, value) = explorer.model.facets.place(facets).unwrap();
            let before: usize = facets[..facet].iter().map(|f| f.values.len()).sum();
            assert_eq!(before + value, at);
            let screen = explorer.screen("");
            let mut lines = screen.lines().map(|line| line.chars().take(32).collect::<String>());
            let line = lines.find(|line| line.contains('▌')).unwrap();
            let text = explorer.model.index.value_text(
                explorer.model.index.facets()[facet].column,
                explorer.model.index.facets()[facet].values[value].0,
            );
            let begin: String = text.chars().take(4).collect();
            assert!(line.contains(&begin), "{text}:\n{screen}");
            assert!(screen.lines().all(|line| line.width() <= usize::from(columns)));
            explorer.keys("j");
        }
        explorer.keys("gg");
        assert_eq!(explorer.model.facets.place(explorer.model.index.facets()), Some((0, 0)));
    }
}

#[test]
fn a_column_is_counted_over_the_rows_that_pass_all_but_its_own_terms() {
    let mut explorer = Explorer::demo(200, 50);
    explorer.keys("F<esc>/prod account=shop-prod !type=custom verdict=fail<enter>");
    let (model, index) = (&explorer.model, &explorer.model.index);
    let terms = [
        (Column::Account, "shop-prod", false),
        (Column::Kind, "custom", true),
        (Column::Verdict, "fail", false),
    ];
    let word = cf_tui::app::filter::Filter::parse("prod").unwrap();
    let lens = model.narrowing.lens;
    for facet in index.facets() {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in model.store.live_rows() {
            let finding = model.store.finding(row).unwrap();
            let holds = |(column, text, negate): &(Column, &str, bool)| {
                *column == facet.column || (column.text(&finding, lens) == *text) != *negate
            };
            let text = text_of(&finding);
            let (now, account) = (model.now, None);
            let row = Row { finding, text: &text, lens, now, marked: false, account };
            if word.matches(&row) && terms.iter().all(holds) {
                let text = facet.column.text(&finding, lens).into_owned();
                *counts.entry(text).or_default() += 1;
            }
        }
        let told = facet
            .values
            .iter()
            .map(|(id, count)| (index.value_text(facet.column, *id).to_owned(), *count));
        assert_eq!(told.collect::<BTreeMap<_, _>>(), counts, "{:?}", facet.column);
    }
    let accounts = index.facets().iter().find(|f| f.column == Column::Account).unwrap();
    assert!(accounts.values.len() > 1, "the other accounts can still be chosen");
}

#[test]
fn another_value_of_a_column_takes_the_place_of_the_first() {
    let mut explorer = Explorer::demo(200, 50);
    explorer.keys("FJJ<enter>");
    let first = explorer.model.filter.line.text().to_owned();
    explorer.keys("j<enter>");
    let second = explorer.model.filter.line.text().to_owned();
    assert!(second.starts_with("account=") && !second.contains(&first), "{second}");
    explorer.keys("!");
    assert_eq!(explorer.model.filter.line.text(), format!("!{second}"));
    explorer.keys("k!");
    assert_eq!(explorer.model.filter.line.text(), format!("!{second} !{first}"));
}
