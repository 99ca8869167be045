//! How an account arrives: what is told, after how much waiting. Planned wholly before the
//! first word is told, so that timing can change nothing.

use std::time::Duration;

use super::build::{self, Calls};
use super::random::Random;
use super::sketch::{Fate, Sketch};
use super::{Planned, fault};
use crate::domain::account::{Access, Account};
use crate::domain::distribution::{Distribution, Looked, Source};
use crate::domain::fault::Fault;
use crate::domain::tally::AccountState;
use crate::inventory::report::{Ending, Stage};

/// What is told, with the time to wait before each, and what comes after the last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arrival {
    pub(super) told: Vec<(Duration, Told)>,
    pub(super) last_wait: Duration,
    pub(super) ending: Ending,
}

/// One thing that a source tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Told {
    /// The account enters a stage.
    Entered(Stage),
    /// A page came, with its look-ups.
    Listed(Vec<Distribution>),
}

/// Tries per call, as `[load]` has it.
const TRIES: u32 = 8;

/// Plans the arrival of an account. `unit_ms` is the length of a usual call.
pub(super) fn plan(planned: &Planned, seed: u64, unit_ms: u64, sketches: &[Sketch]) -> Arrival {
    let mut writer = Writer::new(planned, seed, unit_ms);
    let fault = fault::of(planned.fate, &planned.account, &mut writer.random);
    if planned.fate == Fate::Disabled {
        return writer.failed(fault);
    }
    if planned.fate == Fate::Expired {
        writer.wait(50);
        return writer.failed(fault);
    }
    writer.assume();
    match planned.fate {
        Fate::Denied | Fate::WrongAccount => writer.failed(fault),
        Fate::TimedOut => writer.answerless(fault, 700, 3),
        Fate::Malformed => writer.answerless(fault, 250, 3),
        _ => writer.listed(sketches, fault),
    }
}

struct Writer<'a> {
    planned: &'a Planned,
    random: Random,
    /// How slow this account is, in percent: a few regions are far away.
    pace: u64,
    unit_ms: u64,
    pending: Duration,
    told: Vec<(Duration, Told)>,
    calls: u32,
    tries: u32,
}

impl<'a> Writer<'a> {
    fn new(planned: &'a Planned, seed: u64, unit_ms: u64) -> Self {
        let mut random = Random::of(seed, 2, planned.ix);
        let pace = match (planned.fate, random.below(8)) {
            (Fate::Complete, 0) => 250 + random.below(150) as u64,
            (Fate::Complete, _) => 60 + random.below(90) as u64,
            // The accounts with a story of their own take what the story takes.
            _ => 100,
        };
        Self {
            planned,
            random,
            pace,
            unit_ms,
            pending: Duration::ZERO,
            told: Vec::new(),
            calls: 0,
            tries: 1,
        }
    }

    /// Waits so many hundredths of a usual call, at the account's pace.
    fn wait(&mut self, percent: u64) {
        let ms = self.unit_ms.saturating_mul(percent * self.pace) / 10_000;
        self.pending = self.pending.saturating_add(Duration::from_millis(ms));
    }

    fn tell(&mut self, told: Told) {
        self.told.push((std::mem::take(&mut self.pending), told));
    }

    fn enter(&mut self, stage: Stage) {
        self.tell(Told::Entered(stage));
    }

    fn assume(&mut self) {
        self.enter(Stage::Assuming);
        let hops = match &self.planned.account.access {
            Access::Assume(assume) => u32::try_from(assume.chain.len()).unwrap_or(1),
            Access::Profile(_) => 1,
        };
        self.calls += hops;
        self.wait(100 * u64::from(hops));
    }

    /// Every try ends without an answer that can be used.
    fn answerless(mut self, fault: Option<Fault>, percent: u64, tries: u32) -> Arrival {
        for attempt in 1..=tries {
            self.enter(Stage::Listing { page: 1 });
            self.wait(percent);
            self.calls += 1;
            self.tries = attempt;
        }
        self.failed(fault)
    }

    fn failed(self, fault: Option<Fault>) -> Arrival {
        self.end(AccountState::Failed, fault)
    }

