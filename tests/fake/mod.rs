//! A small AWS on loopback for tests: STS's AssumeRole and GetCallerIdentity, and the CloudFront
//! calls that the program makes, in the shapes of botocore's models, so that the real Rust SDK
//! and the real `aws` command line both read it.
//!
//! ```ignore
//! mod fake;
//! use fake::{Behavior, Distribution, Fake, Fault, Origin};
//!
//! let fake = Fake::start();
//! let prod = fake.account("111122223333");
//! prod.add(
//!     Distribution::new("E1")
//!         .origin(Origin::custom("web", "web.example.com", "http-only").header("X-Key", "s3cr3t"))
//!         .default_behavior(Behavior::to("web").viewer("allow-all")),
//! );
//! prod.oac("OAC1", "always").vpc_origin(VpcOrigin::new("vo_1", "https-only"));
//! prod.fault("ListDistributions", Fault::AccessDenied);          // for ever
//! prod.fault_times("ListDistributions", Fault::Throttle, 3);     // three times, then well
//! prod.fault_after("ListDistributions", Fault::Cut(900), 1);     // from the second call on
//! // AWS_ENDPOINT_URL = fake.url(), keys = fake.key("999999999999") (the base account exists
//! // already), or for a child process: command.envs(fake.env("999999999999"))
//! fake.calls();        // what was asked, in order
//! fake.connections();  // TCP connections accepted
//! ```
//!
//! Who asks is known from the access key id alone; signatures are not checked. Keys that
//! AssumeRole gives must come with their session token, and may do in CloudFront what the session
//! policy names as `"cloudfront:Operation"`, or all where there is none. A role may be assumed in every account
//! that was made with [`Fake::account`].

// Each test binary uses its own part of this.
#![allow(dead_code, unused_imports, unreachable_pub)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod answer;
mod build;
mod cloudfront;
mod http;
mod origin;
mod state;
mod sts;
mod vpc_origin;
mod xml;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

pub use build::{Behavior, Distribution, VpcOrigin};
pub use origin::Origin;
pub use state::{Call, Quantity};
use state::{Plan, State};

/// The account whose keys the examples use as base credentials.
pub const BASE_ACCOUNT: &str = "999999999999";

/// What goes wrong with a call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// 403 AccessDenied.
    AccessDenied,
    /// 400 Throttling, as CloudFront and STS say it.
    Throttle,
    /// The request is read and never answered.
    Hang,
    /// 200 with an HTML page, as a proxy would.
    Garbage,
    /// The right body, cut after so many bytes, in an HTTP answer that is complete.
    Cut(usize),
    /// The connection is reset before an answer.
    Reset,
    /// 500 InternalError.
    ServerError,
    /// AssumeRole and GetCallerIdentity name this account in the ARN.
    WrongAccount(String),
    /// 403 ExpiredToken.
    ExpiredToken,
    /// A list says that it goes on at the marker that was asked for.
    RepeatMarker,
    /// 200 with this body.
    Body(String),
    /// Any status with this body.
    Answer(u16, String),
    /// Well, but only after this time; other faults still apply.
    Delay(Duration),
    /// UpdateDistribution: somebody else changed the distribution just before.
    ChangedMeanwhile,
}

/// The running server; it stops when dropped.
pub struct Fake {
    state: Arc<Mutex<State>>,
    address: SocketAddr,
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Fake {
    /// Starts a server on a free port of loopback, on a thread of its own.
    pub fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let (address, stop) = http::serve(Arc::clone(&state));
        let fake = Self { state, address, _stop: stop };
        fake.account(BASE_ACCOUNT);
        fake
    }

