//! Accounts that are wholly read.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::fault::{FaultKind, Step};
use cf_tui::domain::tally::AccountState;
use cf_tui::inventory::report::{Report, Stage};

use crate::fake::{Behavior, Distribution, Fake, Fault, Origin, Quantity};
use crate::harness::{Bench, member};

pub fn simple(id: &str, policy: &str) -> Distribution {
    Distribution::new(id)
        .origin(Origin::custom("web", "web.example.com", policy).header("X-Key", "s3cr3t-value"))
        .default_behavior(Behavior::to("web").viewer("allow-all"))
}

#[tokio::test]
async fn two_hundred_and_fifty_come_whole_whatever_quantity_counts() {
    for counts in [Quantity::Page, Quantity::Account] {
        let fake = Fake::start();
        fake.quantity(counts);
        let bench = Bench::new(&fake, 1);
        let account = fake.account(&member(0));
        for number in 0..250 {
            account.add(simple(&format!("E{number:03}"), "http-only"));
        }
        let loaded = bench.load().await;
        assert_eq!(
            loaded.ending(0).state,
            AccountState::Complete,
            "{counts:?} {:?}",
            loaded.ending(0)
        );
        assert_eq!(loaded.ending(0).fault, None);
        assert_eq!((loaded.ending(0).calls, loaded.ending(0).tries), (4, 1));
        assert_eq!(
            loaded.ending(0).caller.as_deref(),
            Some("arn:aws:sts::100000000000:assumed-role/Audit/cf-tui")
        );
        let ids: Vec<&str> = loaded.rows(0).iter().map(|d| d.id.as_str()).collect();
        let wanted: Vec<String> = (0..250).map(|number| format!("E{number:03}")).collect();
        assert_eq!(ids, wanted);
        let pages = loaded.reports.iter().filter(|r| matches!(r, Report::Listed { .. })).count();
        assert_eq!(pages, 3);
        let source = &loaded.rows(0)[150].source;
        assert_eq!(source.call, "ListDistributions, page 2");
        assert!(source.request_id.is_some());
        assert!(loaded.stages[&0].contains(&Stage::Listing { page: 3 }));
        assert_eq!(loaded.assessed(0, "E249").exposure, Exposure::Plaintext);
        assert_eq!(fake.count(&member(0), "ListDistributions"), 3);
        assert!(fake.calls().iter().all(|call| !call.params.contains_key("MaxItems")));
    }
}

#[tokio::test]
async fn every_field_arrives() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    fake.account(&member(0)).add(
        Distribution::new("E1")
            .origin(
                Origin::custom("web", "web.example.com", "match-viewer")
                    .ssl(&["TLSv1", "TLSv1.2"])
                    .ports(8080, 8443)
                    .path("/base")
                    .header("X-Key", "s3cr3t-value"),
            )
            .origin(Origin::s3("bucket", "b.s3.amazonaws.com"))
            .origin(Origin::bare("bare", "odd.example.com"))
            .group("pair", &["web", "bucket"])
            .default_behavior(Behavior::to("pair").viewer("redirect-to-https"))
            .behavior(
                Behavior::to("web").path("/img/*").viewer("allow-all").lambda("origin-request"),
            )
            .behavior(
                Behavior::to("web").path("/fn/*").viewer("https-only").function("viewer-request"),
            )
            .behavior(
                Behavior::to("web").path("/no/*").viewer("https-only").lambda("viewer-request"),
            )
            .behavior(
                Behavior::to("web").path("/out/*").viewer("odd-one").function("viewer-response"),
            )
            .alias("www.example.com")
            .comment("a comment")
            .disabled()
            .staging()
            .status("InProgress"),
    );
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete, "{:?}", loaded.ending(0));
    let one = &loaded.rows(0)[0];
    assert_eq!(one.defects, Vec::<String>::new());
    assert_eq!(one.aliases, ["www.example.com"]);
    assert_eq!(one.comment, "a comment");
    assert!(!one.enabled && one.staging && !one.multi_tenant && !one.is_deployed());
    assert!(one.last_modified.is_some());
    assert!(one.etag.is_some());
    let custom = one.origins[0].custom.as_ref().unwrap();
    assert_eq!((custom.http_port, custom.https_port), (8080, 8443));
    assert_eq!(custom.ssl_protocols.as_deref().unwrap(), ["TLSv1", "TLSv1.2"]);
    assert_eq!(one.origins[0].path, "/base");
    assert_eq!(one.origins[0].header_names, ["X-Key"]);
    assert!(one.origins[1].s3.as_ref().unwrap().access_control.is_none());
    let bare = &one.origins[2];
    assert!(bare.custom.is_none() && bare.s3.is_none() && bare.vpc.is_none());
    assert_eq!(one.groups[0].members.len(), 2);
    let edge: Vec<(&str, bool, &str)> =
        one.behaviors.iter().map(|b| (b.path(), b.edge_code, b.viewer.as_str())).collect();
    assert_eq!(
        edge,
        [
            ("Default (*)", false, "redirect-to-https"),
            ("/img/*", true, "allow-all"),
            ("/fn/*", true, "https-only"),
            ("/no/*", false, "https-only"),
            ("/out/*", false, "odd-one"),
        ]
    );
}

#[tokio::test]
async fn no_report_holds_a_header_value() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    fake.account(&member(0)).add(simple("E1", "http-only"));
    let loaded = bench.load().await;
    let text = serde_json::to_string(&loaded.reports).unwrap();
    assert!(text.contains("X-Key"), "the header's name is kept");
    assert!(!text.contains("s3cr3t-value"));
    assert!(!format!("{:?}", loaded.reports).contains("s3cr3t-value"));
}

