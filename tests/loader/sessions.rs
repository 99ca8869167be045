//! What goes to STS, hop by hop.

use cf_tui::domain::account::Access;
use cf_tui::domain::fault::{FaultKind, Step};
use cf_tui::domain::tally::AccountState;
use cf_tui::inventory::aws::policy::session_policy;

use crate::fake::{BASE_ACCOUNT, Fake, Fault};
use crate::harness::{Bench, account, external_id, member};
use crate::whole::simple;

#[tokio::test]
async fn policy_external_id_name_and_duration_arrive() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 2);
    fake.account(&member(0)).external_id("shared-secret").add(simple("E1", "http-only"));
    bench.role(0).external_id = external_id("shared-secret");
    bench.role(0).session_name = "cf-tui-jo".to_owned();
    bench.role(0).duration_seconds = 1800;
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete, "{:?}", loaded.ending(0));
    let calls = fake.calls();
    let assumed: Vec<_> = calls.iter().filter(|c| c.operation == "AssumeRole").collect();
    assert_eq!(assumed.len(), 2);
    assert!(assumed.iter().all(|call| call.params["Policy"] == session_policy()));
    let call = assumed.iter().find(|call| call.account == member(0)).unwrap();
    assert_eq!(call.params["ExternalId"], "shared-secret");
    assert_eq!(call.params["RoleSessionName"], "cf-tui-jo");
    assert_eq!(call.params["DurationSeconds"], "1800");
    let other = assumed.iter().find(|call| call.account == member(1)).unwrap();
    assert!(!other.params.contains_key("ExternalId"));
    let listed = calls.iter().find(|c| c.operation == "ListDistributions").unwrap();
    assert_ne!(listed.caller, BASE_ACCOUNT);
    assert!(!serde_json::to_string(&loaded.reports).unwrap().contains("shared-secret"));
}

#[tokio::test]
async fn only_the_last_hop_of_a_chain_carries_them() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 1);
    fake.account("200000000000");
    fake.account(&member(0)).external_id("x-id").add(simple("E1", "http-only"));
    let target = bench.role(0);
    target.external_id = external_id("x-id");
    target.chain.insert(0, "arn:aws:iam::200000000000:role/Hub".to_owned());
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete, "{:?}", loaded.ending(0));
    let calls = fake.calls();
    let (hub, last) = (&calls[0], &calls[1]);
    assert_eq!((hub.account.as_str(), hub.caller.as_str()), ("200000000000", BASE_ACCOUNT));
    assert!(!hub.params.contains_key("Policy") && !hub.params.contains_key("ExternalId"));
    assert_eq!((last.account.clone(), last.caller.as_str()), (member(0), "200000000000"));
    assert_eq!(last.params["ExternalId"], "x-id");
    assert_eq!(last.params["Policy"], session_policy());
}

#[tokio::test]
async fn a_denied_hop_is_named() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 2);
    bench.role(0).chain.insert(0, "arn:aws:iam::200000000000:role/Hub".to_owned());
    fake.account("200000000000").fault("AssumeRole", Fault::AccessDenied);
    fake.account(&member(1)).add(simple("E1", "http-only"));
    let loaded = bench.load().await;
    let fault = loaded.ending(0).fault.as_ref().unwrap();
    assert!(fault.message.contains("role/Hub (hop 1 of 2)"), "{}", fault.message);
    assert_eq!(fake.count(&member(0), "AssumeRole"), 0);
    assert_eq!(loaded.ending(1).state, AccountState::Complete);
}

#[tokio::test]
async fn the_policy_can_be_left_out() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 1);
    bench.options.session_policy = false;
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete);
    assert!(!fake.calls()[0].params.contains_key("Policy"));
}

#[tokio::test]
async fn refusals_of_sts_say_what_to_change() {
    for (code, message, wanted) in [
        (
            "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            "duration_seconds is 3600",
        ),
        (
            "PackedPolicyTooLarge",
            "Packed policy consumes 104% of allotted space",
            "--no-session-policy",
        ),
        (
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
            "access key",
        ),
        ("SignatureDoesNotMatch", "Signature expired: 20200101T000000Z is now earlier", "clock"),
        ("RegionDisabledException", "STS is not activated in this region", "activate"),
    ] {
        let fake = Fake::start();
        let bench = Bench::new(&fake, 1);
        let body = format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r-77</RequestId></ErrorResponse>"
        );
        fake.account(&member(0)).fault("AssumeRole", Fault::Answer(400, body));
        let loaded = bench.load().await;
        let ending = loaded.ending(0);
        let fault = ending.fault.as_ref().unwrap();
        assert!(fault.hint.contains(wanted), "{code}: {}", fault.hint);
        assert_eq!(fault.step, Step::AssumeRole);
        assert_eq!(ending.calls, 1, "{code}");
    }
}

#[tokio::test]
async fn a_profile_account_is_verified_and_assumes_nothing() {
    let fake = Fake::start();
    let (key, secret) = fake.key("300000000000");
    fake.account("300000000000").add(simple("E1", "http-only"));
    let text = format!(
        "[profile legacy]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\nendpoint_url = {}\n",
        fake.url()
    );
    let profile = || Access::Profile("legacy".to_owned());
    let accounts = vec![account("300000000000", profile()), account("300000000001", profile())];
    let loaded = Bench::with_profiles(&text, accounts).load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete, "{:?}", loaded.ending(0));
    assert_eq!(loaded.ending(0).caller.as_deref(), Some("arn:aws:iam::300000000000:user/base"));
    let fault = loaded.ending(1).fault.as_ref().unwrap();
    assert_eq!((fault.step, fault.kind), (Step::VerifyAccount, FaultKind::WrongAccount));
    let operations: Vec<_> = fake.calls().into_iter().map(|call| call.operation).collect();
    assert!(!operations.contains(&"AssumeRole".to_owned()));
    assert_eq!(fake.count("300000000000", "ListDistributions"), 1);
}

#[tokio::test]
async fn china_is_asked_in_its_own_partition() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 1);
    bench.fleet.accounts[0].partition = cf_tui::domain::ids::Partition::AwsCn;
    bench.role(0).chain = vec!["arn:aws-cn:iam::100000000000:role/Audit".to_owned()];
    fake.account(&member(0)).add(simple("E1", "http-only"));
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete, "{:?}", loaded.ending(0));
    let caller = loaded.ending(0).caller.as_deref();
    assert_eq!(caller, Some("arn:aws-cn:sts::100000000000:assumed-role/Audit/cf-tui"));
}

#[tokio::test]
async fn an_answer_of_sts_that_is_cut_anywhere_opens_no_session() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 1);
    bench.fleet.load.max_attempts = 1;
    let account = fake.account(&member(0));
    account.add(simple("E1", "http-only"));
    let source = bench.connect().await;
    for cut in (0..900).step_by(23) {
        account.heal().fault("AssumeRole", Fault::Cut(cut));
        let loaded = bench.load_with(source.clone()).await;
        let ending = loaded.ending(0);
        if ending.state == AccountState::Complete {
            // The cut is behind the end of the answer.
            assert!(cut > 700, "{cut}");
            continue;
        }
        let fault = ending.fault.as_ref().unwrap();
        assert_eq!((fault.step, fault.kind), (Step::AssumeRole, FaultKind::Malformed), "{cut}");
    }
}
