//! The domain's answers in words, the same on every pane.

use jiff::Timestamp;

use crate::domain::assessment::Assessment;
use crate::domain::distribution::Behavior;
use crate::domain::endpoint::OriginKind;
use crate::domain::exposure::Exposure;
use crate::domain::fault::FaultKind;
use crate::domain::rule::{Clause, Rule};

/// The exposure's name in the JSON format, which filters use too.
pub(super) fn exposure_name(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Plaintext => "plaintext",
        Exposure::PlaintextPossible => "plaintext_possible",
        Exposure::Latent => "latent",
        Exposure::Broken => "broken",
        Exposure::Unknown => "unknown",
        Exposure::EncryptedByViewer => "encrypted_by_viewer",
        Exposure::Encrypted => "encrypted",
    }
}

/// What the exposure means.
pub(super) fn exposure_meaning(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Plaintext => "every request to the origin travels in plaintext",
        Exposure::PlaintextPossible => "what a viewer asks in plain HTTP travels on in plaintext",
        Exposure::Latent => "it would be plaintext, but nothing is sent there now",
        Exposure::Broken => "CloudFront cannot reach it as configured and answers 502",
        Exposure::Unknown => "it cannot be told",
        Exposure::EncryptedByViewer => "encrypted, because every viewer must speak HTTPS",
        Exposure::Encrypted => "encrypted, whatever the viewer speaks",
    }
}

/// The rule's answer as one word or two.
pub(super) fn rule_word(rule: Rule) -> &'static str {
    match rule {
        Rule::Pass => "pass",
        Rule::Fail => "fail",
        Rule::NotApplicable => "not applicable",
    }
}

/// Why the rule answers so for an origin.
pub(super) fn rule_why(rule: Rule, clause: Option<Clause>) -> String {
    match (rule, clause) {
        (Rule::Pass, Some(clause)) => format!("{} holds", clause.text()),
        (Rule::Pass, None) => "a clause holds".to_owned(),
        (Rule::Fail, _) => "none of its three clauses holds".to_owned(),
        (Rule::NotApplicable, _) => {
            "the rule leaves out origins that have an S3OriginConfig".to_owned()
        }
    }
}

/// Why the rule is content while plaintext flows, and on which paths it flows.
pub(super) fn gap(assessment: &Assessment, paths: &[&str]) -> String {
    let content = match (assessment.rule, assessment.clause) {
        (Rule::NotApplicable, _) => "the rule leaves S3 origins out",
        (_, Some(Clause::ViewerRedirect)) => {
            "the rule passes because the default behavior redirects viewers to HTTPS"
        }
        (_, Some(Clause::ViewerHttpsOnly)) => {
            "the rule passes because the default behavior makes viewers use HTTPS"
        }
        _ => "the rule passes because the origin's policy is https-only",
    };
    let flows = match assessment.exposure {
        Exposure::Plaintext => "travels",
        _ => "can travel",
    };
    format!(
        "{content}, yet plaintext {flows} from CloudFront to the origin on {}",
        paths.join(", ")
    )
}

/// The kind of an origin.
pub(super) fn kind(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Custom => "custom origin",
        OriginKind::S3 => "S3 bucket, REST endpoint",
        OriginKind::S3Website => "S3 website endpoint, which has no TLS",
        OriginKind::Vpc => "VPC origin",
        OriginKind::Unknown => "a kind that this version does not know",
    }
}

/// What kind of trouble a fault was.
pub(super) fn trouble(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Denied => "AWS said no",
        FaultKind::WrongAccount => "the credentials are of another account",
        FaultKind::Expired => "credentials or a session ran out",
        FaultKind::Throttled => "every try was throttled",
        FaultKind::Network => "no connection, or one that broke",
        FaultKind::Timeout => "no answer in time",
        FaultKind::Malformed => "an answer that is cut, or not what AWS sends",
        FaultKind::NotFound => "a thing that is not there",
        FaultKind::Unsupported => "something that this program cannot do",
        FaultKind::Crashed => "this program failed in the midst of it",
        FaultKind::Cancelled => "it was stopped",
    }
}

/// `yes` or `no`.
pub(super) fn yes_no(holds: bool) -> &'static str {
    match holds {
        true => "yes",
        false => "no",
    }
}

/// To the second, in UTC, as RFC 3339 writes it.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The paths of the behaviors that carry edge code.
pub(super) fn edge_paths(behaviors: &[Behavior]) -> Vec<&str> {
    behaviors.iter().filter(|b| b.edge_code).map(Behavior::path).collect()
}
