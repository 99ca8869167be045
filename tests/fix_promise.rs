//! What a fix promises is what the next load finds: every case, by every shell with the real `aws`
//! and `jq` against the fake AWS. And what a plan says that AWS refuses is refused.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod difference;
mod fake;
#[path = "loader/harness.rs"]
#[allow(dead_code, unreachable_pub, reason = "the loader's tests use all of it")]
mod harness;
#[path = "fix_promise/hostile.rs"]
mod hostile;
mod shells;
#[path = "fix_promise/table.rs"]
mod table;
mod tools;

use std::process::Command;
use std::time::Duration;

use cf_tui::domain::assessment::assess;
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::finding::Finding;
use cf_tui::domain::fix::{self, Case, Cli};
use cf_tui::domain::verdict::{Lens, Verdict};
use fake::{Distribution, Fake, Origin, VpcOrigin};
use harness::{Bench, Loaded, member};
use shells::run;

const WEB: &str = "web.example.com";

/// Waits for an answer also where shells and tools keep the machine busy.
fn patient(fake: &Fake, members: usize) -> Bench {
    let mut bench = Bench::new(fake, members);
    bench.fleet.load.call_timeout = Duration::from_secs(30);
    bench
}

fn scan(bench: &Bench) -> Loaded {
    tokio::runtime::Runtime::new().unwrap().block_on(bench.load())
}

fn judged(loaded: &Loaded, at: usize) -> (Exposure, Verdict) {
    let distribution = &loaded.rows(0)[at];
    let assessment = assess(distribution, &distribution.origins[0]);
    (assessment.exposure, assessment.verdict(Lens::Traffic))
}

/// The case and the text of the first origin of a distribution, as it was loaded.
fn fixed(bench: &Bench, loaded: &Loaded, at: usize) -> (Case, Cli) {
    let distribution = &loaded.rows(0)[at];
    let origin = &distribution.origins[0];
    let assessment = assess(distribution, origin);
    let account = &bench.fleet.accounts[0];
    let finding = Finding { account, distribution, origin, assessment: &assessment };
    (fix::case(&finding), fix::cli(&finding).unwrap())
}

#[test]
fn a_vpc_origin_in_use_is_not_changed_as_its_plan_says() {
    if !shells::ready() {
        return;
    }
    let fake = Fake::start();
    let bench = patient(&fake, 1);
    let account = fake.account(&member(0));
    let distribution = Distribution::new("E1").origin(Origin::vpc("inner", WEB, "vo_1"));
    account.add(distribution).vpc_origin(VpcOrigin::new("vo_1", "http-only"));
    let loaded = scan(&bench);
    assert_eq!(judged(&loaded, 0), (Exposure::Plaintext, Verdict::Fail));
    let (case, cli) = fixed(&bench, &loaded, 0);
    assert_eq!((case, cli.is_script), (Case::ReplaceVpcOrigin { preventive: false }, false));
    let said = "VPC origin vo_1 cannot be changed while a distribution uses it (409 CannotUpdateEntityWhileInUse)";
    let (calls, env) = (fake.calls().len(), fake.env(&member(0)));
    let ran = run(&["zsh", "-i"], &cli.text, &env);
    assert!(ran.stdout.contains(said) && ran.files.is_empty(), "{ran:?}");
    assert_eq!(fake.calls().len(), calls, "the plan calls nothing");

    let aws = |operation: &str, more: &[&str]| {
        let mut command = Command::new("aws");
        command.args(["cloudfront", operation, "--id", "vo_1", "--if-match", "EVPCORIGIN"]);
        command.args(more).args(["--region", "us-east-1"]).envs(env.clone());
        let output = command.env("AWS_MAX_ATTEMPTS", "1").env("AWS_PAGER", "").output().unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/inner/0123456789abcdef";
    let wanted =
        format!("Name=inner,Arn={arn},HTTPPort=80,HTTPSPort=443,OriginProtocolPolicy=https-only");
    let update = || aws("update-vpc-origin", &["--vpc-origin-endpoint-config", &wanted]);
    let refused = update();
    assert!(refused.contains("(CannotUpdateEntityWhileInUse)"), "{refused}");
    let refused = aws("delete-vpc-origin", &[]);
    assert!(refused.contains("(CannotDeleteEntityWhileInUse)"), "{refused}");
    assert_eq!(judged(&scan(&bench), 0), (Exposure::Plaintext, Verdict::Fail));
    // Once nothing uses it, it is both.
    account.delete("E1");
    assert_eq!(update(), "");
    assert_eq!(aws("delete-vpc-origin", &[]), "");
    assert!(aws("delete-vpc-origin", &[]).contains("(EntityNotFound)"));
}