    fn listed(mut self, sketches: &[Sketch], fault: Option<Fault>) -> Arrival {
        let pages: Vec<&[Sketch]> = match sketches.is_empty() {
            true => vec![&[]],
            false => sketches.chunks(self.planned.page).collect(),
        };
        let mut access_controls = None;
        for (at, sketches) in pages.iter().enumerate() {
            let page = u32::try_from(at + 1).expect("an account has few pages");
            if page == 2 && self.planned.fate == Fate::CutOff {
                self.cut_off();
                break;
            }
            self.list(page);
            let calls = self.calls_of(page, access_controls.clone());
            let distributions = self.build(sketches, &calls);
            if self.look_up(&distributions, access_controls.is_none()) {
                access_controls = Some(calls.access_controls);
            }
            self.tell(Told::Listed(distributions));
        }
        let state = match fault {
            None => AccountState::Complete,
            Some(_) => AccountState::Partial,
        };
        self.end(state, fault)
    }

    /// The calls behind a page; the origin access controls are listed once per account.
    fn calls_of(&mut self, page: u32, access_controls: Option<Source>) -> Calls {
        Calls {
            listing: self.source(format!("ListDistributions, page {page}")),
            access_controls: access_controls
                .unwrap_or_else(|| self.source("ListOriginAccessControls, page 1".to_owned())),
            vpc_denied: self.planned.fate == Fate::VpcDenied,
        }
    }

    fn build(&mut self, sketches: &[Sketch], calls: &Calls) -> Vec<Distribution> {
        let account = &self.planned.account;
        let random = &mut self.random;
        sketches.iter().map(|one| build::distribution(one, account, calls, random)).collect()
    }

    /// One page, throttled first where that is the account's fate.
    fn list(&mut self, page: u32) {
        self.enter(Stage::Listing { page });
        self.wait(130);
        self.calls += 1;
        if self.planned.fate == Fate::Throttled && page == 2 {
            self.throttled(page);
        }
    }

    fn throttled(&mut self, page: u32) {
        for attempt in 1..=3 {
            let retry_in_ms = self.unit_ms.saturating_mul(u64::from(attempt) * 3);
            self.enter(Stage::Throttled { retry_in_ms, attempt, of: TRIES });
            self.pending = self.pending.saturating_add(Duration::from_millis(retry_in_ms));
            self.enter(Stage::Listing { page });
            self.wait(60);
            self.calls += 1;
            self.tries = attempt + 1;
        }
    }

    fn cut_off(&mut self) {
        self.enter(Stage::Listing { page: 2 });
        self.wait(900);
        self.calls += 3;
        self.tries = 3;
    }

    /// Waits for the look-ups of a page; true if the origin access controls were among them.
    fn look_up(&mut self, distributions: &[Distribution], first: bool) -> bool {
        let origins = || distributions.iter().flat_map(|d| &d.origins);
        let vpc = origins().filter(|o| o.vpc.is_some()).count();
        let signing = first
            && origins().filter_map(|o| o.s3.as_ref()).any(|s3| s3.signing != Looked::NotNeeded);
        let calls = u32::try_from(vpc + usize::from(signing)).expect("a page is short");
        if calls > 0 {
            self.enter(Stage::LookingUp);
            self.wait(80 + 20 * u64::from(calls));
            self.calls += calls;
        }
        signing
    }

    fn source(&mut self, call: String) -> Source {
        Source { call, request_id: Some(self.random.request_id()), read_at: None }
    }

    fn end(self, state: AccountState, fault: Option<Fault>) -> Arrival {
        let known = !matches!(
            self.planned.fate,
            Fate::Denied | Fate::WrongAccount | Fate::Expired | Fate::Disabled
        );
        let caller = known.then(|| caller(&self.planned.account));
        let (calls, tries) = (self.calls, self.tries);
        let ending = Ending { state, fault, caller, calls, tries };
        Arrival { told: self.told, last_wait: self.pending, ending }
    }
}

/// The ARN that STS gives for an assumed role.
fn caller(account: &Account) -> String {
    let (role, session) = match &account.access {
        Access::Assume(assume) => {
            (assume.last_role().rsplit('/').next().unwrap_or_default(), &*assume.session_name)
        }
        Access::Profile(profile) => (profile.as_str(), "cf-tui"),
    };
    format!("arn:{}:sts::{}:assumed-role/{role}/{session}", account.partition.as_str(), account.id)
}
