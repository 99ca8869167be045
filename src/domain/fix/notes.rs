//! What is said beside every fix: the change field by field, how far it reaches, and what to
//! know before.

use super::neighbours::{Neighbours, same_domain};
use super::plan::rest_endpoint;
use super::{Case, case, certificate, fixable, groups, open_behaviors};
use crate::domain::distribution::Behavior;
use crate::domain::exposure::Exposure;
use crate::domain::finding::Finding;
use crate::domain::text::escape;

/// One field of the distribution's configuration; harmless text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands, such as `Origins[web].CustomOriginConfig.OriginProtocolPolicy`.
    pub path: String,
    /// What it is now.
    pub before: String,
    /// What it will be.
    pub after: String,
}

impl Change {
    fn new(path: &str, before: &str, after: &str) -> Self {
        let [path, before, after] = [path, before, after].map(|text| escape(text).into_owned());
        Self { path, before, after }
    }
}

/// The fields that the fix changes; empty where there is none.
pub fn changes(finding: &Finding<'_>) -> Vec<Change> {
    let origin = finding.origin;
    let at = |field: &str| format!("Origins[{}].{field}", origin.id.as_str());
    match case(finding) {
        Case::HttpsOnly { .. } => {
            let before = finding.protocol().unwrap_or_default();
            let path = at("CustomOriginConfig.OriginProtocolPolicy");
            vec![Change::new(&path, before, "https-only")]
        }
        Case::StrongTls => {
            let before = finding.ssl_protocols().join(", ");
            vec![Change::new(&at("CustomOriginConfig.OriginSslProtocols"), &before, "TLSv1.2")]
        }
        Case::RedirectViewers { .. } => open_behaviors(finding)
            .into_iter()
            .map(|b| Change::new(&viewer_policy(b), "allow-all", "redirect-to-https"))
            .collect(),
        Case::LeaveWebsite { .. } => {
            let rest = rest_endpoint(&origin.domain).unwrap_or_default();
            vec![
                Change::new(&at("DomainName"), &origin.domain, &rest),
                Change::new(&at("CustomOriginConfig"), "set", "none"),
                Change::new(&at("S3OriginConfig"), "none", "set"),
                Change::new(&at("OriginAccessControlId"), "none", "a new one that signs always"),
            ]
        }
        Case::ReplaceVpcOrigin { .. } | Case::StrongTlsVpc => {
            let before = origin.vpc.as_ref().map_or("", |vpc| &vpc.vpc_origin_id);
            let path = at("VpcOriginConfig.VpcOriginId");
            vec![Change::new(&path, before, "the new VPC origin's")]
        }
        Case::SignAlways | Case::Remove | Case::NotKnown | Case::Nothing => Vec::new(),
    }
}

fn viewer_policy(behavior: &Behavior) -> String {
    match &behavior.path {
        None => "DefaultCacheBehavior.ViewerProtocolPolicy".to_owned(),
        Some(path) => format!("CacheBehaviors[{path}].ViewerProtocolPolicy"),
    }
}

/// What to check first, how far the change reaches, in the fleet too, and how it goes on;
/// harmless sentences, none where nothing is to be fixed.
pub fn notes(finding: &Finding<'_>, neighbours: &Neighbours<'_>) -> Vec<String> {
    let Ok(case) = fixable(finding) else { return Vec::new() };
    let mut notes = check_first(finding, case);
    if speaks_tls_anew(case) {
        notes.extend(neighbours.proof(finding));
    }
    notes.extend(reach(finding));
    notes.extend(neighbours.reach(finding));
    notes.extend(standing(finding));
    notes.extend(afterwards(finding, case));
    notes.iter().map(|note| escape(note).into_owned()).collect()
}

/// True where CloudFront will speak TLS to an origin to which it did not always.
fn speaks_tls_anew(case: Case) -> bool {
    matches!(case, Case::HttpsOnly { .. } | Case::ReplaceVpcOrigin { .. })
}

