//! The copied script, run by real shells with the real `aws` and `jq` against the fake AWS: it
//! changes that origin and nothing else, and every refusal comes before a write.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod difference;
mod fake;
mod findings;
mod shells;
mod tools;

use std::os::unix::fs::PermissionsExt as _;

use cf_tui::domain::fix;
use difference::difference;
use fake::{Behavior, Distribution, Fake, Fault, Origin};
use findings::{ACCOUNT, Sample, custom, s3};
use shells::{Ran, SHELLS, run};

const SECRET: &str = "origin-header-secret-7f3a";

/// One for each shell. Each would do harm where it is not quoted.
const HOSTILE: [&str; 5] = [
    "'; touch pwned; $(touch pwned)",
    "`touch pwned` it's !! $HOME * \\",
    "-n",
    " %s \"{{x}}\" ünï 日本 🎉 \\' ",
    "a'!touch' #; ) && touch pwned",
];

fn store(fake: &Fake, ids: &[&str], policy: &str) {
    let origin = |id: &str, n: usize| {
        Origin::custom(id, &format!("web{n}.example.com"), policy)
            .ssl(&["TLSv1", "TLSv1.2"])
            .header("X-Origin-Key", SECRET)
            .path("/ü")
    };
    let mut distribution =
        Distribution::new("E2EXAMPLE").comment("Grüße <& \"x\">").alias("a.example.com");
    for (n, id) in ids.iter().enumerate() {
        distribution = distribution.origin(origin(id, n));
    }
    distribution = distribution
        .origin(Origin::s3("bucket", "bucket.s3.amazonaws.com").with_oac("OAC1"))
        .group("both", &[ids[0], "bucket"])
        .default_behavior(Behavior::to("both"))
        .behavior(
            Behavior::to(ids[0])
                .path("/api/*")
                .viewer("redirect-to-https")
                .lambda("origin-request"),
        );
    fake.account(ACCOUNT).add(distribution);
}

fn sample(id: &str, n: usize, policy: &str) -> Sample {
    Sample::of(custom(id, &format!("web{n}.example.com"), policy, &["TLSv1", "TLSv1.2"]))
}

fn script(sample: &mut Sample) -> String {
    let cli = fix::cli(&sample.finding()).unwrap();
    assert!(cli.is_script && !cli.text.ends_with('\n'));
    cli.text
}

fn operations(fake: &Fake) -> Vec<String> {
    fake.calls().into_iter().map(|call| call.operation).collect()
}

fn assert_refused(ran: &Ran, said: &str) {
    assert!(ran.stderr.contains(said), "{ran:?}");
    assert!(ran.stderr.contains("nothing was changed"), "{ran:?}");
    assert!(ran.status != Some(0), "{ran:?}");
    assert_eq!(ran.files, [""; 0]);
    assert!(ran.kept.is_empty(), "header values stay behind: {ran:?}");
    assert!(!ran.stdout.contains(SECRET) && !ran.stderr.contains(SECRET));
}

fn changes_one_origin(n: usize) {
    let (shell, id) = (SHELLS[n], HOSTILE[n]);
    let fake = Fake::start();
    store(&fake, &HOSTILE, "http-only");
    let before = fake.account(ACCOUNT).config("E2EXAMPLE");
    let text = script(&mut sample(id, n, "http-only"));
    let ran = run(shell, &text, &fake.env(ACCOUNT));
    let after = fake.account(ACCOUNT).config("E2EXAMPLE");
    let (was, is) = difference(&before, &after);
    let path = format!("/Origins/Items/Origin{n}/CustomOriginConfig/OriginProtocolPolicy");
    assert_eq!(was, [format!("{path}=http-only")], "{shell:?} {ran:?}");
    assert_eq!(is, [format!("{path}=https-only")], "{shell:?} {ran:?}");
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert_eq!(ran.files, [""; 0], "{ran:?}");
    assert_eq!(
        operations(&fake),
        ["GetCallerIdentity", "GetDistributionConfig", "UpdateDistribution"]
    );
    assert!(ran.stdout.contains(&format!("origin {id} of E2EXAMPLE is https-only now")), "{ran:?}");
    assert!(!ran.stdout.contains(SECRET) && !ran.stderr.contains(SECRET));
    let [kept] = ran.kept.as_slice() else { panic!("the way back is one folder: {ran:?}") };
    assert_eq!(shells::names(kept), ["before.json"]);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(kept), mode(&kept.join("before.json"))), (0o700, 0o600));
    if n > 0 {
        return;
    }
    // The way back that it prints works too, as long as nobody else changes the distribution.
    let way_back = ran.stdout.lines().find(|l| l.contains("update-distribution")).unwrap();
    let back = run(&["bash"], way_back, &fake.env(ACCOUNT));
    assert_eq!(back.status, Some(0), "{back:?}");
    let restored = fake.account(ACCOUNT).config("E2EXAMPLE");
    assert_eq!(difference(&before, &restored), (vec![], vec![]));
}

