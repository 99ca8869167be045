//! The copied text with a stub for `aws` and the real `jq`: many hostile ids in every shell and
//! wrapping, every refusal, and plans, which must run nothing.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

#[path = "fix_stub/batch.rs"]
mod batch;
#[path = "fix_stub/batch_pastes.rs"]
mod batch_pastes;
mod findings;
mod shells;
mod tools;
#[path = "fix_stub/users.rs"]
mod users;
#[path = "fix_stub/viewers.rs"]
mod viewers;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use cf_tui::domain::fix;
use cf_tui::domain::ids::Partition;
use findings::{ACCOUNT, Sample, behavior, custom, group, s3, vpc};
use serde_json::{Value, json};
use shells::{Ran, SHELLS, WRAPPINGS, path_of, run};
use tempfile::TempDir;

const HOSTILE: [&str; 26] = [
    "'; touch pwned; $(touch pwned)",
    "`touch pwned`",
    "$(touch pwned)",
    "$HOME",
    "-n",
    "--",
    "*",
    "\\",
    "\\'",
    "'",
    "''",
    "'''",
    "%s%n",
    "\"",
    "\" | halt_error(\"x\") | \"",
    "{{",
    "\\(input)",
    "trailing  ",
    " leading",
    "it's",
    "!!",
    "a!touch",
    "#x",
    "~",
    "ünïcödé 日本語 🎉",
    "a;b|c&d>pwned<e(f)g[h]i{j}k^l",
];

/// Says who it is, gives the configuration, and takes the new one.
const STUB: &str = r#"#!/bin/sh
printf '%s\n' "$*" >>"$STUB/calls"
case "$1 $2" in
"sts get-caller-identity") [ -n "$STUB_CALLER" ] || exit 253; printf '%s\n' "$STUB_CALLER" ;;
"cloudfront get-distribution-config") cat "$STUB/config.json" ;;
"cloudfront update-distribution")
    for word; do case $word in file://*) cat "${word#file://}" >"$STUB/posted.json"; cp "$STUB/posted.json" "$STUB/posted-$4.json" ;; esac; done
    [ -z "$STUB_SAYS" ] || { printf '%s\n' "$STUB_SAYS" >&2; exit 255; }
    echo ENEW ;;
*) exit 99 ;;
esac
"#;

/// A folder with a stub `aws`, its configuration and its log.
struct Stub {
    folder: TempDir,
    env: Vec<(String, String)>,
}

impl Stub {
    fn new(config: &Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = path_of(
            folder.path(),
            &["jq", "rm", "mktemp", "cat", "cp", "mkdir", "rmdir", "sh", "touch"],
        );
        let aws = Path::new(&path).join("aws");
        tools::write_program(&aws, STUB);
        std::fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
        let mut stub = Self { folder, env: Vec::new() };
        stub.set("PATH", path.to_str().unwrap());
        stub.set("STUB", &stub.file(".").display().to_string());
        stub.set("STUB_CALLER", &format!("arn:aws:sts::{ACCOUNT}:assumed-role/admin/me"));
        stub
    }

    fn set(&mut self, name: &str, value: &str) {
        self.env.retain(|(n, _)| n != name);
        self.env.push((name.to_owned(), value.to_owned()));
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn calls(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.file("calls")).unwrap_or_default();
        log.lines().map(|l| l.split(' ').nth(1).unwrap().to_owned()).collect()
    }

    fn posted(&self) -> Option<Value> {
        let text = std::fs::read_to_string(self.file("posted.json")).ok()?;
        Some(serde_json::from_str(&text).unwrap())
    }

    fn run(&self, shell: &[&str], text: &str) -> Ran {
        let _ = std::fs::remove_file(self.file("posted.json"));
        let _ = std::fs::remove_file(self.file("calls"));
        run(shell, text, &self.env)
    }
}

fn origin(id: &str, policy: &str) -> Value {
    json!({
        "Id": id,
        "DomainName": "web.example.com",
        "CustomHeaders": {"Quantity": 1, "Items": [{"HeaderName": "X", "HeaderValue": "hush"}]},
        "CustomOriginConfig": {
            "HTTPPort": 80,
            "HTTPSPort": 443,
            "OriginProtocolPolicy": policy,
            "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]},
        },
    })
}

fn config(origins: &[Value]) -> Value {
    json!({
        "ETag": "E1OLD",
        "DistributionConfig": {
            "CallerReference": "r",
            "Comment": "größe \u{202e} \u{1b}",
            "Origins": {"Quantity": origins.len(), "Items": origins},
        },
    })
}

fn sample(id: &str) -> Sample {
    Sample::of(custom(id, "web.example.com", "http-only", &["TLSv1.2"]))
}

fn script(id: &str) -> String {
    fix::cli(&sample(id).finding()).unwrap().text
}

/// Does the work for each of the numbers, on as many threads as there are processors.
fn in_parallel(numbers: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(n) =
                    Some(next.fetch_add(1, Ordering::SeqCst)).filter(|n| *n < numbers)
                {
                    work(n);
                }
            });
        }
    });
}

