//! From one try's trouble to a fault that a person can act on: what, where, why, what next.

use super::trouble::Trouble;
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::domain::text::escape;

/// The longest text of AWS that a message quotes, in characters.
const LONGEST: usize = 400;

/// What is known about an AssumeRole that failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hop<'a> {
    /// The role's ARN.
    pub role: &'a str,
    /// Its place in the chain, the first being 1.
    pub number: usize,
    /// How many roles the chain has.
    pub of: usize,
    /// True if an external id was sent with it.
    pub external_id: bool,
    /// Seconds that were asked for.
    pub duration: i32,
    /// The ARN that asked, where it is known.
    pub caller: Option<&'a str>,
    /// The MFA device of the base profile, which is never used.
    pub mfa: Option<&'a str>,
}

/// The fault of a CloudFront or STS call other than AssumeRole.
pub(super) fn of_call(step: Step, trouble: &Trouble) -> Fault {
    let hint = hint_by_code(trouble).unwrap_or_else(|| match trouble.kind {
        FaultKind::Denied => match permission(step) {
            Some(action) => format!(
                "give the role {action}; if it has it, a service control policy, a permission boundary or the session policy may deny it"
            ),
            None => "check the policies of the credentials".to_owned(),
        },
        kind => hint_by_kind(kind, trouble),
    });
    build(step, trouble, step.label(), hint)
}

/// Why a read on demand failed that no verdict hangs on: what happened and what to do, in words.
pub(super) fn of_read(call: &str, trouble: &Trouble) -> String {
    let hint = hint_by_code(trouble).unwrap_or_else(|| match trouble.kind {
        FaultKind::Denied => format!("give the role cloudfront:{call}"),
        kind => hint_by_kind(kind, trouble),
    });
    format!("{}; {hint}", what_happened(trouble, call))
}

/// The fault of an AssumeRole.
pub(super) fn of_assume(trouble: &Trouble, hop: Hop<'_>) -> Fault {
    let hint = match trouble.kind {
        _ if trouble.has_code(&["PackedPolicyTooLarge", "PackedPolicyTooLargeException"]) => {
            "the session policy and the session's tags do not fit together: run with --no-session-policy".to_owned()
        }
        _ if trouble.has_code(&["ValidationError"]) && trouble.text.contains("DurationSeconds") => {
            duration_hint(hop)
        }
        FaultKind::Denied if !trouble.has_code(CREDENTIAL_CODES) => denied_hint(hop),
        kind => hint_by_code(trouble).unwrap_or_else(|| hint_by_kind(kind, trouble)),
    };
    let label = match hop.of {
        1 => format!("AssumeRole {}", escape(hop.role)),
        of => format!("AssumeRole {} (hop {} of {of})", escape(hop.role), hop.number),
    };
    build(Step::AssumeRole, trouble, &label, hint)
}

/// Codes that speak of the credentials that asked, not of what they may do.
const CREDENTIAL_CODES: &[&str] = &[
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "RegionDisabledException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
];

fn denied_hint(hop: Hop<'_>) -> String {
    let caller = match hop.caller {
        Some(arn) => format!("the caller {}", escape(arn)),
        None => "the caller".to_owned(),
    };
    let external = match hop.external_id {
        true => "it asks for another ExternalId than the one sent",
        false => "it asks for an ExternalId (external_id in the fleet file)",
    };
    let mfa = match hop.mfa {
        Some(_) => {
            "; or it asks for MFA: the source profile has an mfa_serial, and cf-tui never asks for a code: use a profile with credentials that passed MFA (aws sts get-session-token) or an SSO profile"
        }
        None => "",
    };
    format!(
        "AWS says the same for each of these: no role of this name; its trust policy does not name {caller}; {external}; the caller's own policies do not allow sts:AssumeRole on it; a service control policy denies it{mfa}"
    )
}

fn duration_hint(hop: Hop<'_>) -> String {
    let limit = match hop.of {
        1 => {
            "it may not pass the role's MaxSessionDuration, nor 3600 where the base credentials are themselves a role (SSO, instance, container)"
        }
        _ => "a chain of roles is limited to 3600",
    };
    format!("duration_seconds is {}: {limit}; lower it in the fleet file", hop.duration)
}

fn permission(step: Step) -> Option<&'static str> {
    match step {
        Step::ListDistributions => Some("cloudfront:ListDistributions"),
        Step::ListOriginAccessControls => Some("cloudfront:ListOriginAccessControls"),
        Step::GetVpcOrigin => Some("cloudfront:GetVpcOrigin"),
        Step::GetDistribution => Some("cloudfront:GetDistribution"),
        Step::Credentials | Step::AssumeRole | Step::VerifyAccount => None,
    }
}

