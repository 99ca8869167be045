//! Accounts that cannot be read, each with its own state, while the others complete.

use std::time::{Duration, Instant};

use cf_tui::domain::fault::{FaultKind, Step};
use cf_tui::domain::tally::AccountState;
use cf_tui::inventory::load::load;
use cf_tui::inventory::report::{LoadId, Report, Stage};

use crate::fake::{Fake, Fault};
use crate::harness::{Bench, Loaded, member};
use crate::whole::simple;

const LIST: &str = "ListDistributions";

/// One faulty account between two good ones.
async fn between_good_ones(operation: &str, fault: Fault) -> (Fake, Loaded) {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 3);
    for number in 0..3 {
        fake.account(&member(number)).add(simple("E1", "http-only"));
    }
    fake.account(&member(1)).fault(operation, fault);
    let loaded = bench.load().await;
    for good in [0, 2] {
        assert_eq!(loaded.ending(good).state, AccountState::Complete);
        assert_eq!(loaded.rows(good).len(), 1);
    }
    (fake, loaded)
}

async fn failed(operation: &str, fault: Fault, step: Step, kind: FaultKind) -> (String, String) {
    let (_, loaded) = between_good_ones(operation, fault).await;
    let ending = loaded.ending(1);
    let found = ending.fault.clone().unwrap();
    assert_eq!(
        (ending.state, found.step, found.kind),
        (AccountState::Failed, step, kind),
        "{found:?}"
    );
    assert!(loaded.rows(1).is_empty());
    println!("{}\n  {}", found.message, found.hint);
    assert!(!found.hint.is_empty());
    (found.message, found.hint)
}

#[tokio::test]
async fn a_denied_role_lists_what_may_be_wrong() {
    let (message, hint) =
        failed("AssumeRole", Fault::AccessDenied, Step::AssumeRole, FaultKind::Denied).await;
    assert!(message.contains("arn:aws:iam::100000000001:role/Audit"), "{message}");
    for cause in ["no role of this name", "trust policy", "external_id", "service control policy"] {
        assert!(hint.contains(cause), "{cause}: {hint}");
    }
}

#[tokio::test]
async fn a_denied_listing_names_the_permission() {
    let (_, hint) =
        failed(LIST, Fault::AccessDenied, Step::ListDistributions, FaultKind::Denied).await;
    assert!(hint.contains("cloudfront:ListDistributions"), "{hint}");
}

#[tokio::test]
async fn one_that_never_answers_does_not_hold_the_load() {
    let begun = Instant::now();
    failed(LIST, Fault::Hang, Step::ListDistributions, FaultKind::Timeout).await;
    failed("AssumeRole", Fault::Hang, Step::AssumeRole, FaultKind::Timeout).await;
    // Three tries of 700 ms each, twice.
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn throttled_for_ever_uses_every_try() {
    let (fake, loaded) = between_good_ones(LIST, Fault::Throttle).await;
    let ending = loaded.ending(1);
    let fault = ending.fault.as_ref().unwrap();
    assert_eq!((ending.state, fault.kind), (AccountState::Failed, FaultKind::Throttled));
    assert_eq!((ending.calls, ending.tries), (5, 4));
    assert_eq!(fake.count(&member(1), LIST), 4);
    assert!(fault.hint.contains("max_concurrency"));
    assert!(fault.request_id.is_some());
}

#[tokio::test]
async fn a_throttled_account_recovers_and_tells_its_waits() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let account = fake.account(&member(0));
    account.add(simple("E1", "http-only"));
    account.fault_times(LIST, Fault::Throttle, 3).fault_times("AssumeRole", Fault::Throttle, 1);
    let loaded = bench.load().await;
    let ending = loaded.ending(0);
    assert_eq!((ending.state, ending.calls, ending.tries), (AccountState::Complete, 6, 4));
    let stages: Vec<String> = loaded.stages[&0]
        .iter()
        .map(|stage| match stage {
            Stage::Queued => "queued".to_owned(),
            Stage::Assuming => "assuming".to_owned(),
            Stage::Listing { page } => format!("page {page}"),
            Stage::LookingUp => "looking up".to_owned(),
            Stage::Throttled { attempt, of, .. } => format!("wait {attempt}/{of}"),
        })
        .collect();
    assert_eq!(
        stages,
        [
            "assuming", "wait 1/4", "assuming", "page 1", "wait 1/4", "page 1", "wait 2/4",
            "page 1", "wait 3/4", "page 1",
        ]
    );
}

#[tokio::test]
async fn a_web_page_is_not_an_answer() {
    let (message, hint) =
        failed(LIST, Fault::Garbage, Step::ListDistributions, FaultKind::Malformed).await;
    assert!(message.contains("web page"), "{message}");
    assert!(hint.contains("proxy"), "{hint}");
    failed("AssumeRole", Fault::Garbage, Step::AssumeRole, FaultKind::Malformed).await;
    let empty = Fault::Body(String::new());
    failed(LIST, empty, Step::ListDistributions, FaultKind::Malformed).await;
    let other = Fault::Body("<html><body>Sign in</body></html>".to_owned());
    failed("AssumeRole", other, Step::AssumeRole, FaultKind::Malformed).await;
    let foreign = Fault::Body("<Whatever></Whatever>".to_owned());
    failed(LIST, foreign, Step::ListDistributions, FaultKind::Malformed).await;
    let gate = Fault::Answer(403, "<html>blocked by policy</html>".to_owned());
    failed(LIST, gate, Step::ListDistributions, FaultKind::Malformed).await;
}

