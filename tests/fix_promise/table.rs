//! The table: what each fix promises, and that it is kept. Every script is run by each shell in an
//! account of its own, and every plan too.

use std::collections::BTreeSet;

use cf_tui::domain::assessment::assess;
use cf_tui::domain::distribution::Distribution as Read;
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::finding::Finding;
use cf_tui::domain::fix::{self, Case, Cli, Form, NoFix, Rank};
use cf_tui::domain::verdict::{Lens, Verdict};

use crate::difference::difference;
use crate::fake::{Behavior, Distribution, Fake, Origin, VpcOrigin};
use crate::harness::{Bench, Loaded, member};
use crate::shells::{self, run};
use crate::{WEB, patient, scan};

/// Each has an account of its own.
const SHELLS: [&[&str]; 3] = [&["bash"], &["dash"], &["zsh", "-i"]];
const WEBSITE: &str = "my.site.s3-website-eu-west-1.amazonaws.com";
const OLD_TLS: [&str; 3] = ["SSLv3", "TLSv1.1", "TLSv1.2"];

type Judged = (Exposure, Verdict);

const PLAINTEXT: Judged = (Exposure::Plaintext, Verdict::Fail);
const POSSIBLE: Judged = (Exposure::PlaintextPossible, Verdict::Fail);
const LATENT: Judged = (Exposure::Latent, Verdict::Warn);
const WEAK: Judged = (Exposure::Encrypted, Verdict::Warn);
const WEAK_BY_VIEWER: Judged = (Exposure::EncryptedByViewer, Verdict::Warn);
const ENCRYPTED: Judged = (Exposure::Encrypted, Verdict::Pass);
const BY_VIEWER: Judged = (Exposure::EncryptedByViewer, Verdict::Pass);

/// A script that is promised for the first origin of a distribution.
struct Script {
    distribution: Distribution,
    before: Judged,
    fix: (Case, Rank),
    /// Paths in the configuration, what stands there before, and after.
    changes: Changes,
    after: Judged,
}

type Changes = &'static [(&'static str, &'static str, &'static str)];

const TO_HTTPS: Changes = &[(POLICY, "http-only", "https-only")];
const MATCH_TO_HTTPS: Changes = &[(POLICY, "match-viewer", "https-only")];
const POLICY: &str = "/Origins/Items/Origin0/CustomOriginConfig/OriginProtocolPolicy";
/// The behaviors of `reached` that let plain HTTP in: by a group, and directly.
const REDIRECT: Changes = &[
    ("/CacheBehaviors/Items/CacheBehavior0/ViewerProtocolPolicy", "allow-all", "redirect-to-https"),
    ("/CacheBehaviors/Items/CacheBehavior1/ViewerProtocolPolicy", "allow-all", "redirect-to-https"),
];
/// Lines that stand on one side alone have nothing on the other.
const ONLY_TLS_1_2: Changes = &[
    (
        "/Origins/Items/Origin0/CustomOriginConfig/OriginSslProtocols/Items/SslProtocol0",
        "SSLv3",
        "TLSv1.2",
    ),
    (
        "/Origins/Items/Origin0/CustomOriginConfig/OriginSslProtocols/Items/SslProtocol1",
        "TLSv1.1",
        "",
    ),
    (
        "/Origins/Items/Origin0/CustomOriginConfig/OriginSslProtocols/Items/SslProtocol2",
        "TLSv1.2",
        "",
    ),
    ("/Origins/Items/Origin0/CustomOriginConfig/OriginSslProtocols/Quantity", "3", "1"),
];

fn web(policy: &str) -> Origin {
    Origin::custom("it's", WEB, policy).header("X-Key", "hush")
}

fn bucket() -> Origin {
    Origin::s3("it's", "bucket.s3.amazonaws.com").with_oac("OAC1")
}

/// With a good origin beside it, which the default behavior leads to, and one as bad as can be,
/// which nobody asks to change.
fn unused(id: &str, origin: Origin) -> Distribution {
    Distribution::new(id)
        .comment("Grüße <& \"x\">")
        .origin(origin)
        .origin(Origin::custom("good", "good.example.com", "https-only"))
        .origin(Origin::custom("left alone", WEB, "http-only").ssl(&OLD_TLS))
        .group("both", &["good", "it's"])
        .default_behavior(Behavior::to("good"))
}

