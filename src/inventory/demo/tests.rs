use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tokio::sync::mpsc;

use super::*;
use crate::domain::assessment::{Assessment, assess};
use crate::domain::distribution::{Distribution, Looked, Origin, Signing};
use crate::domain::endpoint::{OriginKind, service};
use crate::domain::exposure::{Exposure, needs_signing};
use crate::domain::fault::FaultKind;
use crate::domain::rule::Rule;
use crate::domain::tally::{AccountState, Coverage, Tally};
use crate::domain::text::is_plain;
use crate::domain::verdict::{Lens, Verdict};
use crate::inventory::load::{self, Source};
use crate::inventory::report::{LoadId, Report, Stage};

fn arrivals(settings: Settings) -> Vec<Arrival> {
    let demo = Demo::new(settings);
    demo.planned.iter().map(|planned| demo.arrival(planned)).collect()
}

fn listed(arrivals: &[Arrival]) -> Vec<Distribution> {
    let told = arrivals.iter().flat_map(|a| &a.told);
    let pages = told.filter_map(|(_, told)| match told {
        Told::Listed(distributions) => Some(distributions),
        Told::Entered(_) => None,
    });
    pages.flatten().cloned().collect()
}

fn judged(distributions: &[Distribution]) -> Vec<(&Distribution, &Origin, Assessment)> {
    distributions.iter().flat_map(|d| d.origins.iter().map(move |o| (d, o, assess(d, o)))).collect()
}

fn quick() -> Settings {
    Settings { latency_ms: 0, ..Settings::default() }
}

#[test]
fn every_verdict_exposure_and_kind_is_shown() {
    let distributions = listed(&arrivals(quick()));
    let judged = judged(&distributions);
    let any = |wanted: &dyn Fn(&Assessment) -> bool| judged.iter().any(|(_, _, a)| wanted(a));
    for lens in [Lens::Traffic, Lens::D9] {
        for verdict in Verdict::BY_SEVERITY {
            let shown = any(&|a| a.verdict(lens) == verdict);
            let exists = lens == Lens::D9 || verdict != Verdict::NotApplicable;
            assert!(
                shown == exists || (lens, verdict) == (Lens::D9, Verdict::Warn),
                "{lens:?} {verdict:?}"
            );
        }
    }
    use {Exposure as E, OriginKind as K};
    let pairs = [
        (
            K::Custom,
            vec![
                E::Plaintext,
                E::PlaintextPossible,
                E::Latent,
                E::Unknown,
                E::EncryptedByViewer,
                E::Encrypted,
            ],
        ),
        (
            K::S3,
            vec![E::PlaintextPossible, E::Latent, E::Unknown, E::EncryptedByViewer, E::Encrypted],
        ),
        (K::S3Website, vec![E::Plaintext, E::PlaintextPossible, E::Latent, E::Broken]),
        (
            K::Vpc,
            vec![
                E::Plaintext,
                E::PlaintextPossible,
                E::Unknown,
                E::EncryptedByViewer,
                E::Encrypted,
            ],
        ),
        (K::Unknown, vec![E::Unknown]),
    ];
    for (kind, exposures) in pairs {
        for exposure in exposures {
            assert!(any(&|a| a.kind == kind && a.exposure == exposure), "{kind:?} {exposure:?}");
        }
    }
    for rule in [Rule::Pass, Rule::NotApplicable] {
        assert!(any(&|a| a.gap() && a.rule == rule), "a gap of {rule:?}");
    }
    assert!(any(&Assessment::overcautious));
    assert!(any(&|a| !a.weak_tls.is_empty() && a.is_encrypted()));
    assert!(any(&|a| !a.weak_tls.is_empty() && a.is_plaintext()));
    assert!(any(&|a| !a.whole));
}

#[test]
fn edge_code_is_shown_in_its_three_ways() {
    let distributions = listed(&arrivals(quick()));
    let mut ways = HashSet::new();
    for (distribution, origin, assessment) in judged(&distributions) {
        let reached = distribution.routes(origin).any(|b| b.edge_code);
        if assessment.edge_rewrite {
            ways.insert((reached, (!reached).then_some(assessment.exposure)));
        }
    }
    assert!(ways.contains(&(true, None)));
    assert!(ways.contains(&(false, Some(Exposure::Latent))));
    assert!(ways.contains(&(false, Some(Exposure::EncryptedByViewer))));
}

