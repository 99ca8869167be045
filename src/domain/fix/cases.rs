//! Which fixes an origin has, and in which order.

use super::open_behaviors;
use crate::domain::distribution::ProtocolPolicy;
use crate::domain::endpoint::OriginKind;
use crate::domain::exposure::Exposure;
use crate::domain::finding::Finding;

/// Which fix it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// A custom origin goes to https-only. Nothing is sent there now where it is preventive.
    HttpsOnly {
        /// The finding is latent.
        preventive: bool,
    },
    /// Viewers are redirected to HTTPS on the behaviors that reach the origin: the first fix of an
    /// S3 REST origin, and another way for what CloudFront reaches as the viewer spoke.
    RedirectViewers {
        /// The finding is latent.
        preventive: bool,
    },
    /// An S3 REST origin gets a new origin access control, which always signs.
    SignAlways,
    /// An S3 website endpoint, which has no TLS: it must move to the REST endpoint.
    LeaveWebsite {
        /// CloudFront cannot reach it as configured, and answers 502.
        broken: bool,
    },
    /// A VPC origin cannot be changed while in use: a second one takes its place.
    ReplaceVpcOrigin {
        /// The finding is latent.
        preventive: bool,
    },
    /// No behavior routes to the origin: it is deleted.
    Remove,
    /// A custom origin may negotiate less than TLS 1.2.
    StrongTls,
    /// A VPC origin may negotiate less than TLS 1.2.
    StrongTlsVpc,
    /// The origin could not be judged.
    NotKnown,
    /// It passes.
    Nothing,
}

/// How the fixes of one origin go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rank {
    /// What is copied.
    First,
    /// It may be done in place of the first.
    Instead,
    /// A change of its own: it closes another gap, and is never mixed into the first.
    Apart,
}

/// One fix of an origin, or that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which fix.
    pub case: Case,
    /// How it stands to the others.
    pub rank: Rank,
    /// Why it is offered, without a full stop. The names of protocols in it are as AWS gave them:
    /// it is not harmless yet.
    pub reason: String,
}

impl Choice {
    fn new(case: Case, rank: Rank, reason: impl Into<String>) -> Self {
        Self { case, rank, reason: reason.into() }
    }
}

/// The first of the fixes.
pub fn case(finding: &Finding<'_>) -> Case {
    cases(finding)[0].case
}

/// Decides which fixes an origin has; the only place that does. The first is what is copied. It
/// is never empty: that nothing is to be fixed, or not known what, is said by its only element.
pub fn cases(finding: &Finding<'_>) -> Vec<Choice> {
    let mut cases = vec![first(finding)];
    cases.extend(instead(finding, cases[0].case));
    cases.extend(apart(finding, cases[0].case));
    cases
}

fn first(finding: &Finding<'_>) -> Choice {
    let assessment = finding.assessment;
    let preventive = assessment.exposure == Exposure::Latent;
    let (case, reason) = match (assessment.exposure, assessment.kind) {
        (Exposure::Unknown, _) => (Case::NotKnown, "what to fix is not known".to_owned()),
        (Exposure::Broken, _) => (
            Case::LeaveWebsite { broken: true },
            "CloudFront answers 502 now, because an S3 website endpoint has no TLS; the REST endpoint has".to_owned(),
        ),
        (Exposure::Plaintext | Exposure::PlaintextPossible | Exposure::Latent, kind) => {
            of_kind(kind, preventive)
        }
        (Exposure::Encrypted | Exposure::EncryptedByViewer, kind) => {
            match (assessment.weak_tls.is_empty(), kind) {
                (false, OriginKind::Custom) => (Case::StrongTls, weak(finding)),
                (false, OriginKind::Vpc) => (Case::StrongTlsVpc, weak(finding)),
                _ => (Case::Nothing, "it is encrypted".to_owned()),
            }
        }
    };
    Choice::new(case, Rank::First, reason)
}

