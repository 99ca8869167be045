//! The store: rows that never move, tallies that equal a recount, coverage that never flatters.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

#[path = "domain/arbitrary.rs"]
mod arbitrary;

use std::collections::{BTreeMap, BTreeSet};

use cf_tui::app::store::{Changes, RowId, Store};
use cf_tui::domain::account::{Access, Account};
use cf_tui::domain::distribution::{CustomOrigin, Distribution, Looked, Origin, ProtocolPolicy};
use cf_tui::domain::distribution::{S3Origin, Signing, Source};
use cf_tui::domain::fault::{Fault, FaultKind, Step};
use cf_tui::domain::finding::Finding;
use cf_tui::domain::ids::{AccountId, DistributionId, OriginId, Partition};
use cf_tui::domain::tally::{AccountState, Coverage, Tally};
use cf_tui::domain::verdict::{Lens, Verdict};
use cf_tui::inventory::report::{Ending, Report, Stage};
use jiff::Timestamp;
use proptest::prelude::*;

fn account(digit: u8, enabled: bool) -> Account {
    Account {
        id: AccountId::parse(&digit.to_string().repeat(12)).unwrap(),
        name: format!("account-{digit}"),
        tags: Vec::new(),
        vars: BTreeMap::new(),
        fix_profile: None,
        enabled,
        partition: Partition::Aws,
        access: Access::Profile("p".to_owned()),
        place: String::new(),
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn origin(id: &str, protocol: &str) -> Origin {
    let custom = CustomOrigin {
        protocol: ProtocolPolicy::parse(protocol),
        http_port: 80,
        https_port: 443,
        ssl_protocols: None,
    };
    Origin { id: OriginId::new(id), custom: Some(custom), ..Origin::default() }
}

fn distribution(id: &str, origins: &[(&str, &str)]) -> Distribution {
    Distribution {
        id: DistributionId::new(id),
        enabled: true,
        status: "Deployed".to_owned(),
        origins: origins.iter().map(|(id, protocol)| origin(id, protocol)).collect(),
        ..Distribution::default()
    }
}

fn listed(account: usize, distributions: Vec<Distribution>) -> Report {
    Report::Listed { account, distributions }
}

fn ended(account: usize, state: AccountState) -> Report {
    let fault = (state != AccountState::Complete).then(|| fault(FaultKind::Denied));
    Report::Ended { account, ending: Ending { state, fault, caller: None, calls: 1, tries: 1 } }
}

fn fault(kind: FaultKind) -> Fault {
    let words = String::new;
    Fault { step: Step::AssumeRole, kind, message: words(), hint: words(), request_id: None }
}

/// One whole load of the first account.
fn load(store: &mut Store, distributions: Vec<Distribution>, state: AccountState) -> Changes {
    store.begin(&[0], at(1));
    let mut changes = store.apply(at(2), listed(0, distributions));
    let last = store.apply(at(3), ended(0, state));
    changes.removed.extend(last.removed);
    changes
}

/// The live rows with what each is.
fn rows(store: &Store) -> Vec<(RowId, String)> {
    let words = |row: RowId| {
        let finding = store.finding(row).unwrap();
        let (distribution, origin) = (finding.distribution.id.as_str(), finding.origin.id.as_str());
        (row, format!("{distribution}/{origin}"))
    };
    store.live_rows().map(words).collect()
}

fn names(store: &Store) -> Vec<String> {
    rows(store).into_iter().map(|(_, name)| name).collect()
}

#[test]
fn a_reload_keeps_the_rows() {
    let mut store = Store::new(vec![account(1, true)]);
    let first = vec![
        distribution("D1", &[("a", "http-only"), ("b", "https-only")]),
        distribution("D2", &[("a", "https-only")]),
    ];
    let changes = load(&mut store, first, AccountState::Complete);
    assert_eq!((changes.added.len(), changes.changed.len(), changes.removed.len()), (3, 0, 0));
    let before = rows(&store);

    // The other order, another answer, a new origin in front.
    let second = vec![
        distribution("D2", &[("a", "https-only")]),
        distribution("D1", &[("new", "https-only"), ("b", "https-only"), ("a", "https-only")]),
    ];
    let changes = load(&mut store, second, AccountState::Complete);
    assert_eq!((changes.added.len(), changes.changed.len(), changes.removed.len()), (1, 3, 0));
    let after = rows(&store);
    assert_eq!(after[..3], before[..], "rows moved");
    assert_eq!(after[3].1, "D1/new");
    let tally = store.tally(Lens::Traffic);
    assert_eq!((tally.of(Verdict::Pass), tally.origins), (4, 4));
}

#[test]
fn origins_with_one_id_keep_their_rows_in_order() {
    let mut store = Store::new(vec![account(1, true)]);
    let twins = || vec![distribution("D1", &[("a", "http-only"), ("a", "https-only")])];
    load(&mut store, twins(), AccountState::Complete);
    let before = rows(&store);
    let changes = load(&mut store, twins(), AccountState::Complete);
    assert_eq!(rows(&store), before);
    assert_eq!(changes.changed.len(), 2);
    let protocol = |row: RowId| store.finding(row).unwrap().protocol();
    assert_eq!(protocol(before[0].0), Some("http-only"));
    assert_eq!(protocol(before[1].0), Some("https-only"));
}

#[test]
fn what_is_gone_is_no_longer_live() {
    let mut store = Store::new(vec![account(1, true)]);
    let both = || {
        vec![
            distribution("D1", &[("a", "http-only"), ("b", "http-only")]),
            distribution("D2", &[("a", "http-only")]),
        ]
    };
    load(&mut store, both(), AccountState::Complete);
    let rows_before = rows(&store);
    let left = vec![distribution("D1", &[("b", "http-only")])];
    let changes = load(&mut store, left, AccountState::Complete);
    assert_eq!(changes.removed.len(), 2);
    assert_eq!(names(&store), ["D1/b"]);
    for (row, name) in &rows_before {
        assert_eq!(store.finding(*row).is_some(), name == "D1/b", "{name}");
        assert_eq!(store.account_of(*row), 0);
    }
    let entry = &store.accounts()[0];
    assert_eq!((entry.distributions, entry.origins), (1, 1));
    assert_eq!(store.row_count(), 3);
}

/// A distribution that was gone and is there again, such as one recreated by a restored stack.
#[test]
fn what_comes_back_stays() {
    let mut store = Store::new(vec![account(1, true)]);
    let one = || vec![distribution("D1", &[("a", "http-only")])];
    for there in [true, false, true, true, false, true, true] {
        let page = if there { one() } else { Vec::new() };
        load(&mut store, page, AccountState::Complete);
        let expected = usize::from(there);
        let entry = &store.accounts()[0];
        assert_eq!((entry.distributions, entry.origins), (expected, expected));
        assert_eq!(names(&store).len(), expected);
        assert_eq!(store.findings_of(0).len(), expected);
        assert_eq!(store.tally(Lens::Traffic).origins, expected);
    }
}

#[test]
fn one_that_was_read_by_itself_is_no_part_of_the_accounts_reading() {
    let mut store = Store::new(vec![account(1, true)]);
    load(&mut store, vec![distribution("E1", &[("a", "http-only")])], AccountState::Complete);
    let before = rows(&store);
    store.begin(&[0], at(10));
    let again = || distribution("E1", &[("a", "https-only"), ("b", "http-only")]);
    let changes = store.replace(at(11), 0, again());
    assert_eq!((changes.added.len(), changes.changed.len()), (1, 1));
    assert_eq!(rows(&store)[0], before[0], "the row stays");
    assert_eq!(store.finding(before[0].0).unwrap().distribution.source.read_at, Some(at(11)));
    assert_eq!((store.accounts()[0].distributions, store.accounts()[0].origins), (1, 2));
    // A whole listing without it means that it was deleted, though it was read in between.
    store.apply(at(12), ended(0, AccountState::Complete));
    assert_eq!(rows(&store), []);
    assert_eq!(store.replace(at(13), 0, again()), Changes::default(), "it does not come back");
    assert_eq!(store.forget(0, &again().id), Changes::default());
    recounts(&store);
}

#[test]
fn a_listing_that_was_not_whole_deletes_nothing() {
    for state in [AccountState::Partial, AccountState::Failed] {
        let mut store = Store::new(vec![account(1, true)]);
        let both =
            vec![distribution("D1", &[("a", "http-only")]), distribution("D2", &[("a", "x")])];
        load(&mut store, both, AccountState::Complete);
        let page = vec![distribution("D1", &[("a", "https-only")])];
        load(&mut store, page, state);
        assert_eq!(names(&store), ["D1/a", "D2/a"]);
        // A failed reload of an account that has rows leaves it partial, with what went wrong.
        let entry = &store.accounts()[0];
        assert_eq!(entry.state(), Some(AccountState::Partial));
        assert_eq!(entry.fault().unwrap().kind, FaultKind::Denied);
        let seen = Coverage { accounts: 1, complete: 0, partial: 1, failed: 0 };
        assert_eq!(store.coverage(), seen);
    }
}

#[test]
fn a_failed_account_without_rows_is_failed() {
    let mut store = Store::new(vec![account(1, true)]);
    load(&mut store, Vec::new(), AccountState::Failed);
    assert_eq!(store.accounts()[0].state(), Some(AccountState::Failed));
}

#[test]
fn a_stopped_load_leaves_nothing_complete() {
    let mut store = Store::new(vec![account(1, true), account(2, true), account(3, true)]);
    store.begin(&[0, 1, 2], at(1));
    store.apply(at(2), listed(0, vec![distribution("D1", &[("a", "http-only")])]));
    store.apply(at(2), ended(2, AccountState::Complete));
    assert!(store.is_loading());
    store.stop(at(3), &fault(FaultKind::Cancelled));
    assert!(!store.is_loading());
    let states: Vec<_> = store.accounts().iter().map(|entry| entry.state().unwrap()).collect();
    assert_eq!(states, [AccountState::Partial, AccountState::Failed, AccountState::Complete]);
    assert_eq!(store.accounts()[1].fault().unwrap().kind, FaultKind::Cancelled);
}

#[test]
fn coverage_counts_every_enabled_account() {
    let accounts = (1..=5).map(|digit| account(digit, digit != 5)).collect();
    let mut store = Store::new(accounts);
    assert_eq!(store.coverage(), Coverage { accounts: 4, ..Coverage::default() });
    assert_eq!(store.coverage().percent(), 0.0);
    store.begin(&[0, 1, 2, 3], at(1));
    let stage = Stage::Listing { page: 2 };
    store.apply(at(1), Report::Entered { account: 0, stage: stage.clone() });
    assert_eq!(store.accounts()[0].stage, Some(stage));
    store.apply(at(2), ended(0, AccountState::Complete));
    store.apply(at(2), ended(1, AccountState::Partial));
    store.apply(at(2), ended(2, AccountState::Failed));
    let seen = Coverage { accounts: 4, complete: 1, partial: 1, failed: 1 };
    assert_eq!(store.coverage(), seen);
    assert_eq!(store.coverage().percent(), 25.0);
    assert!(!store.coverage().is_whole());
    assert_eq!(store.accounts()[4].state(), Some(AccountState::Skipped));
}

#[test]
fn sources_say_when_they_were_read() {
    let mut store = Store::new(vec![account(1, true)]);
    let signing = Looked::Found { value: Signing::Never, from: Source::default() };
    let s3 = S3Origin { access_control: Some("E1OAC".to_owned()), signing };
    let origin = Origin { s3: Some(s3), ..Origin::default() };
    let made = Distribution { origins: vec![origin], ..distribution("D1", &[]) };
    load(&mut store, vec![made], AccountState::Complete);
    let row = store.live_rows().next().unwrap();
    let finding = store.finding(row).unwrap();
    assert_eq!(finding.distribution.source.read_at, Some(at(2)));
    match &finding.origin.s3.as_ref().unwrap().signing {
        Looked::Found { from, .. } => assert_eq!(from.read_at, Some(at(2))),
        other => panic!("{other:?}"),
    }
}

/// A turn of a session.
#[derive(Clone, Debug)]
enum Turn {
    Begin(usize),
    Page(usize, Vec<Distribution>),
    End(usize, AccountState),
    Stop,
}

const ACCOUNTS: usize = 3;

fn turn() -> impl Strategy<Value = Turn> {
    let id = || prop::sample::select(vec!["D1", "D2", "D3", "D4", ""]).prop_map(str::to_owned);
    let page = prop::collection::vec(arbitrary::distribution(id()), 0..4);
    let states = vec![AccountState::Complete, AccountState::Partial, AccountState::Failed];
    prop_oneof![
        3 => (0..ACCOUNTS).prop_map(Turn::Begin),
        6 => (0..ACCOUNTS, page).prop_map(|(account, page)| Turn::Page(account, page)),
        3 => (0..ACCOUNTS, prop::sample::select(states)).prop_map(|(a, state)| Turn::End(a, state)),
        1 => Just(Turn::Stop),
    ]
}

/// Plays a turn. Pages and endings outside of a load are dropped by their load's id before they
/// come to the store.
fn take(store: &mut Store, turn: Turn, second: i64) -> Changes {
    let is_under_way = |account: usize| store.accounts()[account].stage.is_some();
    match turn {
        Turn::Page(account, _) | Turn::End(account, _) if !is_under_way(account) => {}
        Turn::Begin(account) => store.begin(&[account], at(second)),
        Turn::Page(account, page) => return store.apply(at(second), listed(account, page)),
        Turn::End(account, state) => return store.apply(at(second), ended(account, state)),
        Turn::Stop => store.stop(at(second), &fault(FaultKind::Cancelled)),
    }
    Changes::default()
}

/// Everything that is counted along the way, counted again from the rows.
fn recounts(store: &Store) {
    for lens in [Lens::Traffic, Lens::D9] {
        let mut again = Tally::default();
        for row in store.live_rows() {
            again.add(store.finding(row).unwrap().assessment, lens);
        }
        assert_eq!(*store.tally(lens), again);
    }
    let mut coverage = Coverage::default();
    for (ix, entry) in store.accounts().iter().enumerate() {
        let live: Vec<RowId> = store.live_rows().filter(|r| store.account_of(*r) == ix).collect();
        assert_eq!(entry.origins, live.len());
        assert_eq!(store.findings_of(ix).len(), live.len());
        let ids: BTreeSet<_> =
            live.iter().map(|r| store.finding(*r).unwrap().distribution.id.clone()).collect();
        // A distribution may have no origin, so no row.
        assert!(entry.distributions >= ids.len());
        match entry.state() {
            Some(state) => coverage.add(state),
            None => coverage.accounts += 1,
        }
        if entry.stage.is_none() && entry.state() == Some(AccountState::Failed) {
            assert!(live.is_empty(), "a failed account has rows");
        }
    }
    assert_eq!(store.coverage(), coverage);
    recounts_domains(store);
}

/// Who shares a domain with each row, found again by looking at all of them.
fn recounts_domains(store: &Store) {
    let live: Vec<Finding<'_>> = store.live_rows().map(|row| store.finding(row).unwrap()).collect();
    let domain = |f: &Finding<'_>| f.origin.domain.trim_end_matches('.').to_ascii_lowercase();
    let place = |f: &Finding<'_>| (f.account.id.clone(), f.distribution.id.clone());
    for one in &live {
        let others = live.iter().filter(|o| domain(o) == domain(one) && place(o) != place(one));
        assert_eq!(store.neighbours(one).count(), others.count());
    }
}

proptest! {
    #[test]
    fn any_session_adds_up(turns in prop::collection::vec(turn(), 0..40)) {
        let mut store = Store::new((1..=3).map(|digit| account(digit, true)).collect());
        let mut live: BTreeSet<RowId> = BTreeSet::new();
        let mut origins: BTreeMap<RowId, String> = BTreeMap::new();
        for (second, turn) in turns.into_iter().enumerate() {
            let begun = store.row_count();
            let changes = take(&mut store, turn, i64::try_from(second).unwrap());
            // What changed is told, so that an index need not look at every row.
            for row in &changes.added {
                prop_assert!(row.index() >= begun || !live.contains(row));
            }
            live.extend(&changes.added);
            for row in &changes.removed {
                prop_assert!(live.remove(row) || changes.added.contains(row));
                prop_assert!(store.finding(*row).is_none());
            }
            prop_assert_eq!(&store.live_rows().collect::<BTreeSet<_>>(), &live);
            // A row is one origin for ever.
            for row in &live {
                let finding = store.finding(*row).unwrap();
                let name = format!("{:?} {:?}", finding.distribution.id, finding.origin.id);
                let known = origins.entry(*row).or_insert_with(|| name.clone());
                prop_assert_eq!(&*known, &name);
            }
            recounts(&store);
        }
    }
}
