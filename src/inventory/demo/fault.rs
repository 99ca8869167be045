//! What goes wrong in the demo, told as the real source tells it.

use super::random::Random;
use super::sketch::Fate;
use crate::domain::account::{Access, Account};
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::domain::tally::AccountState;
use crate::inventory::report::Ending;

/// Who assumes the roles of the demo.
pub(super) const CALLER: &str = "arn:aws:sts::100000000001:assumed-role/SecOps/jane";

/// The account that answers in another's place.
const STRANGER: &str = "777788880000";

/// The fault that an account's fate brings with it.
pub(super) fn of(fate: Fate, account: &Account, random: &mut Random) -> Option<Fault> {
    let role = match &account.access {
        Access::Assume(assume) => assume.last_role(),
        Access::Profile(profile) => profile,
    };
    let fault = match fate {
        Fate::Complete | Fate::Empty | Fate::Disabled | Fate::Throttled => return None,
        Fate::Denied => denied(account, role),
        Fate::WrongAccount => wrong_account(account),
        Fate::Expired => expired(role),
        Fate::TimedOut => timed_out(),
        Fate::Malformed => malformed(),
        Fate::VpcDenied => vpc_denied(account, role),
        Fate::CutOff => cut_off(),
    };
    let answered = !matches!(fate, Fate::Expired | Fate::TimedOut | Fate::CutOff);
    Some(Fault { request_id: answered.then(|| random.request_id()), ..fault })
}

fn fault(
    step: Step,
    kind: FaultKind,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> Fault {
    Fault { step, kind, message: message.into(), hint: hint.into(), request_id: None }
}

fn denied(account: &Account, role: &str) -> Fault {
    fault(
        Step::AssumeRole,
        FaultKind::Denied,
        format!(
            "AssumeRole {role} was denied: User: {CALLER} is not authorized to perform: \
             sts:AssumeRole on resource: {role} (AccessDenied)"
        ),
        format!(
            "AWS says the same for each of these: no role of this name; its trust policy does \
             not name the caller {CALLER}; it asks for an ExternalId (none is set at {}); the \
             caller's own policies do not allow sts:AssumeRole on it; a service control policy \
             denies it",
            account.place
        ),
    )
}

fn wrong_account(account: &Account) -> Fault {
    fault(
        Step::VerifyAccount,
        FaultKind::WrongAccount,
        format!(
            "the credentials are of the account {STRANGER}, not of {}: \
             arn:aws:sts::{STRANGER}:assumed-role/SecurityAudit/cf-tui",
            account.id
        ),
        format!(
            "correct account_id or role at {}; nothing was read, so that no finding stands \
             under another account's name",
            account.place
        ),
    )
}

fn expired(profile: &str) -> Fault {
    fault(
        Step::Credentials,
        FaultKind::Expired,
        format!("the profile {profile} gave no credentials: the SSO session has expired"),
        format!(
            "run aws sso login --profile {profile} in another terminal, then read the account again"
        ),
    )
}

fn timed_out() -> Fault {
    fault(
        Step::ListDistributions,
        FaultKind::Timeout,
        "ListDistributions got no answer: no answer within call_timeout, 3 times",
        "the network drops packets or a proxy holds them: check it, or raise call_timeout in \
         [load]",
    )
}

fn malformed() -> Fault {
    fault(
        Step::ListDistributions,
        FaultKind::Malformed,
        "ListDistributions got an answer that cannot be right: the answer is a web page",
        "a proxy or captive portal may answer in AWS's place: check HTTPS_PROXY and \
         AWS_ENDPOINT_URL, then try again",
    )
}

fn vpc_denied(account: &Account, role: &str) -> Fault {
    let role = role.rsplit('/').next().unwrap_or(role);
    fault(
        Step::GetVpcOrigin,
        FaultKind::Denied,
        format!(
            "GetVpcOrigin was denied: User: arn:aws:sts::{}:assumed-role/{role}/cf-tui is not \
             authorized to perform: cloudfront:GetVpcOrigin because no identity-based policy \
             allows the cloudfront:GetVpcOrigin action (AccessDenied)",
            account.id
        ),
        "give the role cloudfront:GetVpcOrigin; if it has it, a service control policy, a \
         permission boundary or the session policy may deny it",
    )
}

/// Why the protocol policy of a VPC origin is not known; another account may share it.
pub(super) fn vpc_origin_denied(owner: Option<&str>) -> String {
    let why = "GetVpcOrigin was denied (cloudfront:GetVpcOrigin is missing)";
    match owner {
        None => why.to_owned(),
        Some(owner) => format!(
            "{why}; it belongs to the account {owner}, which shares it: its protocol policy can \
             be read there"
        ),
    }
}

fn cut_off() -> Fault {
    fault(
        Step::ListDistributions,
        FaultKind::Network,
        "ListDistributions, page 2 could not be sent, or its answer was lost: connection reset \
         by peer",
        "check the network, HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL",
    )
}

/// How the reading of an account ends that another fleet has.
pub(super) fn not_of_the_demo(account: &Account) -> Ending {
    let fault = fault(
        Step::Credentials,
        FaultKind::NotFound,
        format!("the demo has no account {}", account.id),
        "start the demo again",
    );
    let (caller, calls, tries) = (None, 0, 0);
    Ending { state: AccountState::Failed, fault: Some(fault), caller, calls, tries }
}
