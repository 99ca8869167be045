//! The script for the behaviors that lead to an S3 origin.

use cf_tui::domain::fix;
use serde_json::{Value, json};

use super::{HOSTILE, Stub, in_parallel, origin};
use crate::findings::{Sample, behavior, custom, group, s3, vpc};
use crate::shells::{SHELLS, WRAPPINGS, ready};

const DOMAIN: &str = "bucket.s3.eu-west-1.amazonaws.com";

/// Behaviors: path, target and viewer policy; the first is the default one.
fn config(id: &str, behaviors: &[(&str, &str)]) -> Value {
    let of = |(target, viewer): &(&str, &str)| json!({"TargetOriginId": target, "ViewerProtocolPolicy": viewer, "Compress": true});
    let items: Vec<Value> = behaviors[1..].iter().map(of).collect();
    json!({
        "ETag": "E1OLD",
        "DistributionConfig": {
            "Origins": {"Quantity": 2, "Items": [
                {"Id": id, "DomainName": DOMAIN, "S3OriginConfig": {"OriginAccessIdentity": ""}},
                origin("web", "match-viewer"),
            ]},
            "OriginGroups": {"Quantity": 2, "Items": [
                {"Id": "has it", "Members": {"Items": [{"OriginId": "web"}, {"OriginId": id}]}},
                {"Id": "has it not", "Members": {"Items": [{"OriginId": "web"}]}},
            ]},
            "DefaultCacheBehavior": of(&behaviors[0]),
            "CacheBehaviors": {"Quantity": items.len(), "Items": items},
        },
    })
}

fn script(id: &str) -> String {
    let cli = fix::cli(&Sample::of(s3(id)).finding()).unwrap();
    assert!(cli.is_script, "{}", cli.title);
    cli.text
}

#[test]
fn just_the_open_behaviors_that_reach_it_change_in_every_shell() {
    if !ready() {
        return;
    }
    in_parallel(HOSTILE.len(), |n| {
        let (id, shell) = (HOSTILE[n], SHELLS[n % SHELLS.len()]);
        let (before, after) = WRAPPINGS[n % WRAPPINGS.len()];
        let behaviors = |reached: &'static str| {
            [
                ("web", "allow-all"),
                (id, reached),
                (id, "https-only"),
                ("has it", reached),
                ("has it not", "allow-all"),
                (id, "redirect-to-https"),
            ]
        };
        let stub = Stub::new(&config(id, &behaviors("allow-all")));
        let ran = stub.run(shell, &format!("{before}{}{after}", script(id)));
        let wanted = config(id, &behaviors("redirect-to-https"))["DistributionConfig"].take();
        assert_eq!(stub.posted(), Some(wanted), "{shell:?} {id} {ran:?}");
        assert_eq!(ran.files, [""; 0], "{shell:?} {id} {ran:?}");
    });
}

#[test]
fn the_default_behavior_changes_where_it_is_the_one() {
    if !ready() {
        return;
    }
    let mut config = config("b", &[("b", "allow-all")]);
    let whole = &mut config["DistributionConfig"];
    whole["CacheBehaviors"] = json!({"Quantity": 0});
    whole["OriginGroups"] = json!({"Quantity": 0});
    let stub = Stub::new(&config);
    let ran = stub.run(&["dash"], &script("b"));
    let mut wanted = config["DistributionConfig"].take();
    wanted["DefaultCacheBehavior"]["ViewerProtocolPolicy"] = "redirect-to-https".into();
    assert_eq!(stub.posted(), Some(wanted), "{ran:?}");
}

#[test]
fn its_refusals_stop_before_the_write() {
    if !ready() {
        return;
    }
    let mut moved = config("b", &[("b", "allow-all")]);
    moved["DistributionConfig"]["Origins"]["Items"][0]["DomainName"] = "x.example".into();
    let mut custom = config("b", &[("b", "allow-all")]);
    custom["DistributionConfig"]["Origins"]["Items"] = json!([origin("b", "http-only")]);
    let cases = [
        ("no behavior that reaches the origin lets", config("b", &[("b", "https-only")])),
        ("no behavior that reaches the origin lets", config("b", &[("web", "allow-all")])),
        ("not one that this fix knows", config("b", &[("b", "allow-all"), ("b", "new")])),
        ("has no such origin", config("c", &[("b", "allow-all")])),
        ("any more", moved),
        ("not an S3 origin", custom),
    ];
    in_parallel(cases.len(), |n| {
        let (said, config) = &cases[n];
        let stub = Stub::new(config);
        let ran = stub.run(SHELLS[n % SHELLS.len()], &script("b"));
        assert!(ran.stderr.contains(said) && ran.stderr.contains("nothing was changed"), "{ran:?}");
        assert_eq!(stub.posted(), None, "{ran:?}");
        assert!(ran.status != Some(0) && ran.kept.is_empty(), "{ran:?}");
    });
}

