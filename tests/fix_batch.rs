//! One script for marked origins of a whole fleet, run by real shells with the real `aws` and `jq`
//! against the fake AWS: what was loaded is judged, fixed by the script, loaded again.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod difference;
mod fake;
#[path = "loader/harness.rs"]
#[allow(dead_code, unreachable_pub, reason = "the loader's tests use all of it")]
mod harness;
mod shells;
mod tools;

use std::collections::BTreeMap;

use cf_tui::domain::account::Account;
use cf_tui::domain::assessment::{Assessment, assess};
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::finding::Finding;
use cf_tui::domain::fix::{self, Batch};
use difference::difference;
use fake::{Behavior, Distribution, Fake, Fault, Origin};
use harness::{Bench, Loaded, member};
use shells::{Ran, run};

const SECRET: &str = "origin-header-secret-91be";
const HOSTILE: &str = "'; touch pwned; $(touch pwned) `x` !! #";
/// By account, how many distributions it has; the last account has no `fix_profile`.
const DISTRIBUTIONS: [usize; 6] = [3, 3, 3, 2, 1, 1];
/// The account with one distribution, so that a fault of it is a fault of that.
const ALONE: usize = 4;
const LAST: usize = 5;

/// A distribution; every second one has a bucket that viewers reach in plain HTTP.
fn distribution(id: &str, bucket: bool) -> Distribution {
    let custom = |id: &str, policy: &str| {
        Origin::custom(id, "web.example.com", policy).header("X-Origin-Key", SECRET)
    };
    let mut made = Distribution::new(id)
        .comment("Grüße")
        .origin(custom("web", "http-only"))
        .origin(custom(HOSTILE, "match-viewer"))
        .origin(custom("not marked", "http-only"))
        .default_behavior(Behavior::to("web").viewer("redirect-to-https"))
        .behavior(Behavior::to(HOSTILE).path("/m/*").viewer("allow-all"))
        .behavior(Behavior::to("not marked").path("/n/*").viewer("allow-all"));
    if bucket {
        made = made
            .origin(Origin::s3("bucket", "bucket.s3.amazonaws.com"))
            .group("both", &["not marked", "bucket"])
            .behavior(Behavior::to("bucket").path("/img/*").viewer("allow-all"))
            .behavior(Behavior::to("both").path("/both/*").viewer("allow-all"))
            .behavior(Behavior::to("bucket").path("/safe/*").viewer("https-only"));
    }
    made
}

/// Account, id and whether it has a bucket, of each distribution.
fn places() -> Vec<(usize, String, bool)> {
    let of = |(account, count): (usize, &usize)| (0..*count).map(move |_| account);
    let accounts = DISTRIBUTIONS.iter().enumerate().flat_map(of);
    accounts.enumerate().map(|(n, account)| (account, format!("E{n}BATCH"), n % 2 == 0)).collect()
}

/// A fleet on the fake, as a load gives it.
struct Stage {
    fake: Fake,
    bench: Bench,
    before: BTreeMap<String, String>,
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let fake = Fake::start();
        let mut bench = Bench::new(&fake, DISTRIBUTIONS.len());
        let mut profiles = String::new();
        for (at, account) in bench.fleet.accounts.iter_mut().enumerate() {
            let (key, secret) = fake.key(account.id.as_str());
            let name = format!("it's {at}");
            profiles += &format!(
                "[profile \"{name}\"]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
            );
            account.fix_profile = (at < LAST).then_some(name);
        }
        for (account, id, bucket) in places() {
            fake.account(&member(account)).add(distribution(&id, bucket));
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config"), profiles).unwrap();
        let mut stage = Self { fake, bench, before: BTreeMap::new(), folder };
        stage.before = stage.configs();
        stage
    }

    fn configs(&self) -> BTreeMap<String, String> {
        let config = |(account, id, _): &(usize, String, bool)| {
            (id.clone(), self.fake.account(&member(*account)).config(id))
        };
        places().iter().map(config).collect()
    }

    fn scan(&self) -> Loaded {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(self.bench.load())
    }

    /// Judges every origin; by account, distribution and origin.
    fn judged(&self, loaded: &Loaded) -> Vec<(usize, usize, usize, Assessment)> {
        let mut judged = Vec::new();
        for account in 0..DISTRIBUTIONS.len() {
            for (d, distribution) in loaded.rows(account).iter().enumerate() {
                for (o, origin) in distribution.origins.iter().enumerate() {
                    judged.push((account, d, o, assess(distribution, origin)));
                }
            }
        }
        judged
    }

    /// The script for every origin but those that are not marked.
    fn batch(&self) -> Batch {
        let loaded = self.scan();
        let judged = self.judged(&loaded);
        let accounts: &[Account] = &self.bench.fleet.accounts;
        let findings = judged.iter().map(|(account, d, o, assessment)| {
            let distribution = &loaded.rows(*account)[*d];
            let origin = &distribution.origins[*o];
            Finding { account: &accounts[*account], distribution, origin, assessment }
        });
        let in_last = |f: &Finding<'_>| f.account.id.as_str() == member(LAST);
        let marked: Vec<Finding<'_>> = findings
            .filter(|f| match in_last(f) {
                true => f.origin.id.as_str() == "web",
                false => f.origin.id.as_str() != "not marked",
            })
            .collect();
        let batch = fix::batch(&marked);
        assert_eq!((batch.marked, batch.scripted, batch.distributions), (31, 30, 12));
        batch
    }

