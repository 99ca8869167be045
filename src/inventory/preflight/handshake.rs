//! One handshake, with what CloudFront could offer and nothing else.
//!
//! TLS 1.2 is offered alone, for that is what `OriginSslProtocols` can name; of its cipher suites
//! those of CloudFront's list that rustls has ("Supported protocols and ciphers between
//! CloudFront and the origin").

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use rustls::client::ResolvesClientCert;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::ServerName;
use rustls::sign::CertifiedKey;
use rustls::{
    CipherSuite, ClientConfig, RootCertStore, SignatureScheme, SupportedProtocolVersion, version,
};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::certificate::{Judge, Judgement};
use super::witness::Witness;
use crate::domain::preflight::Target;

/// The version that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// What CloudFront offers.
    Tls12,
    /// Offered to a server that refused the former, to see whether it is newer or older.
    Tls13,
}

impl Version {
    fn offered(self) -> [&'static SupportedProtocolVersion; 1] {
        match self {
            Self::Tls12 => [&version::TLS12],
            Self::Tls13 => [&version::TLS13],
        }
    }
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Met {
    /// The certificate, where one was shown.
    pub(super) judgement: Option<Judgement>,
    /// The server asked for a certificate of ours; it got none.
    pub(super) asked_for_ours: bool,
    /// Why the handshake ended early; `None` if it did not.
    pub(super) ended: Option<Ended>,
}

/// Why a handshake ended early.
#[derive(Debug)]
pub(super) enum Ended {
    /// TLS had something to say.
    Tls(rustls::Error),
    /// The connection broke.
    Broken(io::Error),
    /// The domain is no name that TLS can send.
    NoName,
}

impl Met {
    /// True if the server wants a version that was not offered, older or newer.
    pub(super) fn wants_another_version(&self) -> bool {
        use rustls::{AlertDescription, Error};
        let alert = Error::AlertReceived(AlertDescription::ProtocolVersion);
        matches!(&self.ended, Some(Ended::Tls(error)) if *error == alert)
    }
}

/// All that handshakes with one target need.
pub(super) struct Handshake {
    domain: String,
    provider: Arc<CryptoProvider>,
    witness: Arc<Witness>,
}

impl Handshake {
    /// Nothing is connected yet.
    pub(super) fn new(target: &Target, roots: RootCertStore, now: Timestamp) -> Self {
        let provider = provider();
        let algorithms = provider.signature_verification_algorithms;
        let judge = Judge { target: target.clone(), roots, now, algorithms: algorithms.all };
        let witness = Arc::new(Witness::new(judge, algorithms));
        Self { domain: target.domain.clone(), provider: Arc::new(provider), witness }
    }

    /// Makes a handshake and closes the connection.
    pub(super) async fn make(&self, stream: TcpStream, version: Version) -> Met {
        let Ok(name) = ServerName::try_from(self.domain.clone()) else {
            return Met { judgement: None, asked_for_ours: false, ended: Some(Ended::NoName) };
        };
        let nothing = Arc::new(Nothing::default());
        let mut config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&version.offered())
            .expect("the provider has cipher suites of both versions")
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&self.witness) as _)
            .with_client_cert_resolver(Arc::clone(&nothing) as _);
        config.enable_early_data = false;
        let connected = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
        Met {
            judgement: self.witness.take(),
            asked_for_ours: nothing.asked.load(Ordering::Relaxed),
            ended: connected.err().map(ended),
        }
    }
}

/// Shows no client certificate, and remembers whether one was asked for.
#[derive(Debug, Default)]
struct Nothing {
    asked: AtomicBool,
}

impl ResolvesClientCert for Nothing {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.asked.store(true, Ordering::Relaxed);
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}

fn ended(error: io::Error) -> Ended {
    let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()).cloned();
    tls.map_or(Ended::Broken(error), Ended::Tls)
}

fn provider() -> CryptoProvider {
    let mut provider = ring::default_provider();
    let foreign = [
        CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];
    provider.cipher_suites.retain(|suite| !foreign.contains(&suite.suite()));
    provider
}
