//! What AWS is asked for, and what comes of each answer.

use std::sync::Arc;

use cf_tui::domain::assessment::assess;
use cf_tui::domain::distribution::Distribution as Read;
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::fault::{Fault as Trouble, FaultKind, Step};
use cf_tui::domain::ids::DistributionId;
use cf_tui::domain::verdict::{Lens, Verdict};
use cf_tui::inventory::load::Source;
use cf_tui::inventory::report::Reread;

use crate::fake::{Behavior, Distribution, Fake, Fault, Origin, VpcOrigin};
use crate::harness::{Bench, member};

const GET: &str = "GetDistribution";

pub fn simple(id: &str, protocol: &str) -> Distribution {
    Distribution::new(id)
        .origin(Origin::custom("web", "web.example.com", protocol).header("X-Key", "s3cr3t"))
        .default_behavior(Behavior::to("web").viewer("redirect-to-https"))
}

/// Everything that a verdict hangs on, and no origin passes.
fn rich(id: &str) -> Distribution {
    Distribution::new(id)
        .origin(Origin::custom("web", "web.example.com", "match-viewer"))
        .origin(Origin::custom("spare", "spare.example.com", "http-only"))
        .group("pair", &["web", "spare"])
        .default_behavior(Behavior::to("pair").viewer("redirect-to-https"))
        .behavior(Behavior::to("web").path("/img/*").viewer("allow-all").lambda("origin-request"))
}

struct Stage {
    fake: Fake,
    bench: Bench,
    source: Arc<Source>,
}

impl Stage {
    async fn with(distribution: Distribution) -> Self {
        let fake = Fake::start();
        let bench = Bench::new(&fake, 2);
        fake.account(&member(0)).add(distribution);
        let source = bench.connect().await;
        Self { fake, bench, source }
    }

    async fn read(&self, id: &str) -> Reread {
        self.source.reread(&self.bench.fleet.accounts[0], &DistributionId::new(id)).await
    }

    async fn fails(&self, id: &str) -> Trouble {
        match self.read(id).await {
            Reread::Failed(fault) => fault,
            other => panic!("{other:?}"),
        }
    }

    fn called(&self) -> Vec<String> {
        self.fake.calls().into_iter().map(|call| call.operation).collect()
    }
}

