//! `scan`, `fix` and `check --sts` on the accounts of a fleet file, against a fake AWS.

use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fake::{Behavior, Distribution, Fake, Fault, Origin};
use crate::run::{Home, Ran};

const SHOP: (&str, &str) = ("111122223333", "shop-prod");
const PAY: (&str, &str) = ("222233334444", "pay-prod");
const SECRET: &str = "s3cr3t-header-value";

fn shop(fake: &Fake) {
    fake.account(SHOP.0).add(
        Distribution::new("E1SHOP")
            .alias("shop.example")
            .origin(
                Origin::custom("web", "web.example.com", "http-only")
                    .header("X-Origin-Key", SECRET),
            )
            .origin(Origin::custom("api", "api.example.com", "https-only"))
            .default_behavior(Behavior::to("web").viewer("redirect-to-https"))
            .behavior(Behavior::to("api").path("/api/*").viewer("allow-all")),
    );
}

fn pay(fake: &Fake) {
    fake.account(PAY.0).add(
        Distribution::new("E2PAY")
            .origin(Origin::custom("pay", "pay.example.com", "https-only"))
            .default_behavior(Behavior::to("pay").viewer("https-only")),
    );
}

fn document(run: &Ran) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"))
}

#[test]
fn json_holds_exactly_the_origins_that_there_are() {
    let fake = Fake::start();
    shop(&fake);
    pay(&fake);
    let run = Home::with_fleet(&fake, &[PAY, SHOP]).run("scan --format json");
    assert_eq!(run.status, 1, "{run:?}");
    let found = document(&run);
    assert_eq!(
        found["coverage"],
        json!({ "accounts": 2, "complete": 2, "partial": 0, "failed": 0 })
    );
    let rows: Vec<Value> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            json!([
                f["account_name"],
                f["distribution_id"],
                f["origin_id"],
                f["origin_domain"],
                f["origin_protocol_policy"],
                f["rule"],
                f["rule_clause"],
                f["exposure"],
                f["gap"],
                f["verdict"]
            ])
        })
        .collect();
    assert_eq!(
        rows,
        [
            json!([
                "shop-prod",
                "E1SHOP",
                "api",
                "api.example.com",
                "https-only",
                "pass",
                "origin_https_only",
                "encrypted",
                false,
                "pass"
            ]),
            json!([
                "shop-prod",
                "E1SHOP",
                "web",
                "web.example.com",
                "http-only",
                "pass",
                "viewer_redirect",
                "plaintext",
                true,
                "fail"
            ]),
            json!([
                "pay-prod",
                "E2PAY",
                "pay",
                "pay.example.com",
                "https-only",
                "pass",
                "origin_https_only",
                "encrypted",
                false,
                "pass"
            ]),
        ]
    );
    let web = &found["findings"][1];
    assert_eq!(web["plaintext_paths"], json!(["Default (*)"]));
    assert_eq!(web["aliases"], json!(["shop.example"]));
    assert_eq!(
        web["routes"],
        json!([{
            "path": "Default (*)", "viewer_protocol_policy": "redirect-to-https", "via_group": null
        }])
    );
}

#[test]
fn every_exit_status_of_scan() {
    let fake = Fake::start();
    shop(&fake);
    pay(&fake);
    let home = Home::with_fleet(&fake, &[SHOP, PAY]);
    assert_eq!(home.run("scan --account pay-prod").status, 0);
    assert_eq!(home.run("scan").status, 1);
    // The rule's own answer: the viewer clause lets the plaintext origin pass.
    assert_eq!(home.run("scan --lens d9").status, 0);
    fake.account(SHOP.0).fault("AssumeRole", Fault::AccessDenied);
    let denied = home.run("scan --group prod --format json");
    assert_eq!(denied.status, 3, "{denied:?}");
    assert_eq!(document(&denied)["accounts"][0]["error"]["kind"], "denied");
    fake.account(SHOP.0).heal();
    fake.account(PAY.0).fault("ListDistributions", Fault::Garbage);
    let garbage = home.run("scan --format json");
    assert_eq!(garbage.status, 4, "{garbage:?}");
    assert_eq!(document(&garbage)["accounts"][1]["error"]["kind"], "malformed");
}

#[test]
fn without_credentials_every_account_has_failed_with_the_cause() {
    let fake = Fake::start();
    shop(&fake);
    let home = Home::with_fleet(&fake, &[SHOP]);
    let mut command = home.command(["scan", "--format", "json"]);
    command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let run = crate::run::ran(command.output().unwrap());
    assert_eq!(run.status, 3, "{run:?}");
    let account = &document(&run)["accounts"][0];
    assert_eq!(
        (&account["state"], &account["error"]["step"]),
        (&json!("failed"), &json!("credentials"))
    );
}

#[test]
fn the_value_of_a_header_is_nowhere() {
    let fake = Fake::start();
    shop(&fake);
    let home = Home::with_fleet(&fake, &[SHOP]);
    let commands = [
        "scan",
        "scan --format json",
        "scan --format csv --output out.csv",
        "fix 111122223333 E1SHOP web",
        "fix --as console 111122223333 E1SHOP web",
        "check --sts",
    ];
    for command in commands {
        let run = home.run(command);
        assert!(run.status < 2, "{run:?}");
        assert!(!run.stdout.contains(SECRET) && !run.stderr.contains(SECRET), "{command}");
    }
    assert!(fake.count(SHOP.0, "ListDistributions") >= 5);
    for (path, bytes) in home.files() {
        let holds = bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
        assert!(!holds, "{}", path.display());
    }
}