#[test]
fn one_origin_changes_in_bash() {
    if !shells::ready() {
        return;
    }
    changes_one_origin(0);
}

#[test]
fn one_origin_changes_in_dash() {
    if !shells::ready() {
        return;
    }
    changes_one_origin(1);
}

#[test]
fn one_origin_changes_in_posix_bash() {
    if !shells::ready() {
        return;
    }
    changes_one_origin(2);
}

#[test]
fn one_origin_changes_in_interactive_zsh() {
    if !shells::ready() {
        return;
    }
    changes_one_origin(3);
}

#[test]
fn one_origin_changes_in_interactive_bash() {
    if !shells::ready() {
        return;
    }
    changes_one_origin(4);
}

#[test]
fn weak_tls_is_a_fix_of_its_own() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    store(&fake, &["web", "other"], "https-only");
    let before = fake.account(ACCOUNT).config("E2EXAMPLE");
    let text = script(&mut sample("web", 0, "https-only"));
    let ran = run(&["dash"], &text, &fake.env(ACCOUNT));
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let (was, is) = difference(&before, &fake.account(ACCOUNT).config("E2EXAMPLE"));
    let path = "/Origins/Items/Origin0/CustomOriginConfig/OriginSslProtocols";
    assert_eq!(
        was,
        [
            format!("{path}/Items/SslProtocol0=TLSv1"),
            format!("{path}/Items/SslProtocol1=TLSv1.2"),
            format!("{path}/Quantity=2")
        ]
    );
    assert_eq!(is, [format!("{path}/Items/SslProtocol0=TLSv1.2"), format!("{path}/Quantity=1")]);
}

#[test]
fn just_the_open_behaviors_of_a_bucket_redirect_their_viewers() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    let domain = "bucket.s3.eu-west-1.amazonaws.com";
    fake.account(ACCOUNT).add(
        Distribution::new("E2EXAMPLE")
            .origin(Origin::custom("web", "web.example.com", "https-only").header("X", SECRET))
            .origin(Origin::s3(HOSTILE[0], domain))
            .group("both", &["web", HOSTILE[0]])
            .default_behavior(Behavior::to("both").viewer("allow-all"))
            .behavior(Behavior::to("web").path("/web/*").viewer("allow-all"))
            .behavior(Behavior::to(HOSTILE[0]).path("/img/*").viewer("allow-all"))
            .behavior(Behavior::to(HOSTILE[0]).path("/safe/*").viewer("https-only")),
    );
    let before = fake.account(ACCOUNT).config("E2EXAMPLE");
    let text = script(&mut Sample::of(s3(HOSTILE[0])));
    let ran = run(&["zsh", "-i"], &text, &fake.env(ACCOUNT));
    assert_eq!((ran.status, ran.files.len()), (Some(0), 0), "{ran:?}");
    let (was, is) = difference(&before, &fake.account(ACCOUNT).config("E2EXAMPLE"));
    let paths = [
        "/CacheBehaviors/Items/CacheBehavior1/ViewerProtocolPolicy",
        "/DefaultCacheBehavior/ViewerProtocolPolicy",
    ];
    assert_eq!(was, paths.map(|path| format!("{path}=allow-all")));
    assert_eq!(is, paths.map(|path| format!("{path}=redirect-to-https")));
    let again = run(&["dash"], &text, &fake.env(ACCOUNT));
    assert_refused(&again, "no behavior that reaches the origin lets plain HTTP through");
}

