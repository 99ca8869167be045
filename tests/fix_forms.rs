//! Every fix of every kind of finding in every form, and what hostile values do to them: nothing.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod findings;
#[path = "fix_forms/generated.rs"]
mod generated;
#[path = "fix_forms/hostile.rs"]
mod hostile;
mod tools;

use cf_tui::domain::distribution::{Distribution, Looked, Signing, Source};
use cf_tui::domain::fix::{self, Case, Form, NoFix, Rank};
use cf_tui::domain::ids::OriginId;
use cf_tui::domain::text::is_plain;
use findings::{Sample, behavior, custom, group, s3, vpc};

const WEAK: [&str; 2] = ["TLSv1.1", "TLSv1.2"];
const WEBSITE: &str = "my.site.s3-website-eu-west-1.amazonaws.com";

fn web(policy: &str, ssl: &[&str]) -> Sample {
    Sample::of(custom("web", "web.example.com", policy, ssl))
}

fn website(policy: &str) -> Sample {
    Sample::of(custom("site", WEBSITE, policy, &["TLSv1.2"]))
}

fn unused(d: &mut Distribution) {
    d.behaviors.clear();
}

fn disabled(d: &mut Distribution) {
    d.enabled = false;
}

fn signed_never(d: &mut Distribution) {
    let s3 = d.origins[0].s3.as_mut().unwrap();
    s3.access_control = Some("E2OACINUSE".to_owned());
    s3.signing = Looked::Found { value: Signing::Never, from: Source::default() };
}

/// A kind of finding, its fixes in order, and what the templates for the first of them hold.
struct Row {
    sample: Sample,
    cases: Vec<(Case, Rank)>,
    terraform: &'static [&'static str],
    cloudformation: &'static [&'static str],
}

fn row(
    sample: Sample,
    cases: &[(Case, Rank)],
    terraform: &'static [&'static str],
    cloudformation: &'static [&'static str],
) -> Row {
    Row { sample, cases: cases.to_vec(), terraform, cloudformation }
}

const HTTPS: [&[&str]; 2] = [
    &[
        "custom_origin_config {",
        "origin_protocol_policy = \"https-only\"",
        "http_port              = 80",
    ],
    &[
        "CustomOriginConfig:",
        "OriginProtocolPolicy: \"https-only\"",
        "OriginSSLProtocols:",
        "HTTPSPort: 443",
    ],
];
const REDIRECT: [&[&str]; 2] = [
    &["default_cache_behavior {", "viewer_protocol_policy = \"redirect-to-https\""],
    &["DefaultCacheBehavior:", "ViewerProtocolPolicy: \"redirect-to-https\""],
];
const REST: [&[&str]; 2] = [
    &[
        "resource \"aws_cloudfront_origin_access_control\" \"always\" {",
        "signing_behavior                  = \"always\"",
        "domain_name              = \"my.site.s3.eu-west-1.amazonaws.com\"",
        "origin_access_control_id = aws_cloudfront_origin_access_control.always.id",
        "arn:aws:s3:::my.site/*",
    ],
    &[
        "Type: \"AWS::CloudFront::OriginAccessControl\"",
        "DomainName: \"my.site.s3.eu-west-1.amazonaws.com\"",
        "OriginAccessControlId:",
        "S3OriginConfig:",
    ],
];
const SECOND: [&[&str]; 2] = [
    &[
        "resource \"aws_cloudfront_vpc_origin\" \"second\" {",
        "origin_protocol_policy = \"https-only\"",
        "vpc_origin_config {",
        "https_port             = 8443",
    ],
    &[
        "Type: \"AWS::CloudFront::VpcOrigin\"",
        "VpcOriginEndpointConfig:",
        "VpcOriginConfig:",
        "HTTPSPort: 8443",
    ],
];

