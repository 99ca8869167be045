//! What each construct finds.

use cf_tui::app::filter::{Filter, GRAMMAR};
use cf_tui::app::store::RowId;
use cf_tui::domain::verdict::Lens;

use crate::{STORE, matches, passing};

/// Rows of the account shop-prod by distribution and origin, ordered.
fn in_shop(filter: &str) -> Vec<String> {
    let name = |row: RowId| {
        let finding = STORE.finding(row).unwrap();
        let distribution = &finding.distribution.id.as_str()[..3];
        (finding.account.name == "shop-prod")
            .then(|| format!("{distribution}/{}", finding.origin.id.as_str()))
    };
    let mut found: Vec<String> = passing(filter).into_iter().filter_map(name).collect();
    found.sort();
    found
}

const ALB: &str = "E1A/alb-legacy";
const API: &str = "E1A/api";
const ASSETS: &str = "E1A/S3-assets-shop";
const BETA: &str = "E1C/alb-legacy";
const EU: &str = "E1B/static-eu";
const IMG: &str = "E1A/img";
const NEXT: &str = "E1C/alb-next";
const US: &str = "E1B/static-us";
const ALL: [&str; 8] = [ALB, API, ASSETS, BETA, EU, IMG, NEXT, US];

#[test]
fn every_construct_finds_these_rows_of_shop_prod() {
    let cases: &[(&str, &[&str])] = &[
        ("", &ALL),
        ("   ", &ALL),
        // Words.
        ("shop ALB", &[ALB, BETA, NEXT]),
        ("legacy 111122223333", &[ALB, BETA]),
        ("m.shop.example", &[ALB, API, ASSETS, IMG]),
        ("\"Shop storefront\"", &[ALB, API, ASSETS, IMG]),
        ("\"storefront shop\"", &[]),
        ("Shop\" \"storefront", &[ALB, API, ASSETS, IMG]),
        ("fail legacy", &[ALB, BETA]),
        ("no-such-word", &[]),
        // Or, not, parentheses.
        ("img|api", &[IMG, API]),
        ("img | api", &[IMG, API]),
        ("shop img|api", &[IMG, API]),
        ("img|api fail", &[IMG]),
        ("img | api | nothing", &[IMG, API]),
        ("!s3 !alb", &[API, IMG]),
        ("! s3 !!alb", &[ALB, BETA, NEXT]),
        ("img|!shop", &[IMG]),
        ("(legacy e1a9)|img", &[ALB, IMG]),
        ("!(legacy|static) fail", &[IMG]),
        ("((img))", &[IMG]),
        // Quotes take the meaning.
        ("\"img|api\"", &[]),
        ("\"!s3\"", &[]),
        ("\"~img\"", &[]),
        ("\"origin:img\"", &[]),
        // Patterns.
        ("origin:^legacy", &[ALB, BETA]),
        ("ORIGIN:^LEGACY", &[ALB, BETA]),
        ("domain:^legacy", &[ALB, BETA]),
        ("origin:\"^img|^api\"", &[IMG, API]),
        ("origin:^(img|api)", &[IMG, API]),
        ("origin:\"^(img|api)\"", &[IMG, API]),
        ("origin:^(img)\\.", &[IMG]),
        ("!origin:amazonaws", &[API, IMG]),
        ("type:^s3", &[ASSETS, EU, US]),
        ("!type:s3", &[ALB, API, BETA, IMG, NEXT]),
        ("kind:elb", &[ALB, BETA, NEXT]),
        ("d9:F", &[]),
        ("alias:^m\\.", &[ALB, API, ASSETS, IMG]),
        ("comment:\"two buckets\"", &[EU, US]),
        ("modified:2026-11", &[ALB, API, ASSETS, BETA, IMG, NEXT]),
        // Whole cells.
        ("account=shop-prod", &ALL),
        ("account=SHOP-PROD", &ALL),
        ("account==shop-prod", &ALL),
        ("account=shop", &[]),
        ("!account=shop-prod", &[]),
        ("account!=shop-prod", &[]),
        ("account!=pay-prod origin-id=img", &[IMG]),
        ("type=\"s3+oac\"", &[ASSETS, EU, US]),
        ("type=s3", &[]),
        ("alias=m.shop.example", &[ALB, API, ASSETS, IMG]),
        ("protocol=-", &[ASSETS]),
        ("edge=\" \"", &ALL),
        ("edge=^", &[]),
        // Verdicts, by severity.
        ("verdict>=warn", &[ALB, API, BETA, IMG, US]),
        ("verdict>warn", &[ALB, BETA, IMG, US]),
        ("verdict<=warn", &[API, ASSETS, EU, NEXT]),
        ("verdict<warn", &[ASSETS, EU, NEXT]),
        ("verdict=WARN", &[API]),
        ("verdict!=fail", &[API, ASSETS, EU, NEXT]),
        ("verdict>=unkn", &[ALB, BETA, IMG, US]),
        ("verdict=unknown", &[]),
        ("verdict:fail|warn", &[ALB, API, BETA, IMG, US]),
        ("verdict:\"fail|warn\"", &[ALB, API, BETA, IMG, US]),
        // TLS: what has none, or did not tell it, is in no comparison.
        ("tls<1.2", &[API, IMG]),
        ("tls<=TLSv1", &[IMG]),
        ("tls<1.3", &[API, IMG, NEXT]),
        ("tls>1.0", &[API, NEXT]),
        ("tls>=sslv3", &[API, IMG, NEXT]),
        ("tls=1", &[IMG]),
        ("tls=TLSv1.2", &[NEXT]),
        ("tls=-", &[ALB, ASSETS, BETA, EU, US]),
        ("tls!=1.2", &[ALB, API, ASSETS, BETA, EU, IMG, US]),
        ("!tls<1.2", &[ALB, ASSETS, BETA, EU, NEXT, US]),
        // Age and day of the last change: 2, 41 and 0 days ago.
        ("age>30d", &[EU, US]),
        ("age<=6w", &ALL),
        ("age<1d", &[BETA, NEXT]),
        ("age=2d", &[ALB, API, ASSETS, IMG]),
        ("age>=48h", &[ALB, API, ASSETS, EU, IMG, US]),
        ("modified>=2026-11-22", &[BETA, NEXT]),
        ("modified<2026-11", &[EU, US]),
        ("modified=2026", &ALL),
        ("modified>2026", &[]),
        // Tags and variables.
        ("tag:env", &ALL),
        ("tag:env=prod", &ALL),
        ("tag:env:PROD", &ALL),
        ("tag=env:prod", &ALL),
        ("tag:env=", &ALL),
        ("tag:env=dev", &[]),
        ("tag:prod", &[]),
        ("tag!=env:prod", &[]),
        ("var:owner", &ALL),
        ("var:owner=team-web", &ALL),
        ("var:owner=team", &[]),
        // States.
        ("is:gap", &[ALB, BETA, IMG, US]),
        ("is:problem", &[ALB, API, BETA, IMG, US]),
        ("is:fail", &[ALB, BETA, IMG, US]),
        ("is:warn", &[API]),
        ("is:pass", &[ASSETS, EU, NEXT]),
        ("is:unknown", &[]),
        ("is:weak_tls", &[API, IMG]),
        ("is:weak-TLS", &[API, IMG]),
        ("is:plaintext", &[ALB, BETA, IMG, US]),
        ("is:encrypted", &[API, ASSETS, EU, NEXT]),
        ("is:staging", &[BETA, NEXT]),
        ("is:deploying", &[BETA, NEXT]),
        ("is:marked", &[]),
        ("!is:marked", &ALL),
        ("is:disabled|is:latent|is:edge|is:broken|is:multi_tenant|is:not_applicable", &[]),
        ("has:error", &[]),
        // Fuzzy: in one cell, in this order.
        ("~lgcyalb", &[ALB, BETA]),
        ("~e1a9x", &[ALB, API, ASSETS, IMG]),
        ("~zzz", &[]),
        ("!~lgcyalb e1c7", &[NEXT]),
        // All of it.
        ("prod|dr !type:s3 verdict>=warn tls<1.2|age<1d", &[API, BETA, IMG]),
    ];
    for (filter, expected) in cases {
        let mut expected: Vec<&str> = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(in_shop(filter), expected, "{filter}");
    }
}