#[test]
fn hostile_ids_change_their_origin_alone_in_every_shell() {
    if !shells::ready() {
        return;
    }
    let all: Vec<Value> = HOSTILE.iter().map(|id| origin(id, "match-viewer")).collect();
    in_parallel(HOSTILE.len() * SHELLS.len(), |n| {
        let (at, shell) = (n % HOSTILE.len(), SHELLS[n / HOSTILE.len()]);
        let (before, after) = WRAPPINGS[n % WRAPPINGS.len()];
        let stub = Stub::new(&config(&all));
        let ran = stub.run(shell, &format!("{before}{}{after}", script(HOSTILE[at])));
        let mut wanted = config(&all)["DistributionConfig"].take();
        wanted["Origins"]["Items"][at]["CustomOriginConfig"]["OriginProtocolPolicy"] =
            "https-only".into();
        assert_eq!(stub.posted(), Some(wanted), "{shell:?} {} {ran:?}", HOSTILE[at]);
        assert_eq!(ran.files, [""; 0], "{shell:?} {} {ran:?}", HOSTILE[at]);
        let calls = ["get-caller-identity", "get-distribution-config", "update-distribution"];
        assert_eq!(stub.calls(), calls, "{shell:?} {ran:?}");
    });
}

/// What is wrong, and what is said of it. All of it is found before the write.
type Refusal = (&'static str, fn(&mut Stub));

const REFUSALS: [Refusal; 15] = [
    ("are of arn:aws:iam::444455556666:user/x, and", |stub| {
        stub.set("STUB_CALLER", "arn:aws:iam::444455556666:user/x");
    }),
    ("the fix is for account 111122223333", |stub| {
        // A user's path may hold nearly anything.
        stub.set("STUB_CALLER", "arn:aws:iam::999999999999:user/::111122223333:/x");
    }),
    ("the fix is for account 111122223333", |stub| {
        stub.set("STUB_CALLER", "arn:aws:iam::1111222233334:user/x");
    }),
    ("no AWS credentials", |stub| stub.set("STUB_CALLER", "")),
    ("E2EXAMPLE has no such origin", |stub| put(stub, &config(&[origin("other", "http-only")]))),
    ("not a custom origin", |stub| {
        let bucket =
            json!({"Id": "it's", "DomainName": "b.s3.amazonaws.com", "S3OriginConfig": {}});
        put(stub, &config(&[bucket]));
    }),
    ("not a custom origin", |stub| {
        put(stub, &config(&[origin("it's", "http-only"), origin("it's", "http-only")]));
    }),
    ("is not web.example.com any more", |stub| {
        let mut moved = origin("it's", "http-only");
        moved["DomainName"] = "b.s3-website-eu-west-1.amazonaws.com".into();
        put(stub, &config(&[moved]));
    }),
    ("https-only already", |stub| put(stub, &config(&[origin("it's", "https-only")]))),
    ("not one that this fix knows", |stub| put(stub, &config(&[origin("it's", "new-policy")]))),
    ("no ETag", |stub| put(stub, &json!({"DistributionConfig": {}}))),
    ("cannot be understood", |stub| put(stub, &json!({"ETag": "E", "DistributionConfig": {}}))),
    ("something else than UTF-8", |stub| {
        let text = config(&[origin("it's", "http-only")]).to_string();
        let mut bytes = text.replace("hush", "h@sh").into_bytes();
        let at = bytes.iter().position(|b| *b == b'@').unwrap();
        bytes[at] = 0xfc;
        std::fs::write(stub.file("config.json"), bytes).unwrap();
    }),
    ("", |stub| {
        // As Control-C while the configuration is read.
        let kill = STUB
            .replace("cat \"$STUB/config.json\"", "kill -TERM $PPID; cat \"$STUB/config.json\"");
        tools::write_program(&stub.file("bin/aws"), &kill);
    }),
    ("jq is not installed", |stub| std::fs::remove_file(stub.file("bin/jq")).unwrap()),
];

fn put(stub: &Stub, config: &Value) {
    std::fs::write(stub.file("config.json"), config.to_string()).unwrap();
}

#[test]
fn every_refusal_stops_before_the_write_however_it_is_wrapped() {
    if !shells::ready() {
        return;
    }
    let wrappings = WRAPPINGS.len();
    in_parallel(REFUSALS.len() * wrappings, |n| {
        let ((said, spoil), (before, after)) = (REFUSALS[n / wrappings], WRAPPINGS[n % wrappings]);
        let shell = SHELLS[n % SHELLS.len()];
        let mut stub = Stub::new(&config(&[origin("it's", "http-only")]));
        spoil(&mut stub);
        let ran = stub.run(shell, &format!("{before}{}{after}", script("it's")));
        assert!(ran.stderr.contains(said), "{shell:?} {said} {ran:?}");
        assert!(said.is_empty() || ran.stderr.contains("nothing was changed"), "{shell:?} {ran:?}");
        assert!(!stub.calls().contains(&"update-distribution".to_owned()), "{shell:?} {ran:?}");
        assert!(ran.kept.is_empty(), "{shell:?} {ran:?}");
        if before.is_empty() {
            assert_ne!(ran.status, Some(0), "{shell:?} {ran:?}");
        }
    });
}

#[test]
fn half_a_paste_runs_nothing() {
    if !shells::ready() {
        return;
    }
    let text = script("it's");
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    in_parallel(ends.len(), |n| {
        let stub = Stub::new(&config(&[origin("it's", "http-only")]));
        for shell in SHELLS {
            let ran = stub.run(shell, &text[..ends[n]]);
            assert!(stub.calls().is_empty() && ran.kept.is_empty(), "{shell:?} {ran:?}");
        }
    });
}

#[test]
fn a_missing_aws_is_said() {
    if !shells::ready() {
        return;
    }
    let stub = Stub::new(&config(&[origin("web", "http-only")]));
    std::fs::remove_file(stub.file("bin/aws")).unwrap();
    for shell in SHELLS {
        let ran = stub.run(shell, &script("web"));
        assert!(ran.stderr.contains("the AWS CLI is not installed"), "{shell:?} {ran:?}");
    }
}

#[test]
fn what_came_of_the_write_is_said_truly() {
    if !shells::ready() {
        return;
    }
    for (says, said, kept) in [
        ("An error occurred (IllegalUpdate) when", "refused the update", 0),
        ("aws: [ERROR]: An error occurred (AccessDenied) when", "refused the update", 0),
        ("An error occurred (InternalError) when", "CloudFront failed", 1),
        ("An error occurred (503) when", "CloudFront failed", 1),
        ("Connection was closed before", "with status 255", 1),
    ] {
        let mut stub = Stub::new(&config(&[origin("web", "http-only")]));
        stub.set("STUB_SAYS", says);
        for shell in SHELLS {
            let ran = stub.run(shell, &script("web"));
            assert!(ran.stderr.contains(says) && ran.stderr.contains(said), "{shell:?} {ran:?}");
            assert_eq!(ran.kept.len(), kept, "{shell:?} {ran:?}");
            assert_ne!(ran.status, Some(0), "{shell:?} {ran:?}");
        }
    }
}

#[test]
fn a_fix_profile_goes_before_exported_keys() {
    if !shells::ready() {
        return;
    }
    let mut stub = Stub::new(&config(&[origin("web", "http-only")]));
    std::fs::write(
        stub.file("bin/aws"),
        STUB.replace("$*", "x $AWS_PROFILE:${AWS_ACCESS_KEY_ID-none}:$AWS_REGION"),
    )
    .unwrap();
    stub.set("AWS_ACCESS_KEY_ID", "AKIAEXPORTED");
    stub.set("STUB_CALLER", &format!("arn:aws-cn:sts::{ACCOUNT}:assumed-role/admin/me"));
    let mut sample = sample("web");
    sample.account.fix_profile = Some("it's;prod".to_owned());
    sample.account.partition = Partition::AwsCn;
    let text = fix::cli(&sample.finding()).unwrap().text;
    for shell in SHELLS {
        let ran = stub.run(shell, &text);
        assert_eq!(stub.calls(), ["it's;prod:none:cn-northwest-1"; 3], "{shell:?} {ran:?}");
        let way_back =
            "--region cn-northwest-1 --profile 'it'\\''s;prod' --id E2EXAMPLE --if-match ENEW";
        assert!(ran.stdout.contains(way_back), "{shell:?} {ran:?}");
    }
}

#[test]
fn plans_run_nothing_in_any_shell() {
    if !shells::ready() {
        return;
    }
    let hostile = "'; touch pwned; $(touch pwned) `aws x` !! #";
    let website = "b.s3-website-eu-west-1.amazonaws.com";
    let reached = |id: &str| {
        let id = id.to_owned();
        move |d: &mut cf_tui::domain::distribution::Distribution| {
            d.behaviors.push(behavior(Some("/$(touch pwned)'*"), &id, "allow-all"));
            d.groups.push(group("g'; aws", &[&id]));
        }
    };
    let plans = [
        Sample::of(s3(hostile)).with(|d| d.behaviors.clear()),
        Sample::of(custom(hostile, website, "http-only", &[])).with(reached(hostile)),
        Sample::of(custom(hostile, website, "https-only", &[])),
        Sample::of(vpc(hostile, "match-viewer", &[])).with(reached(hostile)),
        Sample::of(vpc(hostile, "https-only", &["TLSv1"])),
    ];
    for mut plan in plans {
        let cli = fix::cli(&plan.finding()).unwrap();
        assert!(!cli.is_script, "{}", cli.title);
        for shell in SHELLS {
            let stub = Stub::new(&Value::Null);
            let ran = stub.run(shell, &cli.text);
            assert!(stub.calls().is_empty(), "{shell:?} {ran:?}");
            assert_eq!(ran.files, [""; 0], "{shell:?} {ran:?}");
            assert_eq!(ran.status, Some(0), "{shell:?} {ran:?}");
            assert!(ran.stdout.contains(&format!("Origin {hostile} (")), "{shell:?} {ran:?}");
        }
    }
}
