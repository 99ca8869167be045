//! Accounts in every state, made the way the explorer makes them: by reports to a store.

use cf_tui::app::store::{AccountEntry, Store};
use cf_tui::domain::account::Account;
use cf_tui::domain::distribution::Distribution;
use cf_tui::domain::fault::{Fault, FaultKind, Step};
use cf_tui::domain::tally::AccountState;
use cf_tui::inventory::report::{Ending, Report, Stage};
use jiff::Timestamp;

use super::findings::{account, behavior, custom, distribution};

pub fn fault(step: Step, kind: FaultKind) -> Fault {
    Fault {
        step,
        kind,
        message: "AccessDenied on sts:AssumeRole arn:aws:iam::111122223333:role/SecurityAudit"
            .to_owned(),
        hint: "the role's trust policy does not name the caller, or an external id is required: \
               none is set"
            .to_owned(),
        request_id: Some("7d1e3f0a-5b1c-4f5e-9f60-0123456789ab".to_owned()),
    }
}

fn ending(state: AccountState, fault: Option<Fault>) -> Report {
    let caller = Some("arn:aws:sts::100000000001:assumed-role/SecOps/jane".to_owned());
    Report::Ended { account: 0, ending: Ending { state, fault, caller, calls: 4, tries: 2 } }
}

fn listed() -> Report {
    let one: Distribution = distribution(
        vec![custom("api", "api.shop.example", "https-only", &["TLSv1.2"])],
        vec![behavior(None, "api", "https-only")],
    );
    Report::Listed { account: 0, distributions: vec![one] }
}

/// When every report came.
pub fn now() -> Timestamp {
    "2026-11-23T09:12:42.25Z".parse().unwrap()
}

pub fn entry(account: Account, reports: Vec<Report>) -> AccountEntry {
    let began: Timestamp = "2026-11-23T09:12:40Z".parse().unwrap();
    let mut store = Store::new(vec![account]);
    if !reports.is_empty() {
        store.begin(&[0], began);
    }
    for report in reports {
        store.apply(now(), report);
    }
    store.accounts()[0].clone()
}

/// Every state by name.
pub fn states() -> Vec<(&'static str, AccountEntry)> {
    let entered = |stage| vec![Report::Entered { account: 0, stage }];
    let failed = |kind| {
        let fault = fault(Step::AssumeRole, kind);
        vec![ending(AccountState::Failed, Some(fault))]
    };
    let partial = |step| {
        let fault = fault(step, FaultKind::Denied);
        vec![listed(), ending(AccountState::Partial, Some(fault))]
    };
    let throttled = Stage::Throttled { retry_in_ms: 4200, attempt: 3, of: 8 };
    let off = Account { enabled: false, ..account() };
    let on = |reports| entry(account(), reports);
    vec![
        ("not_begun", on(Vec::new())),
        ("queued", on(entered(Stage::Queued))),
        ("assuming", on(entered(Stage::Assuming))),
        ("listing", on(entered(Stage::Listing { page: 2 }))),
        ("looking_up", on(entered(Stage::LookingUp))),
        ("throttled", on(entered(throttled))),
        ("partial_look_up", on(partial(Step::GetVpcOrigin))),
        ("partial_page", on(partial(Step::ListDistributions))),
        ("partial_earlier", on(partial(Step::AssumeRole))),
        ("denied", on(failed(FaultKind::Denied))),
        ("expired", on(failed(FaultKind::Expired))),
        ("wrong_account", on(failed(FaultKind::WrongAccount))),
        ("network", on(failed(FaultKind::Network))),
        ("timeout", on(failed(FaultKind::Timeout))),
        ("garbage", on(failed(FaultKind::Malformed))),
        ("throttled_away", on(failed(FaultKind::Throttled))),
        ("complete", on(vec![listed(), ending(AccountState::Complete, None)])),
        ("empty", on(vec![ending(AccountState::Complete, None)])),
        ("off", entry(off, Vec::new())),
    ]
}