fn of_kind(kind: OriginKind, preventive: bool) -> (Case, String) {
    let (case, reason) = match kind {
        OriginKind::Custom => (
            Case::HttpsOnly { preventive },
            "with https-only CloudFront speaks TLS to this origin, whatever the viewer spoke",
        ),
        OriginKind::S3 => (
            Case::RedirectViewers { preventive },
            "CloudFront speaks to S3 as the viewer did, so viewers must speak HTTPS",
        ),
        OriginKind::S3Website => (
            Case::LeaveWebsite { broken: false },
            "an S3 website endpoint has no TLS, and https-only would take the site down; the REST endpoint has TLS",
        ),
        OriginKind::Vpc => (
            Case::ReplaceVpcOrigin { preventive },
            "a VPC origin in use cannot be changed, so a second one with https-only takes its place",
        ),
        OriginKind::Unknown => (Case::NotKnown, "its kind is not known"),
    };
    let latent = if preventive { "; preventive, as nothing is sent there now" } else { "" };
    (case, format!("{reason}{latent}"))
}

/// What may be done in place of the first fix.
fn instead(finding: &Finding<'_>, first: Case) -> Vec<Choice> {
    let mut found = Vec::new();
    let as_the_viewer = finding.protocol() == Some("match-viewer");
    let may_redirect =
        matches!(first, Case::HttpsOnly { .. } | Case::ReplaceVpcOrigin { .. }) && as_the_viewer;
    if may_redirect && !open_behaviors(finding).is_empty() {
        let preventive = finding.assessment.exposure == Exposure::Latent;
        found.push(Choice::new(
            Case::RedirectViewers { preventive },
            Rank::Instead,
            "CloudFront speaks to it as the viewer did, so it also helps that viewers must speak HTTPS on the behaviors that reach it; one that is added later may open the gap again",
        ));
    }
    if matches!(first, Case::RedirectViewers { .. }) {
        found.push(Choice::new(
            Case::SignAlways,
            Rank::Instead,
            "a new origin access control that always signs makes CloudFront speak HTTPS to S3; the policies of bucket and key must allow it first, and an Authorization header of the viewer is overwritten",
        ));
    }
    let fixable = !matches!(first, Case::NotKnown | Case::Nothing);
    if fixable && finding.assessment.exposure == Exposure::Latent && is_unused(finding) {
        found.push(Choice::new(
            Case::Remove,
            Rank::Instead,
            "no behavior routes to it now, so it may also be deleted",
        ));
    }
    found
}

/// Weak TLS is closed apart, where the first fix is for plaintext.
fn apart(finding: &Finding<'_>, first: Case) -> Option<Choice> {
    let case = match first {
        Case::HttpsOnly { .. } => Case::StrongTls,
        Case::ReplaceVpcOrigin { .. } => Case::StrongTlsVpc,
        _ => return None,
    };
    (!weak_of(finding).is_empty()).then(|| Choice::new(case, Rank::Apart, weak(finding)))
}

/// No behavior leads to it, itself or by a group.
pub(super) fn is_unused(finding: &Finding<'_>) -> bool {
    finding.distribution.routes(finding.origin).next().is_none()
}

fn weak(finding: &Finding<'_>) -> String {
    format!("TLS as old as {} may be negotiated", weak_of(finding).join(", "))
}

/// Weak members of the list also where it holds for nothing yet, because the origin is http-only.
pub(super) fn weak_of<'a>(finding: &Finding<'a>) -> Vec<&'a str> {
    let list = finding.ssl_protocols().iter().map(String::as_str);
    list.filter(|p| matches!(*p, "SSLv3" | "TLSv1" | "TLSv1.1")).collect()
}

/// The policy that the origin has once its protocol is fixed: what a change of TLS alone keeps.
pub(super) fn policy_then(finding: &Finding<'_>) -> &'static str {
    let now = finding.protocol().unwrap_or_default();
    match finding.assessment.is_encrypted() {
        true => now,
        false => ProtocolPolicy::HttpsOnly.known().expect("https-only is a known value"),
    }
}
