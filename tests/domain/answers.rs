//! Rule, verdicts, gap, weak TLS, caveats: by example.

use cf_tui::domain::assessment::plaintext_paths;
use cf_tui::domain::distribution::{Distribution, Looked, Origin};
use cf_tui::domain::endpoint::is_s3_website;
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::ids::OriginId;
use cf_tui::domain::reason::reason;
use cf_tui::domain::rule::{of_distribution, of_origin};
use cf_tui::domain::verdict::{Lens, Verdict, d9, traffic};

use crate::made::{
    answers, bare, custom, custom_at, distribution, endpoint, name, s3, signed, vpc, website,
};

#[test]
fn website_endpoints_in_all_their_spellings() {
    let yes = [
        "site.s3-website-eu-west-1.amazonaws.com",
        "site.s3-website-us-east-1.amazonaws.com",
        "site.s3-website.eu-central-1.amazonaws.com",
        "www.site.example.s3-website.eu-central-1.amazonaws.com",
        "www.site.example.s3-website-sa-east-1.amazonaws.com",
        "site.s3-website.cn-north-1.amazonaws.com.cn",
        "site.s3-website-cn-north-1.amazonaws.com.cn",
        "SITE.S3-Website-EU-West-1.AmazonAWS.com",
        "site.s3-website-eu-west-1.amazonaws.com.",
    ];
    let no = [
        "",
        "site.s3.eu-west-1.amazonaws.com",
        "s3-website-eu-west-1.example.com",
        "site.s3-website-eu-west-1.amazonaws.com.example.com",
        "site.s3-website-eu-west-1.amazonaws.org",
        "s3-website.s3.eu-west-1.amazonaws.com",
        "my-s3-website-bucket.s3.amazonaws.com",
        "site.s3-websites.eu-west-1.amazonaws.com",
        "amazonaws.com",
    ];
    for domain in yes {
        assert!(is_s3_website(domain), "{domain}");
    }
    for domain in no {
        assert!(!is_s3_website(domain), "{domain}");
    }
}

/// The rule per origin: origin config × default behavior's viewer policy.
#[test]
fn the_rule_of_an_origin() {
    #[rustfmt::skip]
    let table: [(Origin, [(&str, &str, &str); 4]); 7] = [
        (custom("https-only"), [
            ("allow-all", "pass", "origin_https_only"), ("redirect-to-https", "pass", "origin_https_only"),
            ("https-only", "pass", "origin_https_only"), ("quic-only", "pass", "origin_https_only")]),
        (custom("http-only"), [
            ("allow-all", "fail", ""), ("redirect-to-https", "pass", "viewer_redirect"),
            ("https-only", "pass", "viewer_https_only"), ("quic-only", "fail", "")]),
        (custom("match-viewer"), [
            ("allow-all", "fail", ""), ("redirect-to-https", "pass", "viewer_redirect"),
            ("https-only", "pass", "viewer_https_only"), ("quic-only", "fail", "")]),
        (website("http-only"), [
            ("allow-all", "fail", ""), ("redirect-to-https", "pass", "viewer_redirect"),
            ("https-only", "pass", "viewer_https_only"), ("quic-only", "fail", "")]),
        // A VPC origin has neither config: only the viewer clauses can pass it.
        (vpc(endpoint("https-only", None)), [
            ("allow-all", "fail", ""), ("redirect-to-https", "pass", "viewer_redirect"),
            ("https-only", "pass", "viewer_https_only"), ("quic-only", "fail", "")]),
        (bare("origin.example.com"), [
            ("allow-all", "fail", ""), ("redirect-to-https", "pass", "viewer_redirect"),
            ("https-only", "pass", "viewer_https_only"), ("quic-only", "fail", "")]),
        (signed("never"), [
            ("allow-all", "not_applicable", ""), ("redirect-to-https", "not_applicable", ""),
            ("https-only", "not_applicable", ""), ("quic-only", "not_applicable", "")]),
    ];
    for (origin, row) in table {
        for (viewer, rule, clause) in row {
            // Only the default behavior counts, wherever it leads; ordered ones never do.
            for behaviors in [
                vec![("", "o", viewer)],
                vec![("", "elsewhere", viewer), ("/a/*", "o", "allow-all")],
                vec![("", "elsewhere", viewer), ("/a/*", "o", "https-only")],
            ] {
                let made = distribution(origin.clone(), &behaviors);
                let (said, by) = of_origin(&made, &made.origins[0]);
                assert_eq!(name(said), rule, "{made:#?}");
                assert_eq!(by.map(name).unwrap_or_default(), clause, "{made:#?}");
                let answers = answers(&made);
                assert_eq!((answers.rule, answers.clause), (said, by));
            }
        }
    }
}

