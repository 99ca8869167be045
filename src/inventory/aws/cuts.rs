//! Tests: a listing that is cut anywhere never makes anything look better than it is. The real
//! SDK reads the bodies; only the network is left out, so that every byte can be tried.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_cloudfront::Client;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use tokio::sync::mpsc;

use super::attempts::{Attempts, Backoff};
use super::base::Ready;
use super::trouble::{self, Again};
use super::visit;
use super::whole::WholeAnswers;
use crate::domain::account::{Access, Account, AssumeRole};
use crate::domain::assessment::assess;
use crate::domain::distribution::Distribution;
use crate::domain::fault::FaultKind;
use crate::domain::ids::{AccountId, Partition};
use crate::domain::tally::AccountState;
use crate::domain::verdict::{Lens, Verdict};
use crate::inventory::load::Reporter;
use crate::inventory::report::{Ending, LoadId, Report};

/// Two distributions: every list that a verdict hangs on has content, and no origin passes.
const LISTING: &str = include_str!("cuts/listing.xml");

const ASSUMED: &str = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/Audit/cf-tui</Arn></AssumedRoleUser><Credentials><AccessKeyId>k</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2037-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

/// Answers AssumeRole well, and ListDistributions with a body that can be changed.
#[derive(Clone, Debug, Default)]
struct Canned(Arc<Mutex<String>>);

impl Canned {
    fn say(&self, body: &str) {
        body.clone_into(&mut self.0.lock().unwrap());
    }
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = match request.method() {
            "POST" => ASSUMED.to_owned(),
            _ => self.0.lock().unwrap().clone(),
        };
        let status = 200.try_into().expect("200 is a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
    }
}

fn ready(canned: &Canned) -> Ready {
    let canned = canned.clone();
    let sdk = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .retry_config(RetryConfig::disabled())
        .http_client(http_client_fn(move |_, _| SharedHttpConnector::new(canned.clone())))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::for_tests()))
        .build();
    let sts = aws_sdk_sts::config::Builder::from(&sdk).interceptor(WholeAnswers).build();
    let cloudfront =
        aws_sdk_cloudfront::config::Builder::from(&sdk).interceptor(WholeAnswers).build();
    Ready { sts: aws_sdk_sts::Client::from_conf(sts), cloudfront, mfa: None }
}

fn account() -> Account {
    Account {
        id: AccountId::parse("111122223333").unwrap(),
        name: "shop".to_owned(),
        tags: Vec::new(),
        vars: Default::default(),
        fix_profile: None,
        enabled: true,
        partition: Partition::Aws,
        access: Access::Assume(AssumeRole {
            source_profile: None,
            chain: vec!["arn:aws:iam::111122223333:role/Audit".to_owned()],
            session_name: "cf-tui".to_owned(),
            duration_seconds: 3600,
            external_id: None,
        }),
        place: String::new(),
    }
}

async fn read(body: &str) -> (Ending, Vec<Distribution>) {
    let canned = Canned::default();
    canned.say(body);
    let (out, mut reports) = mpsc::channel(64);
    let reporter = Reporter::new(0, LoadId(1), out);
    let backoff = Backoff { base: Duration::ZERO, cap: Duration::ZERO };
    let attempts = Attempts::new(&reporter, 1, backoff);
    let ending = visit::read(&account(), Arc::new(ready(&canned)), true, &attempts).await;
    drop(reporter);
    let mut rows = Vec::new();
    while let Some((_, report)) = reports.recv().await {
        if let Report::Listed { distributions, .. } = report {
            rows.extend(distributions);
        }
    }
    (ending, rows)
}

/// The verdict of each origin, by distribution and origin id.
fn verdicts(rows: &[Distribution]) -> Vec<(String, String, Verdict)> {
    let of = |d: &Distribution| -> Vec<(String, String, Verdict)> {
        d.origins
            .iter()
            .map(|o| {
                let verdict = assess(d, o).verdict(Lens::Traffic);
                (d.id.as_str().to_owned(), o.id.as_str().to_owned(), verdict)
            })
            .collect()
    };
    rows.iter().flat_map(of).collect()
}

fn severity(verdict: Verdict) -> usize {
    Verdict::BY_SEVERITY.iter().position(|one| *one == verdict).unwrap()
}

#[tokio::test]
async fn whole_it_is_complete() {
    let (ending, rows) = read(LISTING).await;
    assert_eq!(ending.state, AccountState::Complete, "{ending:?}");
    let verdicts: Vec<_> = verdicts(&rows).into_iter().map(|(_, o, v)| (o, v)).collect();
    let wanted = [
        ("web", Verdict::Fail),
        ("bucket", Verdict::Fail),
        ("spare", Verdict::Warn),
        ("old", Verdict::Warn),
        ("api", Verdict::Fail),
    ];
    assert_eq!(verdicts, wanted.map(|(origin, verdict)| (origin.to_owned(), verdict)));
}

#[tokio::test]
async fn cut_at_any_byte_it_is_a_fault() {
    let canned = Canned::default();
    let client = Client::from_conf(ready(&canned).cloudfront);
    for cut in (0..LISTING.trim_end().len()).filter(|cut| LISTING.is_char_boundary(*cut)) {
        canned.say(&LISTING[..cut]);
        let trouble = trouble::of(&client.list_distributions().send().await.unwrap_err());
        assert_eq!(trouble.kind, FaultKind::Malformed, "cut at {cut}");
        assert_eq!(trouble.again, Again::Few, "cut at {cut}");
    }
    // And what comes of such an answer in a whole visit.
    for cut in (0..LISTING.trim_end().len()).step_by(191) {
        let (ending, rows) = read(&LISTING[..cut]).await;
        assert_eq!(ending.state, AccountState::Failed, "cut at {cut}");
        assert_eq!(ending.fault.unwrap().kind, FaultKind::Malformed, "cut at {cut}");
        assert_eq!(rows, [], "cut at {cut}");
    }
}

/// Something that repairs XML on the way would close what is open.
#[tokio::test]
async fn cut_and_closed_again_nothing_looks_better() {
    let (_, whole) = read(LISTING).await;
    let whole = verdicts(&whole);
    // Nothing that is judged follows the last HttpVersion.
    let judged = LISTING.rfind("</HttpVersion>").unwrap();
    let starts = LISTING[..judged].match_indices('<').map(|(at, _)| at);
    for cut in starts.skip(2) {
        let Some(body) = closed_again(&LISTING[..cut]) else { continue };
        let (ending, rows) = read(&body).await;
        assert_ne!(ending.state, AccountState::Complete, "cut at {cut}");
        for (distribution, origin, verdict) in verdicts(&rows) {
            let before = whole.iter().find(|(d, o, _)| *d == distribution && *o == origin);
            let Some((.., before)) = before else { continue };
            assert!(
                severity(verdict) <= severity(*before) || verdict == Verdict::Unknown,
                "cut at {cut}, {distribution} {origin}: {verdict:?} instead of {before:?}"
            );
        }
    }
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