    fn run(&self, shell: &[&str], text: &str) -> Ran {
        let mut env = self.fake.env(fake::BASE_ACCOUNT);
        env.retain(|(name, _)| name != "AWS_CONFIG_FILE");
        let config = self.folder.path().join("config").display().to_string();
        env.push(("AWS_CONFIG_FILE".to_owned(), config));
        let ran = run(shell, text, &env);
        assert!(ran.files.is_empty(), "{ran:?}");
        assert!(!ran.stdout.contains(SECRET) && !ran.stderr.contains(SECRET));
        let top = format!(
            "not in this script: web of E12BATCH in account name-{0} ({0}): its account has no fix_profile",
            member(LAST)
        );
        assert!(ran.stderr.contains(&top), "{ran:?}");
        assert!(ran.stdout.contains("not in this script: 1 of 31 origins"), "{ran:?}");
        ran
    }

    fn updates(&self) -> usize {
        (0..=LAST).map(|n| self.fake.count(&member(n), "UpdateDistribution")).sum()
    }

    /// Only the fields of the marked origins differ, and nothing of the distributions that were
    /// left alone.
    fn assert_changed(&self, left_alone: &[&str]) {
        let after = self.configs();
        for (_, id, bucket) in places() {
            let (was, is) = difference(&self.before[&id], &after[&id]);
            if left_alone.contains(&id.as_str()) {
                assert!(was.is_empty() && is.is_empty(), "{id} {was:?} {is:?}");
                continue;
            }
            let policy = |n: usize| {
                format!("/Origins/Items/Origin{n}/CustomOriginConfig/OriginProtocolPolicy")
            };
            let viewer =
                |n: usize| format!("/CacheBehaviors/Items/CacheBehavior{n}/ViewerProtocolPolicy");
            let mut old =
                vec![format!("{}=http-only", policy(0)), format!("{}=match-viewer", policy(1))];
            let mut new =
                vec![format!("{}=https-only", policy(0)), format!("{}=https-only", policy(1))];
            if bucket {
                for n in [2, 3] {
                    old.push(format!("{}=allow-all", viewer(n)));
                    new.push(format!("{}=redirect-to-https", viewer(n)));
                }
            }
            old.sort();
            new.sort();
            assert_eq!((was, is), (old, new), "{id}");
        }
    }
}

#[test]
fn thirty_origins_of_twelve_distributions_are_twelve_updates_and_pass_then() {
    if !shells::ready() {
        return;
    }
    let stage = Stage::new();
    let ran = stage.run(&["dash"], &stage.batch().text);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert_eq!(stage.updates(), 12, "{ran:?}");
    stage.assert_changed(&["E12BATCH"]);
    let loaded = stage.scan();
    for (account, d, o, assessment) in stage.judged(&loaded) {
        let origin = loaded.rows(account)[d].origins[o].id.as_str();
        let promised = match origin {
            _ if account == LAST || origin == "not marked" => continue,
            "bucket" => Exposure::EncryptedByViewer,
            _ => Exposure::Encrypted,
        };
        assert_eq!(assessment.exposure, promised, "{origin}");
    }
}

fn one_fails(shell: &[&str], operation: &str, fault: Fault, says: &str) {
    let stage = Stage::new();
    let batch = stage.batch();
    let alone = stage.fake.account(&member(ALONE));
    alone.fault(operation, fault);
    let ran = stage.run(shell, &batch.text);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.stderr.contains(says), "{ran:?}");
    let failed = format!("FAILED, nothing was changed:  E11BATCH in account {}\n", member(ALONE));
    assert!(ran.stdout.contains(&failed), "{ran:?}");
    let changed = ran.stdout.lines().find(|line| line.starts_with("changed:")).unwrap();
    assert_eq!(changed.matches(" in account ").count(), 11, "{ran:?}");
    stage.assert_changed(&["E11BATCH", "E12BATCH"]);
    let [kept] = ran.kept.as_slice() else { panic!("{ran:?}") };
    assert_eq!(shells::names(kept).len(), 11, "the ways back, and no header values of others");
}

#[test]
fn somebody_elses_change_fails_one_and_eleven_succeed() {
    if !shells::ready() {
        return;
    }
    let fault = Fault::ChangedMeanwhile;
    one_fails(&["bash"], "UpdateDistribution", fault, "(PreconditionFailed)");
}

#[test]
fn a_denied_one_fails_and_eleven_succeed() {
    if !shells::ready() {
        return;
    }
    let says = "E11BATCH: its configuration cannot be read; nothing was changed";
    one_fails(&["zsh", "-i"], "GetDistributionConfig", Fault::AccessDenied, says);
}
