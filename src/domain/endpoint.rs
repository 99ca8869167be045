//! What kind of thing an origin is.

use serde::{Deserialize, Serialize};

use super::distribution::Origin;

/// The kinds that verdicts tell apart; the names are a contract of the JSON format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// A web server that CloudFront speaks HTTP or HTTPS to.
    Custom,
    /// An S3 REST endpoint.
    S3,
    /// An S3 website endpoint: it has no TLS.
    S3Website,
    /// A load balancer or instance in a private network.
    Vpc,
    /// None of the three configs, or more than one.
    Unknown,
}

/// The kind of an origin, from its config and, for custom origins, its domain.
pub fn kind(origin: &Origin) -> OriginKind {
    match (&origin.custom, &origin.s3, &origin.vpc) {
        (Some(_), None, None) if is_s3_website(&origin.domain) => OriginKind::S3Website,
        (Some(_), None, None) => OriginKind::Custom,
        (None, Some(_), None) => OriginKind::S3,
        (None, None, Some(_)) => OriginKind::Vpc,
        _ => OriginKind::Unknown,
    }
}

/// True for `s3-website-REGION.*` and `s3-website.REGION.*`, dual-stack too, under amazonaws.com
/// and amazonaws.com.cn (S3 User Guide, "Website endpoints"). Without a bucket in front the
/// endpoint takes it from the Host header, which CloudFront can pass on.
pub fn is_s3_website(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    let Some(host) =
        domain.strip_suffix(".amazonaws.com").or_else(|| domain.strip_suffix(".amazonaws.com.cn"))
    else {
        return false;
    };
    let labels: Vec<&str> = host.split('.').collect();
    match labels.as_slice() {
        [.., "s3-website", _region] | [.., "s3-website", "dualstack", _region] => true,
        [.., last] => last.starts_with("s3-website-"),
        _ => false,
    }
}

/// A short word for the table, finer than the kind: which AWS service a custom origin is.
pub fn service(origin: &Origin) -> &'static str {
    match kind(origin) {
        OriginKind::S3 if has_access_control(origin) => "s3+oac",
        OriginKind::S3 => "s3",
        OriginKind::S3Website => "s3-web",
        OriginKind::Vpc => "vpc",
        OriginKind::Unknown => "?",
        OriginKind::Custom => custom_service(&origin.domain.to_ascii_lowercase()),
    }
}

fn has_access_control(origin: &Origin) -> bool {
    origin.s3.as_ref().is_some_and(|s3| s3.access_control.is_some())
}

fn custom_service(domain: &str) -> &'static str {
    let amazon = domain.ends_with(".amazonaws.com") || domain.ends_with(".amazonaws.com.cn");
    if domain.ends_with(".on.aws") && domain.contains(".lambda-url.") {
        "lambda"
    } else if !amazon {
        "custom"
    } else if domain.contains(".elb.") {
        "elb"
    } else if domain.contains(".execute-api.") {
        "apigw"
    } else if domain.contains(".mediastore.") || domain.contains(".mediapackage") {
        "media"
    } else {
        "custom"
    }
}