fn hint_by_code(trouble: &Trouble) -> Option<String> {
    let skew = trouble.has_code(&["RequestTimeTooSkewed", "RequestExpired"])
        || trouble.text.contains("Signature expired")
        || trouble.text.contains("Signature not yet current");
    if skew {
        return Some("this machine's clock differs from AWS's: set it right".to_owned());
    }
    let hint = match trouble.code.as_deref()? {
        "InvalidClientTokenId" | "UnrecognizedClientException" => {
            "AWS does not know the access key: it was deleted, is of another partition, or was pasted without its session token"
        }
        "SignatureDoesNotMatch" | "InvalidSignatureException" | "IncompleteSignature" => {
            "the secret access key does not belong to the access key id"
        }
        "RegionDisabledException" | "OptInRequired" => {
            "STS is not activated for this region in the account: activate it in IAM, Account settings"
        }
        "MalformedPolicyDocument" | "MalformedPolicyDocumentException" => {
            "AWS refused the session policy: run with --no-session-policy, and report this"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}

fn hint_by_kind(kind: FaultKind, trouble: &Trouble) -> String {
    let text = &trouble.text;
    let hint = match kind {
        FaultKind::Denied => "check the policies of the credentials",
        FaultKind::WrongAccount => "correct account_id, role or profile in the fleet file",
        FaultKind::Expired => {
            "sign in again (aws sso login, or new keys), then read the account again"
        }
        FaultKind::Throttled => {
            "AWS asked to slow down at every try: lower max_concurrency, raise max_attempts in [load], or try later"
        }
        FaultKind::Network if trouble.status == Some(407) => {
            "the proxy asks for a password: HTTPS_PROXY=http://user:password@host:port"
        }
        FaultKind::Network if is_tls(text) => {
            "a proxy that opens TLS, or another server, answered: if its authority is to be trusted, point AWS_CA_BUNDLE at its certificate"
        }
        FaultKind::Network if text.contains("dns error") || text.contains("lookup address") => {
            "the name was not found: check the network, the VPN, HTTPS_PROXY and AWS_ENDPOINT_URL"
        }
        FaultKind::Network if trouble.status.is_some() => {
            "AWS itself had a fault at every try: try later; if it lasts, give AWS support the request id"
        }
        FaultKind::Network => "check the network, HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL",
        FaultKind::Timeout => {
            "the network drops packets or a proxy holds them: check it, or raise call_timeout in [load]"
        }
        FaultKind::Malformed => {
            "a proxy or captive portal may answer in AWS's place: check HTTPS_PROXY and AWS_ENDPOINT_URL, then try again"
        }
        FaultKind::NotFound => "it may just have been deleted: try again",
        FaultKind::Unsupported => "see the message; AWS did not take the request as it was sent",
        FaultKind::Crashed => "this is a bug in cf-tui: please report it",
        FaultKind::Cancelled => "read the account again",
    };
    hint.to_owned()
}

fn is_tls(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["certificate", "unknownissuer", "tls handshake", "tlsconnect"].iter().any(|w| text.contains(w))
}

fn build(step: Step, trouble: &Trouble, label: &str, hint: String) -> Fault {
    Fault {
        step,
        kind: trouble.kind,
        message: what_happened(trouble, label),
        hint,
        request_id: trouble.request_id.as_deref().map(clean),
    }
}

fn what_happened(trouble: &Trouble, label: &str) -> String {
    let what = match trouble.kind {
        FaultKind::Denied => "was denied",
        FaultKind::Throttled => "was throttled at every try",
        FaultKind::Expired => "was refused: the credentials have expired",
        FaultKind::Timeout => "got no answer",
        FaultKind::Network if trouble.status.is_some() => "failed at AWS",
        FaultKind::Network => "could not be sent, or its answer was lost",
        FaultKind::Malformed => "got an answer that cannot be right",
        _ => "failed",
    };
    let mut message = format!("{label} {what}: {}", clean(&trouble.text));
    if let Some(code) = trouble.code.as_deref().filter(|code| !trouble.text.contains(code)) {
        message.push_str(&format!(" ({})", clean(code)));
    }
    message
}

/// Other people's text for one line of a screen: harmless, and not too long.
pub(super) fn clean(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out: String = escape(&line).chars().take(LONGEST).collect();
    if out.chars().count() == LONGEST {
        out.push('…');
    }
    out
}
