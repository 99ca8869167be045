//! Generated hostile values in the copied text: shells run it, many texts one after the other, with
//! a stub for `aws` and the real `jq`, and nothing of a value is ever run.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod findings;
#[path = "fix_forms/generated.rs"]
mod generated;
mod shells;
mod tools;

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use cf_tui::domain::finding::Finding;
use cf_tui::domain::fix::{self, Cli, NoFix};
use cf_tui::domain::ids::DistributionId;
use findings::{ACCOUNT, Sample};
use generated::{Hostile, PARTS, generated};
use regex::Regex;
use serde_json::{Value, json};
use shells::{Ran, SHELLS, names, path_of, run};
use tempfile::TempDir;

/// What does harm in a shell, where it is not quoted.
const SHELL: [&str; 22] = [
    ";",
    "; touch pwned;",
    "&& touch pwned",
    "|touch pwned",
    "& touch pwned &",
    "$(touch pwned)",
    "`touch pwned`",
    "'$(touch pwned)'",
    "'; touch pwned; '",
    "\"; touch pwned; \"",
    "a[$(touch pwned)]",
    ">pwned",
    "<(touch pwned)",
    "!touch",
    "!!",
    "~root",
    "*",
    "/*",
    "\\'",
    "$HOME",
    "%s%n",
    "\" | halt_error(\"x\") | \"",
];

/// What no text is built with.
const HARMFUL: [&str; 6] = ["\n", "\r", "\u{1b}]52;c;eA==\u{7}", "\u{202e}", "\u{200b}", "\u{9b}"];

/// Says who it is, and that every origin has moved to another domain: the last check before the
/// write, which has had the id and the domain from the script.
const STUB: &str = r#"#!/bin/sh
printf '%s\n' "$*" >>"$STUB/calls"
case "$1 $2" in
"sts get-caller-identity") printf '%s\n' "$STUB_CALLER" ;;
"cloudfront get-distribution-config") exec cat "$STUB/config.json" ;;
*) exit 99 ;;
esac
"#;

/// A folder with a stub `aws`, a PATH with little else, and a HOME.
struct Stub {
    folder: TempDir,
    env: Vec<(String, String)>,
}

impl Stub {
    fn new<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str| folder.path().join(name);
        let path = path_of(
            folder.path(),
            &["jq", "rm", "mktemp", "cat", "mkdir", "rmdir", "sh", "touch", "id"],
        );
        let aws = Path::new(&path).join("aws");
        std::fs::write(&aws, STUB).unwrap();
        std::fs::set_permissions(&aws, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::create_dir(of("home")).unwrap();
        std::fs::write(of("home/.zshrc"), "").unwrap();
        std::fs::write(of("config.json"), moved(ids).to_string()).unwrap();
        let caller = format!("arn:aws:sts::{ACCOUNT}:assumed-role/admin/me");
        let env = [
            ("PATH", path.to_str().unwrap()),
            ("HOME", of("home").to_str().unwrap()),
            ("STUB", folder.path().to_str().unwrap()),
            ("STUB_CALLER", &caller),
            // Its own history is no file that a value made.
            ("HISTFILE", ""),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        Self { folder, env }
    }

    /// Runs texts one after the other, each followed by its number and its status.
    fn run<'a>(&self, shell: &[&str], texts: impl Iterator<Item = &'a str>) -> Ran {
        let numbered =
            |(n, text): (usize, &str)| format!("{text}\nprintf '\\n== %s %s\\n' {n} $?\n");
        let ran = run(shell, &texts.enumerate().map(numbered).collect::<String>(), &self.env);
        assert_eq!(ran.files, [""; 0], "{shell:?}");
        assert_eq!(names(&self.folder.path().join("home")), [".zshrc"], "{shell:?}");
        assert!(ran.kept.is_empty(), "{shell:?} {:?}", ran.kept);
        ran
    }

    fn calls(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.folder.path().join("calls")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }
}