/// Reached by a group and directly, both open, and by one behavior that is not.
fn reached(id: &str, origin: Origin) -> Distribution {
    unused(id, origin)
        .behavior(Behavior::to("both").path("/group/*"))
        .behavior(Behavior::to("it's").path("/direct/*"))
        .behavior(Behavior::to("it's").path("/safe/*").viewer("https-only"))
        .behavior(Behavior::to("left alone").path("/other/*"))
}

fn scripts() -> Vec<Script> {
    use Rank::{Apart, First, Instead};
    let https = |preventive| (Case::HttpsOnly { preventive }, First);
    let redirect = |preventive, rank| (Case::RedirectViewers { preventive }, rank);
    let tls = |rank| (Case::StrongTls, rank);
    let only_https = |id: &str, origin: Origin| {
        unused(id, origin).behavior(Behavior::to("it's").path("/safe/*").viewer("https-only"))
    };
    let row = |distribution, before, fix, changes, after| Script {
        distribution,
        before,
        fix,
        changes,
        after,
    };
    let (http, open) = ("http-only", "match-viewer");
    vec![
        row(reached("E0", web(http)), PLAINTEXT, https(false), TO_HTTPS, ENCRYPTED),
        row(reached("E1", web(open)), POSSIBLE, https(false), MATCH_TO_HTTPS, ENCRYPTED),
        row(unused("E2", web(http)), LATENT, https(true), TO_HTTPS, ENCRYPTED),
        row(unused("E3", web(open)), LATENT, https(true), MATCH_TO_HTTPS, ENCRYPTED),
        row(reached("E4", web(open)).disabled(), LATENT, https(true), MATCH_TO_HTTPS, ENCRYPTED),
        row(reached("E5", bucket()), POSSIBLE, redirect(false, First), REDIRECT, BY_VIEWER),
        row(reached("E6", bucket()).disabled(), LATENT, redirect(true, First), REDIRECT, BY_VIEWER),
        row(reached("E7", web(open)), POSSIBLE, redirect(false, Instead), REDIRECT, BY_VIEWER),
        row(
            reached("E8", web(open)).disabled(),
            LATENT,
            redirect(true, Instead),
            REDIRECT,
            BY_VIEWER,
        ),
        row(
            reached("E9", web("https-only").ssl(&OLD_TLS)),
            WEAK,
            tls(First),
            ONLY_TLS_1_2,
            ENCRYPTED,
        ),
        row(
            only_https("E10", web(open).ssl(&OLD_TLS)),
            WEAK_BY_VIEWER,
            tls(First),
            ONLY_TLS_1_2,
            BY_VIEWER,
        ),
        // It closes the one gap and leaves the other.
        row(
            reached("E11", web(http).ssl(&OLD_TLS)),
            PLAINTEXT,
            tls(Apart),
            ONLY_TLS_1_2,
            PLAINTEXT,
        ),
        // A pair: what is done to one of the two is not done to the other.
        row(
            reached("EPRIMARY", web(http)).deploys_by("P1"),
            PLAINTEXT,
            https(false),
            TO_HTTPS,
            ENCRYPTED,
        ),
        row(reached("ESTAGING", web(http)).staging(), PLAINTEXT, https(false), TO_HTTPS, ENCRYPTED),
    ]
}

fn plans() -> Vec<(Distribution, (Case, Rank))> {
    use Rank::{Apart, First, Instead};
    let vpc = |id: &str| Origin::vpc("it's", WEB, id);
    let site = |policy| Origin::custom("it's", WEBSITE, policy);
    let replace = |preventive| (Case::ReplaceVpcOrigin { preventive }, First);
    let leave = |broken| (Case::LeaveWebsite { broken }, First);
    let redirect = |preventive, rank| (Case::RedirectViewers { preventive }, rank);
    vec![
        (unused("E0", bucket()).behavior(Behavior::to("good").path("/x")), redirect(true, First)),
        (reached("E1", bucket()), (Case::SignAlways, Instead)),
        (unused("E2", web("http-only")), (Case::Remove, Instead)),
        (reached("E3", site("http-only")), leave(false)),
        (reached("E4", site("https-only")), leave(true)),
        (reached("E5", vpc("vo_http")), replace(false)),
        (unused("E6", vpc("vo_http")), replace(true)),
        (reached("E7", vpc("vo_open")), redirect(false, Instead)),
        (reached("E8", vpc("vo_weak")), (Case::StrongTlsVpc, First)),
        (reached("E9", vpc("vo_open")), (Case::StrongTlsVpc, Apart)),
    ]
}

