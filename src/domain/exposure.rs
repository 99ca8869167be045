//! Can a request ever travel from CloudFront to this origin in plaintext?
//!
//! Sources: CloudFront Developer Guide, "Require HTTPS for communication between CloudFront and
//! your custom origin", "… and your Amazon S3 origin", "Restrict access to an Amazon S3 origin".

use serde::{Deserialize, Serialize};

use super::distribution::{Distribution, Origin, ProtocolPolicy, Signing, ViewerPolicy};
use super::endpoint::{OriginKind, kind};

/// The answer; the names are a contract of the JSON format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exposure {
    /// Every request travels in plaintext.
    Plaintext,
    /// A viewer's plain request travels on in plaintext.
    PlaintextPossible,
    /// It would be plaintext, but nothing is sent there now.
    Latent,
    /// CloudFront cannot reach it as configured and answers 502.
    Broken,
    /// It cannot be told.
    Unknown,
    /// Encrypted because every viewer must speak HTTPS.
    EncryptedByViewer,
    /// Encrypted whatever the viewer speaks.
    Encrypted,
}

/// What CloudFront speaks to the origin, whichever config says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Always plain HTTP.
    HttpOnly,
    /// As the viewer did.
    MatchViewer,
    /// Always TLS.
    HttpsOnly,
    /// Unreadable, missing, or a value not known yet.
    Unknown,
}

/// What the viewers of an origin may speak, over all behaviors that reach it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Viewers {
    /// At least one behavior lets plain HTTP in.
    SomeAllowAll,
    /// Every behavior is redirect-to-https or https-only.
    AllHttps,
    /// None is allow-all, and one has a value not known yet.
    SomeUnknown,
    /// No behavior reaches the origin.
    NoRoute,
}

/// The inputs of the table, so that the whole of it can be tested cell by cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Inputs {
    /// What CloudFront speaks to the origin.
    pub policy: Policy,
    /// What viewers may speak.
    pub viewers: Viewers,
    /// The origin's kind.
    pub kind: OriginKind,
    /// Disabled, and the edges know it already.
    pub switched_off: bool,
}

/// The table of exposures with its overrides.
pub fn exposure(inputs: Inputs) -> Exposure {
    match overridden(inputs).unwrap_or_else(|| table(inputs.policy, inputs.viewers)) {
        Exposure::Plaintext | Exposure::PlaintextPossible if inputs.switched_off => {
            Exposure::Latent
        }
        exposure => exposure,
    }
}

fn table(policy: Policy, viewers: Viewers) -> Exposure {
    match (policy, viewers) {
        (Policy::Unknown, _) => Exposure::Unknown,
        (Policy::HttpsOnly, _) => Exposure::Encrypted,
        (_, Viewers::NoRoute) => Exposure::Latent,
        (Policy::HttpOnly, _) => Exposure::Plaintext,
        (Policy::MatchViewer, Viewers::SomeAllowAll) => Exposure::PlaintextPossible,
        (Policy::MatchViewer, Viewers::AllHttps) => Exposure::EncryptedByViewer,
        (Policy::MatchViewer, Viewers::SomeUnknown) => Exposure::Unknown,
    }
}

/// Where a kind of origin departs from the table.
fn overridden(inputs: Inputs) -> Option<Exposure> {
    match (inputs.kind, inputs.policy, inputs.viewers) {
        // So that the answer never depends on what else was looked up.
        (OriginKind::S3, _, Viewers::AllHttps) => Some(Exposure::EncryptedByViewer),
        // A website endpoint has no TLS at all: CloudFront would answer 502.
        (OriginKind::S3Website, Policy::HttpsOnly, _)
        | (OriginKind::S3Website, Policy::MatchViewer, Viewers::AllHttps) => Some(Exposure::Broken),
        _ => None,
    }
}

/// Collects the table's inputs from a distribution.
pub fn inputs(distribution: &Distribution, origin: &Origin) -> Inputs {
    Inputs {
        policy: policy(origin),
        viewers: viewers(distribution, origin),
        kind: kind(origin),
        switched_off: !distribution.enabled && distribution.is_deployed(),
    }
}

/// What CloudFront speaks to the origin.
pub fn policy(origin: &Origin) -> Policy {
    match kind(origin) {
        OriginKind::Custom | OriginKind::S3Website => {
            origin.custom.as_ref().map_or(Policy::Unknown, |c| known(&c.protocol))
        }
        OriginKind::Vpc => origin
            .vpc
            .as_ref()
            .and_then(|vpc| vpc.endpoint.found())
            .map_or(Policy::Unknown, |endpoint| known(&endpoint.protocol)),
        OriginKind::S3 => s3_policy(origin),
        OriginKind::Unknown => Policy::Unknown,
    }
}

fn known(protocol: &ProtocolPolicy) -> Policy {
    match protocol {
        ProtocolPolicy::HttpOnly => Policy::HttpOnly,
        ProtocolPolicy::MatchViewer => Policy::MatchViewer,
        ProtocolPolicy::HttpsOnly => Policy::HttpsOnly,
        ProtocolPolicy::Other(_) => Policy::Unknown,
    }
}

fn s3_policy(origin: &Origin) -> Policy {
    let Some(s3) = &origin.s3 else { return Policy::Unknown };
    if s3.access_control.is_none() {
        return Policy::MatchViewer;
    }
    match s3.signing.found() {
        Some(Signing::Always) => Policy::HttpsOnly,
        Some(Signing::Never | Signing::NoOverride) => Policy::MatchViewer,
        Some(Signing::Other(_)) | None => Policy::Unknown,
    }
}

/// What the viewers of an origin may speak.
pub fn viewers(distribution: &Distribution, origin: &Origin) -> Viewers {
    let mut seen = Viewers::NoRoute;
    for behavior in distribution.routes(origin) {
        seen = match (&behavior.viewer, seen) {
            (ViewerPolicy::AllowAll, _) => return Viewers::SomeAllowAll,
            (ViewerPolicy::Other(_), _) | (_, Viewers::SomeUnknown) => Viewers::SomeUnknown,
            _ => Viewers::AllHttps,
        };
    }
    seen
}

/// True if the verdict of an S3 REST origin depends on its OAC's signing behavior, so that the
/// one paged ListOriginAccessControls is worth its call.
pub fn needs_signing(distribution: &Distribution, origin: &Origin) -> bool {
    kind(origin) == OriginKind::S3
        && origin.s3.as_ref().is_some_and(|s3| s3.access_control.is_some())
        && viewers(distribution, origin) != Viewers::AllHttps
}