#[tokio::test]
async fn the_wrong_account_is_never_read() {
    let fault = Fault::WrongAccount("222233334444".to_owned());
    let (fake, loaded) = between_good_ones("AssumeRole", fault).await;
    let ending = loaded.ending(1);
    let fault = ending.fault.as_ref().unwrap();
    assert_eq!(ending.state, AccountState::Failed);
    assert_eq!((fault.step, fault.kind), (Step::VerifyAccount, FaultKind::WrongAccount));
    assert!(fault.message.contains("222233334444") && fault.message.contains(&member(1)));
    assert_eq!(fake.count(&member(1), LIST), 0);
}

#[tokio::test]
async fn an_expired_session_is_opened_again_once() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 2);
    for number in 0..2 {
        fake.account(&member(number)).add(simple("E1", "http-only"));
    }
    fake.account(&member(0)).fault_times(LIST, Fault::ExpiredToken, 1);
    fake.account(&member(1)).fault(LIST, Fault::ExpiredToken);
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete);
    assert_eq!(fake.count(&member(0), "AssumeRole"), 2);
    let fault = loaded.ending(1).fault.as_ref().unwrap();
    assert_eq!((fault.step, fault.kind), (Step::ListDistributions, FaultKind::Expired));
    assert_eq!(fake.count(&member(1), "AssumeRole"), 2);
}

#[tokio::test]
async fn a_connection_that_breaks_and_a_fault_of_aws() {
    failed(LIST, Fault::Reset, Step::ListDistributions, FaultKind::Network).await;
    let (message, hint) =
        failed(LIST, Fault::ServerError, Step::ListDistributions, FaultKind::Network).await;
    assert!(message.contains("failed at AWS"), "{message}");
    assert!(hint.contains("request id"), "{hint}");
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    fake.account(&member(0)).add(simple("E1", "http-only")).fault_times(LIST, Fault::Reset, 2);
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete);
    assert_eq!(loaded.ending(0).tries, 3);
}

#[tokio::test]
async fn a_page_that_fails_halfway_leaves_the_account_partial() {
    let fake = Fake::start();
    fake.page_size(2);
    let bench = Bench::new(&fake, 3);
    for number in 0..3 {
        for id in ["E1", "E2", "E3"] {
            fake.account(&member(number)).add(simple(id, "http-only"));
        }
    }
    fake.account(&member(0)).fault_after(LIST, Fault::AccessDenied, 1);
    fake.account(&member(1)).fault_after(LIST, Fault::RepeatMarker, 0);
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Partial);
    assert_eq!(loaded.rows(0).len(), 2);
    let fault = loaded.ending(1).fault.as_ref().unwrap();
    assert_eq!(loaded.ending(1).state, AccountState::Partial);
    assert_eq!((fault.step, fault.kind), (Step::ListDistributions, FaultKind::Malformed));
    assert!(fake.count(&member(1), LIST) <= 3, "{}", fake.count(&member(1), LIST));
    assert_eq!(loaded.ending(2).state, AccountState::Complete);
}

#[tokio::test]
async fn a_hostile_message_reaches_nobody_raw() {
    let hostile = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no \u{202e} \u{9b}31m &#x2028; 'x' LONG</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"
        .replace("LONG", &"z".repeat(5000));
    let answer = Fault::Answer(403, hostile);
    let (message, _) = failed(LIST, answer, Step::ListDistributions, FaultKind::Denied).await;
    assert!(cf_tui::domain::text::is_plain(&message), "{message}");
    assert!(message.contains("\\x{202e}") && message.chars().count() < 600);
}

#[tokio::test]
async fn dropping_the_load_or_its_receiver_ends_it_at_once() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 5);
    bench.fleet.load.call_timeout = Duration::from_secs(60);
    for number in 0..5 {
        fake.account(&member(number)).fault(LIST, Fault::Hang);
    }
    let source = bench.connect().await;
    let accounts: std::sync::Arc<[_]> = bench.fleet.accounts.clone().into();
    let limits = bench.fleet.load;
    let start = |id| {
        let (out, reports) = tokio::sync::mpsc::channel(1);
        let load = load(source.clone(), accounts.clone(), vec![0, 1, 2, 3, 4], limits, id, out);
        (tokio::spawn(load), reports)
    };
    let (running, mut reports) = start(LoadId(1));
    while fake.calls().iter().filter(|c| c.operation == LIST).count() < 5 {
        // Not recv: nothing more is reported once all five hang.
        match reports.try_recv() {
            Ok((_, report)) => assert!(!matches!(report, Report::Ended { .. }), "{report:?}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(2)).await,
        }
    }
    let begun = Instant::now();
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    while reports.recv().await.is_some() {}
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());

    let (running, reports) = start(LoadId(2));
    tokio::time::sleep(Duration::from_millis(100)).await;
    let begun = Instant::now();
    drop(reports);
    running.await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}
