//! What is to be said about a certificate: every reason that CloudFront has to refuse it, not
//! only the first.

use std::time::Duration;

use jiff::Timestamp;
use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, ServerName, SignatureVerificationAlgorithm, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage};

use super::name;
use crate::domain::preflight::{Cause, Certificate, Doubt, Target};

/// Later than any certificate can be valid.
const FOR_EVER: Duration = Duration::from_secs(1 << 60);

const DAY: i64 = 24 * 3600;

/// How a certificate was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Judgement {
    /// CloudFront accepts it.
    Accepted(Certificate),
    /// CloudFront refuses it, for each of these reasons.
    Refused(Vec<Cause>),
    /// It cannot be told.
    Doubtful(Doubt),
}

/// What a certificate is judged by.
#[derive(Debug)]
pub(super) struct Judge {
    /// The names that matter.
    pub(super) target: Target,
    /// Who is trusted.
    pub(super) roots: RootCertStore,
    /// When.
    pub(super) now: Timestamp,
    /// The signatures that can be checked.
    pub(super) algorithms: &'static [&'static dyn SignatureVerificationAlgorithm],
}

/// The names that a certificate covers, as far as they matter.
enum Covers {
    Origin,
    Alias(String),
    OnlyByCommonName,
    Nothing,
}

impl Judge {
    /// Judges a certificate with what the server sent besides.
    pub(super) fn judge(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
    ) -> Judgement {
        let leaf = match EndEntityCert::try_from(leaf) {
            Ok(leaf) => leaf,
            Err(error) => return unreadable(&error),
        };
        let names: Vec<String> = leaf.valid_dns_names().map(str::to_owned).collect();
        let (begins, ends) = self.validity(&leaf);
        let now = self.now.as_second();
        let covers = self.covers(&leaf);
        let mut causes = Vec::new();
        if ends < now {
            causes.push(Cause::Expired((now - ends) / DAY));
        } else if begins > now {
            causes.push(Cause::NotYetValid((begins - now) / DAY));
        }
        if matches!(covers, Covers::Nothing) {
            causes.push(Cause::OtherNames(names.clone()));
        }
        // Judged at a time when the certificate itself was valid, so that each reason is its own.
        let root = match self.root(&leaf, others, now.clamp(begins, ends)) {
            Ok(root) => root,
            Err(Trust::Refused(cause)) => {
                causes.push(cause);
                None
            }
            Err(Trust::Doubtful(_)) if !causes.is_empty() => None,
            Err(Trust::Doubtful(doubt)) => return Judgement::Doubtful(doubt),
        };
        match covers {
            _ if !causes.is_empty() => Judgement::Refused(causes),
            Covers::Alias(alias) => Judgement::Doubtful(Doubt::AliasOnly(alias)),
            Covers::OnlyByCommonName => Judgement::Doubtful(Doubt::CommonNameOnly),
            Covers::Origin | Covers::Nothing => {
                Judgement::Accepted(Certificate { names, days_left: (ends - now) / DAY, root })
            }
        }
    }

    /// When it begins and ends, in seconds since 1970. webpki tells no dates; but asked about a
    /// time outside of them, it says which they are before it looks at anything else.
    fn validity(&self, leaf: &EndEntityCert<'_>) -> (i64, i64) {
        let ask = |time: Duration| {
            let time = UnixTime::since_unix_epoch(time);
            let usage = KeyUsage::server_auth();
            leaf.verify_for_usage(self.algorithms, &[], &[], time, usage, None, None).err()
        };
        let seconds = |time: UnixTime| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        let begins = match ask(Duration::ZERO) {
            Some(Error::CertNotValidYet { not_before, .. }) => seconds(not_before),
            _ => 0,
        };
        let ends = match ask(FOR_EVER) {
            Some(Error::CertExpired { not_after, .. }) => seconds(not_after),
            // Dates that are no dates: nothing is valid by them.
            _ => 0,
        };
        (begins.min(ends), ends)
    }

    fn covers(&self, leaf: &EndEntityCert<'_>) -> Covers {
        let covered = |name: &str| {
            ServerName::try_from(name)
                .is_ok_and(|name| leaf.verify_is_valid_for_subject_name(&name).is_ok())
        };
        if covered(&self.target.domain) {
            return Covers::Origin;
        }
        // An alias may be a wildcard, which only the same wildcard covers.
        let same =
            |alias: &str| leaf.valid_dns_names().any(|name| name.eq_ignore_ascii_case(alias));
        let mut aliases = self.target.aliases.iter();
        if let Some(alias) = aliases.find(|alias| same(alias) || covered(alias)) {
            return Covers::Alias(alias.clone());
        }
        let common = name::common_name(leaf.subject());
        match common.is_some_and(|name| name.eq_ignore_ascii_case(&self.target.domain)) {
            true => Covers::OnlyByCommonName,
            false => Covers::Nothing,
        }
    }

    /// The root that the chain ends at.
    fn root(
        &self,
        leaf: &EndEntityCert<'_>,
        others: &[CertificateDer<'_>],
        at: i64,
    ) -> Result<Option<String>, Trust> {
        let time = Duration::from_secs(u64::try_from(at).unwrap_or(0));
        let verified = leaf.verify_for_usage(
            self.algorithms,
            &self.roots.roots,
            others,
            UnixTime::since_unix_epoch(time),
            KeyUsage::server_auth(),
            None,
            None,
        );
        verified.map(|path| name::known_by(path.anchor().subject.as_ref())).map_err(|error| {
            if leaf.issuer() == leaf.subject() {
                return Trust::Refused(Cause::SelfSigned);
            }
            match error {
                Error::UnknownIssuer => {
                    Trust::Refused(Cause::Untrusted(name::known_by(leaf.issuer())))
                }
                Error::CertExpired { .. } => {
                    let why = "a certificate of its chain has expired";
                    Trust::Doubtful(Doubt::Certificate(why.to_owned()))
                }
                other => Trust::Doubtful(Doubt::Certificate(format!("{other:?}"))),
            }
        })
    }
}

enum Trust {
    Refused(Cause),
    Doubtful(Doubt),
}

fn unreadable(error: &Error) -> Judgement {
    Judgement::Doubtful(Doubt::Certificate(format!("{error:?}")))
}
