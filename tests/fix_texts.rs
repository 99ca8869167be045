//! What is said about a fix: which one it is, the plan, the portal's steps, the change field by
//! field, and why there is none.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod findings;

use cf_tui::domain::account::Account;
use cf_tui::domain::distribution::{Distribution, Looked, Signing, Source};
use cf_tui::domain::fix::{self, Case, Neighbours, NoFix};
use cf_tui::domain::ids::{DistributionId, OriginId};
use cf_tui::domain::text::is_plain;
use findings::{Sample, behavior, custom, group, s3, vpc};

const WEBSITE: &str = "my.site.s3-website-eu-west-1.amazonaws.com";

fn web(policy: &str) -> Sample {
    Sample::of(custom("web", "web.example.com", policy, &["TLSv1.2"]))
}

fn viewer(policy: &'static str) -> impl FnOnce(&mut Distribution) {
    move |d| d.behaviors = vec![behavior(None, d.origins[0].id.as_str(), policy)]
}

fn disabled(d: &mut Distribution) {
    d.enabled = false;
}

/// Every case with an example, and whether its text is a script.
fn cases() -> Vec<(Case, Option<bool>, Sample)> {
    let weak = &["TLSv1.1", "TLSv1.2"];
    let website = |policy| Sample::of(custom("site", WEBSITE, policy, weak));
    vec![
        (Case::HttpsOnly { preventive: false }, Some(true), web("http-only")),
        (Case::HttpsOnly { preventive: false }, Some(true), web("match-viewer")),
        (Case::HttpsOnly { preventive: true }, Some(true), web("http-only").with(disabled)),
        (
            Case::StrongTls,
            Some(true),
            Sample::of(custom("web", "web.example.com", "https-only", weak)),
        ),
        (
            Case::StrongTls,
            Some(true),
            Sample::of(custom("web", "web.example.com", "match-viewer", weak))
                .with(viewer("https-only")),
        ),
        (Case::RedirectViewers { preventive: false }, Some(true), Sample::of(s3("bucket"))),
        (
            Case::RedirectViewers { preventive: true },
            Some(true),
            Sample::of(s3("bucket")).with(disabled),
        ),
        (
            Case::RedirectViewers { preventive: true },
            Some(false),
            Sample::of(s3("bucket")).with(|d| d.behaviors.clear()),
        ),
        (Case::LeaveWebsite { broken: false }, Some(false), website("http-only")),
        (Case::LeaveWebsite { broken: false }, Some(false), website("http-only").with(disabled)),
        (Case::LeaveWebsite { broken: true }, Some(false), website("https-only")),
        (
            Case::LeaveWebsite { broken: true },
            Some(false),
            website("match-viewer").with(viewer("redirect-to-https")),
        ),
        (
            Case::ReplaceVpcOrigin { preventive: false },
            Some(false),
            Sample::of(vpc("in", "http-only", &[])),
        ),
        (
            Case::ReplaceVpcOrigin { preventive: true },
            Some(false),
            Sample::of(vpc("in", "http-only", &[])).with(disabled),
        ),
        (Case::StrongTlsVpc, Some(false), Sample::of(vpc("in", "https-only", weak))),
        (Case::NotKnown, None, web("brand-new")),
        (Case::NotKnown, None, web("http-only").with(|d| d.defects.push("cut".to_owned()))),
        (Case::Nothing, None, web("https-only")),
        (Case::Nothing, None, web("match-viewer").with(viewer("https-only"))),
        (Case::Nothing, None, Sample::of(vpc("in", "https-only", &["TLSv1.2"]))),
    ]
}

#[test]
fn each_finding_has_its_case_and_its_form() {
    for (case, script, mut sample) in cases() {
        let finding = sample.finding();
        assert_eq!(fix::case(&finding), case, "{}", finding.reason());
        match script {
            Some(is_script) => {
                let cli = fix::cli(&finding).unwrap();
                assert_eq!(cli.is_script, is_script);
                assert!(!cli.title.is_empty());
                assert!(
                    !fix::changes(&finding).is_empty() || finding.distribution.behaviors.is_empty()
                );
                assert!(!fix::notes(&finding, &Neighbours::default()).is_empty());
            }
            None => {
                for refused in [fix::cli(&finding).map(|_| ()), fix::console(&finding).map(|_| ())]
                {
                    assert!(matches!(refused, Err(NoFix::NothingToFix(_))), "{refused:?}");
                }
                assert!(
                    fix::changes(&finding).is_empty()
                        && fix::notes(&finding, &Neighbours::default()).is_empty()
                );
            }
        }
    }
}