fn table() -> Vec<Row> {
    use Rank::{Apart, First, Instead};
    let https = |preventive| (Case::HttpsOnly { preventive }, First);
    let redirect = |preventive, rank| (Case::RedirectViewers { preventive }, rank);
    let replace = |preventive| (Case::ReplaceVpcOrigin { preventive }, First);
    let leave = |broken| (Case::LeaveWebsite { broken }, First);
    let [t, c] = HTTPS;
    let [rt, rc] = REDIRECT;
    let [lt, lc] = REST;
    let [vt, vc] = SECOND;
    vec![
        row(web("http-only", &["TLSv1.2"]), &[https(false)], t, c),
        row(
            web("http-only", &[]),
            &[https(false)],
            &["Keep origin_ssl_protocols"],
            &["Keep OriginSSLProtocols"],
        ),
        row(web("http-only", &WEAK), &[https(false), (Case::StrongTls, Apart)], t, c),
        row(
            web("match-viewer", &WEAK),
            &[https(false), redirect(false, Instead), (Case::StrongTls, Apart)],
            t,
            c,
        ),
        row(web("http-only", &["TLSv1.2"]).with(disabled), &[https(true)], t, c),
        row(
            web("match-viewer", &["TLSv1.2"]).with(disabled),
            &[https(true), redirect(true, Instead)],
            t,
            c,
        ),
        row(
            web("http-only", &["TLSv1.2"]).with(unused),
            &[https(true), (Case::Remove, Instead)],
            t,
            c,
        ),
        row(
            web("https-only", &WEAK),
            &[(Case::StrongTls, First)],
            &["origin_ssl_protocols   = [\"TLSv1.2\"]", "\"https-only\""],
            &["- \"TLSv1.2\"", "\"https-only\""],
        ),
        row(
            Sample::of(s3("bucket")),
            &[redirect(false, First), (Case::SignAlways, Instead)],
            rt,
            rc,
        ),
        row(
            Sample::of(s3("bucket")).with(signed_never),
            &[redirect(false, First), (Case::SignAlways, Instead)],
            rt,
            rc,
        ),
        row(
            Sample::of(s3("bucket")).with(disabled),
            &[redirect(true, First), (Case::SignAlways, Instead)],
            rt,
            rc,
        ),
        row(
            Sample::of(s3("bucket")).with(unused),
            &[redirect(true, First), (Case::SignAlways, Instead), (Case::Remove, Instead)],
            &[
                "No behavior routes to it now",
                "# resource \"aws_cloudfront_origin_access_control\"",
            ],
            &[
                "No behavior routes to it now",
                "#     Type: \"AWS::CloudFront::OriginAccessControl\"",
            ],
        ),
        row(website("http-only"), &[leave(false)], lt, lc),
        row(website("https-only"), &[leave(true)], lt, lc),
        row(website("http-only").with(unused), &[leave(false), (Case::Remove, Instead)], lt, lc),
        row(Sample::of(vpc("in", "http-only", &["TLSv1.2"])), &[replace(false)], vt, vc),
        row(
            Sample::of(vpc("in", "match-viewer", &WEAK)),
            &[replace(false), redirect(false, Instead), (Case::StrongTlsVpc, Apart)],
            vt,
            vc,
        ),
        row(
            Sample::of(vpc("in", "http-only", &[])).with(unused),
            &[replace(true), (Case::Remove, Instead)],
            vt,
            vc,
        ),
        row(
            Sample::of(vpc("in", "https-only", &WEAK)),
            &[(Case::StrongTlsVpc, First)],
            &["items    = [\"TLSv1.2\"]", "quantity = 1"],
            &["- \"TLSv1.2\""],
        ),
    ]
}

/// The lines that are no comment.
fn code(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with('#')).collect();
    lines.join("\n")
}

#[test]
fn every_kind_of_finding_has_its_fixes_in_every_form() {
    for mut row in table() {
        let (cases, wanted) = (row.cases, [row.terraform, row.cloudformation]);
        let finding = row.sample.finding();
        let has: Vec<_> = fix::cases(&finding).iter().map(|c| (c.case, c.rank)).collect();
        assert_eq!(has, cases, "{}", finding.reason());
        assert_eq!(fix::case(&finding), cases[0].0);
        for form in Form::ALL {
            let text = fix::text(&finding, form).unwrap();
            assert!(text.lines().all(|l| is_plain(l) && !l.ends_with(' ')), "{form:?} {text}");
            assert!(!text.is_empty() && !text.ends_with('\n'), "{form:?}");
            assert!(text.contains(finding.origin.id.as_str()), "{form:?} {text}");
            for choice in fix::cases(&finding).iter().skip(1).filter(|_| form != Form::Cli) {
                assert!(text.contains(&choice.reason), "{form:?} {} {text}", choice.reason);
            }
        }
        for (form, wanted) in [Form::Terraform, Form::CloudFormation].into_iter().zip(wanted) {
            let text = fix::text(&finding, form).unwrap();
            for part in wanted {
                assert!(text.contains(part), "{form:?} {part}: {text}");
            }
            for change in fix::changes(&finding) {
                let line = format!("#   {}: {} -> {}", change.path, change.before, change.after);
                assert!(text.lines().any(|l| l == line.trim_end()), "{line}: {text}");
            }
        }
        assert_eq!(fix::text(&finding, Form::Cli), fix::cli(&finding).map(|cli| cli.text));
    }
}

#[test]
fn a_template_changes_nothing_that_it_must_not() {
    for mut row in table() {
        let finding = row.sample.finding();
        let case = fix::case(&finding);
        for form in [Form::Terraform, Form::CloudFormation] {
            let text = fix::text(&finding, form).unwrap();
            assert!(!text.contains("E2OACINUSE"), "{text}");
            let code = code(&text);
            let policies = code.matches("https-only").count();
            match case {
                Case::LeaveWebsite { .. } | Case::RedirectViewers { .. } => {
                    assert_eq!(policies, 0, "{code}")
                }
                _ => assert_eq!(policies, 1, "{code}"),
            }
            // Weak TLS is closed apart, and never at once with the protocol.
            if matches!(case, Case::HttpsOnly { .. } | Case::ReplaceVpcOrigin { .. }) {
                let weak = finding.ssl_protocols().contains(&"TLSv1.1".to_owned());
                assert_eq!(code.contains("\"TLSv1.1\""), weak, "{code}");
            }
            // A VPC origin is never changed in place.
            assert!(!code.contains("vo_abc\""), "{code}");
        }
    }
}

