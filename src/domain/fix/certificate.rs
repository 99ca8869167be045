//! Which name the origin's certificate must have, from what is known: the kind of endpoint, and
//! whether the behaviors that reach it forward the Host header.
//!
//! CloudFront accepts a certificate that names the origin domain or, where the Host header is
//! forwarded, the name in it; with any other it answers 502 (Developer Guide, "HTTP 502 status
//! code", "Require HTTPS for communication between CloudFront and your custom origin").

use super::notes::{paths, some};
use crate::domain::distribution::{Behavior, HostHeader};
use crate::domain::exposure::Exposure;
use crate::domain::finding::Finding;

/// Who could have a certificate for a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Owner {
    /// The endpoint has Amazon's own; this is what it is.
    Amazon(&'static str),
    /// Nobody who could put it there, so that only another name helps; the sentence says why.
    Nobody(String),
    /// The endpoint's certificate does not match its own name; the sentence says what to do.
    Mismatch(String),
    /// Whoever runs the server.
    Yours,
}

/// What to check of the TLS listener and its certificate before CloudFront speaks TLS to it; raw
/// sentences.
pub(super) fn check_first(finding: &Finding<'_>, port: i32) -> Vec<String> {
    let domain = &finding.origin.domain;
    let mut notes = Vec::new();
    if finding.assessment.exposure == Exposure::PlaintextPossible {
        notes.push("CloudFront speaks HTTPS to it already where the viewer does (match-viewer): where viewers get an answer by HTTPS now, and not from the cache, the certificate matches.".to_owned());
    }
    match owner(domain) {
        Owner::Amazon(what) => {
            notes.push(format!("{domain} is {what}: it speaks TLS on port 443 already, with Amazon's certificate for this name."));
            if port != 443 {
                notes.push(format!("Check first: the HTTPS port of the origin is set to {port}, where such an endpoint does not listen."));
            }
        }
        Owner::Mismatch(why) => notes.push(why),
        Owner::Nobody(why) => {
            notes.push(listens(domain, port));
            notes.push(why);
            notes.extend(by_behavior(finding, false));
        }
        Owner::Yours => {
            notes.push(listens(domain, port));
            notes.push("Check first: its certificate must be valid, from a public CA, and match; else CloudFront answers 502.".to_owned());
            notes.extend(by_behavior(finding, true));
        }
    }
    notes
}

/// True if a certificate of the server's can name its domain.
pub(super) fn can_name(domain: &str) -> bool {
    matches!(owner(domain), Owner::Amazon(_) | Owner::Yours)
}

fn listens(domain: &str, port: i32) -> String {
    format!("Check first: something must speak TLS on port {port} of {domain}.")
}

