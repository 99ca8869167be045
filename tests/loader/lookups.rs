//! What is looked up, what is not, and what verdicts come of it.

use cf_tui::domain::distribution::{HostHeader, Looked};
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::fault::{FaultKind, Step};
use cf_tui::domain::tally::AccountState;

use crate::fake::{Behavior, Distribution, Fake, Fault, Origin, VpcOrigin};
use crate::harness::{Bench, member};
use crate::whole::simple;

const OACS: &str = "ListOriginAccessControls";
const VPC: &str = "GetVpcOrigin";

fn bucket(id: &str, oac: Option<&str>, viewer: &str) -> Distribution {
    let origin = Origin::s3("b", "b.s3.us-east-1.amazonaws.com");
    let origin = match oac {
        Some(oac) => origin.with_oac(oac),
        None => origin,
    };
    Distribution::new(id).origin(origin).default_behavior(Behavior::to("b").viewer(viewer))
}

fn private(id: &str, vpc_origin: &str, viewer: &str) -> Distribution {
    Distribution::new(id)
        .origin(Origin::vpc("v", "internal.example.com", vpc_origin))
        .default_behavior(Behavior::to("v").viewer(viewer))
}

#[tokio::test]
async fn signing_decides_for_s3() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let account = fake.account(&member(0));
    for signing in ["always", "never", "no-override", "sometimes"] {
        account.oac(signing, signing);
        account.add(bucket(&format!("E-{signing}"), Some(signing), "allow-all"));
    }
    account.add(bucket("E-none", None, "allow-all"));
    account.add(bucket("E-gone", Some("gone"), "allow-all"));
    account.add(bucket("E-https", Some("never"), "https-only"));
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete, "{:?}", loaded.ending(0));
    for (id, exposure) in [
        ("E-always", Exposure::Encrypted),
        ("E-never", Exposure::PlaintextPossible),
        ("E-no-override", Exposure::PlaintextPossible),
        ("E-sometimes", Exposure::Unknown),
        ("E-none", Exposure::PlaintextPossible),
        ("E-gone", Exposure::Unknown),
        ("E-https", Exposure::EncryptedByViewer),
    ] {
        assert_eq!(loaded.assessed(0, id).exposure, exposure, "{id}");
    }
    assert_eq!(fake.count(&member(0), OACS), 1);
    assert_eq!(fake.count(&member(0), VPC), 0);
    let signing = |at: usize| &loaded.rows(0)[at].origins[0].s3.as_ref().unwrap().signing;
    assert!(
        matches!(signing(0), Looked::Found { from, .. } if from.call == "ListOriginAccessControls, page 1")
    );
    assert_eq!(signing(4), &Looked::NotNeeded);
    assert_eq!(signing(5), &Looked::Missing);
    assert_eq!(signing(6), &Looked::NotNeeded);
}

#[tokio::test]
async fn every_vpc_policy_gets_its_verdict_by_one_call_each() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let account = fake.account(&member(0));
    for policy in ["http-only", "https-only", "match-viewer"] {
        account.vpc_origin(VpcOrigin::new(&format!("vo_{policy}"), policy));
    }
    account.add(private("E1", "vo_http-only", "https-only"));
    account.add(private("E2", "vo_https-only", "allow-all"));
    account.add(private("E3", "vo_match-viewer", "allow-all"));
    account.add(private("E4", "vo_match-viewer", "redirect-to-https"));
    account.add(private("E5", "vo_http-only", "allow-all"));
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete, "{:?}", loaded.ending(0));
    for (id, exposure) in [
        ("E1", Exposure::Plaintext),
        ("E2", Exposure::Encrypted),
        ("E3", Exposure::PlaintextPossible),
        ("E4", Exposure::EncryptedByViewer),
        ("E5", Exposure::Plaintext),
    ] {
        assert_eq!(loaded.assessed(0, id).exposure, exposure, "{id}");
    }
    assert_eq!(fake.count(&member(0), VPC), 3);
    assert_eq!(fake.count(&member(0), OACS), 0);
}

#[tokio::test]
async fn no_look_up_that_is_not_needed() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let account = fake.account(&member(0));
    account.oac("O1", "never").vpc_origin(VpcOrigin::new("vo_1", "http-only"));
    account.add(simple("E1", "http-only"));
    account.add(bucket("E2", None, "allow-all"));
    account.add(bucket("E3", Some("O1"), "redirect-to-https"));
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).calls, 2);
    let called: Vec<String> = fake.calls().into_iter().map(|call| call.operation).collect();
    assert_eq!(called, ["AssumeRole", "ListDistributions"]);
}

#[tokio::test]
async fn controls_on_a_later_page_are_found() {
    let fake = Fake::start();
    fake.page_size(2);
    let bench = Bench::new(&fake, 1);
    let account = fake.account(&member(0));
    for number in 0..5 {
        account.oac(&format!("O{number}"), "always");
    }
    account.add(bucket("E1", Some("O4"), "allow-all"));
    let loaded = bench.load().await;
    assert_eq!(loaded.assessed(0, "E1").exposure, Exposure::Encrypted);
    assert_eq!(fake.count(&member(0), OACS), 3);
}

