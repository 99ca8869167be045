//! Looks at the certificate that a server shows, and lets no other handshake be finished than
//! one that CloudFront would finish.

use std::sync::{Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

use super::certificate::{Judge, Judgement};

/// A verifier that remembers what it was shown.
#[derive(Debug)]
pub(super) struct Witness {
    judge: Judge,
    algorithms: WebPkiSupportedAlgorithms,
    seen: Mutex<Option<Judgement>>,
}

impl Witness {
    /// One that has seen nothing yet.
    pub(super) fn new(judge: Judge, algorithms: WebPkiSupportedAlgorithms) -> Self {
        Self { judge, algorithms, seen: Mutex::new(None) }
    }

    /// What it was shown since the last time.
    pub(super) fn take(&self) -> Option<Judgement> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let judgement = self.judge.judge(leaf, others);
        let accepted = matches!(judgement, Judgement::Accepted(_));
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(judgement);
        match accepted {
            true => Ok(ServerCertVerified::assertion()),
            false => {
                Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let mut schemes = self.algorithms.supported_schemes();
        // CloudFront speaks RSA and ECDSA to origins.
        schemes.retain(|scheme| *scheme != SignatureScheme::ED25519);
        schemes
    }
}
