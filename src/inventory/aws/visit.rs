//! Reading one account from end to end.

use std::collections::HashSet;
use std::error::Error;
use std::sync::Arc;

use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::attempts::Attempts;
use super::base::Ready;
use super::lookup::{self, Lookups};
use super::pages::Pages;
use super::session::{self, Session};
use super::structure::Kept;
use super::trouble::Trouble;
use super::{convert, fault};
use crate::domain::account::Account;
use crate::domain::distribution::{Distribution, Source};
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::domain::ids::DistributionId;
use crate::domain::tally::AccountState;
use crate::inventory::report::{Ending, Stage};

/// One reading of one account.
#[derive(Debug)]
pub(super) struct Visit<'a> {
    pub(super) account: &'a Account,
    /// What went wrong so far, in order.
    pub(super) faults: Vec<Fault>,
    pub(super) lookups: Lookups,
    /// The distributions that were listed so far.
    seen: HashSet<DistributionId>,
    base: Arc<Ready>,
    with_policy: bool,
    attempts: &'a Attempts<'a>,
    session: Session,
    /// A session that ran out was opened again; that is done once.
    renewed: bool,
}

/// Reads the account with base credentials that are there.
pub(super) async fn read(
    account: &Account,
    base: Arc<Ready>,
    with_policy: bool,
    attempts: &Attempts<'_>,
) -> Ending {
    let mut visit = match Visit::open(account, base, with_policy, attempts).await {
        Ok(visit) => visit,
        Err(fault) => return failed(fault, attempts),
    };
    let mut pages = Pages::new("ListDistributions");
    let listed = visit.list(&mut pages).await;
    let any_row = !visit.seen.is_empty();
    // A listing that broke off comes before what was missed on the way.
    if let Err(fault) = listed {
        visit.faults.insert(0, fault);
    }
    let state = match (visit.faults.is_empty(), any_row) {
        (true, _) => AccountState::Complete,
        (false, true) => AccountState::Partial,
        (false, false) => AccountState::Failed,
    };
    Ending {
        state,
        fault: visit.faults.into_iter().next(),
        caller: Some(fault::clean(&visit.session.caller)),
        calls: attempts.calls(),
        tries: attempts.tries(),
    }
}

/// Opens a session in the account and reads nothing.
pub(super) async fn enter(
    account: &Account,
    base: Arc<Ready>,
    with_policy: bool,
    attempts: &Attempts<'_>,
) -> Ending {
    match session::open(account, &base, with_policy, attempts).await {
        Ok(session) => Ending {
            state: AccountState::Complete,
            fault: None,
            caller: Some(fault::clean(&session.caller)),
            calls: attempts.calls(),
            tries: attempts.tries(),
        },
        Err(fault) => failed(fault, attempts),
    }
}

/// How an account ends that gave nothing.
pub(super) fn failed(fault: Fault, attempts: &Attempts<'_>) -> Ending {
    Ending {
        state: AccountState::Failed,
        fault: Some(fault),
        caller: None,
        calls: attempts.calls(),
        tries: attempts.tries(),
    }
}

impl<'a> Visit<'a> {
    /// Opens a session in the account, verified; nothing of CloudFront is read yet.
    pub(super) async fn open(
        account: &'a Account,
        base: Arc<Ready>,
        with_policy: bool,
        attempts: &'a Attempts<'a>,
    ) -> Result<Self, Fault> {
        let session = session::open(account, &base, with_policy, attempts).await?;
        Ok(Self {
            account,
            faults: Vec::new(),
            lookups: Lookups::default(),
            seen: HashSet::new(),
            base,
            with_policy,
            attempts,
            session,
            renewed: false,
        })
    }
}