/// The rule per distribution: "at least one element satisfies".
#[test]
fn the_rule_of_a_distribution() {
    #[rustfmt::skip]
    let table: [(&[Origin], &str, &str, &str); 8] = [
        (&[custom("http-only")], "allow-all", "fail", ""),
        (&[custom("http-only"), custom("https-only")], "allow-all", "pass", "origin_https_only"),
        (&[custom("http-only"), custom("https-only")], "https-only", "pass", "origin_https_only"),
        (&[custom("http-only"), custom("match-viewer")], "redirect-to-https", "pass", "viewer_redirect"),
        (&[custom("http-only"), custom("match-viewer")], "https-only", "pass", "viewer_https_only"),
        (&[custom("http-only"), s3(None, Looked::NotNeeded)], "https-only", "not_applicable", ""),
        (&[vpc(endpoint("https-only", None))], "allow-all", "fail", ""),
        (&[], "allow-all", "fail", ""),
    ];
    for (origins, viewer, rule, clause) in table {
        let made = Distribution {
            origins: origins.to_vec(),
            ..distribution(custom("http-only"), &[("", "o", viewer)])
        };
        let (said, by) = of_distribution(&made);
        assert_eq!(
            (name(said).as_str(), by.map(name).unwrap_or_default().as_str()),
            (rule, clause)
        );
    }
}

#[test]
fn the_verdicts_of_both_lenses() {
    use cf_tui::domain::rule::Rule;
    #[rustfmt::skip]
    let traffic_table = [
        (Exposure::Plaintext,         "fail",    "fail"),
        (Exposure::PlaintextPossible, "fail",    "fail"),
        (Exposure::Unknown,           "unknown", "unknown"),
        (Exposure::Latent,            "warn",    "warn"),
        (Exposure::Broken,            "warn",    "warn"),
        (Exposure::Encrypted,         "pass",    "warn"),
        (Exposure::EncryptedByViewer, "pass",    "warn"),
    ];
    for (exposure, plain, weak) in traffic_table {
        assert_eq!(name(traffic(exposure, false)), plain);
        assert_eq!(name(traffic(exposure, true)), weak);
    }
    #[rustfmt::skip]
    let d9_table = [
        (Rule::Fail,          "fail",           "unknown"),
        (Rule::Pass,          "pass",           "unknown"),
        (Rule::NotApplicable, "not_applicable", "unknown"),
    ];
    for (rule, whole, cut) in d9_table {
        assert_eq!(name(d9(rule, true)), whole);
        assert_eq!(name(d9(rule, false)), cut);
    }
}

#[test]
fn severity_is_one_order() {
    use Verdict::{Fail, NotApplicable, Pass, Unknown, Warn};
    assert!(Fail > Unknown && Unknown > Warn && Warn > Pass && Pass > NotApplicable);
    assert_eq!(Verdict::BY_SEVERITY, [Fail, Unknown, Warn, Pass, NotApplicable]);
    for verdict in Verdict::BY_SEVERITY {
        assert_eq!(name(verdict), verdict.name());
        assert_eq!(verdict.word().chars().count(), 4);
    }
}

/// `(origin, behaviors, gap, overcautious)`: where the two answers part.
#[test]
fn where_rule_and_truth_part() {
    #[rustfmt::skip]
    let table: [(Origin, &[(&str, &str, &str)], bool, bool); 9] = [
        // The rule is content with the viewer's redirect; the origin's leg is plain all the same.
        (custom("http-only"), &[("", "o", "redirect-to-https")], true, false),
        (custom("match-viewer"), &[("", "elsewhere", "https-only"), ("/a/*", "o", "allow-all")], true, false),
        (signed("no-override"), &[("", "o", "allow-all")], true, false),
        (s3(None, Looked::NotNeeded), &[("", "o", "allow-all")], true, false),
        (custom("http-only"), &[("", "o", "allow-all")], false, false),
        (custom("https-only"), &[("", "o", "allow-all")], false, false),
        (vpc(endpoint("https-only", None)), &[("", "o", "allow-all")], false, true),
        (custom("match-viewer"), &[("", "elsewhere", "allow-all"), ("/a/*", "o", "https-only")], false, true),
        (custom("http-only"), &[("", "elsewhere", "allow-all")], false, false),
    ];
    for (origin, behaviors, gap, overcautious) in table {
        let made = distribution(origin, behaviors);
        let answers = answers(&made);
        assert_eq!((answers.gap(), answers.overcautious()), (gap, overcautious), "{made:#?}");
    }
}

