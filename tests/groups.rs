//! Groups of rows: their headers, order and subtotals, and folding them.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use std::collections::BTreeMap;

use cf_tui::app::event::Event;
use cf_tui::app::index::TableLine;
use cf_tui::domain::verdict::{Lens, Verdict};
use cf_tui::export::column::Column;
use cf_tui::inventory::report::LoadId;
use explorer::{Explorer, demo_reports};
use proptest::prelude::*;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

fn at_all_sizes(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let screen = Explorer::demo(columns, rows).styled(keys);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
        });
    }
}

/// What groups, their order, subtotals and lines must be, by looking at every row.
fn check(explorer: &Explorer) {
    let (model, index) = (&explorer.model, &explorer.model.index);
    let (lens, sort) = (model.narrowing.lens, index.sort());
    let column = index.grouping().unwrap();
    let mut rows: BTreeMap<String, Vec<TableLine>> = BTreeMap::new();
    let mut counts: BTreeMap<String, BTreeMap<Verdict, usize>> = BTreeMap::new();
    for row in index.passing() {
        let finding = model.store.finding(*row).unwrap();
        let name = match column {
            Column::Verdict => finding.assessment.verdict(lens).name().to_owned(),
            _ => column.key(&finding).into_owned(),
        };
        rows.entry(name.clone()).or_default().push(TableLine::Row(*row));
        *counts.entry(name).or_default().entry(finding.assessment.verdict(lens)).or_default() += 1;
    }
    let mut lines = Vec::new();
    let mut order = Vec::new();
    for group in index.groups() {
        let name = index.group_name(group.id);
        let own = rows.remove(name).expect("no group is empty, and none comes twice");
        let of = |(verdict, count)| (count > 0).then_some((verdict, count));
        let told: BTreeMap<Verdict, usize> = group.counts().filter_map(of).collect();
        assert_eq!(told, counts[name], "{name}");
        assert_eq!(group.rows(), own.len());
        order.push((std::cmp::Reverse(*told.keys().last().unwrap()), name.to_owned()));
        lines.push(TableLine::Group(group.id));
        lines.extend(own.iter().filter(|_| !group.folded));
        assert_eq!(index.rows_of_group(group.id).len(), own.len());
    }
    assert!(rows.is_empty(), "every row is in a group");
    assert_eq!(index.lines(), lines);
    let sorted_by_it = sort.keys().first().is_some_and(|key| key.column == column);
    if !sorted_by_it && !matches!(column, Column::Tls) {
        assert!(order.is_sorted(), "{order:?}");
    }
}

#[test]
fn by_account_and_folded() {
    at_all_sizes("groups-account", "gaj-jj-");
    at_all_sizes("groups-distribution", "gdj_");
}

#[test]
fn groups_hold_what_the_rows_say() {
    let mut explorer = Explorer::demo(120, 40);
    for keys in ["ga", "gd", "_", "L", "f", "/prod<enter>", "gc", "lllllllgc", "S", "<esc>fL", "_"]
    {
        explorer.keys(keys);
        check(&explorer);
    }
    explorer.keys("gn");
    assert_eq!(explorer.model.index.lines().len(), explorer.model.index.passing().len());
}

#[test]
fn sorted_by_its_own_column_groups_follow_the_sort() {
    let mut explorer = Explorer::demo(120, 40);
    let names = |explorer: &Explorer| -> Vec<String> {
        let index = &explorer.model.index;
        index.groups().iter().map(|group| index.group_name(group.id).to_owned()).collect()
    };
    explorer.keys("galllS");
    assert!(!names(&explorer).is_sorted());
    explorer.keys("s");
    assert!(names(&explorer).is_sorted());
    explorer.keys("s");
    assert!(names(&explorer).iter().rev().is_sorted());
    check(&explorer);
}

#[test]
fn enter_on_a_header_folds_and_j_goes_on_to_the_next() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("gagg");
    let first = explorer.model.header.expect("the first line is a header");
    assert_eq!(explorer.model.selected, None);
    explorer.keys("<enter>");
    assert!(explorer.model.index.group(first).unwrap().folded);
    explorer.keys("j");
    assert!(explorer.model.header.is_some_and(|id| id != first));
    explorer.keys("k<enter>j");
    assert!(explorer.model.selected.is_some());
    assert!(!explorer.model.opened);
}

