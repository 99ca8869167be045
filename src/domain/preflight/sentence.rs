//! The answer in words.

use super::{Address, Cause, Certificate, Doubt, Outcome, Preflight, Target};
use crate::domain::text::escape;

/// Names that are shown of a certificate; some cover hundreds.
const SHOWN: usize = 4;

/// One sentence, harmless text.
pub(super) fn sentence(preflight: &Preflight) -> String {
    let says = match &preflight.outcome {
        Outcome::Works(certificate) => works(certificate, &preflight.target),
        Outcome::Fails(causes) => {
            let causes: Vec<String> = causes.iter().map(cause).collect();
            format!("CloudFront would answer 502: {}", causes.join("; and "))
        }
        Outcome::Inconclusive(doubt) => {
            format!("inconclusive: {}", self::doubt(doubt, &preflight.target.domain))
        }
        Outcome::NotTried(why) => format!("not tried: {why}"),
    };
    let at = preflight.address.as_ref().map(at).unwrap_or_default();
    let says = format!("TLS of {}{at}: {says}", preflight.target);
    escape(&says).into_owned()
}

fn at(address: &Address) -> String {
    let Address { text, special } = address;
    match special {
        Some(class) => format!(" at {text} ({class}: not where CloudFront gets to)"),
        None => format!(" at {text}"),
    }
}

fn works(certificate: &Certificate, target: &Target) -> String {
    let Certificate { names, days_left, root } = certificate;
    let root = root
        .as_ref()
        .map(|root| format!(", trusted by {root} (a root of this machine)"))
        .unwrap_or_default();
    let host = match target.aliases.is_empty() {
        true => "",
        false => "; where the Host header is forwarded, the server may choose another certificate",
    };
    format!("works over TLS 1.2, covers {}, {}{root}{host}", listed(names), left(*days_left))
}

fn left(days: i64) -> String {
    match days {
        0 => "expires within a day".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    }
}