#[tokio::test]
async fn a_denied_look_up_leaves_the_account_partial_and_only_its_origins_unknown() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 2);
    for number in 0..2 {
        let account = fake.account(&member(number));
        account.oac("O1", "always").vpc_origin(VpcOrigin::new("vo_1", "https-only"));
        account.add(bucket("E1", Some("O1"), "allow-all"));
        account.add(private("E2", "vo_1", "allow-all"));
        account.add(simple("E3", "http-only"));
        account.add(bucket("E4", Some("O1"), "allow-all"));
    }
    let account = fake.account(&member(0));
    account.fault(OACS, Fault::AccessDenied).fault(VPC, Fault::AccessDenied);
    let loaded = bench.load().await;
    let ending = loaded.ending(0);
    let fault = ending.fault.as_ref().unwrap();
    assert_eq!(ending.state, AccountState::Partial);
    assert_eq!((fault.step, fault.kind), (Step::ListOriginAccessControls, FaultKind::Denied));
    assert_eq!(loaded.assessed(0, "E1").exposure, Exposure::Unknown);
    assert_eq!(loaded.assessed(0, "E2").exposure, Exposure::Unknown);
    assert_eq!(loaded.assessed(0, "E3").exposure, Exposure::Plaintext);
    let signing = &loaded.rows(0)[0].origins[0].s3.as_ref().unwrap().signing;
    let why =
        "ListOriginAccessControls was denied (cloudfront:ListOriginAccessControls is missing)";
    assert_eq!(signing, &Looked::Failed(why.to_owned()));
    assert_eq!(fake.count(&member(0), OACS), 1, "asked once, though two origins need it");
    assert_eq!(loaded.ending(1).state, AccountState::Complete);
}

#[tokio::test]
async fn a_shared_vpc_origin_says_where_it_can_be_read() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let origin = Origin::vpc("v", "internal.example.com", "vo_theirs").owner("777788889999");
    fake.account(&member(0)).add(
        Distribution::new("E1")
            .origin(origin)
            .default_behavior(Behavior::to("v").viewer("https-only")),
    );
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Partial);
    let endpoint = &loaded.rows(0)[0].origins[0].vpc.as_ref().unwrap().endpoint;
    let Looked::Failed(why) = endpoint else { panic!("{endpoint:?}") };
    assert!(why.contains("777788889999") && why.contains("did not find it"), "{why}");
    assert_eq!(loaded.assessed(0, "E1").exposure, Exposure::Unknown);
}

#[tokio::test]
async fn a_vpc_origins_own_status_is_read_and_must_come() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let account = fake.account(&member(0));
    for status in ["Deployed", "Deploying", ""] {
        let id = format!("vo_{status}");
        account.vpc_origin(VpcOrigin::new(&id, "https-only").status(status));
        account.add(private(&format!("E-{status}"), &id, "https-only"));
    }
    let loaded = bench.load().await;
    let endpoint = |at: usize| &loaded.rows(0)[at].origins[0].vpc.as_ref().unwrap().endpoint;
    assert!(endpoint(0).found().unwrap().is_deployed());
    assert_eq!(endpoint(1).found().unwrap().status, "Deploying");
    assert!(!endpoint(1).found().unwrap().is_deployed());
    // The verdict is that of the configuration; an answer without a status is a cut one.
    assert_eq!(loaded.assessed(0, "E-Deploying").exposure, Exposure::Encrypted);
    assert!(matches!(endpoint(2), Looked::Failed(why) if why.contains("no Status")));
    assert_eq!(loaded.assessed(0, "E-").exposure, Exposure::Unknown);
    assert_eq!(loaded.ending(0).state, AccountState::Partial);
}

#[tokio::test]
async fn behaviors_tell_whether_they_forward_the_host_header() {
    const OPTIMIZED: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    const ALL_VIEWER: &str = "216adef6-5c7f-47e4-b989-5492eafa07d3";
    const OWN: &str = "11111111-2222-3333-4444-555555555555";
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let to = |path: &str| Behavior::to("o").path(path);
    let made = Distribution::new("E1")
        .origin(Origin::custom("o", "o.example.com", "http-only"))
        .default_behavior(Behavior::to("o").policies(OPTIMIZED, Some(ALL_VIEWER)))
        .behavior(to("/plain/*"))
        .behavior(to("/own/*").policies(OWN, None))
        .behavior(to("/older/*").forwarded_values(&["Origin", "Host"]))
        .behavior(to("/all/*").forwarded_values(&["*"]))
        .behavior(to("/none/*").forwarded_values(&[]));
    fake.account(&member(0)).add(made);
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete, "{:?}", loaded.ending(0));
    let hosts: Vec<HostHeader> = loaded.rows(0)[0].behaviors.iter().map(|b| b.host).collect();
    use HostHeader::{Forwarded, NotForwarded, Unknown};
    assert_eq!(hosts, [Forwarded, NotForwarded, Unknown, Forwarded, Forwarded, NotForwarded]);
    // None of it takes a call more.
    assert_eq!(loaded.ending(0).calls, 2);
}
