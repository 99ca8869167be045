//! What goes wrong in the demo, told as the real source tells it.

use super::random::Random;
use super::sketch::Fate;
use crate::domain::account::{Access, Account};
use crate::domain::fault::{Fault, FaultKind, Step};

/// Who assumes the roles of the demo.
pub(super) const CALLER: &str = "arn:aws:sts::100000000001:assumed-role/SecOps/jane";

/// The fault that an account's fate brings with it.
pub(super) fn of(fate: Fate, account: &Account, random: &mut Random) -> Option<Fault> {
    let role = match &account.access {
        Access::Assume(assume) => assume.last_role(),
        Access::Profile(profile) => profile,
    };
    let fault = match fate {
        Fate::Complete | Fate::Empty | Fate::Disabled | Fate::Throttled => return None,
        Fate::Denied => denied(account, role),
        Fate::WrongAccount => wrong_account(account, role),
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
            "AssumeRole AccessDenied: User: {CALLER} is not authorized to perform: \
             sts:AssumeRole on resource: {role}"
        ),
        format!(
            "the role's trust policy does not name the caller, the role does not exist under \
             this name, or it asks for an external id (none is set at {}); let the owner of {} \
             add the caller to the trust policy, then read the account again",
            account.place, account.id
        ),
    )
}

fn wrong_account(account: &Account, role: &str) -> Fault {
    fault(
        Step::VerifyAccount,
        FaultKind::WrongAccount,
        format!("the credentials of {role} are of account 777788880000, not {}", account.id),
        format!(
            "account_id and role at {} belong to different accounts; nothing was read, so that \
             no finding is shown under the wrong name; correct one of the two",
            account.place
        ),
    )
}

fn expired(profile: &str) -> Fault {
    fault(
        Step::Credentials,
        FaultKind::Expired,
        format!("the SSO session of profile {profile} has expired"),
        format!("run aws sso login --profile {profile}, then read the account again"),
    )
}

fn timed_out() -> Fault {
    fault(
        Step::ListDistributions,
        FaultKind::Timeout,
        "ListDistributions, page 1: no answer within 20 s, 3 times",
        "a proxy or firewall may drop the connection to cloudfront.amazonaws.com:443; check \
         HTTPS_PROXY and NO_PROXY, then read the account again",
    )
}

fn malformed() -> Fault {
    fault(
        Step::ListDistributions,
        FaultKind::Malformed,
        "ListDistributions, page 1: the answer is not CloudFront's XML; it begins with \
         \"<!doctype html><title>Access blocked\"",
        "a proxy that answers in CloudFront's place is the likely cause; check HTTPS_PROXY and \
         AWS_ENDPOINT_URL, then read the account again",
    )
}

fn vpc_denied(account: &Account, role: &str) -> Fault {
    let session = role.rsplit('/').next().unwrap_or(role);
    fault(
        Step::GetVpcOrigin,
        FaultKind::Denied,
        format!(
            "GetVpcOrigin AccessDenied: User: arn:aws:sts::{}:assumed-role/{session}/cf-tui is \
             not authorized to perform: cloudfront:GetVpcOrigin because no identity-based \
             policy allows the cloudfront:GetVpcOrigin action",
            account.id
        ),
        "the protocol policy of a VPC origin is told by GetVpcOrigin alone: allow \
         cloudfront:GetVpcOrigin to the role; until then these origins stay unknown",
    )
}

fn cut_off() -> Fault {
    fault(
        Step::ListDistributions,
        FaultKind::Network,
        "ListDistributions, page 2: the connection was reset by the other side, 8 times",
        "what came before is shown and the rest is counted as not seen; read the account again",
    )
}