/// The words of a text that consists of single-quoted words, as a shell reads it.
fn quoted_words(mut text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    while !text.is_empty() {
        let mut word = String::new();
        loop {
            let (inside, rest) = text.strip_prefix('\'')?.split_once('\'')?;
            word += inside;
            match rest.strip_prefix("\\'") {
                Some(more) => {
                    word.push('\'');
                    text = more;
                }
                None => {
                    text = rest;
                    break;
                }
            }
        }
        words.push(word);
        match text.strip_prefix(" \\\n  ") {
            Some(more) => text = more,
            None if text.is_empty() => {}
            None => return None,
        }
    }
    Some(words)
}

#[test]
fn a_plan_is_exactly_one_printf_of_quoted_words() {
    let id = "'; touch pwned; $(touch pwned)";
    let plans = cases().into_iter().filter(|(_, script, _)| *script == Some(false));
    for (case, _, sample) in plans {
        let mut sample = sample.with(|d| {
            let old = std::mem::replace(&mut d.origins[0].id, OriginId::new(id));
            d.behaviors
                .iter_mut()
                .filter(|b| b.target == old)
                .for_each(|b| b.target = OriginId::new(id));
        });
        let cli = fix::cli(&sample.finding()).unwrap();
        let words = cli.text.strip_prefix("printf '%s\\n' ").and_then(quoted_words);
        let words = words.unwrap_or_else(|| panic!("{case:?}: {}", cli.text));
        assert!(words[0].contains("nothing is run"), "{words:?}");
        assert!(words.iter().any(|w| w.contains(id)), "{words:?}");
        assert!(words.iter().all(|w| is_plain(w)), "{words:?}");
    }
}

#[test]
fn a_script_is_one_group_without_what_a_prompt_would_act_on() {
    for (_, script, mut sample) in cases() {
        if script != Some(true) {
            continue;
        }
        let text = fix::cli(&sample.finding()).unwrap().text;
        assert!(text.starts_with("( ") && text.ends_with(" )"), "{text}");
        assert!(!text.contains('!') && !text.contains('\t') && !text.contains('#'), "{text}");
        assert!(text.chars().all(|c| c == '\n' || c.is_ascii_graphic() || c == ' '), "{text}");
        assert!(text.lines().all(|line| line.len() < 1000), "a terminal cuts longer lines");
        assert_eq!(text.matches("get-distribution-config").count(), 1);
    }
}

#[test]
fn the_fix_for_s3_changes_just_the_behaviors_that_let_plain_http_in() {
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
    let paths: Vec<String> = fix::changes(&finding).into_iter().map(|c| c.path).collect();
    assert_eq!(
        paths,
        [
            "CacheBehaviors[/direct/*].ViewerProtocolPolicy",
            "CacheBehaviors[/group/*].ViewerProtocolPolicy"
        ]
    );
    let cli = fix::cli(&finding).unwrap();
    assert!(cli.is_script && cli.title.contains("just the behaviors that reach it"), "{cli:?}");
    assert!(!cli.text.contains("CustomOriginConfig"), "{}", cli.text);
}

#[test]
fn an_oac_in_place_is_never_to_be_changed() {
    let mut sample = Sample::of(s3("bucket")).with(|d| {
        let s3 = d.origins[0].s3.as_mut().unwrap();
        s3.access_control = Some("OAC1".to_owned());
        s3.signing = Looked::Found { value: Signing::Never, from: Source::default() };
        d.behaviors.clear();
    });
    let text = fix::cli(&sample.finding()).unwrap().text;
    assert!(text.contains("Do not change the signing of an origin access control in place"));
}