/// What the certificate must name, for each group of behaviors. `possible` is whether one can
/// name the origin domain.
fn by_behavior(finding: &Finding<'_>, possible: bool) -> Vec<String> {
    let routes: Vec<&Behavior> = finding.distribution.routes(finding.origin).collect();
    let with = |host: HostHeader| -> Vec<&Behavior> {
        routes.iter().copied().filter(|behavior| behavior.host == host).collect()
    };
    let mut notes = Vec::new();
    if routes.is_empty() {
        notes.push(without_route(&finding.origin.domain, possible));
    }
    let groups = [
        (HostHeader::NotForwarded, not_forwarded as fn(&Finding<'_>, &str, bool) -> String),
        (HostHeader::Forwarded, forwarded),
        (HostHeader::Unknown, not_known),
    ];
    for (host, says) in groups {
        let behaviors = with(host);
        if !behaviors.is_empty() {
            notes.push(says(finding, &paths(&behaviors), possible));
        }
    }
    notes
}

fn without_route(domain: &str, possible: bool) -> String {
    match possible {
        true => format!("Before a behavior routes to it: the certificate must name {domain}, or what viewers ask for where the Host header is forwarded."),
        false => "Before a behavior routes to it: the Host header must be forwarded, and the certificate name what viewers ask for.".to_owned(),
    }
}

fn not_forwarded(finding: &Finding<'_>, paths: &str, possible: bool) -> String {
    let domain = &finding.origin.domain;
    match possible {
        true => format!(
            "On {paths} the certificate must name {domain} itself: the Host header is not forwarded."
        ),
        false => format!(
            "On {paths} the Host header is not forwarded, so CloudFront would answer 502. First give the origin a domain of your own that leads there, or forward the Host header."
        ),
    }
}

fn forwarded(finding: &Finding<'_>, paths: &str, possible: bool) -> String {
    let (domain, own) = (&finding.origin.domain, &finding.distribution.domain);
    match (asked_for(finding), possible) {
        (Some(names), true) => format!(
            "On {paths} the Host header is forwarded: the certificate must name {domain}, or each of {names}."
        ),
        (Some(names), false) => format!(
            "On {paths} the Host header is forwarded: the certificate must name each of {names}. Viewers that ask for {own} get 502."
        ),
        (None, true) => format!(
            "On {paths} the Host header is forwarded, but viewers ask for {own}, which no certificate of yours can name: it must name {domain}."
        ),
        (None, false) => format!(
            "On {paths} the Host header is forwarded, but viewers ask for {own}, which no certificate of yours can name: CloudFront would answer 502. First give the origin a domain of your own that leads there."
        ),
    }
}

fn not_known(finding: &Finding<'_>, paths: &str, possible: bool) -> String {
    let domain = &finding.origin.domain;
    let unknown = format!(
        "On {paths} a policy that is not read here decides whether the Host header is forwarded"
    );
    match (possible, asked_for(finding)) {
        (true, _) => format!("{unknown}: a certificate that names {domain} does either way."),
        (false, Some(names)) => format!(
            "{unknown}: look at it. If it is, the certificate must name each of {names}; if not, CloudFront would answer 502."
        ),
        (false, None) => format!(
            "{unknown}. Either way CloudFront would answer 502: first give the origin a domain of your own that leads there."
        ),
    }
}

/// The names that viewers ask for, beside the distribution's own.
fn asked_for(finding: &Finding<'_>) -> Option<String> {
    let distribution = finding.distribution;
    let aliases: Vec<&str> = distribution.aliases.iter().map(String::as_str).collect();
    match (aliases.is_empty(), distribution.multi_tenant) {
        (false, false) => Some(some(&aliases)),
        (true, false) => None,
        (false, true) => Some(format!("{} and the tenants' domains", some(&aliases))),
        (true, true) => Some("the tenants' domains".to_owned()),
    }
}

/// Top-level domains that are not delegated, and are used in private networks (RFC 6762,
/// appendix G; `internal` is reserved by ICANN): no public CA gives a certificate under them.
const PRIVATE: [&str; 9] =
    ["internal", "local", "localdomain", "localhost", "intranet", "private", "corp", "home", "lan"];

fn owner(domain: &str) -> Owner {
    let lower = domain.trim_end_matches('.').to_ascii_lowercase();
    let last = lower.rsplit('.').next().unwrap_or_default();
    if !lower.contains('.') || PRIVATE.contains(&last) {
        return Owner::Nobody(format!(
            "No public CA gives a certificate for {domain}: it is a name of a private network."
        ));
    }
    let ends = |suffix: &str| lower.ends_with(suffix);
    if ends(".elasticbeanstalk.com") {
        return not_yours(domain);
    }
    if ends(".cloudfront.net") {
        return Owner::Amazon("a CloudFront distribution");
    }
    if ends(".on.aws") && lower.contains(".lambda-url.") {
        return Owner::Amazon("a Lambda function URL");
    }
    if ends(".awsapprunner.com") {
        return Owner::Amazon("an App Runner service");
    }
    if ends(".amplifyapp.com") {
        return Owner::Amazon("an Amplify app");
    }
    let host =
        lower.strip_suffix(".amazonaws.com").or_else(|| lower.strip_suffix(".amazonaws.com.cn"));
    host.map_or(Owner::Yours, |host| of_amazonaws(domain, host))
}

fn not_yours(domain: &str) -> Owner {
    Owner::Nobody(format!("No public certificate can name {domain}: the domain is Amazon's own."))
}

/// `host` is the domain without `.amazonaws.com`.
fn of_amazonaws(domain: &str, host: &str) -> Owner {
    let labels: Vec<&str> = host.split('.').collect();
    let has = |label: &str| labels.contains(&label);
    if has("elb") || has("compute") || has("compute-1") {
        return not_yours(domain);
    }
    for (label, what) in [
        ("execute-api", "an API Gateway endpoint"),
        ("appsync-api", "an AppSync endpoint"),
        ("mediastore", "a MediaStore container"),
        ("mediapackage", "a MediaPackage endpoint"),
        ("mediapackagev2", "a MediaPackage endpoint"),
        ("mediatailor", "a MediaTailor endpoint"),
    ] {
        if has(label) {
            return Owner::Amazon(what);
        }
    }
    match bucket(host) {
        None => Owner::Yours,
        Some(bucket) if bucket.contains('.') => Owner::Mismatch(format!(
            "The bucket name {bucket} has dots, and Amazon's wildcard certificate does not match it: make it an S3 origin instead."
        )),
        Some(_) => Owner::Amazon("an S3 endpoint"),
    }
}

/// The bucket of an S3 REST endpoint that is used as a custom origin.
fn bucket(host: &str) -> Option<&str> {
    let before = host.split_once(".s3.").or_else(|| host.split_once(".s3-"));
    before.map(|(bucket, _)| bucket).or_else(|| host.strip_suffix(".s3"))
}
