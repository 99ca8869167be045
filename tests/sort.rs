//! The sort of the table against a naive one, on any fleet, as rows arrive, change and go.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use cf_tui::app::filter::{Filter, Row, text_of};
use cf_tui::app::index::{Aside, Index, Narrowing};
use cf_tui::app::marks::Marks;
use cf_tui::app::sort::{Sort, SortKey};
use cf_tui::app::store::{Ending, RowId, Store};
use cf_tui::domain::account::{Access, Account};
use cf_tui::domain::distribution::{CustomOrigin, Distribution, Origin, ProtocolPolicy};
use cf_tui::domain::ids::{AccountId, DistributionId, OriginId, Partition};
use cf_tui::domain::tally::AccountState;
use cf_tui::domain::verdict::Lens;
use cf_tui::export::column::Column;
use cf_tui::inventory::report::Report;
use explorer::Explorer;
use jiff::Timestamp;
use proptest::prelude::*;

fn account(digit: u8) -> Account {
    let vars = [("owner".to_owned(), format!("team {}", digit % 2))];
    Account {
        id: AccountId::parse(&digit.to_string().repeat(12)).unwrap(),
        name: format!("account {}", 9 - digit),
        tags: Vec::new(),
        vars: if digit == 3 { BTreeMap::new() } else { vars.into() },
        fix_profile: None,
        enabled: true,
        partition: Partition::Aws,
        access: Access::Profile("p".to_owned()),
        place: String::new(),
    }
}

fn origin() -> impl Strategy<Value = Origin> {
    let protocol = prop::sample::select(vec!["http-only", "https-only", "match-viewer", "odd"]);
    let tls = prop::sample::select(vec!["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv9"]);
    ("[ab]", "[a-c]{0,2}", protocol, prop::option::of(prop::collection::vec(tls, 0..3))).prop_map(
        |(id, domain, protocol, tls)| {
            let custom = CustomOrigin {
                protocol: ProtocolPolicy::parse(protocol),
                http_port: 80,
                https_port: 443,
                ssl_protocols: tls.map(|list| list.into_iter().map(str::to_owned).collect()),
            };
            Origin { id: OriginId::new(&id), domain, custom: Some(custom), ..Origin::default() }
        },
    )
}

fn distribution() -> impl Strategy<Value = Distribution> {
    let words = ("[a-e]", "[xy]{0,2}", prop::option::of(0..3_i64), prop::bool::ANY);
    (words, prop::collection::vec(origin(), 0..3)).prop_map(
        |((id, comment, day, enabled), origins)| Distribution {
            id: DistributionId::new(&id),
            aliases: vec![format!("{comment}.example")],
            comment,
            enabled,
            status: "Deployed".to_owned(),
            last_modified: day.map(|day| Timestamp::from_second(day * 86_400).unwrap()),
            origins,
            ..Distribution::default()
        },
    )
}

fn report() -> impl Strategy<Value = Report> {
    let listed = (0..3_usize, prop::collection::vec(distribution(), 0..4))
        .prop_map(|(account, distributions)| Report::Listed { account, distributions });
    let ended = (0..3_usize).prop_map(|account| {
        let state = AccountState::Complete;
        let ending = Ending { state, fault: None, caller: None, calls: 1, tries: 1 };
        Report::Ended { account, ending }
    });
    prop_oneof![4 => listed, 1 => ended]
}

fn sort() -> impl Strategy<Value = Sort> {
    let key = (prop::sample::select(Column::ALL.to_vec()), prop::bool::ANY)
        .prop_map(|(column, reversed)| SortKey { column, reversed });
    prop::collection::vec(key, 0..4).prop_map(Sort::by)
}

