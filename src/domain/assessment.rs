//! Everything that is judged of one origin, in one place.

use serde::{Deserialize, Serialize};

use super::distribution::{Distribution, Origin, ProtocolPolicy, ViewerPolicy};
use super::endpoint::{OriginKind, kind};
use super::exposure::{self, Exposure, Viewers};
use super::rule::{self, Clause, Rule};
use super::verdict::{self, Lens, Verdict};

/// The answers for one origin of a distribution. Which lens is on changes none of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The origin's kind.
    pub kind: OriginKind,
    /// What D9.AWS.CRY.17 says of the origin.
    pub rule: Rule,
    /// The clause that let it pass.
    pub clause: Option<Clause>,
    /// What travels.
    pub exposure: Exposure,
    /// Weak members of `OriginSslProtocols`.
    pub weak_tls: Vec<String>,
    /// Edge code may pick or rewrite the origin, its protocol too.
    pub edge_rewrite: bool,
    /// False if the description of the distribution was not whole.
    pub whole: bool,
}

impl Assessment {
    /// The verdict that a lens shows.
    pub fn verdict(&self, lens: Lens) -> Verdict {
        match lens {
            Lens::Traffic => verdict::traffic(self.exposure, !self.weak_tls.is_empty()),
            Lens::D9 => verdict::d9(self.rule, self.whole),
        }
    }

    /// The rule is content (or leaves it out) while plaintext flows.
    pub fn gap(&self) -> bool {
        self.rule != Rule::Fail && self.is_plaintext()
    }

    /// The rule fails though nothing can flow in plaintext.
    pub fn overcautious(&self) -> bool {
        self.rule == Rule::Fail && self.is_encrypted()
    }

    /// Plaintext flows, or can.
    pub fn is_plaintext(&self) -> bool {
        matches!(self.exposure, Exposure::Plaintext | Exposure::PlaintextPossible)
    }

    /// Nothing can flow in plaintext, weak TLS included.
    pub fn is_encrypted(&self) -> bool {
        matches!(self.exposure, Exposure::Encrypted | Exposure::EncryptedByViewer)
    }
}

/// Judges one origin.
pub fn assess(distribution: &Distribution, origin: &Origin) -> Assessment {
    let whole = distribution.defects.is_empty();
    let exposure = match whole {
        true => exposure::exposure(exposure::inputs(distribution, origin)),
        false => Exposure::Unknown,
    };
    let (rule, clause) = rule::of_origin(distribution, origin);
    Assessment {
        kind: kind(origin),
        rule,
        clause,
        exposure,
        weak_tls: weak_tls(origin),
        edge_rewrite: edge_rewrite(distribution, origin, exposure),
        whole,
    }
}

/// The paths on which plaintext travels: every route for plaintext, the allow-all routes for
/// plaintext that depends on the viewer, else none.
pub fn plaintext_paths<'a>(
    distribution: &'a Distribution,
    origin: &'a Origin,
    exposure: Exposure,
) -> Vec<&'a str> {
    distribution
        .routes(origin)
        .filter(|behavior| match exposure {
            Exposure::Plaintext => true,
            Exposure::PlaintextPossible => behavior.viewer == ViewerPolicy::AllowAll,
            _ => false,
        })
        .map(super::distribution::Behavior::path)
        .collect()
}

/// Protocols older than TLS 1.2 that CloudFront may negotiate with the origin. CloudFront has no
/// TLSv1.3 member here, so its absence is never reported; a list that was not told is no finding.
fn weak_tls(origin: &Origin) -> Vec<String> {
    let custom = origin.custom.as_ref().map(|c| (&c.protocol, &c.ssl_protocols));
    let vpc = origin.vpc.as_ref().and_then(|v| v.endpoint.found());
    let told = custom.or_else(|| vpc.map(|e| (&e.protocol, &e.ssl_protocols)));
    match told {
        Some((protocol, Some(list))) if *protocol != ProtocolPolicy::HttpOnly => list
            .iter()
            .filter(|p| matches!(p.as_str(), "SSLv3" | "TLSv1" | "TLSv1.1"))
            .cloned()
            .collect(),
        _ => Vec::new(),
    }
}

/// True if edge code could make the origin's leg another one than configured.
fn edge_rewrite(distribution: &Distribution, origin: &Origin, exposure: Exposure) -> bool {
    let unrouted = exposure::viewers(distribution, origin) == Viewers::NoRoute;
    distribution.behaviors.iter().filter(|b| b.edge_code).any(|behavior| {
        distribution.reaches(behavior, origin)
            || (exposure == Exposure::Latent && unrouted)
            || (exposure == Exposure::EncryptedByViewer
                && behavior.viewer == ViewerPolicy::AllowAll)
    })
}