#[test]
fn somebody_elses_change_in_between_is_kept() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    store(&fake, &["web"], "match-viewer");
    let prod = fake.account(ACCOUNT);
    prod.fault("UpdateDistribution", Fault::ChangedMeanwhile);
    let before = prod.config("E2EXAMPLE");
    let text = script(&mut sample("web", 0, "match-viewer"));
    let ran = run(&["zsh", "-i"], &format!("{text} || false"), &fake.env(ACCOUNT));
    assert_refused(&ran, "CloudFront refused the update");
    assert!(ran.stderr.contains("(PreconditionFailed)"), "{ran:?}");
    assert_eq!(prod.config("E2EXAMPLE"), before);
}

#[test]
fn a_lost_answer_is_said_to_be_unsure() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    store(&fake, &["web"], "http-only");
    fake.account(ACCOUNT).fault("UpdateDistribution", Fault::Reset);
    let text = script(&mut sample("web", 0, "http-only"));
    let ran = run(&["dash"], &text, &fake.env(ACCOUNT));
    assert!(ran.stderr.contains("is not known: read the distribution again"), "{ran:?}");
    assert!(!ran.stderr.contains("nothing was changed"), "{ran:?}");
    assert_eq!(shells::names(&ran.kept[0]), ["before.json"]);
    assert_eq!(fake.count(ACCOUNT, "UpdateDistribution"), 1, "tried once");
}

#[test]
fn another_accounts_credentials_are_refused() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    let text = script(&mut sample("web", 0, "http-only"));
    let ran = run(&["bash"], &format!("( {text} ) || :\nfalse"), &fake.env(fake::BASE_ACCOUNT));
    assert_refused(
        &ran,
        "arn:aws:iam::999999999999:user/base, and the fix is for account 111122223333",
    );
    assert_eq!(operations(&fake), ["GetCallerIdentity"]);
}

#[test]
fn missing_credentials_are_refused() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    let mut env = fake.env(ACCOUNT);
    env.retain(|(name, _)| name != "AWS_ACCESS_KEY_ID" && name != "AWS_SECRET_ACCESS_KEY");
    let text = script(&mut sample("web", 0, "http-only"));
    assert_refused(&run(&["bash", "--posix"], &text, &env), "there are no AWS credentials");
    assert!(operations(&fake).is_empty());
}

#[test]
fn an_origin_that_is_https_only_already_is_left_alone() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    store(&fake, &["web"], "https-only");
    let text = script(&mut sample("web", 0, "http-only"));
    let ran = run(&["dash"], &text, &fake.env(ACCOUNT));
    assert_refused(&ran, "the origin is https-only already");
    assert_eq!(operations(&fake), ["GetCallerIdentity", "GetDistributionConfig"]);
}

#[test]
fn a_denied_read_is_a_refusal() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    fake.account(ACCOUNT).fault("GetDistributionConfig", Fault::AccessDenied);
    let text = script(&mut sample("web", 0, "http-only"));
    let ran = run(&["zsh", "-i"], &format!("if {text}; then echo; fi\nfalse"), &fake.env(ACCOUNT));
    assert_refused(&ran, "the configuration of E2EXAMPLE cannot be read");
}

#[test]
fn a_users_own_configuration_of_the_aws_cli_changes_nothing() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    store(&fake, &["web"], "http-only");
    let before = fake.account(ACCOUNT).config("E2EXAMPLE");
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config");
    let settings = "output = text\ncli_pager = false\ncli_timestamp_format = iso8601\ncli_follow_urlparam = true\nregion = eu-central-1\nretry_mode = adaptive\nmax_attempts = 9\n";
    std::fs::write(&config, format!("[default]\n{settings}[profile mine]\n{settings}")).unwrap();
    let mut env = fake.env(ACCOUNT);
    env.retain(|(name, _)| name != "AWS_CONFIG_FILE");
    for (name, value) in [
        ("AWS_CONFIG_FILE", config.to_str().unwrap()),
        ("AWS_PROFILE", "mine"),
        ("AWS_DEFAULT_OUTPUT", "table"),
        ("AWS_PAGER", "false"),
        ("AWS_REGION", "eu-west-1"),
        ("LC_ALL", "C"),
    ] {
        env.push((name.to_owned(), value.to_owned()));
    }
    let text = script(&mut sample("web", 0, "http-only"));
    let ran = run(&["dash"], &text, &env);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let (was, is) = difference(&before, &fake.account(ACCOUNT).config("E2EXAMPLE"));
    let path = "/Origins/Items/Origin0/CustomOriginConfig/OriginProtocolPolicy";
    assert_eq!((was, is), (vec![format!("{path}=http-only")], vec![format!("{path}=https-only")]));
}
