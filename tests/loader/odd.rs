//! Answers that are whole and cannot be right: nothing may look better for them, and no account
//! is called complete.

use cf_tui::domain::assessment::assess;
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::fault::{FaultKind, Step};
use cf_tui::domain::ids::Partition;
use cf_tui::domain::tally::AccountState;
use cf_tui::domain::verdict::{Lens, Verdict};

use crate::fake::{Behavior, Distribution, Fake, Fault, Origin, VpcOrigin};
use crate::harness::{Bench, Loaded, member};
use crate::whole::{listing, simple};

const LIST: &str = "ListDistributions";
const OACS: &str = "ListOriginAccessControls";
const VPC: &str = "GetVpcOrigin";

/// Two distributions, both of which fail; the second one by its ordered behavior alone.
fn failing(fake: &Fake) {
    fake.account(&member(0)).add(simple("E1", "http-only")).add(
        Distribution::new("E2")
            .origin(Origin::custom("web", "web.example.com", "match-viewer"))
            .default_behavior(Behavior::to("web").viewer("https-only"))
            .behavior(Behavior::to("web").path("/plain/*").viewer("allow-all")),
    );
}

/// What comes of the listing after a change to its text.
async fn changed(change: impl FnOnce(String) -> String) -> Loaded {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 1);
    bench.fleet.load.max_attempts = 1;
    failing(&fake);
    let whole = listing(&fake, &member(0)).await;
    let body = change(whole.clone());
    assert_ne!(body, whole, "the change did nothing");
    fake.account(&member(0)).fault(LIST, Fault::Body(body));
    bench.load().await
}

fn verdicts(loaded: &Loaded) -> Vec<Verdict> {
    let of = |d: &cf_tui::domain::distribution::Distribution| {
        d.origins.iter().map(|o| assess(d, o).verdict(Lens::Traffic)).collect::<Vec<_>>()
    };
    loaded.rows(0).iter().flat_map(of).collect()
}

/// The account is not complete, says why, and every row that is there fails or is unknown.
fn never_better(loaded: &Loaded, what: &str, says: &str) {
    let ending = loaded.ending(0);
    let fault = ending.fault.as_ref().unwrap_or_else(|| panic!("{what}: no fault"));
    assert_ne!(ending.state, AccountState::Complete, "{what}");
    assert_eq!(fault.kind, FaultKind::Malformed, "{what}: {fault:?}");
    assert!(fault.message.contains(says), "{what}: {}", fault.message);
    for verdict in verdicts(loaded) {
        assert!(matches!(verdict, Verdict::Fail | Verdict::Unknown), "{what}: {verdict:?}");
    }
}

#[tokio::test]
async fn what_the_sdk_would_make_up_is_missed() {
    let without = |element: &'static str| {
        move |body: String| {
            let (start, end) = (format!("<{element}>"), format!("</{element}>"));
            let from = body.find(&start).unwrap();
            let to = from + body[from..].find(&end).unwrap() + end.len();
            body[..from].to_owned() + &body[to..]
        }
    };
    let loaded = changed(without("IsTruncated")).await;
    never_better(&loaded, "no IsTruncated", "IsTruncated");
    assert_eq!(loaded.ending(0).state, AccountState::Failed);
    never_better(&changed(without("Quantity")).await, "no Quantity", "Quantity");
    for element in ["CacheBehaviors", "DefaultCacheBehavior", "Origins", "HttpVersion", "Status"] {
        never_better(&changed(without(element)).await, element, "E1");
    }
    let switched = |body: String| body.replace("<Enabled>true</Enabled><Viewer", "<Viewer");
    never_better(&changed(switched).await, "no Enabled", "Enabled");
    let hollow = |body: String| {
        let from = body.find("<CacheBehaviors><Quantity>1</Quantity>").unwrap();
        let to = from + body[from..].find("</CacheBehaviors>").unwrap();
        body[..from].to_owned() + "<CacheBehaviors>" + &body[to..]
    };
    never_better(&changed(hollow).await, "hollow CacheBehaviors", "E2");
}

#[tokio::test]
async fn what_is_told_twice_is_not_believed() {
    let policy = |body: String| {
        let once = "<OriginProtocolPolicy>http-only</OriginProtocolPolicy>";
        let better = "<OriginProtocolPolicy>https-only</OriginProtocolPolicy>";
        body.replacen(once, &format!("{once}{better}"), 1)
    };
    never_better(&changed(policy).await, "two policies", "twice");
    let viewer = |body: String| {
        let once = "<ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>";
        let better = "<ViewerProtocolPolicy>https-only</ViewerProtocolPolicy>";
        body.replace(once, &format!("{once}{better}"))
    };
    never_better(&changed(viewer).await, "two viewer policies", "twice");
}

