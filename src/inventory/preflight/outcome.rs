//! What a handshake means for CloudFront.

use rustls::{AlertDescription, Error, InvalidMessage, PeerIncompatible};

use super::certificate::Judgement;
use super::handshake::{Ended, Met, Version};
use crate::domain::preflight::{Cause, Doubt, Outcome, Target};

/// The outcome of the last handshake. A certificate that CloudFront refuses is the most certain
/// thing, so it comes first.
pub(super) fn of(target: &Target, version: Version, met: Met) -> Outcome {
    match (met.judgement, met.ended) {
        (Some(Judgement::Refused(causes)), _) => Outcome::Fails(causes),
        (Some(Judgement::Doubtful(doubt)), _) => Outcome::Inconclusive(doubt),
        (_, Some(Ended::Tls(Error::AlertReceived(_)) | Ended::Broken(_))) if met.asked_for_ours => {
            Outcome::Inconclusive(Doubt::ClientCertificate)
        }
        (_, Some(ended)) => early(target, version, &ended),
        (None, None) => {
            Outcome::Inconclusive(Doubt::Handshake("no certificate was shown".to_owned()))
        }
        (Some(Judgement::Accepted(_)), None) if version == Version::Tls13 => {
            Outcome::Inconclusive(Doubt::OnlyNew)
        }
        (Some(Judgement::Accepted(_)), None) if !target.allows("TLSv1.2") => {
            Outcome::Inconclusive(Doubt::NotAllowed)
        }
        (Some(Judgement::Accepted(certificate)), None) => Outcome::Works(certificate),
    }
}

fn early(target: &Target, version: Version, ended: &Ended) -> Outcome {
    let error = match ended {
        Ended::Tls(error) => error,
        Ended::Broken(error) => {
            return Outcome::Inconclusive(Doubt::Handshake(error.to_string()));
        }
        Ended::NoName => {
            let why = "the domain is no name that TLS can send to a server";
            return Outcome::NotTried(why.to_owned());
        }
    };
    match error {
        Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            | PeerIncompatible::Tls12NotOfferedOrEnabled,
        ) => older(target),
        // Refused with 1.2 before, and now with 1.3.
        Error::AlertReceived(AlertDescription::ProtocolVersion) if version == Version::Tls13 => {
            older(target)
        }
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            Outcome::Fails(vec![Cause::NotTls])
        }
        Error::AlertReceived(AlertDescription::HandshakeFailure) | Error::PeerIncompatible(_) => {
            Outcome::Inconclusive(Doubt::NothingInCommon(error.to_string()))
        }
        other => Outcome::Inconclusive(Doubt::Handshake(other.to_string())),
    }
}

fn older(target: &Target) -> Outcome {
    match target.allows_older() {
        true => Outcome::Inconclusive(Doubt::OnlyOld),
        false => Outcome::Fails(vec![Cause::TooOld]),
    }
}
