//! The rows that the index lets through, against the filter asked of each row: whatever is typed,
//! and as rows arrive, change and go.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use std::sync::LazyLock;

use cf_tui::app::filter::{Filter, Row, text_of};
use cf_tui::app::index::{Aside, Index, Narrowing};
use cf_tui::app::marks::Marks;
use cf_tui::app::sort::{Sort, SortKey};
use cf_tui::app::store::{Ending, RowId, Store};
use cf_tui::domain::account::{Access, Account};
use cf_tui::domain::distribution::{
    Behavior, CustomOrigin, Distribution, Origin, ProtocolPolicy, ViewerPolicy,
};
use cf_tui::domain::ids::{AccountId, DistributionId, OriginId, Partition};
use cf_tui::domain::tally::AccountState;
use cf_tui::domain::verdict::Lens;
use cf_tui::export::column::Column;
use cf_tui::inventory::report::Report;
use explorer::Explorer;
use jiff::Timestamp;
use proptest::prelude::*;

const NOW: i64 = 40 * 86_400;

/// Marks on some of the rows that come first.
static MARKS: LazyLock<Marks> =
    LazyLock::new(|| Explorer::demo(80, 24).keys("/E1A<enter>*").model.marks.clone());

fn account(digit: usize) -> Account {
    let owner = [("owner".to_owned(), format!("Team {}", digit % 2))];
    Account {
        id: AccountId::parse(&digit.to_string().repeat(12)).unwrap(),
        name: ["", "Shop-prod", "shop-dev", "Ärger"][digit].to_owned(),
        tags: vec![["", "env:Prod", "env:dev", "bare"][digit].to_owned()],
        vars: if digit == 3 { Default::default() } else { owner.into() },
        fix_profile: None,
        enabled: true,
        partition: Partition::Aws,
        access: Access::Profile("p".to_owned()),
        place: String::new(),
    }
}

fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "shop", "Legacy-alb", "ſΣ", "a b", "api", "x\ny"])
        .prop_map(str::to_owned)
}

fn origin() -> impl Strategy<Value = Origin> {
    let protocol = prop::sample::select(vec!["http-only", "https-only", "match-viewer", "odd"]);
    let tls = prop::sample::select(vec!["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv9"]);
    let tls = prop::option::of(prop::collection::vec(tls, 0..3));
    ("[ab]", words(), protocol, tls).prop_map(|(id, domain, protocol, tls)| {
        let custom = CustomOrigin {
            protocol: ProtocolPolicy::parse(protocol),
            http_port: 80,
            https_port: 443,
            ssl_protocols: tls.map(|list| list.into_iter().map(str::to_owned).collect()),
        };
        Origin { id: OriginId::new(&id), domain, custom: Some(custom), ..Origin::default() }
    })
}

fn behavior() -> impl Strategy<Value = Behavior> {
    let viewer = prop::bool::ANY.prop_map(|redirects| match redirects {
        true => ViewerPolicy::RedirectToHttps,
        false => ViewerPolicy::AllowAll,
    });
    let path = prop::option::of(prop::sample::select(vec!["/API/*", "/img/*.png", "/a b"]));
    (path, "[ab]", viewer, prop::bool::ANY).prop_map(|(path, target, viewer, edge_code)| Behavior {
        path: path.map(str::to_owned),
        target: OriginId::new(&target),
        viewer,
        edge_code,
        host: Default::default(),
    })
}

fn distribution() -> impl Strategy<Value = Distribution> {
    let texts = ("[a-d]", words(), prop::collection::vec(words(), 0..3));
    let states = (prop::bool::ANY, prop::bool::ANY, prop::option::of(0..40_i64));
    let origins = prop::collection::vec(origin(), 0..3);
    (texts, states, origins, prop::collection::vec(behavior(), 0..4)).prop_map(
        |((id, comment, aliases), (enabled, staging, day), origins, behaviors)| Distribution {
            id: DistributionId::new(&id),
            domain: format!("D{id}.cloudfront.net"),
            aliases,
            comment,
            enabled,
            staging,
            status: if enabled { "Deployed" } else { "InProgress" }.to_owned(),
            last_modified: day.map(|day| Timestamp::from_second(day * 86_400 + 7).unwrap()),
            origins,
            behaviors,
            ..Distribution::default()
        },
    )
}

fn report() -> impl Strategy<Value = Report> {
    let listed = (0..3_usize, prop::collection::vec(distribution(), 0..4))
        .prop_map(|(account, distributions)| Report::Listed { account, distributions });
    let states = vec![AccountState::Complete, AccountState::Partial, AccountState::Failed];
    let ended = (0..3_usize, prop::sample::select(states)).prop_map(|(account, state)| {
        let ending = Ending { state, fault: None, caller: None, calls: 1, tries: 1 };
        Report::Ended { account, ending }
    });
    prop_oneof![4 => listed, 1 => ended]
}