#[tokio::test]
async fn two_hundred_accounts_share_their_connections() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 200);
    bench.fleet.load.call_timeout = Duration::from_secs(20);
    for number in 0..200 {
        fake.account(&member(number)).add(simple("E1", "https-only"));
    }
    let begun = Instant::now();
    let loaded = bench.load().await;
    println!("200 accounts in {:?} over {} connections", begun.elapsed(), fake.connections());
    let complete = loaded.endings.values().filter(|e| e.state == AccountState::Complete).count();
    assert_eq!(complete, 200);
    assert!(fake.connections() <= 70, "{} connections", fake.connections());
}

#[tokio::test]
async fn disabled_unknown_and_repeated_positions_are_left_out() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 3);
    bench.fleet.accounts[1].enabled = false;
    let source = bench.connect().await;
    let accounts: std::sync::Arc<[_]> = bench.fleet.accounts.clone().into();
    let (out, mut reports) = tokio::sync::mpsc::channel(64);
    let which = vec![2, 1, 99, 2];
    let id = cf_tui::inventory::report::LoadId(1);
    cf_tui::inventory::load::load(source, accounts, which, bench.fleet.load, id, out).await;
    let mut ended = Vec::new();
    while let Some((_, report)) = reports.recv().await {
        if let Report::Ended { account, .. } = report {
            ended.push(account);
        }
    }
    assert_eq!(ended, [2]);
    assert_eq!(fake.count(&member(1), "AssumeRole"), 0);
}

#[tokio::test]
async fn the_places_are_kept() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 6);
    bench.fleet.load.max_concurrency = 2;
    for number in 0..6 {
        let account = fake.account(&member(number));
        account.add(simple("E1", "http-only"));
        account.fault("ListDistributions", Fault::Delay(Duration::from_millis(60)));
    }
    let loaded = bench.load().await;
    assert!(loaded.endings.values().all(|e| e.state == AccountState::Complete));
    let queued = loaded.stages.values().filter(|s| s.first() == Some(&Stage::Queued)).count();
    assert_eq!(queued, 4);
    assert!(fake.connections() <= 2, "{} connections", fake.connections());
}

#[tokio::test]
async fn a_list_that_does_not_hold_what_it_says_leaves_its_account_partial() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 4);
    for number in 0..4 {
        fake.account(&member(number))
            .add(simple("E1", "https-only"))
            .add(simple("E2", "https-only"));
    }
    let page = listing(&fake, &member(0)).await;
    let change = |number: usize, from: &str, to: &str| {
        assert!(page.contains(from), "{from} is not in {page}");
        let body = page.replacen(from, to, 1);
        fake.account(&member(number)).heal().fault("ListDistributions", Fault::Body(body));
    };
    // The account's list, a distribution's own list, an empty id.
    change(0, "<Quantity>2</Quantity>", "<Quantity>3</Quantity>");
    change(1, "<Origins><Quantity>1</Quantity>", "<Origins><Quantity>2</Quantity>");
    change(2, "<Id>E1</Id>", "<Id></Id>");
    let loaded = bench.load().await;
    for number in 0..3 {
        let ending = loaded.ending(number);
        let fault = ending.fault.as_ref().unwrap();
        assert_eq!(ending.state, AccountState::Partial, "{number}");
        assert_eq!((fault.step, fault.kind), (Step::ListDistributions, FaultKind::Malformed));
        assert_eq!(loaded.rows(number).len(), 2, "{number}");
    }
    assert_eq!(loaded.assessed(0, "E1").exposure, Exposure::Encrypted);
    assert_eq!(loaded.assessed(1, "E1").exposure, Exposure::Unknown);
    assert_eq!(loaded.assessed(1, "E2").exposure, Exposure::Encrypted);
    let message = &loaded.ending(1).fault.as_ref().unwrap().message;
    assert!(message.contains("E1") && message.contains("Origins"), "{message}");
    assert_eq!(loaded.ending(3).state, AccountState::Complete);
}

#[tokio::test]
async fn cut_on_the_wire_no_account_is_complete() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 60);
    bench.fleet.load.max_attempts = 1;
    let page = {
        fake.account(&member(0)).add(simple("E1", "https-only"));
        listing(&fake, &member(0)).await
    };
    let step = page.trim_end().len() / 60;
    for number in 0..60 {
        let account = fake.account(&member(number));
        account.add(simple("E1", "https-only"));
        account.heal().fault("ListDistributions", Fault::Cut(number * step));
    }
    let loaded = bench.load().await;
    for (number, ending) in &loaded.endings {
        let kind = ending.fault.as_ref().map(|fault| fault.kind);
        assert_eq!(ending.state, AccountState::Failed, "cut at {}", number * step);
        assert_eq!(kind, Some(FaultKind::Malformed), "cut at {}", number * step);
        assert!(loaded.rows(*number).is_empty());
    }
    // Cut once, whole at the second try.
    fake.account(&member(0)).heal().fault_times("ListDistributions", Fault::Cut(900), 1);
    bench.fleet.load.max_attempts = 3;
    bench.fleet.accounts.truncate(1);
    let loaded = bench.load().await;
    assert_eq!((loaded.ending(0).state, loaded.ending(0).tries), (AccountState::Complete, 2));
}

/// The body of an account's first page, as it goes over the wire.
async fn listing(fake: &Fake, account: &str) -> String {
    let address = fake.url().replace("http://", "");
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    let request = format!(
        "GET /2020-05-31/distribution HTTP/1.1\r\nHost: {address}\r\nAuthorization: AWS4-HMAC-SHA256 Credential={}/x\r\n\r\n",
        fake.key(account).0
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    while !answer.contains("</DistributionList>") {
        let mut buffer = vec![0; 65536];
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "{answer}");
        answer.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}
