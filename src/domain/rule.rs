//! CloudGuard rule D9.AWS.CRY.17, literally as written:
//!
//! ```text
//! CloudFront where not with [ s3OriginConfig]
//! should have with [ customOriginConfig.originProtocolPolicy='https-only' ]
//! or distributionConfig.defaultCacheBehavior.viewerProtocolPolicy='redirect-to-https'
//! or distributionConfig.defaultCacheBehavior.viewerProtocolPolicy='https-only'
//! ```

use serde::{Deserialize, Serialize};

use super::distribution::{Distribution, Origin, ProtocolPolicy, ViewerPolicy};

/// The rule's id.
pub const RULE_ID: &str = "D9.AWS.CRY.17";

/// The rule's answer; the names are a contract of the JSON format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A clause holds.
    Pass,
    /// No clause holds.
    Fail,
    /// The rule leaves S3 out.
    NotApplicable,
}

/// The clause that let it pass; the origin's own comes before the viewer clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clause {
    /// `customOriginConfig.originProtocolPolicy='https-only'`
    OriginHttpsOnly,
    /// `defaultCacheBehavior.viewerProtocolPolicy='redirect-to-https'`
    ViewerRedirect,
    /// `defaultCacheBehavior.viewerProtocolPolicy='https-only'`
    ViewerHttpsOnly,
}

impl Clause {
    /// The clause in the rule's own words.
    pub fn text(self) -> &'static str {
        match self {
            Self::OriginHttpsOnly => "customOriginConfig.originProtocolPolicy='https-only'",
            Self::ViewerRedirect => "defaultCacheBehavior.viewerProtocolPolicy='redirect-to-https'",
            Self::ViewerHttpsOnly => "defaultCacheBehavior.viewerProtocolPolicy='https-only'",
        }
    }
}

/// The rule's answer for one origin, and the clause that let it pass.
pub fn of_origin(distribution: &Distribution, origin: &Origin) -> (Rule, Option<Clause>) {
    if origin.s3.is_some() {
        return (Rule::NotApplicable, None);
    }
    judge(distribution, is_https_only(origin))
}

/// The rule's answer for a whole distribution, as a scanner reports it: GSL's `with [x]` is
/// "at least one element satisfies x".
pub fn of_distribution(distribution: &Distribution) -> (Rule, Option<Clause>) {
    if distribution.origins.iter().any(|o| o.s3.is_some()) {
        return (Rule::NotApplicable, None);
    }
    judge(distribution, distribution.origins.iter().any(is_https_only))
}

fn judge(distribution: &Distribution, https_only: bool) -> (Rule, Option<Clause>) {
    let viewer = distribution.default_behavior().map(|b| &b.viewer);
    let clause = match viewer {
        _ if https_only => Some(Clause::OriginHttpsOnly),
        Some(ViewerPolicy::RedirectToHttps) => Some(Clause::ViewerRedirect),
        Some(ViewerPolicy::HttpsOnly) => Some(Clause::ViewerHttpsOnly),
        _ => None,
    };
    match clause {
        Some(clause) => (Rule::Pass, Some(clause)),
        None => (Rule::Fail, None),
    }
}

fn is_https_only(origin: &Origin) -> bool {
    matches!(&origin.custom, Some(custom) if custom.protocol == ProtocolPolicy::HttpsOnly)
}