fn check_first(finding: &Finding<'_>, case: Case) -> Vec<String> {
    let origin = finding.origin;
    let domain = &origin.domain;
    let mut notes = Vec::new();
    match case {
        Case::HttpsOnly { .. } => {
            let ports = origin.custom.as_ref().map(|c| (c.http_port, c.https_port));
            let (http, https) = ports.unwrap_or((80, 443));
            notes.extend(certificate::check_first(finding, https));
            if http == https {
                notes.push(format!("HTTP and HTTPS are both set to port {https}: one of them cannot be right."));
            }
            if !finding.assessment.weak_tls.is_empty() {
                notes.push(format!("{} stays allowed to the origin: that is a fix of its own, offered when this one is done.", finding.assessment.weak_tls.join(", ")));
            }
            if finding.assessment.exposure == Exposure::PlaintextPossible {
                notes.push(format!("Alternative: redirect-to-https as viewer protocol policy of {} alone; CloudFront then answers plain HTTP itself.", paths(&open_behaviors(finding))));
            }
        }
        Case::StrongTls | Case::StrongTlsVpc => notes.push(format!("Check first: {domain} must speak TLS 1.2.")),
        Case::RedirectViewers { .. } => notes.push("Check first: clients of these paths must follow redirects.".to_owned()),
        Case::LeaveWebsite { .. } => notes.push("Check first: whether the site needs index documents in subfolders, redirect rules or an error document.".to_owned()),
        Case::ReplaceVpcOrigin { .. } => {
            let endpoint = origin.vpc.as_ref().and_then(|vpc| vpc.endpoint.found());
            let port = endpoint.map_or(443, |endpoint| endpoint.https_port);
            notes.extend(certificate::check_first(finding, port));
        }
        Case::SignAlways | Case::Remove | Case::NotKnown | Case::Nothing => {}
    }
    notes
}

/// The behaviors, aliases and groups of this distribution that feel the change.
fn reach(finding: &Finding<'_>) -> Vec<String> {
    let distribution = finding.distribution;
    let routes: Vec<&Behavior> = distribution.routes(finding.origin).collect();
    let mut notes = vec![match routes.as_slice() {
        [] => "Reach: no behavior routes to this origin now.".to_owned(),
        routes => format!("Reach: the behaviors {}.", paths(routes)),
    }];
    let groups: Vec<&str> = groups(finding).collect();
    if !groups.is_empty() {
        notes.push(format!("Reach: the origin groups {}.", some(&groups)));
    }
    let aliases: Vec<&str> = distribution.aliases.iter().map(String::as_str).collect();
    if !aliases.is_empty() {
        notes.push(format!("Reach: served as {}.", some(&aliases)));
    }
    let origins = distribution.origins.iter();
    let shared = origins
        .filter(|o| same_domain(&o.domain, &finding.origin.domain) && o.id != finding.origin.id);
    let shared: Vec<&str> = shared.map(|o| o.id.as_str()).collect();
    if !shared.is_empty() {
        notes.push(format!(
            "The origins {} have the same domain and stay as they are.",
            some(&shared)
        ));
    }
    notes
}

fn standing(finding: &Finding<'_>) -> Vec<String> {
    let distribution = finding.distribution;
    let mut notes = Vec::new();
    if distribution.staging {
        notes.push("This is a staging distribution: fix its primary too.".to_owned());
    }
    if !distribution.is_deployed() {
        notes.push("The distribution is deploying a change now: what is said here is of the new configuration.".to_owned());
    }
    let endpoint = finding.origin.vpc.as_ref().and_then(|vpc| vpc.endpoint.found());
    if let Some(endpoint) = endpoint.filter(|endpoint| !endpoint.is_deployed()) {
        notes.push(format!(
            "Its VPC origin is {} now: what is said here is of the VPC origin's new configuration.",
            endpoint.status
        ));
    }
    if finding.assessment.edge_rewrite {
        notes.push("Edge code may choose another origin or protocol: look at it too.".to_owned());
    }
    if distribution.multi_tenant {
        notes.push("Multi-tenant: every tenant of the distribution feels the change.".to_owned());
    }
    notes
}

fn afterwards(finding: &Finding<'_>, case: Case) -> Vec<String> {
    let mut notes = vec![
        "It takes CloudFront minutes to deploy, and the edges speak the old protocol until then."
            .to_owned(),
        "Objects cached over HTTP stay until they expire or are invalidated.".to_owned(),
        "Where CloudFormation or Terraform owns the distribution this is drift: change the template too, or first."
            .to_owned(),
    ];
    if super::script::edit(finding, case).is_some() {
        notes.push("Update the AWS CLI first: one that is older than a feature in use drops it silently when it writes the configuration back.".to_owned());
        notes.push("PreconditionFailed means that somebody else changed the distribution meanwhile: run it again.".to_owned());
    }
    notes
}

/// The path patterns of the behaviors.
pub(super) fn paths(behaviors: &[&Behavior]) -> String {
    let paths: Vec<&str> = behaviors.iter().map(|b| b.path()).collect();
    some(&paths)
}

/// How many names are written out.
pub(super) const SHOWN: usize = 10;

/// The first ten, and how many more there are.
pub(super) fn some(names: &[&str]) -> String {
    some_of(names, names.len())
}

/// The first ten of so many, and how many more there are.
pub(super) fn some_of(names: &[&str], all: usize) -> String {
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    match all.saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