#[test]
fn only_the_behaviors_that_let_plain_http_in_are_in_a_template() {
    let mut sample = Sample::of(s3("bucket")).with(|d| {
        d.behaviors = vec![
            behavior(None, "other", "allow-all"),
            behavior(Some("/direct/*"), "bucket", "allow-all"),
            behavior(Some("/group/*"), "both", "allow-all"),
            behavior(Some("/safe/*"), "bucket", "https-only"),
        ];
        d.groups = vec![group("both", &["x", "bucket"])];
    });
    let finding = sample.finding();
    let terraform = code(&fix::text(&finding, Form::Terraform).unwrap());
    let yaml = code(&fix::text(&finding, Form::CloudFormation).unwrap());
    for text in [terraform, yaml] {
        assert!(text.contains("/direct/*") && text.contains("/group/*"), "{text}");
        assert!(!text.contains("/safe/*") && !text.contains("other"), "{text}");
        assert!(!text.contains("efault"), "{text}");
    }
}

#[test]
fn the_owner_of_a_shared_vpc_origin_is_named() {
    let mut sample = Sample::of(vpc("in", "http-only", &["TLSv1.2"])).with(|d| {
        d.origins[0].vpc.as_mut().unwrap().owner = Some("999988887777".to_owned());
    });
    let finding = sample.finding();
    let terraform = fix::text(&finding, Form::Terraform).unwrap();
    assert!(terraform.contains("owner_account_id = \"999988887777\""), "{terraform}");
    assert!(terraform.contains("configuration of account 999988887777"), "{terraform}");
    let yaml = fix::text(&finding, Form::CloudFormation).unwrap();
    assert!(yaml.contains("OwnerAccountId: \"999988887777\""), "{yaml}");
}

#[test]
fn the_new_origin_of_a_website_has_an_id_of_its_own() {
    let rest = "my.site.s3.eu-west-1.amazonaws.com";
    let mut sample = website("http-only").with(|d| {
        d.origins.push(s3(rest));
        d.groups = vec![group("both", &["site", rest])];
    });
    let text = fix::text(&sample.finding(), Form::Terraform).unwrap();
    assert!(text.contains(&format!("origin_id                = \"{rest}-oac\"")), "{text}");
    assert!(text.contains(&format!("target_origin_id = \"{rest}-oac\"")), "{text}");
    assert!(text.contains("origin_group both"), "{text}");
}

#[test]
fn a_staging_distribution_names_its_pair() {
    let mut sample = web("http-only", &["TLSv1.2"]).with(|d| d.staging = true);
    let finding = sample.finding();
    for form in [Form::Console, Form::Terraform, Form::CloudFormation, Form::Ticket] {
        let text = fix::text(&finding, form).unwrap();
        assert!(text.contains("its primary"), "{form:?} {text}");
    }
}

#[test]
fn a_value_that_a_terminal_acts_on_is_in_no_template_and_escaped_in_a_ticket() {
    let id = "a\u{1b}[31m\u{202e}b";
    let mut sample = web("http-only", &["TLSv1.2"]).with(|d| {
        d.origins[0].id = OriginId::new(id);
        d.behaviors[0].target = OriginId::new(id);
    });
    let finding = sample.finding();
    for form in [Form::Cli, Form::Terraform, Form::CloudFormation] {
        let Err(NoFix::NotCopyable(why)) = fix::text(&finding, form) else { panic!("{form:?}") };
        assert!(why.contains("the origin id holds") && is_plain(&why), "{why}");
        assert_eq!(why.contains("no command"), form == Form::Cli);
    }
    for form in [Form::Console, Form::Ticket] {
        let text = fix::text(&finding, form).unwrap();
        assert!(text.lines().all(is_plain) && text.contains("x1b"), "{text}");
    }
}

#[test]
fn a_dynamic_reference_is_in_no_cloudformation_template() {
    let id = "{{Resolve:secretsmanager:prod:SecretString:password}}";
    let mut sample = web("http-only", &["TLSv1.2"]).with(|d| {
        d.origins[0].id = OriginId::new(id);
        d.behaviors[0].target = OriginId::new(id);
    });
    let finding = sample.finding();
    let Err(NoFix::NotCopyable(why)) = fix::text(&finding, Form::CloudFormation) else { panic!() };
    assert!(why.contains("dynamic reference"), "{why}");
    assert!(fix::text(&finding, Form::Terraform).unwrap().contains(id));
}

#[test]
fn where_nothing_is_to_be_fixed_no_form_says_otherwise() {
    for mut sample in [web("https-only", &["TLSv1.2"]), web("brand-new", &["TLSv1.2"])] {
        let finding = sample.finding();
        let cases = fix::cases(&finding);
        assert!(matches!(cases[0].case, Case::Nothing | Case::NotKnown) && cases.len() == 1);
        for form in Form::ALL {
            assert!(matches!(fix::text(&finding, form), Err(NoFix::NothingToFix(_))), "{form:?}");
        }
    }
}