#[test]
fn every_account_state_and_the_usual_faults_are_shown() {
    let demo = Demo::new(quick());
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds = HashSet::new();
    let mut coverage = Coverage::default();
    for (ix, account) in demo.fleet().accounts.iter().enumerate() {
        let ending = demo.arrival(&demo.planned[ix]).ending;
        let state = if account.enabled { ending.state } else { AccountState::Skipped };
        coverage.add(state);
        *states.entry(format!("{state:?}")).or_default() += 1;
        let fault = ending.fault.filter(|_| account.enabled);
        assert_eq!(fault.is_some(), matches!(state, AccountState::Failed | AccountState::Partial));
        if let Some(fault) = fault {
            assert!(is_plain(&fault.message) && is_plain(&fault.hint) && !fault.hint.is_empty());
            kinds.insert(fault.kind);
        }
    }
    assert_eq!(states["Skipped"], 1);
    assert_eq!((coverage.accounts, coverage.failed, coverage.partial), (41, 5, 2));
    for kind in [
        FaultKind::Denied,
        FaultKind::WrongAccount,
        FaultKind::Expired,
        FaultKind::Timeout,
        FaultKind::Malformed,
        FaultKind::Network,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

#[test]
fn a_real_company_passes_mostly() {
    for seed in [1, 2, 7] {
        let distributions = listed(&arrivals(Settings { seed, ..quick() }));
        let judged = judged(&distributions);
        let mut tally = Tally::default();
        judged.iter().for_each(|(_, _, a)| tally.add(a, Lens::Traffic));
        assert_eq!((distributions.len(), tally.origins), (150, 312));
        let percent = tally.percent_encrypted();
        assert!((74.0..=86.0).contains(&percent), "{percent} of a hundred with seed {seed}");
        let services: HashSet<&str> = judged.iter().map(|(_, o, _)| service(o)).collect();
        for one in ["elb", "apigw", "lambda", "media", "s3", "s3+oac", "s3-web", "vpc", "custom"] {
            assert!(services.contains(one), "{one}");
        }
    }
}

#[test]
fn every_signing_behavior_is_asked_for_where_it_matters() {
    let distributions = listed(&arrivals(quick()));
    let mut found = HashSet::new();
    for (distribution, origin, _) in judged(&distributions) {
        let Some(s3) = &origin.s3 else { continue };
        let asked = s3.signing != Looked::NotNeeded;
        assert_eq!(asked, needs_signing(distribution, origin));
        found.extend(s3.signing.found().map(|s| Signing::as_str(s).to_owned()));
    }
    for signing in ["always", "never", "no-override", "always-v2"] {
        assert!(found.contains(signing), "{signing}");
    }
}

#[test]
fn descriptions_hold_together() {
    for settings in [quick(), Settings::sized(Some(90), None, None)] {
        let distributions = listed(&arrivals(settings));
        let cut: Vec<&Distribution> =
            distributions.iter().filter(|d| !d.defects.is_empty()).collect();
        assert_eq!(cut.len(), 1);
        let mut seen = HashSet::new();
        for distribution in &distributions {
            let id = distribution.id.as_str();
            assert!(seen.insert(distribution.arn.clone()), "{id} comes twice");
            assert_eq!(inconsistency(distribution), None, "{id}");
            assert!(distribution.last_modified.is_some_and(|at| at < NOW), "{id}");
            assert!(distribution.source.request_id.is_some(), "{id}");
            assert!(distribution.source.read_at.is_none(), "{id}: the store stamps it");
        }
    }
}

fn inconsistency(distribution: &Distribution) -> Option<&'static str> {
    let origins: HashSet<&str> = distribution.origins.iter().map(|o| o.id.as_str()).collect();
    let groups: HashSet<&str> = distribution.groups.iter().map(|g| g.id.as_str()).collect();
    let mut paths = HashSet::new();
    let members = || distribution.groups.iter().flat_map(|g| &g.members);
    let targets = || distribution.behaviors.iter().map(|b| b.target.as_str());
    let wrong = [
        (origins.len() != distribution.origins.len(), "an origin id comes twice"),
        (distribution.origins.iter().any(|o| o.domain.is_empty()), "an origin has no domain"),
        (!origins.is_disjoint(&groups), "a group is called like an origin"),
        (!members().all(|m| origins.contains(m.as_str())), "a member is no origin"),
        (!targets().all(|t| origins.contains(t) || groups.contains(t)), "a target is missing"),
        (!distribution.behaviors.iter().all(|b| paths.insert(&b.path)), "a path comes twice"),
        (distribution.behaviors.first().is_none_or(|b| b.path.is_some()), "no default first"),
    ];
    wrong.into_iter().find_map(|(is, what)| is.then_some(what))
}

#[test]
fn the_same_seed_gives_the_same_fleet_in_any_order() {
    let one = Demo::new(Settings::default());
    let two = Demo::new(Settings { latency_ms: 3, ..Settings::default() });
    let said = |demo: &Demo, ix| listed(&[demo.arrival(&demo.planned[ix])]);
    let forwards: Vec<_> = (0..42).map(|ix| said(&one, ix)).collect();
    let backwards: Vec<_> = (0..42).rev().map(|ix| said(&two, ix)).rev().collect();
    assert_eq!(forwards, backwards);
    assert_eq!(one.fleet(), two.fleet());
    let other = Demo::new(Settings { seed: 2, ..Settings::default() });
    assert_ne!(forwards, (0..42).map(|ix| said(&other, ix)).collect::<Vec<_>>());
}

#[test]
fn accounts_are_many_and_none_is_twice_there() {
    let fleet = Demo::new(Settings { accounts: 12_000, ..quick() }).fleet();
    let ids: HashSet<_> = fleet.accounts.iter().map(|a| &a.id).collect();
    let names: HashSet<_> = fleet.accounts.iter().map(|a| &a.name).collect();
    assert_eq!((ids.len(), names.len()), (12_000, 12_000));
    assert_eq!(fleet.path, None);
}

#[test]
fn a_large_fleet_shows_what_a_small_one_does() {
    let settings = Settings { latency_ms: 0, ..Settings::sized(Some(1000), None, Some(100_000)) };
    let large = Demo::new(settings);
    let small = Demo::new(quick());
    let mut origins = 0;
    for ix in 0..1000 {
        let arrival = large.arrival(&large.planned[ix]);
        if small.planned.get(ix).is_some_and(|p| !p.shown.is_empty()) {
            assert_eq!(arrival, small.arrival(&small.planned[ix]));
        }
        origins += listed(&[arrival]).iter().map(|d| d.origins.len()).sum::<usize>();
    }
    assert_eq!(origins, 100_000);
}

#[test]
fn one_account_may_hold_it_all() {
    let settings = Settings { latency_ms: 0, ..Settings::sized(Some(1), None, Some(10_000)) };
    let distributions = listed(&arrivals(settings));
    assert_eq!(distributions.iter().map(|d| d.origins.len()).sum::<usize>(), 10_000);
    let ids: HashSet<_> = distributions.iter().map(|d| &d.id).collect();
    assert_eq!(ids.len(), distributions.len());
    assert!(distributions.iter().any(|d| d.source.call == "ListDistributions, page 3"));
}

#[test]
fn sizes_at_the_edge_are_no_trouble() {
    let sized = |accounts, distributions, origins| {
        let settings =
            Settings { accounts, distributions, origins, latency_ms: u64::MAX, seed: u64::MAX };
        listed(&arrivals(settings)).iter().map(|d| d.origins.len()).sum::<usize>()
    };
    assert_eq!(sized(0, 0, 0), 8);
    assert_eq!(sized(1, 1, 9), 9);
    assert_eq!(sized(60, 0, 1000), 1000);
    assert_eq!(sized(60, 5000, 1000), 1000);
    assert_eq!(sized(42, 0, 0), sized(23, 0, 0));
}

#[test]
fn numbers_that_are_not_given_follow() {
    assert_eq!(Settings::sized(None, None, None), Settings::default());
    assert_eq!(Settings::sized(Some(84), None, None).origins, 624);
    assert_eq!(Settings::sized(None, None, Some(624)).distributions, 300);
    assert_eq!(Settings::sized(None, Some(300), None).origins, 624);
}

#[test]
fn hostile_and_long_names_are_among_them() {
    let distributions = listed(&arrivals(quick()));
    let origins = || distributions.iter().flat_map(|d| &d.origins);
    assert!(origins().any(|o| o.id.as_str() == "'; touch pwned; $(touch pwned)"));
    for harmful in ['\u{1b}', '\u{202e}', '\u{9b}', '\n'] {
        assert!(origins().any(|o| o.id.as_str().contains(harmful)), "{harmful:?}");
    }
    assert!(origins().any(|o| o.id.as_str().chars().count() == 128));
    assert!(origins().any(|o| o.domain.len() >= 200));
    assert!(distributions.iter().any(|d| d.comment.contains('\u{9b}')));
    assert!(distributions.iter().any(|d| d.comment.is_empty()));
}

/// Names that nobody can own, and nothing that looks like a real account's.
#[test]
fn domains_are_invented() {
    const RESERVED: &[&str] = &[".example", ".example.com", ".example.net", ".example.org"];
    let distributions = listed(&arrivals(Settings::sized(Some(90), None, None)));
    for distribution in &distributions {
        let aliases = distribution.aliases.iter();
        for domain in distribution.origins.iter().map(|o| &o.domain).chain(aliases) {
            let reserved = RESERVED.iter().any(|suffix| domain.ends_with(suffix));
            let aws = domain.contains("amazonaws.com") || domain.ends_with(".on.aws");
            let invented = reserved || (aws && domain.contains("example"));
            assert!(invented || domain.starts_with("{{"), "{domain:?}");
        }
    }
}

/// What the loader sends for the whole fleet, and the seconds that it takes.
async fn loaded(settings: Settings) -> (Vec<Report>, f64) {
    let demo = Demo::new(settings);
    let fleet = demo.fleet();
    let which = (0..fleet.accounts.len()).collect();
    let (sender, mut receiver) = mpsc::channel(16);
    let began = tokio::time::Instant::now();
    let source = Arc::new(Source::Demo(demo));
    let accounts = fleet.accounts.into();
    tokio::spawn(load::load(source, accounts, which, fleet.load, LoadId(7), sender));
    let mut reports = Vec::new();
    while let Some((load, report)) = receiver.recv().await {
        assert_eq!(load, LoadId(7));
        reports.push(report);
    }
    (reports, began.elapsed().as_secs_f64())
}

#[tokio::test(start_paused = true)]
async fn it_arrives_within_seconds() {
    let (reports, took) = loaded(Settings::default()).await;
    assert!((3.0..=5.0).contains(&took), "it took {took} s");
    let mut ended = HashSet::new();
    let mut throttled = HashSet::new();
    for report in &reports {
        let (Report::Entered { account, .. }
        | Report::Listed { account, .. }
        | Report::Ended { account, .. }) = report;
        assert!(!ended.contains(account), "a report after the end of {account}");
        match report {
            Report::Entered { stage: Stage::Throttled { .. }, .. } => {
                throttled.insert(*account);
            }
            Report::Ended { .. } => {
                ended.insert(*account);
            }
            _ => {}
        }
    }
    assert_eq!((ended.len(), throttled.len()), (41, 1));
}

#[tokio::test(start_paused = true)]
async fn without_latency_it_waits_for_nothing() {
    let (reports, took) = loaded(quick()).await;
    assert_eq!(took, 0.0);
    let ended = reports.iter().filter(|r| matches!(r, Report::Ended { .. })).count();
    assert_eq!(ended, 41);
}

#[tokio::test]
async fn a_narrowed_fleet_shows_the_same() {
    let demo = Demo::new(quick());
    let (ix, expected) = (30, listed(&[demo.arrival(&demo.planned[30])]));
    let account = demo.planned[ix].account.clone();
    let (sender, mut receiver) = mpsc::channel(16);
    let ending = demo.read(&account, &Reporter::new(0, LoadId(1), sender)).await;
    assert_eq!(ending.state, AccountState::Complete);
    let mut came = Vec::new();
    while let Some((_, report)) = receiver.recv().await {
        if let Report::Listed { account, distributions } = report {
            assert_eq!(account, 0);
            came.extend(distributions);
        }
    }
    assert_eq!(came, expected);
}

#[tokio::test]
async fn an_account_of_another_fleet_fails() {
    let demo = Demo::new(quick());
    let id = crate::domain::ids::AccountId::parse("000000000000").unwrap();
    let stranger = Account { id, ..demo.planned[0].account.clone() };
    let (sender, _receiver) = mpsc::channel(16);
    let ending = demo.read(&stranger, &Reporter::new(0, LoadId(1), sender)).await;
    assert_eq!(ending.state, AccountState::Failed);
    assert_eq!(ending.fault.map(|f| f.kind), Some(FaultKind::NotFound));
}
