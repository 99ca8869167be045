//! One origin of one distribution of one account, with its answers: what a row shows, what a
//! fix is for, what is exported.

use super::account::Account;
use super::assessment::{Assessment, plaintext_paths};
use super::distribution::{Distribution, Origin};
use super::reason;

/// A borrowed view; the store owns the parts.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// The account it is in.
    pub account: &'a Account,
    /// The distribution it is of.
    pub distribution: &'a Distribution,
    /// The origin itself.
    pub origin: &'a Origin,
    /// The answers.
    pub assessment: &'a Assessment,
}

impl<'a> Finding<'a> {
    /// The verdict as one sentence, harmless text.
    pub fn reason(&self) -> String {
        reason::reason(self.distribution, self.origin, self.assessment)
    }

    /// The paths on which plaintext travels, raw.
    pub fn plaintext_paths(&self) -> Vec<&'a str> {
        plaintext_paths(self.distribution, self.origin, self.assessment.exposure)
    }

    /// The raw `OriginProtocolPolicy`: `None` for S3 and for values not known.
    pub fn protocol(&self) -> Option<&'static str> {
        let custom = self.origin.custom.as_ref().map(|c| &c.protocol);
        let vpc = self.origin.vpc.as_ref().and_then(|v| v.endpoint.found()).map(|e| &e.protocol);
        custom.or(vpc).and_then(|p| p.known())
    }

    /// `OriginSslProtocols`; empty where there is none or it was not told.
    pub fn ssl_protocols(&self) -> &'a [String] {
        let custom = self.origin.custom.as_ref().map(|c| &c.ssl_protocols);
        let vpc = self.origin.vpc.as_ref().and_then(|v| v.endpoint.found());
        let list = custom.or_else(|| vpc.map(|e| &e.ssl_protocols));
        list.and_then(|l| l.as_deref()).unwrap_or_default()
    }
}
