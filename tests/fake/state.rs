//! What the server holds.

use std::collections::BTreeMap;

use super::Fault;
use super::build::{Stored, VpcOrigin};

/// One request that the server understood.
#[derive(Clone, Debug)]
pub struct Call {
    /// Such as `ListDistributions`.
    pub operation: String,
    /// The account that it was about: the role's for AssumeRole, else the caller's.
    pub account: String,
    /// The account of the access key.
    pub caller: String,
    /// STS's form fields, or CloudFront's `Id`, `Marker`, `MaxItems`, `IfMatch`.
    pub params: BTreeMap<String, String>,
    /// The id that the answer carries.
    pub request_id: String,
}

/// What DistributionList's Quantity counts.
#[derive(Clone, Copy, Debug, Default)]
pub enum Quantity {
    /// The items of the page.
    #[default]
    Page,
    /// The distributions of the account.
    Account,
}

#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) operation: String,
    pub(super) fault: Fault,
    /// Calls that are still to go well.
    pub(super) well: u32,
    /// Calls that are still to go wrong after these; `u32::MAX` is for ever.
    pub(super) times: u32,
}

#[derive(Default)]
pub(super) struct AccountState {
    pub(super) distributions: Vec<Stored>,
    pub(super) oacs: Vec<(String, String)>,
    pub(super) vpc_origins: Vec<VpcOrigin>,
    /// Distribution, key and value.
    pub(super) tags: Vec<(String, String, String)>,
    /// Continuous deployment policies: id, domain name of the staging distribution, weight.
    pub(super) deployments: Vec<(String, String, String)>,
    pub(super) external_id: Option<String>,
    pub(super) plans: Vec<Plan>,
}

pub(super) struct State {
    pub(super) accounts: BTreeMap<String, AccountState>,
    pub(super) calls: Vec<Call>,
    pub(super) connections: usize,
    pub(super) page_size: usize,
    pub(super) quantity: Quantity,
    pub(super) status_after_update: String,
    /// Session tokens by the access key id that they belong to.
    pub(super) tokens: BTreeMap<String, String>,
    /// Session policies by the access key id that they bind.
    pub(super) policies: BTreeMap<String, String>,
    etags: u32,
}

impl Default for State {
    fn default() -> Self {
        Self {
            accounts: BTreeMap::new(),
            calls: Vec::new(),
            connections: 0,
            page_size: 100,
            quantity: Quantity::Page,
            status_after_update: "Deployed".to_owned(),
            tokens: BTreeMap::new(),
            policies: BTreeMap::new(),
            etags: 0,
        }
    }
}

impl State {
    pub(super) fn next_etag(&mut self) -> String {
        self.etags += 1;
        format!("E{:012}T", self.etags)
    }

    pub(super) fn next_request_id(&self) -> String {
        format!("00000000-0000-4000-8000-{:012}", self.calls.len() + 1)
    }

    /// The faults of this call: delays, and at most one other.
    pub(super) fn take_faults(&mut self, account: &str, operation: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        let Some(account) = self.accounts.get_mut(account) else { return faults };
        for plan in account.plans.iter_mut().filter(|p| p.operation == operation) {
            let is_delay = matches!(plan.fault, Fault::Delay(_));
            if plan.well > 0 {
                plan.well -= 1;
            } else if plan.times > 0 && (is_delay || faults.iter().all(is_only_delay)) {
                plan.times -= u32::from(plan.times != u32::MAX);
                faults.push(plan.fault.clone());
            }
        }
        faults
    }

    /// Somebody else changes a distribution: only its comment and its ETag.
    pub(super) fn change_meanwhile(&mut self, account: &str, id: &str) {
        let etag = self.next_etag();
        let account = self.accounts.get_mut(account);
        if let Some(d) = account.and_then(|a| a.distributions.iter_mut().find(|d| d.id == id)) {
            d.etag = etag;
        }
    }
}

fn is_only_delay(fault: &Fault) -> bool {
    matches!(fault, Fault::Delay(_))
}