#[test]
fn fix_reads_the_one_account_alone() {
    let fake = Fake::start();
    shop(&fake);
    pay(&fake);
    let home = Home::with_fleet(&fake, &[SHOP, PAY]);
    let run = home.run("fix 111122223333 E1SHOP web");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("origin='web'"), "{}", run.stdout);
    assert_eq!(fake.count(PAY.0, "ListDistributions"), 0);
    assert_eq!(home.run("fix 111122223333 E1SHOP api").status, 1);
    fake.account(SHOP.0).fault("ListDistributions", Fault::AccessDenied);
    let unread = home.run("fix 111122223333 E1SHOP web");
    assert_eq!((unread.status, unread.stdout.as_str()), (3, ""));
    assert!(unread.stderr.contains("ListDistributions"), "{}", unread.stderr);
}

#[test]
fn check_sts_enters_every_account_and_reads_nothing() {
    let fake = Fake::start();
    shop(&fake);
    pay(&fake);
    let home = Home::with_fleet(&fake, &[SHOP, PAY]);
    let run = home.run("check --sts");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run:?}");
    assert!(run.stdout.contains("entered  shop-prod (111122223333) as arn:aws:sts::111122223333:"));
    fake.account(PAY.0).fault("AssumeRole", Fault::AccessDenied);
    let denied = home.run("check --sts");
    assert_eq!(denied.status, 3);
    assert!(denied.stdout.contains("failed   pay-prod (222233334444): "), "{}", denied.stdout);
    assert_eq!(fake.count(SHOP.0, "ListDistributions"), 0);
    let calls = fake.calls();
    assert!(calls.iter().all(|call| call.operation == "AssumeRole"), "{calls:?}");
}

#[test]
fn the_session_policy_goes_with_every_role_unless_told_otherwise() {
    let fake = Fake::start();
    shop(&fake);
    let home = Home::with_fleet(&fake, &[SHOP]);
    home.run("scan");
    home.run("scan --no-session-policy");
    let sent: Vec<bool> = fake
        .calls()
        .iter()
        .filter(|call| call.operation == "AssumeRole")
        .map(|call| call.params.contains_key("Policy"))
        .collect();
    assert_eq!(sent, [true, false]);
}

/// Starts a scan of an account that is done and one that hangs, sends the signal once the first
/// has ended, and gives what it left and how long it took from there.
fn stopped_by(signal: rustix::process::Signal) -> (Home, Ran, Duration) {
    let fake = Fake::start();
    pay(&fake);
    shop(&fake);
    fake.account(SHOP.0).fault("ListDistributions", Fault::Hang);
    let home = Home::with_fleet(&fake, &[SHOP, PAY]);
    home.write(
        "hang.toml",
        &std::fs::read_to_string(home.path("config/cf-tui/config.toml"))
            .unwrap()
            .replace("500ms", "60s"),
    );
    let arguments = "scan --config hang.toml --format json --output out.json";
    let mut child = home.command(arguments.split(' ')).spawn().unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    while !said.contains("pay-prod") {
        assert_ne!(stderr.read_line(&mut said).unwrap(), 0, "it ended by itself: {said}");
    }
    let at = Instant::now();
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, signal).unwrap();
    std::io::Read::read_to_string(&mut stderr, &mut said).unwrap();
    let output = child.wait_with_output().unwrap();
    let took = at.elapsed();
    let mut run = crate::run::ran(output);
    run.stderr = said;
    (home, run, took)
}

#[test]
fn a_signal_stops_it_at_once_and_what_was_not_seen_is_told() {
    use rustix::process::Signal;
    for signal in [Signal::INT, Signal::TERM] {
        let (home, run, took) = stopped_by(signal);
        assert_eq!((run.status, run.stdout.as_str()), (130, ""), "{run:?}");
        assert!(took < Duration::from_secs(2), "{took:?}");
        let last = run.stderr.lines().last().unwrap();
        assert!(last.contains("1 of 2 accounts") && last.contains("(shop-prod)"), "{last}");
        assert!(!home.path("out.json").exists());
        assert_eq!(home.files().len(), 2, "no draft is left: {:?}", home.files());
    }
}

#[test]
fn an_endpoint_that_is_no_url_is_told_without_the_request() {
    let fake = Fake::start();
    let home = Home::with_fleet(&fake, &[SHOP]);
    let mut fleet = std::fs::read_to_string(home.path("config/cf-tui/config.toml")).unwrap();
    fleet = fleet.replacen("role = ", "external_id = \"xyzzy-1\"\nrole = ", 1);
    home.write("config/cf-tui/config.toml", &fleet);
    let mut command = home.command(["scan"]);
    let run = crate::run::ran(command.env("AWS_ENDPOINT_URL", "not a url").output().unwrap());
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.stderr.contains("not a url") || run.stdout.contains("not a url"), "{run:?}");
    for said in [&run.stdout, &run.stderr] {
        assert!(!said.contains("xyzzy") && !said.contains("SdkBody"), "{run:?}");
    }
}