/// Every case that there is. One that is added stops this from compiling.
fn every() -> Vec<Case> {
    let flags = [false, true];
    let all: Vec<Case> = flags
        .into_iter()
        .flat_map(|flag| {
            [
                Case::HttpsOnly { preventive: flag },
                Case::RedirectViewers { preventive: flag },
                Case::LeaveWebsite { broken: flag },
                Case::ReplaceVpcOrigin { preventive: flag },
            ]
        })
        .chain([Case::SignAlways, Case::Remove, Case::StrongTls, Case::StrongTlsVpc])
        .chain([Case::NotKnown, Case::Nothing])
        .collect();
    for case in &all {
        match case {
            Case::HttpsOnly { .. } | Case::RedirectViewers { .. } | Case::LeaveWebsite { .. } => {}
            Case::ReplaceVpcOrigin { .. } | Case::SignAlways | Case::Remove => {}
            Case::StrongTls | Case::StrongTlsVpc | Case::NotKnown | Case::Nothing => {}
        }
    }
    all
}

fn with<T>(bench: &Bench, account: usize, read: &Read, look: impl Fn(&Finding<'_>) -> T) -> T {
    let origin = &read.origins[0];
    let assessment = assess(read, origin);
    let account = &bench.fleet.accounts[account];
    look(&Finding { account, distribution: read, origin, assessment: &assessment })
}

fn judged(loaded: &Loaded, account: usize, at: usize) -> Judged {
    let read = &loaded.rows(account)[at];
    let assessment = assess(read, &read.origins[0]);
    (assessment.exposure, assessment.verdict(Lens::Traffic))
}

/// The text of one of the fixes; every form of them is there too.
fn text_of(finding: &Finding<'_>, wanted: (Case, Rank)) -> Cli {
    let cases = fix::cases(finding);
    let at = cases.iter().position(|choice| (choice.case, choice.rank) == wanted);
    let at = at.unwrap_or_else(|| panic!("{wanted:?} is not among {cases:?}"));
    for form in Form::ALL {
        let text = fix::text(finding, form).unwrap_or_else(|why| panic!("{form:?} {why:?}"));
        assert!(text.contains("it's") || text.contains("it'\\''s"), "{form:?} {text}");
        let is_there = at == 0 || form == Form::Cli || text.contains(&cases[at].reason);
        assert!(is_there, "{form:?} {text}");
    }
    match at {
        0 => fix::cli(finding).unwrap(),
        _ => fix::others(finding).swap_remove(at - 1).cli.unwrap(),
    }
}

fn stage(distributions: impl Fn() -> Vec<Distribution>) -> (Fake, Bench) {
    let fake = Fake::start();
    let bench = patient(&fake, SHELLS.len());
    for at in 0..SHELLS.len() {
        let id = member(at);
        let account = fake.account(&id);
        account.oac("OAC1", "no-override");
        account.vpc_origin(VpcOrigin::new("vo_http", "http-only"));
        account.vpc_origin(VpcOrigin::new("vo_open", "match-viewer").ssl(&OLD_TLS));
        account.vpc_origin(VpcOrigin::new("vo_weak", "https-only").ssl(&OLD_TLS));
        account.deployment("P1", "destaging.cloudfront.net", "0.05");
        for distribution in distributions() {
            account.add(distribution);
        }
    }
    (fake, bench)
}

/// All of the configuration is as it was, but for these.
fn assert_changed(before: &str, after: &str, changes: Changes, at: &str) {
    let side = |of: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        let stands = changes.iter().filter(|change| !of(change).is_empty());
        stands.map(|change| format!("{}={}", change.0, of(change))).collect::<Vec<_>>()
    };
    let wanted = (side(|change| change.1), side(|change| change.2));
    assert_eq!(difference(before, after), wanted, "{at}");
}

