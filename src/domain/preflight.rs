//! The TLS pre-flight of an origin: what may be asked, and what the answer means for CloudFront.
//!
//! CloudFront answers 502 where it cannot speak TLS to an origin: the certificate must be valid,
//! of a public authority with its whole chain, and name the origin's domain, or the Host header
//! where that is forwarded (CloudFront Developer Guide, "HTTP 502 status code").

mod sentence;
mod target;

use serde::{Deserialize, Serialize};

pub use self::target::target;

/// What a pre-flight asks, as CloudFront would.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The origin's domain, a plain host name: looked up, and sent as SNI.
    pub domain: String,
    /// The origin's HTTPS port.
    pub port: u16,
    /// The distribution's aliases: names that suffice only where the Host header is forwarded.
    /// None where it is known that no behavior forwards it.
    pub aliases: Vec<String>,
    /// `OriginSslProtocols`; `None` where the list was not told.
    pub protocols: Option<Vec<String>>,
}

impl Target {
    /// True if CloudFront may speak the protocol to this origin; false also where that is not
    /// known.
    pub fn allows(&self, protocol: &str) -> bool {
        self.protocols.as_ref().is_some_and(|list| list.iter().any(|p| p == protocol))
    }

    /// True if CloudFront may speak something older than TLS 1.2, or that is not known.
    pub fn allows_older(&self) -> bool {
        self.protocols.as_ref().is_none_or(|list| list.iter().any(|p| p != "TLSv1.2"))
    }
}

/// The answer of one pre-flight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preflight {
    /// What was asked.
    pub target: Target,
    /// The address that was connected to; `None` if none was.
    pub address: Option<Address>,
    /// What it came to.
    pub outcome: Outcome,
}

/// Where a pre-flight went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The IP address, with the port.
    pub text: String,
    /// What the address is for, if it is not a public one: CloudFront does not reach that.
    pub special: Option<String>,
}

/// What CloudFront would meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A handshake that CloudFront can make too.
    Works(Certificate),
    /// CloudFront answers 502, for each of these reasons.
    Fails(Vec<Cause>),
    /// What was seen from here does not tell what CloudFront would see.
    Inconclusive(Doubt),
    /// Nothing was connected to; why, ready for a person.
    NotTried(String),
}

/// A certificate that CloudFront accepts. Texts are as the certificate has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The names that it covers.
    pub names: Vec<String>,
    /// Whole days until it expires.
    pub days_left: i64,
    /// The root that its chain ends at.
    pub root: Option<String>,
}

/// Why CloudFront would answer 502.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// The certificate covers other names only: these.
    OtherNames(Vec<String>),
    /// It expired this many whole days ago.
    Expired(i64),
    /// It begins to be valid this many whole days from now.
    NotYetValid(i64),
    /// It vouches for itself.
    SelfSigned,
    /// No chain leads to an authority that this machine trusts; the issuer, as it is written.
    Untrusted(Option<String>),
    /// The server speaks nothing newer than TLS 1.1, and the origin allows CloudFront TLS 1.2 only.
    TooOld,
    /// The connection was refused.
    Refused,
    /// What answers does not speak TLS.
    NotTls,
}

/// Why nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// No answer in time: to the connection, or, if true, within the handshake.
    TimedOut {
        /// A connection stood already.
        connected: bool,
    },
    /// The domain could not be looked up; the system's words.
    NotResolved(String),
    /// No connection; the system's words.
    NotConnected(String),
    /// The server speaks nothing newer than TLS 1.1, and CloudFront may speak that to it.
    OnlyOld,
    /// The server speaks TLS 1.3 only.
    OnlyNew,
    /// All is well over TLS 1.2, and `OriginSslProtocols` does not allow CloudFront that.
    NotAllowed,
    /// The handshake ended early; what was said.
    Handshake(String),
    /// No cipher suite or curve that is offered here was good enough; what was said.
    NothingInCommon(String),
    /// The server asked for a client certificate, and ended the handshake without one.
    ClientCertificate,
    /// The certificate is refused here for a reason that CloudFront may not share.
    Certificate(String),
    /// All is well by IPv6, and the domain has no other address.
    OnlyIpv6,
    /// The certificate covers this alias, and not the origin's domain.
    AliasOnly(String),
    /// The certificate has the origin's domain only as its common name.
    CommonNameOnly,
    /// This machine has no root certificates to judge by.
    NoRoots,
    /// The program's own task panicked; its words.
    Crashed(String),
}

impl Preflight {
    /// True if it was made for the origin as it is described now.
    pub fn is_of(&self, target: &Target) -> bool {
        self.target == *target
    }

    /// The answer in one sentence, harmless text.
    pub fn sentence(&self) -> String {
        sentence::sentence(self)
    }

    /// True if something is wrong or was not tried.
    pub fn is_bad(&self) -> bool {
        matches!(self.outcome, Outcome::Fails(_) | Outcome::NotTried(_))
    }
}

/// `DOMAIN:PORT`, harmless text.
impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", super::text::escape(&self.domain), self.port)
    }
}