fn ago(days: i64) -> String {
    match days {
        0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

fn listed(names: &[String]) -> String {
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => "no name".to_owned(),
        n if n > SHOWN => format!("{shown} and {} more", n - SHOWN),
        _ => shown,
    }
}

fn cause(cause: &Cause) -> String {
    match cause {
        Cause::OtherNames(names) => format!("the certificate is for {}", listed(names)),
        Cause::Expired(days) => format!("the certificate expired {} ago", ago(*days)),
        Cause::NotYetValid(days) => format!("the certificate begins in {}", ago(*days)),
        Cause::SelfSigned => "the certificate is self-signed".to_owned(),
        Cause::Untrusted(issuer) => {
            let issuer = issuer.as_ref().map(|by| format!(" (issued by {by})")).unwrap_or_default();
            format!(
                "no chain to an authority that this machine trusts{issuer}: a private authority, \
                 or the server leaves out an intermediate certificate"
            )
        }
        Cause::TooOld => "the server speaks nothing newer than TLS 1.1, and OriginSslProtocols \
                          allows TLS 1.2 only"
            .to_owned(),
        Cause::Refused => "the connection was refused: nothing listens there, or a firewall \
                           rejects this machine"
            .to_owned(),
        Cause::NotTls => "what answers there does not speak TLS".to_owned(),
    }
}

fn doubt(doubt: &Doubt, domain: &str) -> String {
    match doubt {
        Doubt::TimedOut { connected: false } => {
            "no answer in time; perhaps only CloudFront is let in, or this machine needs a proxy"
                .to_owned()
        }
        Doubt::TimedOut { connected: true } => {
            "connected, but no TLS answer in time; perhaps only CloudFront is let in".to_owned()
        }
        Doubt::NotResolved(words) => {
            format!("{domain} is not found from here ({words}); if it is not public, 502")
        }
        Doubt::NotConnected(words) => format!("no connection from here ({words})"),
        Doubt::OnlyOld => {
            "the server speaks nothing newer than TLS 1.1; CloudFront may speak that \
                           to it as long as OriginSslProtocols allows it, which is weak"
                .to_owned()
        }
        Doubt::OnlyNew => {
            "the server speaks TLS 1.3 only, which OriginSslProtocols cannot name".to_owned()
        }
        Doubt::NotAllowed => "works over TLS 1.2, but OriginSslProtocols does not say that \
                              CloudFront may speak it: allow TLSv1.2"
            .to_owned(),
        Doubt::Handshake(words) => format!("the handshake ended early ({words})"),
        Doubt::NothingInCommon(words) => format!(
            "no handshake ({words}); CloudFront also speaks older cipher suites (static RSA, CBC) \
             that are not offered from here"
        ),
        Doubt::ClientCertificate => "the server wants a client certificate, which CloudFront \
                                     shows only to an origin that is set up for mutual TLS"
            .to_owned(),
        Doubt::Certificate(words) => {
            format!("the certificate is refused here ({words}); CloudFront may see it otherwise")
        }
        Doubt::OnlyIpv6 => {
            "works over TLS 1.2, but the domain has no IPv4 address, and CloudFront \
                            uses IPv6 only where the origin's IpAddressType says so"
                .to_owned()
        }
        Doubt::AliasOnly(alias) => format!(
            "the certificate covers the alias {alias} and not {domain}: enough only if the Host \
             header is forwarded, else 502"
        ),
        Doubt::CommonNameOnly => {
            format!("the certificate has {domain} as its common name only, in no alternative name")
        }
        Doubt::NoRoots => {
            "this machine has no root certificates to judge by (install ca-certificates)".to_owned()
        }
        Doubt::Crashed(words) => {
            format!("it stopped on a fault of cf-tui itself: {words} (please report it)")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::is_plain;

    const HOSTILE: &str = "\u{1b}]52;c;eA==\u{7}\u{202e}\n";

    fn said(outcome: Outcome) -> String {
        let target = Target {
            domain: format!("a.example{HOSTILE}"),
            port: 8443,
            aliases: Vec::new(),
            protocols: None,
        };
        let address = Address { text: "192.0.2.1:8443".to_owned(), special: None };
        sentence(&Preflight { target, address: Some(address), outcome })
    }

    #[test]
    fn every_answer_is_one_harmless_sentence_of_its_own() {
        let hostile = || HOSTILE.to_owned();
        let certificate =
            |days_left| Certificate { names: vec![hostile(); 7], days_left, root: Some(hostile()) };
        let fails = |cause| Outcome::Fails(vec![cause]);
        let answers = [
            Outcome::Works(certificate(0)),
            Outcome::Works(certificate(1)),
            Outcome::Works(certificate(400)),
            Outcome::NotTried(hostile()),
            fails(Cause::OtherNames(vec![hostile()])),
            fails(Cause::Expired(0)),
            fails(Cause::Expired(12)),
            fails(Cause::NotYetValid(1)),
            fails(Cause::SelfSigned),
            fails(Cause::Untrusted(Some(hostile()))),
            fails(Cause::Untrusted(None)),
            fails(Cause::TooOld),
            fails(Cause::Refused),
            fails(Cause::NotTls),
            Outcome::Fails(vec![Cause::Expired(2), Cause::SelfSigned]),
            Outcome::Inconclusive(Doubt::TimedOut { connected: false }),
            Outcome::Inconclusive(Doubt::TimedOut { connected: true }),
            Outcome::Inconclusive(Doubt::NotResolved(hostile())),
            Outcome::Inconclusive(Doubt::NotConnected(hostile())),
            Outcome::Inconclusive(Doubt::OnlyOld),
            Outcome::Inconclusive(Doubt::OnlyNew),
            Outcome::Inconclusive(Doubt::NotAllowed),
            Outcome::Inconclusive(Doubt::Handshake(hostile())),
            Outcome::Inconclusive(Doubt::NothingInCommon(hostile())),
            Outcome::Inconclusive(Doubt::ClientCertificate),
            Outcome::Inconclusive(Doubt::Certificate(hostile())),
            Outcome::Inconclusive(Doubt::AliasOnly(hostile())),
            Outcome::Inconclusive(Doubt::CommonNameOnly),
            Outcome::Inconclusive(Doubt::OnlyIpv6),
            Outcome::Inconclusive(Doubt::NoRoots),
            Outcome::Inconclusive(Doubt::Crashed(hostile())),
        ];
        let mut all: Vec<String> = answers.into_iter().map(said).collect();
        for sentence in &all {
            assert!(is_plain(sentence), "{sentence:?}");
            assert!(sentence.contains(":8443 at 192.0.2.1:8443: "), "{sentence}");
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn only_what_is_certain_says_502_first() {
        let both = said(Outcome::Fails(vec![Cause::Expired(2), Cause::SelfSigned]));
        assert!(both.ends_with(
            "CloudFront would answer 502: the certificate expired 2 days ago; and the certificate \
             is self-signed"
        ));
        let late = said(Outcome::Inconclusive(Doubt::TimedOut { connected: false }));
        assert!(late.contains(": inconclusive: ") && !late.contains("502"), "{late}");
    }
}