#[test]
fn every_script_in_every_shell_changes_what_it_says_and_the_next_load_finds_it() {
    if !shells::ready() {
        return;
    }
    let (fake, bench) = stage(|| scripts().into_iter().map(|row| row.distribution).collect());
    let loaded = scan(&bench);
    std::thread::scope(|scope| {
        for (account, shell) in SHELLS.into_iter().enumerate() {
            let (fake, bench, loaded) = (&fake, &bench, &loaded);
            scope.spawn(move || {
                let id = member(account);
                for (at, row) in scripts().into_iter().enumerate() {
                    let read = &loaded.rows(account)[at];
                    let place = format!("{shell:?} {} {:?}", read.id.as_str(), row.fix);
                    assert_eq!(judged(loaded, account, at), row.before, "{place}");
                    let cli = with(bench, account, read, |finding| text_of(finding, row.fix));
                    assert!(cli.is_script, "{place}");
                    let before = fake.account(&id).config(read.id.as_str());
                    let ran = run(shell, &cli.text, &fake.env(&id));
                    assert_eq!(ran.status, Some(0), "{place} {ran:?}");
                    assert!(ran.files.is_empty() && ran.kept.len() == 1, "{place} {ran:?}");
                    let after = fake.account(&id).config(read.id.as_str());
                    assert_changed(&before, &after, row.changes, &place);
                }
                for operation in ["GetDistributionConfig", "UpdateDistribution"] {
                    assert_eq!(fake.count(&id, operation), scripts().len(), "{shell:?}");
                }
            });
        }
    });
    let loaded = scan(&bench);
    for (account, shell) in SHELLS.into_iter().enumerate() {
        for (at, row) in scripts().into_iter().enumerate() {
            let place = format!("{shell:?} {at} {:?}", row.fix);
            assert_eq!(judged(&loaded, account, at), row.after, "{place}");
            let cases = with(&bench, account, &loaded.rows(account)[at], fix::cases);
            assert!(cases.iter().all(|choice| choice.case != row.fix.0), "{place} {cases:?}");
        }
    }
}

#[test]
fn every_plan_in_every_shell_calls_nothing() {
    if !shells::ready() {
        return;
    }
    let (fake, bench) =
        stage(|| plans().into_iter().map(|(distribution, _)| distribution).collect());
    let loaded = scan(&bench);
    let calls = fake.calls().len();
    std::thread::scope(|scope| {
        for (account, shell) in SHELLS.into_iter().enumerate() {
            let (bench, loaded, env) = (&bench, &loaded, fake.env(&member(account)));
            scope.spawn(move || {
                for (at, (_, wanted)) in plans().into_iter().enumerate() {
                    let read = &loaded.rows(account)[at];
                    let place = format!("{shell:?} {} {wanted:?}", read.id.as_str());
                    let cli = with(bench, account, read, |finding| text_of(finding, wanted));
                    assert!(!cli.is_script, "{place}");
                    let ran = run(shell, &cli.text, &env);
                    assert_eq!(ran.status, Some(0), "{place} {ran:?}");
                    let said = "cf-tui plan: nothing is run by this text\n";
                    assert!(ran.stdout.contains(said), "{place} {ran:?}");
                    assert!(ran.stdout.contains("Origin it's ("), "{place} {ran:?}");
                    assert!(ran.files.is_empty() && ran.kept.is_empty(), "{place} {ran:?}");
                }
            });
        }
    });
    assert_eq!(fake.calls().len(), calls);
}

#[test]
fn where_nothing_may_be_done_no_form_has_a_text() {
    let (_fake, bench) =
        stage(|| vec![reached("E0", web("https-only")), reached("E1", web("new"))]);
    let loaded = scan(&bench);
    for (read, case) in loaded.rows(0).iter().zip([Case::Nothing, Case::NotKnown]) {
        with(&bench, 0, read, |finding| {
            assert_eq!(fix::case(finding), case);
            for form in Form::ALL {
                let text = fix::text(finding, form);
                assert!(matches!(text, Err(NoFix::NothingToFix(_))), "{form:?} {text:?}");
            }
        });
    }
}

#[test]
fn the_table_has_every_case() {
    let name = |case: &Case| format!("{case:?}");
    let mut have = BTreeSet::from([Case::Nothing, Case::NotKnown].map(|case| name(&case)));
    have.extend(scripts().iter().map(|row| name(&row.fix.0)));
    have.extend(plans().iter().map(|(_, (case, _))| name(case)));
    assert_eq!(have, every().iter().map(name).collect());
}