#[test]
fn folding_from_within_takes_the_cursor_to_the_header() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("gajjj");
    let row = explorer.model.selected.unwrap();
    let id = explorer.model.index.group_of(row);
    explorer.keys("-");
    assert_eq!((explorer.model.selected, explorer.model.header), (None, id));
    explorer.keys("+");
    assert_eq!(explorer.model.header, id);
}

#[test]
fn keys_that_need_a_row_take_the_groups_first_or_say_so() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("gaggyr");
    assert_eq!(explorer.model.selected, explorer.model.index.visible().first().copied());
    let screen = explorer.screen("gg-yr");
    assert!(explorer.model.header.is_some());
    assert!(screen.contains("nothing copied: no row is chosen"), "{screen}");
    assert!(explorer.screen("V").contains("no row is chosen"));
}

#[test]
fn marks_of_folded_rows_are_hidden_ones() {
    let mut explorer = Explorer::demo(120, 40);
    let all = explorer.model.index.visible().len();
    explorer.keys("gagg-");
    let folded = explorer.model.index.groups()[0].rows();
    let screen = explorer.screen("*");
    assert!(screen.contains(&format!("{} marked (0 hidden)", all - folded)), "{screen}");
    let screen = explorer.screen("U ");
    assert!(screen.contains(&format!("{folded} marked ({folded} hidden)")), "{screen}");
    assert!(!explorer.screen(" ").contains(" marked ("), "again takes them away");
}

#[test]
fn what_is_folded_stays_so_after_a_filter_a_refresh_and_another_grouping() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("gagg-");
    let id = explorer.model.header.unwrap();
    let folded = |explorer: &Explorer| explorer.model.index.group(id).unwrap().folded;
    explorer.keys("/nothing at all");
    assert!(explorer.model.index.group(id).is_none());
    explorer.keys("<esc>");
    assert!(folded(&explorer));
    explorer.keys("gdgnga");
    assert!(folded(&explorer));
    explorer.keys("R");
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(2), vec![report]));
    }
    assert!(folded(&explorer));
    check(&explorer);
}

#[test]
fn arrivals_leave_the_cursor_on_its_header_and_line() {
    let mut explorer = Explorer::empty(80, 24);
    let mut chosen = None;
    for (count, report) in demo_reports().into_iter().enumerate() {
        explorer.send(Event::Reported(LoadId(1), vec![report]));
        explorer.draw();
        if count == 30 {
            explorer.keys("gagg_jj");
            chosen = explorer.model.header;
            assert!(chosen.is_some());
        }
        if chosen.is_some() {
            assert_eq!(explorer.model.header, chosen);
            assert!(explorer.screen("").contains('▌'), "after report {count}");
            check(&explorer);
        }
    }
    explorer.send(Event::LoadEnded(LoadId(1)));
    assert_eq!(explorer.model.header, chosen);
}

#[test]
fn ascii_has_its_own_signs() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.model.start.ascii = true;
    let screen = explorer.screen("gagg-");
    assert!(screen.contains(">> "), "{screen}");
    assert!(screen.contains(" v "), "{screen}");
    assert!(!screen.contains(['▾', '▸', '▼', '✗']), "{screen}");
}

#[test]
fn keys_of_groups_say_so_where_there_are_none() {
    let mut explorer = Explorer::demo(80, 24);
    for keys in ["-", "+", "_"] {
        assert!(explorer.screen(keys).contains("g a groups them by account"), "{keys}");
    }
    assert_eq!(explorer.model.narrowing.lens, Lens::Traffic);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_keys_leave_groups_right(keys in prop::collection::vec(prop::sample::select(vec![
        "j", "k", "G", "gg", "ga", "gd", "gc", "-", "+", "_", "<enter>", "q", " ", "*", "v", "n", "N",
        "l", "h", "s", "S", "f", "L", "<pgdn>", "/a<enter>", "<esc>", "z",
    ]), 1..40)) {
        let mut explorer = Explorer::demo(80, 24);
        explorer.keys("ga");
        for key in keys {
            explorer.keys(key);
            check(&explorer);
            let model = &explorer.model;
            prop_assert!(model.selected.is_none() || model.header.is_none());
            let lost = model.line().is_none() && !model.index.lines().is_empty();
            prop_assert!(!lost || (model.selected, model.header) == (None, None));
        }
    }
}

#[test]
fn the_first_row_of_a_group_is_seen_with_its_header() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("ggga");
    assert!(explorer.model.selected.is_some());
    let screen = explorer.screen("");
    assert!(screen.lines().nth(5).unwrap().contains('▾'), "{screen}");
    explorer.keys("Ggg");
    assert!(explorer.model.header.is_some());
}