/// A configuration with these origins, all of them of every kind and elsewhere.
fn moved<'a>(ids: impl Iterator<Item = &'a str>) -> Value {
    let origin = |id: &str| json!({"Id": id, "DomainName": "elsewhere.example", "CustomOriginConfig": {}, "S3OriginConfig": {}});
    let items: Vec<Value> = ids.collect::<BTreeSet<_>>().into_iter().map(origin).collect();
    json!({"ETag": "E1OLD", "DistributionConfig": {"Origins": {"Quantity": items.len(), "Items": items}}})
}

/// So many findings, of every kind and case, each in a distribution of its own.
fn hostile(count: usize, more: &[&str]) -> Vec<Sample> {
    let parts = [PARTS.as_slice(), &SHELL, more].concat();
    let make = |(n, made): (usize, Hostile)| {
        let mut sample = made.sample;
        sample.distribution.id = DistributionId::new(format!("E{n}X"));
        match n / 5 % 4 {
            0 => sample.distribution.behaviors.clear(),
            1 => sample.distribution.enabled = false,
            2 => sample.account.fix_profile = Some(sample.distribution.origins[0].path.clone()),
            _ => {}
        }
        sample
    };
    generated(count, &parts).into_iter().enumerate().map(make).collect()
}

/// What was asked for, and the text.
struct Asked {
    id: String,
    domain: String,
    distribution: String,
    cli: Cli,
}

fn asked(sample: &mut Sample) -> Result<Asked, NoFix> {
    let finding = sample.finding();
    let cli = fix::cli(&finding)?;
    let id = finding.origin.id.as_str().to_owned();
    let distribution = finding.distribution.id.as_str().to_owned();
    Ok(Asked { id, domain: finding.origin.domain.clone(), distribution, cli })
}

/// Somebody of another account.
const STRANGER: &str = "arn:aws:iam::444455556666:user/x";

/// The scripts are refused for what `jq` sees, or, which takes a fraction of the time, for who
/// asks: by then every value is a variable.
fn assert_harmless(shell: &[&str], asked: &[Asked], to_jq: bool) {
    let mut stub = Stub::new(asked.iter().map(|asked| asked.id.as_str()));
    if !to_jq {
        stub.env.push(("STUB_CALLER".to_owned(), STRANGER.to_owned()));
    }
    let ran = stub.run(shell, asked.iter().map(|asked| asked.cli.text.as_str()));
    let (mut refusals, mut calls) = (String::new(), Vec::new());
    let mut rest = ran.stdout.as_str();
    for (n, Asked { id, domain, distribution, cli }) in asked.iter().enumerate() {
        let end = format!("\n== {n} {}\n", u8::from(cli.is_script));
        let (said, after) = rest
            .split_once(&end)
            .unwrap_or_else(|| panic!("{shell:?} {end} {}\n{ran:?}", cli.text));
        rest = after;
        if cli.is_script {
            let refusal = match to_jq {
                true => format!("the domain of the origin is not {domain} any more"),
                false => format!(
                    "these credentials are of {STRANGER}, and the fix is for account {ACCOUNT}"
                ),
            };
            let refusal = format!("cf-tui fix: {refusal}; nothing was changed\n");
            assert!(ran.stderr.contains(&refusal), "{shell:?} {refusal} {ran:?}");
            refusals += &refusal;
            calls.push("sts get-caller-identity --query Arn --output text".to_owned());
            if to_jq {
                calls.push(format!(
                    "cloudfront get-distribution-config --id {distribution} --output json"
                ));
            }
        } else {
            assert!(said.contains(&format!("Origin {id} (")), "{shell:?} {said}");
        }
    }
    assert_eq!(stub.calls(), calls, "{shell:?}");
    // An interactive shell prints its prompts there too.
    match shell.contains(&"-i") {
        true => assert!(!ran.stderr.contains("not found"), "{shell:?} {}", ran.stderr),
        false => assert_eq!(ran.stderr, refusals, "{shell:?}"),
    }
}

fn ready() -> bool {
    tools::found(&["bash", "dash", "zsh", "jq"])
}

/// How many texts a shell runs.
const AT_ONCE: usize = 100;