/// Every live row that passes, sorted by comparing findings.
fn reference(store: &Store, narrowing: &Narrowing, sort: &Sort) -> Vec<RowId> {
    let lens = narrowing.lens;
    let finding = |row: RowId| store.finding(row).unwrap();
    let place = |row: RowId| {
        let f = finding(row);
        (&f.account.name, &f.account.id, &f.distribution.id, &f.origin.id, row)
    };
    let mut rows: Vec<RowId> = store
        .live_rows()
        .filter(|row| {
            let finding = finding(*row);
            let text = text_of(&finding);
            let (now, account) = (Timestamp::UNIX_EPOCH, None);
            narrowing.filter.matches(&Row {
                finding,
                text: &text,
                lens,
                now,
                marked: false,
                account,
            })
        })
        .filter(|row| !narrowing.problems || finding(*row).assessment.verdict(lens).is_problem())
        .collect();
    rows.sort_by(|a, b| {
        let by_keys = sort.keys().iter().fold(Ordering::Equal, |so_far, key| {
            so_far.then_with(|| {
                let order = key.column.compare(&finding(*a), &finding(*b), lens);
                if key.reversed { order.reverse() } else { order }
            })
        });
        by_keys.then_with(|| place(*a).cmp(&place(*b)))
    });
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn rows_are_sorted_as_a_naive_sort_has_them(
        steps in prop::collection::vec((report(), prop::option::of(sort())), 1..40),
        filter in "[a-c]?",
        problems in prop::bool::ANY,
        d9 in prop::bool::ANY,
    ) {
        let mut store = Store::new((1..4).map(account).collect());
        let mut index = Index::default();
        let lens = if d9 { Lens::D9 } else { Lens::Traffic };
        let filter = Filter::parse(&filter).unwrap();
        let narrowing = Narrowing { filter, problems, lens };
        let marks = Marks::default();
        let aside = Aside { marks: &marks, now: Timestamp::UNIX_EPOCH };
        store.begin(&[0, 1, 2], Timestamp::UNIX_EPOCH);
        for (report, sort) in steps {
            if let Some(sort) = sort {
                index.set_sort(sort);
            }
            if let Report::Ended { account, .. } = report {
                let changes = store.apply(Timestamp::UNIX_EPOCH, report);
                index.apply(&store, &changes, &narrowing, aside);
                store.begin(&[account], Timestamp::UNIX_EPOCH);
            } else {
                let changes = store.apply(Timestamp::UNIX_EPOCH, report);
                index.apply(&store, &changes, &narrowing, aside);
            }
            prop_assert_eq!(index.visible(), &reference(&store, &narrowing, index.sort())[..]);
        }
    }
}

fn title(explorer: &mut Explorer) -> String {
    let screen = explorer.screen("");
    screen.lines().find(|line| line.contains("Origins ") && line.contains("sort")).unwrap().into()
}

fn heading(explorer: &mut Explorer) -> String {
    let screen = explorer.screen("");
    screen.lines().find(|line| line.contains("VERDI") && line.contains("D9")).unwrap().into()
}

#[test]
fn the_list_begins_with_the_worst_and_says_so() {
    let mut explorer = Explorer::demo(80, 24);
    assert!(title(&mut explorer).contains("sort verdict▼ account "));
    assert!(heading(&mut explorer).contains("VERDICT▼ D9"));
    explorer.model.start.ascii = true;
    assert!(title(&mut explorer).contains("sort verdictv account "));
}

#[test]
fn s_sorts_by_the_column_under_the_cursor_then_turns_then_leaves() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("lllls");
    assert!(title(&mut explorer).contains("sort distribution▲ "));
    assert!(heading(&mut explorer).contains("DISTRIBUTION▲"));
    let ids = |explorer: &Explorer| -> Vec<String> {
        let model = &explorer.model;
        let finding = |row: &RowId| model.store.finding(*row).unwrap();
        model
            .index
            .visible()
            .iter()
            .map(|r| finding(r).distribution.id.as_str().to_owned())
            .collect()
    };
    assert!(ids(&explorer).is_sorted());
    explorer.keys("s");
    assert!(title(&mut explorer).contains("sort distribution▼ "));
    assert!(ids(&explorer).iter().rev().is_sorted());
    explorer.keys("s");
    assert!(title(&mut explorer).contains("sort verdict▼ account "));
}

#[test]
fn further_keys_are_numbered() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("lllS<right>SS");
    assert!(title(&mut explorer).contains("sort verdict▼ account▲ distribution▼ "));
    let heading = heading(&mut explorer);
    assert!(heading.contains("VERDIC▼1 D9"), "{heading}");
    assert!(heading.contains("ACCOUNT▲2") && heading.contains("DISTRIBUTION▼3"), "{heading}");
}

#[test]
fn a_sort_leaves_the_cursor_on_its_origin() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("jjjjj");
    let chosen = explorer.model.selected;
    explorer.keys("lllsssllS");
    assert_eq!(explorer.model.selected, chosen);
    assert!(explorer.screen("").contains('▌'));
}

#[test]
fn the_sort_holds_while_rows_arrive() {
    let mut explorer = Explorer::empty(120, 40);
    explorer.keys("lllls");
    for report in explorer::demo_reports() {
        explorer.send(cf_tui::app::event::Event::Reported(
            cf_tui::inventory::report::LoadId(1),
            vec![report],
        ));
        let (model, index) = (&explorer.model, &explorer.model.index);
        assert_eq!(index.visible(), reference(&model.store, &model.narrowing, index.sort()));
    }
}

#[test]
fn a_sort_is_saved_by_the_names_of_its_columns() {
    let mut sort = Sort::default();
    sort.extend(Column::Kind);
    let saved = serde_json::to_string(&sort).unwrap();
    assert_eq!(
        saved,
        r#"[{"column":"verdict","reversed":false},{"column":"type","reversed":false}]"#
    );
    assert_eq!(serde_json::from_str::<Sort>(&saved).unwrap(), sort);
    assert!(serde_json::from_str::<Sort>(&saved.replace("type", "none")).is_err());
}