#[test]
fn states_that_shop_prod_lacks_are_found_elsewhere() {
    let about = |filter: &str, check: fn(RowId) -> bool| {
        let found = passing(filter);
        assert!(!found.is_empty() && found.len() < 312, "{filter}: {}", found.len());
        for row in STORE.live_rows() {
            assert_eq!(found.contains(&row), check(row), "{filter}");
        }
    };
    about("is:disabled", |row| !STORE.finding(row).unwrap().distribution.enabled);
    about("is:multi_tenant", |row| STORE.finding(row).unwrap().distribution.multi_tenant);
    about("is:edge", |row| STORE.finding(row).unwrap().assessment.edge_rewrite);
    about("edge=^", |row| STORE.finding(row).unwrap().assessment.edge_rewrite);
    about("is:overcautious", |row| STORE.finding(row).unwrap().assessment.overcautious());
    about("has:error", |row| {
        use cf_tui::domain::tally::AccountState::{Failed, Partial};
        matches!(STORE.accounts()[STORE.account_of(row)].state(), Some(Failed | Partial))
    });
    assert!(!passing("is:latent").is_empty() && !passing("is:broken").is_empty());
}

#[test]
fn a_verdict_is_that_of_the_lens_and_a_mark_that_of_the_row() {
    let count = |filter: &str, lens, marked| {
        let read = Filter::parse(filter).unwrap();
        STORE.live_rows().filter(|row| matches(&read, *row, lens, marked)).count()
    };
    assert_eq!(count("is:not_applicable", Lens::Traffic, false), 0);
    assert!(count("is:not_applicable verdict=n/a", Lens::D9, false) > 0);
    assert!(count("fail", Lens::D9, false) < count("is:problem", Lens::Traffic, false));
    assert_eq!(count("is:marked", Lens::Traffic, true), 312);
    assert!(Filter::parse("a (b|!is:marked)").unwrap().is_about_marks());
    assert!(!Filter::parse("a is:gap").unwrap().is_about_marks());
}

#[test]
fn every_example_of_the_help_finds_something() {
    for (example, _) in GRAMMAR {
        let found = passing(example).len();
        // Nothing is marked, and nobody's comment is two words.
        assert!(found < 312, "{example}");
        assert!(found > 0 || example.starts_with('"'), "{example}");
    }
}