    /// `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The account, made when first named.
    pub fn account(&self, id: &str) -> Account<'_> {
        assert!(id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit()), "{id} is no account id");
        self.lock().accounts.entry(id.to_owned()).or_default();
        Account { fake: self, id: id.to_owned() }
    }

    /// A long-lived access key of an account: id and secret.
    pub fn key(&self, account: &str) -> (String, String) {
        (format!("AKIA{account}BASE"), "dummy-secret".to_owned())
    }

    /// The environment of a child process that talks to this server as an account, and to no
    /// configuration of the machine.
    pub fn env(&self, account: &str) -> Vec<(String, String)> {
        let (id, secret) = self.key(account);
        [
            ("AWS_ENDPOINT_URL", self.url().as_str()),
            ("AWS_ACCESS_KEY_ID", &id),
            ("AWS_SECRET_ACCESS_KEY", &secret),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    /// Everything that was asked, in order of arrival.
    pub fn calls(&self) -> Vec<Call> {
        self.lock().calls.clone()
    }

    /// How often an operation was called for an account.
    pub fn count(&self, account: &str, operation: &str) -> usize {
        let state = self.lock();
        state.calls.iter().filter(|c| c.account == account && c.operation == operation).count()
    }

    /// TCP connections accepted.
    pub fn connections(&self) -> usize {
        self.lock().connections
    }

    /// Items on a page of any list; 100 unless told.
    pub fn page_size(&self, items: usize) -> &Self {
        self.lock().page_size = items;
        self
    }

    /// Whether DistributionList's Quantity counts the page's items (as AWS does) or the account's
    /// (as the model says).
    pub fn quantity(&self, counts: Quantity) -> &Self {
        self.lock().quantity = counts;
        self
    }

    /// The status that a distribution has after an update; `Deployed` unless told.
    pub fn status_after_update(&self, status: &str) -> &Self {
        status.clone_into(&mut self.lock().status_after_update);
        self
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

/// One account of the server.
pub struct Account<'a> {
    fake: &'a Fake,
    id: String,
}

impl Account<'_> {
    fn change(&self, change: impl FnOnce(&mut state::AccountState)) -> &Self {
        change(self.fake.lock().accounts.get_mut(&self.id).unwrap());
        self
    }

    /// Adds a distribution at the end of the list.
    pub fn add(&self, distribution: Distribution) -> &Self {
        let mut state = self.fake.lock();
        let etag = state.next_etag();
        let stored = distribution.stored(&self.id, etag);
        state.accounts.get_mut(&self.id).unwrap().distributions.push(stored);
        self
    }

    /// Puts another distribution in the place of the one with its id.
    pub fn change_to(&self, distribution: Distribution) -> &Self {
        let mut state = self.fake.lock();
        let etag = state.next_etag();
        let stored = distribution.stored(&self.id, etag);
        let account = state.accounts.get_mut(&self.id).unwrap();
        let old = account.distributions.iter_mut().find(|d| d.id == stored.id);
        *old.expect("it was added") = stored;
        self
    }

    /// Takes a distribution away.
    pub fn delete(&self, distribution: &str) -> &Self {
        self.change(|account| account.distributions.retain(|d| d.id != distribution))
    }

    /// Tags a distribution.
    pub fn tag(&self, distribution: &str, key: &str, value: &str) -> &Self {
        let tag = [distribution, key, value].map(str::to_owned);
        self.change(|account| account.tags.push(tag.into()))
    }

    /// Adds a continuous deployment policy, enabled, for the staging distribution of this domain
    /// name; it takes this part of the requests, such as `0.05`.
    pub fn deployment(&self, policy: &str, staging: &str, weight: &str) -> &Self {
        let made = [policy, staging, weight].map(str::to_owned);
        self.change(|account| account.deployments.push(made.into()))
    }

    /// Adds an origin access control for S3 with this signing behavior.
    pub fn oac(&self, id: &str, signing: &str) -> &Self {
        self.change(|account| account.oacs.push((id.to_owned(), signing.to_owned())))
    }

    /// Adds a VPC origin.
    pub fn vpc_origin(&self, vpc_origin: VpcOrigin) -> &Self {
        self.change(|account| account.vpc_origins.push(vpc_origin))
    }

    /// AssumeRole in this account needs this external id.
    pub fn external_id(&self, id: &str) -> &Self {
        self.change(|account| account.external_id = Some(id.to_owned()))
    }

    /// Every call of the operation goes wrong like this.
    pub fn fault(&self, operation: &str, fault: Fault) -> &Self {
        self.plan(operation, fault, 0, u32::MAX)
    }

    /// So many calls go wrong, then they are well.
    pub fn fault_times(&self, operation: &str, fault: Fault, times: u32) -> &Self {
        self.plan(operation, fault, 0, times)
    }

    /// So many calls are well, then they go wrong.
    pub fn fault_after(&self, operation: &str, fault: Fault, well: u32) -> &Self {
        self.plan(operation, fault, well, u32::MAX)
    }

    /// Takes all faults of the account away.
    pub fn heal(&self) -> &Self {
        self.change(|account| account.plans.clear())
    }

    fn plan(&self, operation: &str, fault: Fault, well: u32, times: u32) -> &Self {
        let plan = Plan { operation: operation.to_owned(), fault, well, times };
        self.change(|account| account.plans.push(plan))
    }

    /// The stored `DistributionConfig`, as XML.
    pub fn config(&self, distribution: &str) -> String {
        let state = self.fake.lock();
        let stored = &state.accounts[&self.id].distributions;
        stored.iter().find(|d| d.id == distribution).expect("it was added").config.clone()
    }

    /// The ETag of a distribution.
    pub fn etag(&self, distribution: &str) -> String {
        let state = self.fake.lock();
        let stored = &state.accounts[&self.id].distributions;
        stored.iter().find(|d| d.id == distribution).expect("it was added").etag.clone()
    }
}