#[test]
fn no_text_is_built_from_what_a_terminal_acts_on() {
    type Spoil = fn(&mut Distribution, &mut Account);
    let spoils: [(&str, Spoil); 5] = [
        ("the origin id holds", |d, _| {
            d.origins[0].id = OriginId::new("a\x1b[31m");
            d.behaviors[0].target = d.origins[0].id.clone();
        }),
        ("the origin id holds", |d, _| {
            d.origins[0].id = OriginId::new("a\u{202e}b");
            d.behaviors[0].target = d.origins[0].id.clone();
        }),
        ("the origin domain holds", |d, _| d.origins[0].domain = "a\nb".to_owned()),
        ("the fix_profile holds", |_, a| a.fix_profile = Some("a\u{2028}b".to_owned())),
        ("the distribution id -n is not one", |d, _| d.id = DistributionId::new("-n")),
    ];
    for (said, spoil) in spoils {
        let mut sample = web("http-only");
        spoil(&mut sample.distribution, &mut sample.account);
        let finding = sample.finding();
        let Err(NoFix::NotCopyable(why)) = fix::cli(&finding) else { panic!("{said}") };
        assert!(why.contains(said) && is_plain(&why), "{why}");
        // The steps are shown all the same, harmless.
        assert!(fix::console(&finding).unwrap().iter().all(|line| is_plain(line)));
        assert!(fix::notes(&finding, &Neighbours::default()).iter().all(|line| is_plain(line)));
        assert!(fix::changes(&finding).iter().all(|c| is_plain(&c.path) && is_plain(&c.before)));
    }
    let mut path = Sample::of(s3("bucket"));
    path.distribution.behaviors[0].path = Some("/\u{9b}".to_owned());
    assert!(matches!(fix::cli(&path.finding()), Err(NoFix::NotCopyable(_))));
}

/// The rule's own remediation, "From Portal", sentence by sentence.
const PORTAL: [&str; 14] = [
    "1. Sign in to the AWS Management Console and open the CloudFront console.",
    "2. In the top pane of the CloudFront console, choose the ID for the distribution that you want to update.",
    "3. On the Origins tab, choose the origin that you want to update, and then choose Edit.",
    "4. Update the following settings:",
    "Origin Protocol Policy - Change the Origin Protocol Policy for the applicable origins in your distribution:",
    "a. HTTPS Only - CloudFront uses only HTTPS to communicate with your custom origin.",
    "b. Match Viewer - CloudFront communicates with your custom origin using HTTP or HTTPS, depending on the protocol of the viewer request. For example, if you choose Match Viewer for Origin Protocol Policy and the viewer uses HTTPS to request an object from CloudFront, CloudFront also uses HTTPS to forward the request to your origin.",
    "Note: Choose Match Viewer only if you specify Redirect HTTP to HTTPS or HTTPS Only for Viewer Protocol Policy. CloudFront caches the object only once even if viewers make requests using both HTTP and HTTPS protocols.",
    "5. Choose Yes, Edit.",
    "6. Confirm the following before you use the updated configuration in a production environment:",
    "a. The path pattern in each cache behavior applies only to the requests that you want viewers to use HTTPS for.",
    "b. The cache behaviors are listed in the order that you want CloudFront to evaluate them in. For more information, see Path pattern.",
    "c. The cache behaviors are routing requests to the origins that you changed the Origin Protocol Policy for.",
    "https://console.aws.amazon.com/cloudfront/v4/home?region=us-east-1#/distributions/E2EXAMPLE",
];

#[test]
fn the_console_has_every_step_of_the_rule_with_this_origins_values() {
    let mut sample = web("match-viewer").with(|d| {
        d.behaviors.push(behavior(Some("/api/*"), "web", "redirect-to-https"));
        d.behaviors.push(behavior(Some("/img/*"), "other", "https-only"));
    });
    let lines = fix::console(&sample.finding()).unwrap();
    let mut at = 0;
    for sentence in PORTAL.iter().filter(|s| !s.starts_with("https://")) {
        let found = lines[at..].iter().position(|line| line.trim() == *sentence);
        at +=
            found.unwrap_or_else(|| panic!("{sentence} is not there, or not in order: {lines:#?}"));
    }
    let text = lines.join("\n");
    assert!(text.contains(PORTAL[13]), "{text}");
    for value in [
        "Account 111122223333 (prod)",
        "E2EXAMPLE (d111abcdef8.cloudfront.net)",
        "web (web.example.com)",
        "from match-viewer to HTTPS Only",
        "Default (*): allow-all",
        "/api/*: redirect-to-https",
        "/api/*, /img/*, Default (*)",
        "web: behavior Default (*), behavior /api/*",
    ] {
        assert!(text.contains(value), "{value}: {text}");
    }
}

