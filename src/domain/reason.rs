//! The verdict as one sentence that a person can check.

use super::assessment::{Assessment, plaintext_paths};
use super::distribution::{Distribution, Looked, Origin, ProtocolPolicy, Signing, ViewerPolicy};
use super::endpoint::OriginKind;
use super::exposure::{self, Exposure, Policy, Viewers};
use super::text::escape;

/// Why the verdict is what it is, with the caveats that belong to it. Harmless text.
pub fn reason(distribution: &Distribution, origin: &Origin, assessment: &Assessment) -> String {
    let mut said = cause(distribution, origin, assessment);
    if !assessment.weak_tls.is_empty() {
        said += &format!("; TLS as old as {} may be negotiated", assessment.weak_tls.join(", "));
    }
    if assessment.edge_rewrite {
        said += "; edge code may choose another origin or protocol";
    }
    if distribution.staging {
        said += "; staging: it takes part of the real traffic";
    }
    if distribution.multi_tenant {
        said += "; multi-tenant: the domain may hold {{parameters}}";
    }
    if !distribution.is_deployed() {
        said += "; deploying: the edges may still serve the configuration before this one";
    }
    let endpoint = origin.vpc.as_ref().and_then(|vpc| vpc.endpoint.found());
    if let Some(endpoint) = endpoint.filter(|endpoint| !endpoint.is_deployed()) {
        said += &format!(
            "; deploying: its VPC origin is {}, and the edges may still use the VPC origin's configuration before this one",
            endpoint.status
        );
    }
    escape(&said).into_owned()
}

fn cause(distribution: &Distribution, origin: &Origin, assessment: &Assessment) -> String {
    match assessment.exposure {
        Exposure::Plaintext => plaintext(assessment.kind),
        Exposure::PlaintextPossible => {
            let paths = plaintext_paths(distribution, origin, assessment.exposure).join(", ");
            format!("{} and viewers may use plain HTTP on {paths}", match_viewer(origin))
        }
        Exposure::Latent => latent(distribution, origin),
        Exposure::Broken => {
            "an S3 website endpoint has no TLS, so CloudFront cannot reach it as configured and answers 502".to_owned()
        }
        Exposure::Unknown => unknown(distribution, origin),
        Exposure::EncryptedByViewer => {
            "every behavior that reaches it makes viewers use HTTPS, and CloudFront goes on in HTTPS".to_owned()
        }
        Exposure::Encrypted if assessment.kind == OriginKind::S3 => {
            "its origin access control signs always, so CloudFront speaks HTTPS to S3".to_owned()
        }
        Exposure::Encrypted => "CloudFront speaks only HTTPS to it".to_owned(),
    }
}

fn plaintext(kind: OriginKind) -> String {
    match kind {
        OriginKind::S3Website => {
            "an S3 website endpoint has no TLS: every request travels in plaintext"
        }
        _ => "CloudFront speaks only plain HTTP to it, whatever the viewer used",
    }
    .to_owned()
}

fn match_viewer(origin: &Origin) -> String {
    match &origin.s3 {
        None => "CloudFront speaks to it as the viewer did".to_owned(),
        Some(s3) => match (&s3.access_control, s3.signing.found()) {
            (Some(_), Some(signing @ (Signing::Never | Signing::NoOverride))) => format!(
                "its origin access control signs {}, so CloudFront speaks to S3 as the viewer did",
                signing.as_str()
            ),
            _ => "without an origin access control CloudFront speaks to S3 as the viewer did"
                .to_owned(),
        },
    }
}

fn latent(distribution: &Distribution, origin: &Origin) -> String {
    let how = match exposure::policy(origin) {
        Policy::HttpOnly => "it is set to plain HTTP",
        _ => "it would be reached as the viewer speaks",
    };
    match exposure::viewers(distribution, origin) {
        Viewers::NoRoute => format!("{how}, but no behavior routes to it now"),
        _ => format!("{how}, but the distribution is disabled"),
    }
}

fn unknown(distribution: &Distribution, origin: &Origin) -> String {
    if let Some(defect) = distribution.defects.first() {
        return format!("the description of the distribution is not whole: {defect}");
    }
    if exposure::policy(origin) != Policy::Unknown {
        let odd = distribution.routes(origin).find_map(|b| match &b.viewer {
            ViewerPolicy::Other(text) => Some(format!(
                "the viewer policy {text:?} of {} is not known to this version",
                b.path()
            )),
            _ => None,
        });
        return odd.unwrap_or_else(|| "it could not be judged".to_owned());
    }
    let configs = [origin.custom.is_some(), origin.s3.is_some(), origin.vpc.is_some()];
    if configs.iter().filter(|set| **set).count() > 1 {
        return "it has more than one of the origin configs, and AWS sets one".to_owned();
    }
    if let Some(custom) = &origin.custom {
        return not_known(&custom.protocol);
    }
    if let Some(vpc) = &origin.vpc {
        return match &vpc.endpoint {
            Looked::Found { value, .. } => not_known(&value.protocol),
            Looked::Missing => format!("there is no VPC origin {}", vpc.vpc_origin_id),
            Looked::Failed(why) if !why.is_empty() => why.clone(),
            Looked::Failed(_) | Looked::NotNeeded => "its VPC origin was not read".to_owned(),
        };
    }
    if let Some(s3) = &origin.s3 {
        let id = s3.access_control.as_deref().unwrap_or_default();
        return match &s3.signing {
            Looked::Found { value, .. } => {
                format!("the signing behavior {:?} is not known to this version", value.as_str())
            }
            Looked::Missing => format!("the account lists no origin access control {id}"),
            Looked::Failed(why) if !why.is_empty() => why.clone(),
            Looked::Failed(_) | Looked::NotNeeded => {
                "its origin access control was not read".to_owned()
            }
        };
    }
    "it has none of the origin configs that this version knows".to_owned()
}

fn not_known(protocol: &ProtocolPolicy) -> String {
    match protocol {
        ProtocolPolicy::Other(text) => {
            format!("the origin protocol policy {text:?} is not known to this version")
        }
        _ => "it could not be judged".to_owned(),
    }
}