#[test]
fn weak_tls_is_an_axis_of_its_own() {
    let all: Option<&[&str]> = Some(&["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"]);
    let old = ["SSLv3", "TLSv1", "TLSv1.1"];
    #[rustfmt::skip]
    let table: [(Origin, &[&str], &str); 9] = [
        (custom_at("a.example", "https-only", all), &old, "warn"),
        (custom_at("a.example", "match-viewer", all), &old, "warn"),
        (custom_at("a.example", "http-only", all), &[], "fail"),
        (custom_at("a.example", "https-only", Some(&["TLSv1.2"])), &[], "pass"),
        (custom_at("a.example", "https-only", Some(&["TLSv1.3"])), &[], "pass"),
        // A missing list is "not told", not a finding.
        (custom_at("a.example", "https-only", None), &[], "pass"),
        (custom_at("a.example", "https-only", Some(&[])), &[], "pass"),
        (vpc(endpoint("https-only", Some(&["TLSv1.1", "TLSv1.2"]))), &["TLSv1.1"], "warn"),
        (signed("always"), &[], "pass"),
    ];
    for (origin, weak, verdict) in table {
        let made = distribution(origin, &[("", "o", "https-only")]);
        let answers = answers(&made);
        assert_eq!(answers.weak_tls, weak, "{made:#?}");
        assert_eq!(name(answers.verdict(Lens::Traffic)), verdict, "{made:#?}");
    }
    // Weak TLS never hides plaintext, and is still counted as encrypted.
    let open = distribution(custom_at("a.example", "match-viewer", all), &[("", "o", "allow-all")]);
    assert_eq!(name(answers(&open).verdict(Lens::Traffic)), "fail");
    let weak = distribution(custom_at("a.example", "https-only", all), &[("", "o", "allow-all")]);
    assert!(answers(&weak).is_encrypted());
}

/// `(origin, behaviors, which of them has edge code, caveat)`.
#[test]
fn edge_code_is_a_caveat_in_three_ways() {
    let mv = || custom("match-viewer");
    #[rustfmt::skip]
    let table: [(Origin, &[(&str, &str, &str)], usize, bool); 11] = [
        // A behavior with edge code reaches it, itself or by a group.
        (custom("https-only"), &[("", "o", "https-only")], 0, true),
        (custom("http-only"), &[("", "group", "allow-all")], 0, true),
        (custom("https-only"), &[("", "elsewhere", "https-only"), ("/a/*", "o", "https-only")], 0, false),
        (custom("https-only"), &[("", "elsewhere", "https-only"), ("/a/*", "o", "https-only")], 1, true),
        // It is latent for want of a route: any edge code of the distribution may choose it.
        (custom("http-only"), &[("", "elsewhere", "https-only")], 0, true),
        (mv(), &[("", "elsewhere", "https-only")], 0, true),
        (custom("https-only"), &[("", "elsewhere", "allow-all")], 0, false),
        // Encrypted by its viewers, and edge code sees plain requests elsewhere.
        (mv(), &[("", "elsewhere", "allow-all"), ("/a/*", "o", "https-only")], 0, true),
        (mv(), &[("", "elsewhere", "redirect-to-https"), ("/a/*", "o", "https-only")], 0, false),
        (mv(), &[("", "elsewhere", "quic-only"), ("/a/*", "o", "https-only")], 0, false),
        // Plain already: what happens elsewhere adds nothing.
        (mv(), &[("", "elsewhere", "allow-all"), ("/a/*", "o", "allow-all")], 0, false),
    ];
    for (origin, behaviors, coded, caveat) in table {
        let mut made = distribution(origin, behaviors);
        let without = answers(&made);
        assert!(!without.edge_rewrite);
        made.behaviors[coded].edge_code = true;
        let with = answers(&made);
        assert_eq!(with.edge_rewrite, caveat, "{made:#?}");
        // The verdict stays; the reason says it.
        assert_eq!(with.exposure, without.exposure);
        let said = reason(&made, &made.origins[0], &with);
        assert_eq!(said.contains("edge code"), caveat, "{said}");
    }
}

/// Latent because it is switched off is not latent for want of a route.
#[test]
fn edge_code_of_a_disabled_distribution() {
    let behaviors = [("", "elsewhere", "https-only"), ("/a/*", "o", "allow-all")];
    let mut made = distribution(custom("http-only"), &behaviors);
    made.enabled = false;
    made.behaviors[0].edge_code = true;
    let answers = answers(&made);
    assert_eq!((answers.exposure, answers.edge_rewrite), (Exposure::Latent, false));
}