/// Half of them; a batch for each shell goes on to `jq`.
fn two_thousand(half: usize) {
    if !ready() {
        return;
    }
    let mut samples = hostile(2_000, &[]);
    let all: Vec<Asked> = samples.iter_mut().filter_map(|sample| asked(sample).ok()).collect();
    assert!(all.len() > 1_990, "{}", all.len());
    let scripts = all.iter().filter(|asked| asked.cli.is_script).count();
    assert!(scripts > 900 && all.len() - scripts > 600, "{scripts} of {}", all.len());
    for (n, asked) in all.chunks(AT_ONCE).enumerate().filter(|(n, _)| n % 2 == half) {
        assert_harmless(SHELLS[n % SHELLS.len()], asked, n < SHELLS.len());
    }
}

#[test]
fn a_thousand_hostile_texts_run_nothing_of_their_values() {
    two_thousand(0);
}

#[test]
fn nor_do_a_thousand_others() {
    two_thousand(1);
}

#[test]
fn many_hostile_findings_in_one_script_run_nothing_of_their_values() {
    if !ready() {
        return;
    }
    let mut samples = hostile(300, &HARMFUL);
    for (part, shell) in samples.chunks_mut(60).zip(SHELLS) {
        let findings: Vec<Finding<'_>> = part.iter_mut().map(Sample::finding).collect();
        let stub = Stub::new(findings.iter().map(|finding| finding.origin.id.as_str()));
        let batch = fix::batch(&findings);
        assert!(batch.scripted > 10 && batch.left_out.len() > 10, "{batch:?}");
        let ran = stub.run(shell, [batch.text.as_str()].into_iter());
        assert!(ran.stdout.contains("\n== 0 1\n"), "{shell:?} {ran:?}");
        let failed = ran.stdout.lines().find(|l| l.starts_with("FAILED, nothing was changed:"));
        let failed = failed.unwrap_or_else(|| panic!("{shell:?} {ran:?}"));
        assert_eq!(failed.matches(" in account ").count(), batch.distributions, "{shell:?}");
        assert_eq!(stub.calls().len(), 2 * batch.distributions, "{shell:?} {ran:?}");
        for finding in findings {
            let distribution = finding.distribution.id.as_str();
            let id = finding.origin.id.as_str();
            let refusal = format!(
                "cf-tui fix: {distribution}: the domain of the origin {id} is another one now; nothing was changed\n"
            );
            let is_scripted = failed.contains(&format!(" {distribution} in account "));
            assert_eq!(ran.stderr.contains(&refusal), is_scripted, "{shell:?} {refusal} {ran:?}");
        }
        assert!(!ran.stderr.contains("not found"), "{shell:?} {ran:?}");
    }
}

#[test]
fn just_what_a_terminal_acts_on_is_refused() {
    let harmful = Regex::new(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]").unwrap();
    let (mut refused, mut given) = (0, 0);
    for mut sample in hostile(2_000, &HARMFUL) {
        let answer = asked(&mut sample);
        let distribution = &sample.distribution;
        let origin = &distribution.origins[0];
        let mut values = vec![origin.id.as_str(), &origin.domain, &origin.path];
        values.extend(
            distribution.behaviors.iter().map(cf_tui::domain::distribution::Behavior::path),
        );
        values.extend(distribution.groups.iter().map(|group| group.id.as_str()));
        values.extend(sample.account.fix_profile.as_deref());
        if let Some(vpc) = &origin.vpc {
            values.push(&vpc.vpc_origin_id);
            values.extend(vpc.owner.as_deref());
        }
        match answer {
            Ok(Asked { cli, .. }) => {
                given += 1;
                assert!(!cli.text.split('\n').any(|line| harmful.is_match(line)), "{}", cli.text);
                let [id, domain] = [values[0], values[1]];
                assert!(!harmful.is_match(id) && !harmful.is_match(domain), "{id} {domain}");
            }
            Err(NoFix::NotCopyable(why)) => {
                refused += 1;
                let because = values.iter().any(|v| harmful.is_match(v) || v.len() > 240);
                assert!(because, "{why} {values:?}");
                assert!(!harmful.is_match(&why), "{why}");
            }
            Err(NoFix::NothingToFix(why)) => panic!("{why}"),
        }
    }
    assert!(refused > 300 && given > 300, "{refused} refused, {given} given");
}