/// The SDK's reader stops at what is no XML, as if the answer ended there.
#[tokio::test]
async fn broken_in_the_middle_it_is_a_fault() {
    let control = |body: String| body.replacen("<Comment>", "<Comment>\u{1}", 1);
    never_better(&changed(control).await, "a control character", "cannot be read");
    let nested = |body: String| body.replacen("</Origin>", "</Origins>", 1);
    never_better(&changed(nested).await, "wrongly nested", "closes");
    let hole = |body: String| {
        let from = body.find("<CacheBehaviors>").unwrap();
        let to = body.rfind("<Comment>").unwrap();
        body[..from].to_owned() + &body[to..]
    };
    never_better(&changed(hole).await, "a hole over two distributions", "");
}

#[tokio::test]
async fn a_distribution_that_comes_twice_leaves_its_account_partial() {
    let fake = Fake::start();
    fake.page_size(2);
    let bench = Bench::new(&fake, 1);
    let account = fake.account(&member(0));
    for id in ["E1", "E2", "E1"] {
        account.add(simple(id, "https-only"));
    }
    let loaded = bench.load().await;
    let fault = loaded.ending(0).fault.as_ref().unwrap();
    assert_eq!(loaded.ending(0).state, AccountState::Partial);
    assert_eq!((fault.step, fault.kind), (Step::ListDistributions, FaultKind::Malformed));
    assert!(fault.message.contains("E1 came twice"), "{}", fault.message);
}

#[tokio::test]
async fn without_a_row_an_account_has_failed() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let empty = listing(&fake, &member(0)).await;
    let body = empty.replace("<Quantity>0</Quantity>", "<Quantity>3</Quantity>");
    fake.account(&member(0)).fault(LIST, Fault::Body(body));
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Failed);
    assert!(loaded.rows(0).is_empty());
}

#[tokio::test]
async fn a_control_for_something_else_signs_nothing_for_s3() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let summary = |id: &str, signing: &str, of: &str| {
        format!(
            "<OriginAccessControlSummary><Id>{id}</Id><Description></Description><Name>n</Name><SigningProtocol>sigv4</SigningProtocol><SigningBehavior>{signing}</SigningBehavior><OriginAccessControlOriginType>{of}</OriginAccessControlOriginType></OriginAccessControlSummary>"
        )
    };
    let list = |items: &[String]| {
        format!(
            "<OriginAccessControlList><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>{}</Quantity><Items>{}</Items></OriginAccessControlList>",
            items.len(),
            items.concat()
        )
    };
    let account = fake.account(&member(0));
    account.add(
        Distribution::new("E1")
            .origin(Origin::s3("b", "b.s3.amazonaws.com").with_oac("O1"))
            .default_behavior(Behavior::to("b").viewer("allow-all")),
    );
    account.fault(OACS, Fault::Body(list(&[summary("O1", "always", "lambda")])));
    let loaded = bench.load().await;
    assert_eq!(loaded.assessed(0, "E1").exposure, Exposure::Unknown);
    for pair in [["never", "always"], ["always", "never"]] {
        let both = pair.map(|signing| summary("O1", signing, "s3"));
        account.heal().fault(OACS, Fault::Body(list(&both)));
        let loaded = bench.load().await;
        assert_eq!(loaded.assessed(0, "E1").exposure, Exposure::Unknown, "{pair:?}");
        assert_eq!(loaded.ending(0).state, AccountState::Partial, "{pair:?}");
    }
    account.heal().fault(OACS, Fault::Body(list(&[summary("O1", "always", "s3")])));
    assert_eq!(bench.load().await.assessed(0, "E1").exposure, Exposure::Encrypted);
}

#[tokio::test]
async fn another_vpc_origin_is_no_answer() {
    let fake = Fake::start();
    let bench = Bench::new(&fake, 1);
    let account = fake.account(&member(0));
    account.vpc_origin(VpcOrigin::new("vo_1", "http-only"));
    account.add(
        Distribution::new("E1")
            .origin(Origin::vpc("v", "internal.example.com", "vo_1"))
            .default_behavior(Behavior::to("v").viewer("https-only")),
    );
    let other = "<VpcOrigin><Id>vo_2</Id><Arn>a</Arn><Status>Deployed</Status><VpcOriginEndpointConfig><Name>n</Name><Arn>a</Arn><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>https-only</OriginProtocolPolicy></VpcOriginEndpointConfig></VpcOrigin>";
    let nameless = other.replace("<Id>vo_2</Id>", "");
    for body in [other.to_owned(), nameless] {
        account.heal().fault(VPC, Fault::Body(body));
        let loaded = bench.load().await;
        assert_eq!(loaded.assessed(0, "E1").exposure, Exposure::Unknown);
        assert_eq!(loaded.ending(0).state, AccountState::Partial);
    }
}

/// The same twelve digits may be another account in China.
#[tokio::test]
async fn an_account_of_another_partition_is_never_read() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 1);
    fake.account(&member(0)).add(simple("E1", "https-only"));
    bench.fleet.accounts[0].partition = Partition::AwsCn;
    let loaded = bench.load().await;
    let fault = loaded.ending(0).fault.as_ref().unwrap();
    assert_eq!((fault.step, fault.kind), (Step::VerifyAccount, FaultKind::WrongAccount));
    assert!(fault.message.contains("partition"), "{}", fault.message);
    assert_eq!(fake.count(&member(0), LIST), 0);
}