#[test]
fn the_other_cases_have_six_steps_too_and_never_the_wrong_one() {
    for (case, script, mut sample) in cases() {
        if script.is_none() {
            continue;
        }
        let lines = fix::console(&sample.finding()).unwrap();
        for step in 1..=6 {
            let number = format!("{step}. ");
            assert_eq!(
                lines.iter().filter(|l| l.starts_with(&number)).count(),
                1,
                "{case:?} {lines:#?}"
            );
        }
        if !matches!(case, Case::HttpsOnly { .. }) {
            assert!(!lines.iter().any(|l| l.contains("a. HTTPS Only - ")), "{case:?} {lines:#?}");
        }
    }
}

#[test]
fn notes_say_what_to_check_and_how_far_it_reaches() {
    let mut sample = web("match-viewer").with(|d| {
        d.staging = true;
        d.status = "InProgress".to_owned();
        d.aliases = (0..12).map(|n| format!("a{n}.example.com")).collect();
        d.groups = vec![group("both", &["web"])];
        d.origins.push(custom("twin", "web.example.com", "http-only", &[]));
        d.origins[0].domain = "web.example.com".to_owned();
    });
    let notes = fix::notes(&sample.finding(), &Neighbours::default()).join("\n");
    for said in [
        "TLS on port 443 of web.example.com",
        "where viewers get an answer by HTTPS now, and not from the cache, the certificate matches",
        "a policy that is not read here decides whether the Host header is forwarded",
        "a certificate that names web.example.com does either way",
        "Alternative: redirect-to-https as viewer protocol policy of Default (*)",
        "the behaviors Default (*)",
        "the origin groups both",
        "a9.example.com and 2 more",
        "The origins twin have the same domain",
        "fix its primary too",
        "deploying a change now",
        "minutes to deploy",
        "cached over HTTP",
        "Update the AWS CLI first",
        "drift",
        "PreconditionFailed",
    ] {
        assert!(notes.contains(said), "{said}: {notes}");
    }
    let mut http_only = web("http-only");
    let notes = fix::notes(&http_only.finding(), &Neighbours::default()).join("\n");
    assert!(!notes.contains("Alternative"), "it would change nothing: {notes}");
}

#[test]
fn amazons_own_names_are_warned_about() {
    for (domain, said) in [
        ("lb-1.eu-west-1.elb.amazonaws.com", "No public certificate can name"),
        ("ec2-1-2-3-4.compute-1.amazonaws.com", "No public certificate can name"),
        ("my.bucket.s3.eu-west-1.amazonaws.com", "bucket name my.bucket has dots"),
        ("my.bucket.s3-eu-west-1.amazonaws.com", "bucket name my.bucket has dots"),
        ("my.bucket.s3.amazonaws.com", "bucket name my.bucket has dots"),
    ] {
        let notes = fix::notes(
            &Sample::of(custom("o", domain, "http-only", &[])).finding(),
            &Neighbours::default(),
        )
        .join("\n");
        assert!(notes.contains(said), "{domain}: {notes}");
    }
    for domain in
        ["bucket.s3.amazonaws.com", "abc.execute-api.eu-west-1.amazonaws.com", "x.example.com"]
    {
        let notes = fix::notes(
            &Sample::of(custom("o", domain, "http-only", &[])).finding(),
            &Neighbours::default(),
        )
        .join("\n");
        assert!(!notes.contains("dots") && !notes.contains("No public"), "{domain}: {notes}");
    }
}

#[test]
fn a_rule_that_fails_where_nothing_flows_is_said() {
    let mut sample = Sample::of(vpc("in", "https-only", &["TLSv1.2"]));
    let Err(no_fix) = fix::cli(&sample.finding()) else { panic!("it is encrypted") };
    assert!(no_fix.reason().contains("D9.AWS.CRY.17 fails it all the same"), "{no_fix:?}");
}
