//! Other distributions of what was read that use the same origin domain: they feel what is done
//! to the server, and one that speaks TLS to it shows that it can be done.

use std::collections::HashSet;

use super::certificate;
use super::notes::{SHOWN, some_of};
use crate::domain::distribution::{HostHeader, VpcEndpoint};
use crate::domain::endpoint::OriginKind;
use crate::domain::exposure::{self, Policy, Viewers};
use crate::domain::finding::Finding;
use crate::domain::tally::Coverage;

/// The origins with the same domain as a finding's, in other distributions, and of how much.
#[derive(Clone, Debug, Default)]
pub struct Neighbours<'a> {
    others: Vec<Finding<'a>>,
    coverage: Coverage,
}

impl<'a> Neighbours<'a> {
    /// Findings of other distributions with the same origin domain, and how much was read to
    /// find them. The default is that nothing but the finding was read: then nothing is said.
    pub fn new(others: Vec<Finding<'a>>, coverage: Coverage) -> Self {
        Self { others, coverage }
    }

    /// How many origins in other distributions have the domain.
    pub fn count(&self) -> usize {
        self.others.len()
    }

    /// Who else has an origin there, or that nobody has; a raw sentence.
    pub(super) fn reach(&self, finding: &Finding<'_>) -> Option<String> {
        let (domain, read) = (&finding.origin.domain, self.read()?);
        let distributions = self.distributions();
        let count = distributions.len();
        // A fleet may have thousands, and this is drawn anew for every frame.
        let names: Vec<String> = distributions.into_iter().take(SHOWN).map(name).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Some(match names.as_slice() {
            [] => format!("Reach: no other distribution has an origin at {domain}, in {read}."),
            [one] => format!(
                "Reach: another distribution has an origin at {domain} and stays as it is, in {read}: {one}."
            ),
            names => format!(
                "Reach: {count} other distributions have an origin at {domain} and stay as they are, in {read}: {}.",
                some_of(names, count)
            ),
        })
    }

    /// That TLS works there, where one of them uses it; a raw sentence.
    pub(super) fn proof(&self, finding: &Finding<'_>) -> Option<String> {
        let port = https_port(finding)?;
        let nameable = certificate::can_name(&finding.origin.domain);
        // Where no certificate can name the domain, one that asks for it is no witness but broken.
        let serves = |other: &&Finding<'_>| nameable || !asks_for_domain(other);
        let mut speakers =
            self.others.iter().filter(|other| speaks_tls(other, port)).filter(serves);
        let first = speakers.next()?;
        // The best witness is met by the same name.
        let names_it = |other: &&Finding<'_>| asks_for_domain(other);
        let witness = Some(first).filter(names_it).or_else(|| speakers.find(names_it));
        let (domain, told) = (&finding.origin.domain, name(witness.unwrap_or(first)));
        Some(match witness {
            Some(_) => format!(
                "TLS works on port {port} of {domain}, as far as can be told: {told} always speaks HTTPS to it, and asks for it by that name."
            ),
            None => format!(
                "TLS is spoken on port {port} of {domain}: {told} always speaks HTTPS to it. But it may forward the Host header, so the certificate may match another name."
            ),
        })
    }

    /// What was read, in words; `None` where that is nothing.
    fn read(&self) -> Option<String> {
        match (self.coverage.complete, self.coverage.accounts) {
            (_, 0) => None,
            (1, 1) => Some("the one account that was read".to_owned()),
            (complete, accounts) if complete == accounts => {
                Some(format!("the {accounts} accounts that were read"))
            }
            (complete, accounts) => {
                Some(format!("what was read ({complete} of {accounts} accounts wholly)"))
            }
        }
    }

    /// One finding of each distribution, in the order of the findings.
    fn distributions(&self) -> Vec<&Finding<'a>> {
        let mut known = HashSet::new();
        self.others
            .iter()
            .filter(|other| known.insert(std::ptr::from_ref(other.distribution)))
            .collect()
    }
}

fn name(finding: &Finding<'_>) -> String {
    format!("{} ({})", finding.distribution.id.as_str(), finding.account.name)
}

/// True for domains that DNS takes for the same.
pub(super) fn same_domain(one: &str, other: &str) -> bool {
    one.trim_end_matches('.').eq_ignore_ascii_case(other.trim_end_matches('.'))
}

fn https_port(finding: &Finding<'_>) -> Option<i32> {
    let custom = finding.origin.custom.as_ref().map(|custom| custom.https_port);
    let vpc = finding.origin.vpc.as_ref().and_then(|vpc| vpc.endpoint.found());
    custom.or_else(|| vpc.map(|endpoint| endpoint.https_port))
}

/// True if requests go there now, all of them over TLS on that port.
fn speaks_tls(other: &Finding<'_>, port: i32) -> bool {
    let distribution = other.distribution;
    let endpoint = other.origin.vpc.as_ref().and_then(|vpc| vpc.endpoint.found());
    matches!(other.assessment.kind, OriginKind::Custom | OriginKind::Vpc)
        && exposure::policy(other.origin) == Policy::HttpsOnly
        && https_port(other) == Some(port)
        && other.assessment.whole
        && distribution.enabled
        && distribution.is_deployed()
        && endpoint.is_none_or(VpcEndpoint::is_deployed)
        && exposure::viewers(distribution, other.origin) != Viewers::NoRoute
}

/// True if its certificate must name the origin domain.
fn asks_for_domain(other: &Finding<'_>) -> bool {
    let mut routes = other.distribution.routes(other.origin);
    routes.any(|behavior| behavior.host == HostHeader::NotForwarded)
}