#[test]
fn the_paths_of_plaintext() {
    let behaviors = [
        ("", "o", "https-only"),
        ("/a/*", "group", "allow-all"),
        ("/b/*", "o", "redirect-to-https"),
        ("/c/*", "elsewhere", "allow-all"),
        ("/d/*", "o", "allow-all"),
    ];
    let cases = [
        (custom("http-only"), vec!["Default (*)", "/a/*", "/b/*", "/d/*"]),
        (custom("match-viewer"), vec!["/a/*", "/d/*"]),
        (custom("https-only"), vec![]),
        (custom("other"), vec![]),
    ];
    for (origin, expected) in cases {
        let made = distribution(origin, &behaviors);
        let exposure = answers(&made).exposure;
        assert_eq!(plaintext_paths(&made, &made.origins[0], exposure), expected);
    }
}

#[test]
fn staging_tenants_and_deploying_change_words_only() {
    let plain = distribution(custom("http-only"), &[("", "o", "allow-all")]);
    let judged = answers(&plain);
    type Change = fn(&mut Distribution);
    let cases: [(Change, &str); 3] = [
        (|d| d.staging = true, "staging"),
        (|d| d.multi_tenant = true, "{{parameters}}"),
        (|d| d.status = "InProgress".to_owned(), "deploying"),
    ];
    assert!(
        !cases
            .iter()
            .any(|(_, word)| { reason(&plain, &plain.origins[0], &judged).contains(word) })
    );
    for (change, word) in cases {
        let mut made = plain.clone();
        change(&mut made);
        assert_eq!(answers(&made), judged);
        let said = reason(&made, &made.origins[0], &judged);
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn a_member_of_any_group_is_reached_by_it() {
    let mut made = distribution(custom("match-viewer"), &[("", "second", "allow-all")]);
    assert_eq!(answers(&made).exposure, Exposure::Latent);
    let mut second = made.groups[0].clone();
    second.id = OriginId::new("second");
    made.groups.push(second);
    assert_eq!(answers(&made).exposure, Exposure::PlaintextPossible);
}

/// What is unknown names the missing permission or the unknown value.
#[test]
fn the_reason_of_an_unknown() {
    let denied = "ListOriginAccessControls was denied";
    let cases = [
        (custom("http3-only"), "http3-only"),
        (vpc(endpoint("http3-only", None)), "http3-only"),
        (vpc(Looked::Missing), "vo_1"),
        (vpc(Looked::Failed("GetVpcOrigin was denied".to_owned())), "GetVpcOrigin was denied"),
        (vpc(Looked::Failed(String::new())), "its VPC origin"),
        (s3(Some("E1OAC"), Looked::Missing), "E1OAC"),
        (s3(Some("E1OAC"), Looked::Failed(denied.to_owned())), denied),
        (s3(Some("E1OAC"), Looked::Failed(String::new())), "its origin access control"),
        (signed("always-amz-auth"), "always-amz-auth"),
        (bare("origin.example.com"), "none of the origin configs"),
        (Origin { s3: signed("always").s3, ..custom("https-only") }, "more than one"),
    ];
    for (origin, word) in cases {
        let made = distribution(origin, &[("", "o", "allow-all")]);
        let answers = answers(&made);
        assert_eq!(answers.exposure, Exposure::Unknown);
        let said = reason(&made, &made.origins[0], &answers);
        assert!(said.contains(word), "{said}");
    }
    let made = distribution(custom("match-viewer"), &[("", "o", "quic-only")]);
    let said = reason(&made, &made.origins[0], &answers(&made));
    assert!(said.contains("quic-only") && said.contains("Default (*)"), "{said}");
}

/// Of the configurations in which plaintext flows the rule fails only those whose default
/// behavior lets plain HTTP in, and never one of S3.
#[test]
fn the_rule_as_written_misses_most_of_the_plaintext() {
    let origins =
        [custom("http-only"), custom("match-viewer"), website("http-only"), signed("never")];
    let viewers = ["allow-all", "redirect-to-https", "https-only"];
    let (mut plain, mut failed) = (0, 0);
    for origin in &origins {
        for default in viewers {
            for ordered in viewers {
                let behaviors = [("", "elsewhere", default), ("/a/*", "o", ordered)];
                let answers = answers(&distribution(origin.clone(), &behaviors));
                plain += usize::from(answers.is_plaintext());
                failed += usize::from(answers.is_plaintext() && !answers.gap());
            }
        }
    }
    assert_eq!((plain, failed), (24, 7));
}
