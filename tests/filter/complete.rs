//! What Tab completes.

use cf_tui::app::filter::Filter;
use cf_tui::app::filter::complete::complete;

use crate::explorer::Explorer;
use crate::{INDEX, STORE, passing};

fn words(text: &str) -> Vec<String> {
    complete(text, &STORE, &INDEX).map_or(Vec::new(), |completion| completion.words)
}

#[test]
fn names_states_and_versions() {
    assert_eq!(words("acc"), ["account:", "account_id:"]);
    assert_eq!(words("prod|!ORIGIN"), ["origin:", "origin_id:"]);
    assert_eq!(words("(ver"), ["verdict"]);
    assert_eq!(words("ag"), ["age>"]);
    assert_eq!(words("shop is:w"), ["warn", "weak_tls"]);
    assert_eq!(words("has:"), ["error"]);
    assert_eq!(words("verdict>="), ["fail", "unknown", "warn", "pass", "not_applicable"]);
    assert_eq!(words("tls<tlsv1."), ["TLSv1.1", "TLSv1.2"]);
    assert_eq!(words("nothing-begins-so"), [""; 0]);
    assert_eq!(words("nothing:"), [""; 0]);
    assert!(words("").len() > 20);
}

#[test]
fn values_of_the_fleet_the_most_frequent_first() {
    let found = words("type:");
    assert!(found.contains(&r"s3\+oac".to_owned()), "{found:?}");
    assert!(words("type=").contains(&"s3+oac".to_owned()));
    let counts: Vec<usize> = found.iter().map(|v| passing(&format!("type:^{v}$")).len()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts.iter().all(|c| *c > 0), "{counts:?}");
    assert_eq!(words("account:shop-p"), ["shop-prod"]);
    assert_eq!(words("account!=shop-p"), ["shop-prod"]);
    assert_eq!(words("tag:env=pr"), ["env=prod"]);
    assert_eq!(words("tag:env:pr"), ["env=prod"]);
    assert_eq!(words("var:owner=team-w"), ["owner=team-web"]);
    assert!(words("origin:").len() == 50);
    let comments = words("comment=\"shop s");
    assert_eq!(comments, ["\"Shop storefront\""]);
}

#[test]
fn every_value_that_is_offered_can_be_read_and_is_found() {
    for name in ["account", "origin", "comment", "alias", "path", "owner", "viewer", "status"] {
        for sign in [":", "="] {
            for value in words(&format!("{name}{sign}")) {
                let text = format!("{name}{sign}{value}");
                assert!(Filter::parse(&text).is_ok(), "{text}");
                assert!(!passing(&text).is_empty(), "{text}");
            }
        }
    }
}

#[test]
fn tab_goes_through_the_words_and_back() {
    let mut explorer = Explorer::demo(80, 24);
    let typed = |explorer: &Explorer| explorer.model.filter.line.text().to_owned();
    explorer.keys("/shop is:w<tab>");
    assert_eq!(typed(&explorer), "shop is:warn");
    assert_eq!(explorer.model.index.visible().len(), passing("shop is:warn").len());
    explorer.keys("<tab>");
    assert_eq!(typed(&explorer), "shop is:weak_tls");
    explorer.keys("<tab>");
    assert_eq!(typed(&explorer), "shop is:warn");
    explorer.keys("<backtab>");
    assert_eq!(typed(&explorer), "shop is:weak_tls");
    // A key that edits ends it; the only word needs no second Tab.
    explorer.keys(" ver<tab>");
    assert_eq!(typed(&explorer), "shop is:weak_tls verdict");
    assert!(explorer.model.filter.completion.is_none());
    explorer.keys(">=<tab>");
    assert_eq!(typed(&explorer), "shop is:weak_tls verdict>=fail");
    // What stands behind the cursor stays.
    explorer.keys("<ctrl-u>acc alb<home><right><right><right><tab>");
    assert_eq!(typed(&explorer), "account: alb");
}