fn found(outcome: Reread) -> (Read, Option<Trouble>) {
    match outcome {
        Reread::Found { distribution, fault } => (*distribution, fault),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn it_is_what_the_listing_says_and_nothing_else_is_asked() {
    let stage = Stage::with(rich("E1")).await;
    let loaded = stage.bench.load_with(Arc::clone(&stage.source)).await;
    let before = stage.called().len();
    let (mut read, fault) = found(stage.read("E1").await);
    assert_eq!(stage.called()[before..], ["AssumeRole", GET]);
    let assumed = &stage.fake.calls()[before];
    assert_eq!(assumed.params["Policy"], cf_tui::inventory::aws::policy::session_policy());
    assert_eq!(fault, None);
    assert_eq!(read.source.call, GET);
    assert!(read.source.request_id.is_some());
    let listed = &loaded.rows(0)[0];
    read.source = listed.source.clone();
    assert_eq!(&read, listed);
}

#[tokio::test]
async fn a_change_is_seen_with_its_etag_and_status() {
    let stage = Stage::with(simple("E1", "http-only")).await;
    let account = stage.fake.account(&member(0));
    let (before, _) = found(stage.read("E1").await);
    assert_eq!(assess(&before, &before.origins[0]).exposure, Exposure::Plaintext);
    account.change_to(simple("E1", "https-only").status("InProgress"));
    let (after, _) = found(stage.read("E1").await);
    assert_eq!(assess(&after, &after.origins[0]).exposure, Exposure::Encrypted);
    assert_eq!(after.status, "InProgress");
    assert_eq!(after.etag, Some(account.etag("E1")));
    assert_ne!(after.etag, before.etag);
    assert_eq!(after.origins[0].header_names, ["X-Key"]);
    assert!(!format!("{after:?}").contains("s3cr3t"));
}

#[tokio::test]
async fn only_the_look_ups_that_its_verdicts_need() {
    let private = Distribution::new("E1")
        .origin(Origin::vpc("v", "internal.example.com", "vo_1"))
        .origin(Origin::s3("b", "b.s3.us-east-1.amazonaws.com").with_oac("O1"))
        .behavior(Behavior::to("b").path("/b/*").viewer("https-only"));
    let stage = Stage::with(private).await;
    let account = stage.fake.account(&member(0));
    account.oac("O1", "always").vpc_origin(VpcOrigin::new("vo_1", "http-only"));
    let (read, fault) = found(stage.read("E1").await);
    // Viewers reach the bucket by HTTPS alone, so how it is signed decides nothing.
    assert_eq!(stage.called(), ["AssumeRole", GET, "GetVpcOrigin"]);
    assert_eq!(fault, None);
    assert_eq!(assess(&read, &read.origins[0]).exposure, Exposure::Plaintext);
    account.fault("GetVpcOrigin", Fault::AccessDenied);
    let (read, fault) = found(stage.read("E1").await);
    assert_eq!(assess(&read, &read.origins[0]).exposure, Exposure::Unknown);
    let fault = fault.unwrap();
    assert_eq!((fault.step, fault.kind), (Step::GetVpcOrigin, FaultKind::Denied));
}

#[tokio::test]
async fn gone_is_only_what_aws_says_is_gone() {
    let stage = Stage::with(simple("E1", "http-only")).await;
    let account = stage.fake.account(&member(0));
    assert_eq!(stage.read("E-other").await, Reread::Gone);
    account.delete("E1");
    assert_eq!(stage.read("E1").await, Reread::Gone);
    account.add(simple("E1", "http-only"));
    let elsewhere = "<html><body>404: no such distribution</body></html>".to_owned();
    account.fault(GET, Fault::Answer(404, elsewhere));
    stage.fails("E1").await;
    account.heal().fault(GET, Fault::Answer(404, String::new()));
    stage.fails("E1").await;
}

#[tokio::test]
async fn denied_says_what_to_do() {
    let stage = Stage::with(simple("E1", "http-only")).await;
    stage.fake.account(&member(0)).fault(GET, Fault::AccessDenied);
    let fault = stage.fails("E1").await;
    assert_eq!((fault.step, fault.kind), (Step::GetDistribution, FaultKind::Denied));
    assert!(fault.hint.contains("cloudfront:GetDistribution"), "{}", fault.hint);
    stage.fake.account(&member(0)).heal().fault("AssumeRole", Fault::AccessDenied);
    assert_eq!(stage.fails("E1").await.step, Step::AssumeRole);
    assert_eq!(stage.fake.count(&member(0), GET), 1);
}

#[tokio::test]
async fn in_another_account_nothing_is_asked() {
    let stage = Stage::with(simple("E1", "http-only")).await;
    stage.fake.account(&member(0)).fault("AssumeRole", Fault::WrongAccount(member(1)));
    let fault = stage.fails("E1").await;
    assert_eq!((fault.step, fault.kind), (Step::VerifyAccount, FaultKind::WrongAccount));
    assert_eq!(stage.called(), ["AssumeRole"]);
}

#[tokio::test]
async fn an_answer_about_another_one_is_none() {
    let stage = Stage::with(simple("E1", "https-only")).await;
    let account = stage.fake.account(&member(0));
    let body = body_of(&stage, "E1").await;
    for (from, to) in [
        ("<Id>E1</Id>", "<Id>E2</Id>"),
        (&*format!("::{}:", member(0)), "::999999999999:"),
        ("<DistributionConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">", "<X>"),
    ] {
        assert!(body.contains(from), "{from}: {body}");
        let other = body.replace(from, to).replace(
            "</DistributionConfig>",
            if to == "<X>" { "</X>" } else { "</DistributionConfig>" },
        );
        account.heal().fault(GET, Fault::Body(other));
        assert_eq!(stage.fails("E1").await.kind, FaultKind::Malformed, "{to}");
    }
}

/// GetDistribution's answer, byte by byte as the fake sends it.
async fn body_of(stage: &Stage, id: &str) -> String {
    let (key, _) = stage.fake.key(&member(0));
    let url = stage.fake.url();
    let address = url.strip_prefix("http://").unwrap().to_owned();
    let request = format!(
        "GET /2020-05-31/distribution/{id} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/cloudfront/aws4_request\r\n\r\n"
    );
    tokio::task::spawn_blocking(move || {
        use std::io::{Read as _, Write as _};
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
        let mut answer = String::new();
        let mut piece = [0; 16_384];
        // The connection stays open.
        while !answer.trim_end().ends_with("</Distribution>") {
            let count = stream.read(&mut piece).unwrap();
            answer.push_str(std::str::from_utf8(&piece[..count]).unwrap());
        }
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    })
    .await
    .unwrap()
}

fn verdicts(read: &Read) -> Vec<(String, Verdict)> {
    let verdict = |o| assess(read, o).verdict(Lens::Traffic);
    read.origins.iter().map(|o| (o.id.as_str().to_owned(), verdict(o))).collect()
}

#[tokio::test]
async fn cut_anywhere_it_is_a_fault() {
    let stage = Stage::with(rich("E1")).await;
    let account = stage.fake.account(&member(0));
    let body = body_of(&stage, "E1").await;
    let end = body.trim_end().len();
    for cut in (0..end).step_by(61).chain([end - 1]) {
        account.heal().fault(GET, Fault::Cut(cut));
        assert_eq!(stage.fails("E1").await.kind, FaultKind::Malformed, "cut at {cut}");
    }
}

/// Something that repairs XML on the way would close what is open.
#[tokio::test]
async fn cut_and_closed_again_nothing_looks_better_and_nothing_is_lost() {
    let stage = Stage::with(rich("E1")).await;
    let account = stage.fake.account(&member(0));
    let body = body_of(&stage, "E1").await;
    let whole = verdicts(&found(stage.read("E1").await).0);
    assert!(whole.iter().all(|(_, verdict)| *verdict == Verdict::Fail), "{whole:?}");
    let judged = body.rfind("</HttpVersion>").unwrap();
    let mut cuts = 0;
    for (cut, _) in body[..judged].match_indices('<').skip(2) {
        let Some(closed) = closed_again(&body[..cut]) else { continue };
        account.heal().fault(GET, Fault::Body(closed));
        let outcome = stage.read("E1").await;
        assert!(matches!(outcome, Reread::Failed(_)), "cut at {cut}: {outcome:?}");
        cuts += 1;
    }
    assert!(cuts > 50, "{cuts}");
}

/// Closes what is open; `None` where nothing was cut.
fn closed_again(xml: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in xml.split('<').skip(1) {
        let name = tag.split(['>', ' ', '\n']).next()?;
        match name.strip_prefix('/') {
            Some(_) => drop(open.pop()),
            None if name.starts_with('?') || name.ends_with('/') => {}
            None => open.push(name),
        }
    }
    let closing: String = open.iter().rev().map(|name| format!("</{name}>")).collect();
    (!closing.is_empty()).then(|| format!("{xml}{closing}"))
}

#[tokio::test]
async fn tags_are_one_call_or_a_sentence() {
    let stage = Stage::with(simple("E1", "http-only")).await;
    let account = stage.fake.account(&member(0));
    account.tag("E1", "aws:cloudformation:stack-name", "shop-cdn").tag("E1", "env", "");
    let of = &stage.bench.fleet.accounts[0];
    let arn = format!("arn:aws:cloudfront::{}:distribution/E1", member(0));
    let tags = stage.source.tags(of, &arn).await.unwrap();
    assert_eq!(cf_tui::app::tags::stack(&tags), Some("shop-cdn"));
    assert_eq!(tags.len(), 2);
    assert_eq!(stage.called(), ["AssumeRole", "ListTagsForResource"]);
    account.fault("ListTagsForResource", Fault::AccessDenied);
    let why = stage.source.tags(of, &arn).await.unwrap_err();
    assert!(why.contains("ListTagsForResource was denied"), "{why}");
    assert!(why.contains("cloudfront:ListTagsForResource"), "{why}");
    account.heal().fault("ListTagsForResource", Fault::Cut(120));
    stage.source.tags(of, &arn).await.unwrap_err();
}