impl Visit<'_> {
    async fn list(&mut self, pages: &mut Pages) -> Result<(), Fault> {
        const STEP: Step = Step::ListDistributions;
        loop {
            let stage = Stage::Listing { page: pages.number() };
            self.attempts.out.entered(stage.clone()).await;
            let marker = pages.marker();
            let kept = Kept::default();
            let answer = self
                .call(&stage, |client| {
                    let request = client.list_distributions().set_marker(marker.clone());
                    request.customize().interceptor(kept.clone()).send()
                })
                .await
                .map_err(|trouble| fault::of_call(STEP, &trouble))?;
            let request_id = answer.request_id().map(str::to_owned);
            let fault =
                |text: String| fault::of_call(STEP, &Trouble::malformed(text, request_id.clone()));
            let list = answer
                .distribution_list
                .ok_or_else(|| fault("no DistributionList in it".to_owned()))?;
            let items = list.items.unwrap_or_default();
            let next = pages.turn(list.is_truncated, list.next_marker, list.quantity, items.len());
            let source =
                Source { call: pages.call(), request_id: request_id.clone(), read_at: None };
            let missing = kept.take().missing;
            if missing.len() != items.len() {
                return Err(fault("its distributions cannot be told apart".to_owned()));
            }
            let mut page: Vec<Distribution> = items
                .into_iter()
                .zip(missing)
                .map(|(summary, missing)| {
                    let described = convert::Described::listed(summary);
                    convert::distribution(described, missing, source.clone())
                })
                .collect();
            self.note_defects(&page, request_id.as_deref());
            self.note_repeated(&page, request_id.as_deref());
            lookup::complete(self, &mut page).await;
            self.attempts.out.listed(page).await;
            if !next.map_err(&fault)? {
                return pages.check_quantity().map_err(&fault);
            }
        }
    }

    /// A distribution that did not come whole leaves its account partial; the first is named.
    fn note_defects(&mut self, page: &[Distribution], request_id: Option<&str>) {
        let Some(first) = page.iter().find(|one| !one.defects.is_empty()) else { return };
        let others = page.iter().filter(|one| !one.defects.is_empty()).count() - 1;
        let more = match others {
            0 => String::new(),
            n => format!(" (and {n} more on this page)"),
        };
        let text = format!("distribution {}: {}{more}", first.id.as_str(), first.defects[0]);
        let trouble = Trouble::malformed(text, request_id.map(str::to_owned));
        self.faults.push(fault::of_call(Step::ListDistributions, &trouble));
    }

    /// A distribution that comes twice leaves its account partial: either the list changed while
    /// it was read, and another one may have been passed over, or the answer is odd.
    fn note_repeated(&mut self, page: &[Distribution], request_id: Option<&str>) {
        for one in page {
            if self.seen.insert(one.id.clone()) {
                continue;
            }
            let text = format!(
                "distribution {} came twice, so the list changed while it was read",
                one.id.as_str()
            );
            let trouble = Trouble::malformed(text, request_id.map(str::to_owned));
            self.faults.push(fault::of_call(Step::ListDistributions, &trouble));
        }
    }

    /// Makes a CloudFront call. A session that ran out is opened again, once.
    pub(super) async fn call<T, E, F>(
        &mut self,
        stage: &Stage,
        call: impl Fn(Client) -> F,
    ) -> Result<T, Trouble>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
        E: ProvideErrorMetadata + Error + 'static,
    {
        let client = self.session.cloudfront.clone();
        let trouble = match self.attempts.call(stage, || call(client.clone())).await {
            Ok(answer) => return Ok(answer),
            Err(trouble) => trouble,
        };
        if trouble.kind != FaultKind::Expired || self.renewed {
            return Err(trouble);
        }
        self.renewed = true;
        self.attempts.out.entered(Stage::Assuming).await;
        let opened = session::open(self.account, &self.base, self.with_policy, self.attempts).await;
        // What the account is told is what AWS said of the session; why no other was to be had
        // comes to the same: sign in again.
        let Ok(session) = opened else { return Err(trouble) };
        self.session = session;
        self.attempts.out.entered(stage.clone()).await;
        let client = self.session.cloudfront.clone();
        self.attempts.call(stage, || call(client.clone())).await
    }
}