/// Whole terms of every kind.
fn term() -> impl Strategy<Value = String> {
    let given = prop::sample::select(vec![
        "\"\"",
        "p",
        "shop",
        "s",
        "sh",
        "legacy",
        "fail",
        "warn",
        "ſ",
        "ς",
        "\"a b\"",
        "\"x\ny\"",
        "\"\n\"",
        "\"shop\n\"",
        "~sp",
        "~lgcy",
        "~\"b\nh\"",
        "~ς",
        "is:marked",
        "is:gap",
        "is:problem",
        "is:weak_tls",
        "is:disabled",
        "is:deploying",
        "is:staging",
        "is:edge",
        "is:latent",
        "is:plaintext",
        "is:fail",
        "has:error",
        "tag:env",
        "tag:env=prod",
        "tag:bare",
        "var:owner",
        "var:owner=\"team 1\"",
        "tls<1.2",
        "tls>=1.0",
        "tls=-",
        "tls=?",
        "tls:v1",
        "age>30d",
        "age=3d",
        "age<2w",
        "modified>=1970-01-20",
        "modified<1970-02",
        "modified=-",
        "modified:01-1",
        "verdict>=warn",
        "verdict<unknown",
        "verdict=pass",
        "verdict:a",
        "alias:api",
        "alias:^Legacy",
        "alias:(?-i)Legacy",
        "alias=api",
        "alias=-",
        "path:api",
        "path:^/IMG",
        "path:(?-i)API",
        "path=/a",
        "path=\"/a b\"",
        "path:\\+1",
        "path=-",
        "origin:^legacy",
        "origin:(?-i)L",
        "origin:s",
        "origin=\"a b\"",
        "origin=Legacy-ALB",
        "origin=ſς",
        "comment:hop",
        "comment=-",
        "account:prod",
        "account=SHOP-PROD",
        "account=ärger",
        "account_id:^1",
        "d9:f",
        "edge=^",
        "owner:team",
        "owner=-",
        "type:.",
        "status:dep",
        "viewer=mixed",
        "viewer:allow",
        "protocol:http",
        "protocol=odd",
        "distribution=A",
        "origin_id:b",
    ]);
    (prop::sample::select(vec!["", "", "", "!"]), given)
        .prop_map(|(not, term)| format!("{not}{term}"))
}

/// Filters as a person comes to them one after the other: each other one goes on from the last.
fn filters() -> impl Strategy<Value = Vec<String>> {
    let filter = prop::collection::vec(
        prop_oneof![
            4 => term(),
            1 => (term(), term()).prop_map(|(a, b)| format!("{a}|{b}")),
            1 => (term(), term()).prop_map(|(a, b)| format!("!({a} {b})")),
        ],
        0..3,
    )
    .prop_map(|terms| terms.join(" "));
    let step = prop_oneof![
        2 => filter.prop_map(|filter| (true, filter)),
        1 => term().prop_map(|term| (false, format!(" {term}"))),
        2 => "[a-z]".prop_map(|letter| (false, letter)),
    ];
    prop::collection::vec(step, 1..6).prop_map(|steps| {
        let mut typed: Vec<String> = Vec::new();
        for (anew, text) in steps {
            let before = typed.last().filter(|_| !anew).cloned().unwrap_or_default();
            typed.push(before + &text);
        }
        typed
    })
}

fn reference(store: &Store, narrowing: &Narrowing, aside: Aside<'_>) -> Vec<RowId> {
    let passes = |row: &RowId| {
        let finding = store.finding(*row).unwrap();
        let verdict = finding.assessment.verdict(narrowing.lens);
        let row = Row {
            finding,
            text: &text_of(&finding),
            lens: narrowing.lens,
            now: aside.now,
            marked: aside.marks.contains(*row),
            account: store.accounts()[store.account_of(*row)].state(),
        };
        (!narrowing.problems || verdict.is_problem()) && narrowing.filter.matches(&row)
    };
    store.live_rows().filter(passes).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_prepared_filter_lets_through_what_the_plain_one_does(
        steps in prop::collection::vec((report(), filters(), prop::bool::ANY, prop::bool::ANY), 1..12),
    ) {
        let mut store = Store::new((1..4).map(account).collect());
        let mut index = Index::default();
        let mut narrowing = Narrowing::default();
        let now = Timestamp::from_second(NOW).unwrap();
        let aside = Aside { marks: &MARKS, now };
        store.begin(&[0, 1, 2], now);
        for (report, filters, problems, turn) in steps {
            let ended = match &report {
                Report::Ended { account, .. } => Some(*account),
                _ => None,
            };
            let changes = store.apply(now, report);
            index.apply(&store, &changes, &narrowing, aside);
            store.begin(&ended.into_iter().collect::<Vec<_>>(), now);
            for (nth, text) in filters.iter().enumerate() {
                let Ok(filter) = Filter::parse(text) else { continue };
                narrowing.filter = filter;
                narrowing.problems = problems && nth % 2 == 1;
                if turn && nth == 1 {
                    narrowing.lens = if narrowing.lens == Lens::D9 { Lens::Traffic } else { Lens::D9 };
                    index.set_sort(Sort::by(vec![SortKey::of(Column::Kind)]));
                }
                if turn && nth == 2 {
                    index.group_by(index.grouping().xor(Some(Column::Account)));
                }
                index.narrow(&store, &narrowing, aside);
                let mut passing = index.passing().to_vec();
                passing.sort();
                prop_assert_eq!(passing, reference(&store, &narrowing, aside), "{:?}", text);
                // In the order that they have without a filter before.
                let mut anew = index.clone();
                anew.set_sort(index.sort().clone());
                anew.narrow(&store, &narrowing, aside);
                prop_assert_eq!(anew.lines(), index.lines(), "{:?}", text);
            }
        }
    }
}