/// The same for a custom origin: the other way of one that is match-viewer.
fn script_of_custom(id: &str) -> String {
    let mut sample = Sample::of(custom(id, DOMAIN, "match-viewer", &["TLSv1.2"]));
    let others = fix::others(&sample.finding());
    let [other] = others.as_slice() else { panic!("{others:?}") };
    let cli = other.cli.clone().unwrap();
    assert!(cli.is_script && cli.title.contains("redirect-to-https"), "{}", cli.title);
    cli.text
}

fn config_of_custom(id: &str, policy: &str, behaviors: &[(&str, &str)]) -> Value {
    let mut config = config(id, behaviors);
    let mut custom = origin(id, policy);
    custom["DomainName"] = DOMAIN.into();
    config["DistributionConfig"]["Origins"]["Items"][0] = custom;
    config
}

#[test]
fn a_match_viewer_origin_has_it_too_in_every_shell() {
    if !ready() {
        return;
    }
    in_parallel(HOSTILE.len(), |n| {
        let (id, shell) = (HOSTILE[n], SHELLS[n % SHELLS.len()]);
        let config = |reached: &'static str| {
            let behaviors =
                [("has it", reached), (id, reached), ("web", "allow-all"), (id, "https-only")];
            config_of_custom(id, "match-viewer", &behaviors)
        };
        let stub = Stub::new(&config("allow-all"));
        let ran = stub.run(shell, &script_of_custom(id));
        let wanted = config("redirect-to-https")["DistributionConfig"].take();
        assert_eq!(stub.posted(), Some(wanted), "{shell:?} {id} {ran:?}");
        assert_eq!(ran.files, [""; 0], "{shell:?} {id} {ran:?}");
    });
}

#[test]
fn a_custom_origin_that_is_no_longer_match_viewer_is_refused_before_the_write() {
    if !ready() {
        return;
    }
    let of = |policy: &str, viewer| config_of_custom("b", policy, &[("b", viewer)]);
    let cases = [
        (
            "http-only now, so it gets plain HTTP whatever viewers speak",
            of("http-only", "allow-all"),
        ),
        ("https-only now, so there is nothing to do", of("https-only", "allow-all")),
        ("not one that this fix knows", of("brand-new", "allow-all")),
        ("no behavior that reaches the origin lets", of("match-viewer", "redirect-to-https")),
        ("not a custom origin", config("b", &[("b", "allow-all")])),
    ];
    in_parallel(cases.len() * SHELLS.len(), |n| {
        let ((said, config), shell) = (&cases[n % cases.len()], SHELLS[n / cases.len()]);
        let stub = Stub::new(config);
        let ran = stub.run(shell, &script_of_custom("b"));
        assert!(ran.stderr.contains(said) && ran.stderr.contains("nothing was changed"), "{ran:?}");
        assert_eq!(stub.posted(), None, "{shell:?} {ran:?}");
        assert!(ran.status != Some(0) && ran.kept.is_empty(), "{shell:?} {ran:?}");
    });
}

#[test]
fn where_it_would_help_nothing_there_is_no_such_script() {
    let none = |mut sample: Sample| {
        let others = fix::others(&sample.finding());
        others.iter().all(|other| !other.title.contains("redirect-to-https"))
    };
    let web = |policy: &str| Sample::of(custom("b", DOMAIN, policy, &["TLSv1.2"]));
    assert!(none(web("http-only")));
    assert!(none(web("match-viewer").with(|d| d.behaviors.clear())));
    let vpc = Sample::of(vpc("b", "match-viewer", &["TLSv1.2"]));
    assert!(none(vpc), "its policy is not in the configuration of the distribution");
}

#[test]
fn no_line_is_longer_than_a_terminal_takes() {
    let quotes = "'".repeat(249);
    for text in [script(&quotes), script_of_custom(&quotes)] {
        let longest = text.lines().map(str::len).max().unwrap();
        assert!(longest < 1_100, "{longest}");
    }
}

#[test]
fn where_no_open_behavior_leads_to_it_there_is_no_script() {
    let unrouted = |d: &mut cf_tui::domain::distribution::Distribution| {
        d.behaviors = vec![behavior(None, "web", "allow-all")];
        d.groups = vec![group("g", &["web"])];
    };
    assert!(!fix::cli(&Sample::of(s3("b")).with(unrouted).finding()).unwrap().is_script);
}
