//! The one HTTP client that every call of the program shares. Clients made per account would
//! share no connection: each account a TCP and a TLS handshake of its own. A hand-built client
//! has proxies off and knows no AWS_CA_BUNDLE: both are turned on here.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Connector, HttpClientError};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::shared::IntoShared;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

/// How the network is reached, as the environment says it. Addresses may hold a password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// The proxy for `https://` endpoints.
    pub https_proxy: Option<String>,
    /// The proxy for `http://` endpoints.
    pub http_proxy: Option<String>,
    /// Hosts that are reached without a proxy, separated by commas.
    pub no_proxy: Option<String>,
    /// A PEM file of certificates that are trusted besides the system's.
    pub ca_bundle: Option<PathBuf>,
}

impl Network {
    /// Reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY (small letters too, which win, as in
    /// curl) and AWS_CA_BUNDLE. Empty values count as none.
    pub fn from_env(env: &dyn Fn(&str) -> Option<String>) -> Self {
        let read = |name: &str| env(name).filter(|value| !value.trim().is_empty());
        let either = |name: &str| read(&name.to_ascii_lowercase()).or_else(|| read(name));
        let all = either("ALL_PROXY");
        // A CGI server turns the header `Proxy` into HTTP_PROXY: the capital form is left out
        // where REQUEST_METHOD says that this is one (httpoxy).
        let http = match read("REQUEST_METHOD") {
            Some(_) => read("http_proxy"),
            None => either("HTTP_PROXY"),
        };
        Self {
            https_proxy: either("HTTPS_PROXY").or_else(|| all.clone()),
            http_proxy: http.or(all),
            no_proxy: either("NO_PROXY"),
            ca_bundle: read("AWS_CA_BUNDLE").map(PathBuf::from),
        }
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("https_proxy", &self.https_proxy.is_some())
            .field("http_proxy", &self.http_proxy.is_some())
            .field("no_proxy", &self.no_proxy)
            .field("ca_bundle", &self.ca_bundle)
            .finish()
    }
}

/// Where no proxy ever helps: the loopback, and the addresses at which EC2, ECS and EKS hand out
/// credentials.
const NEVER_PROXIED: &str = "localhost,127.0.0.0/8,::1,169.254.169.254,169.254.170.2,169.254.170.23,fd00:ec2::254,fd00:ec2::23";

/// The longest that a connection may take to be made, where the SDK asks for nothing else.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Makes the client. Nothing is connected; an error is a sentence and a next step.
pub(super) fn client(network: &Network) -> Result<SharedHttpClient, (String, String)> {
    let https = proxy(network.https_proxy.as_deref(), "HTTPS_PROXY", network)?;
    let http = proxy(network.http_proxy.as_deref(), "HTTP_PROXY", network)?;
    let trust = trust_store(network.ca_bundle.as_deref())?;
    let tls = TlsContext::builder().with_trust_store(trust).build().map_err(tls_trouble)?;
    let transport = Transport { https, http, tls, connectors: Mutex::default() };
    Ok(SharedTransport(Arc::new(transport)).into_shared())
}

fn tls_trouble(error: HttpClientError) -> (String, String) {
    (format!("the TLS client could not be made: {error}"), "check AWS_CA_BUNDLE".to_owned())
}

/// The value of a proxy variable: a URL, or `host:port` as curl takes it too.
fn proxy(
    value: Option<&str>,
    name: &str,
    network: &Network,
) -> Result<ProxyConfig, (String, String)> {
    let Some(value) = value.map(str::trim) else { return Ok(ProxyConfig::disabled()) };
    let url = match value.contains("://") {
        true => value.to_owned(),
        false => format!("http://{value}"),
    };
    // The value itself is not shown: it may hold a password.
    let trouble = |_| {
        (
            format!("{name} is not a proxy address that can be used"),
            format!("write {name}=http://host:port (or https://), or unset it"),
        )
    };
    let config = ProxyConfig::all(url.as_str()).map_err(trouble)?;
    let no_proxy = network.no_proxy.as_deref().unwrap_or_default();
    Ok(config.no_proxy(format!("{NEVER_PROXIED},{no_proxy}")))
}

/// The system's certificates and those of the bundle. Every certificate of the bundle is looked
/// at first: the SDK's client panics at one that it cannot read.
fn trust_store(bundle: Option<&Path>) -> Result<TrustStore, (String, String)> {
    let system = rustls_native_certs::load_native_certs().certs;
    let has_system = RootCertStore::empty().add_parsable_certificates(system).0 > 0;
    let store = TrustStore::empty().with_native_roots(has_system);
    match bundle {
        Some(path) => Ok(store.with_pem_certificate(read_bundle(path)?)),
        None => Ok(store),
    }
}

fn read_bundle(path: &Path) -> Result<Vec<u8>, (String, String)> {
    let trouble = |what: String| {
        let next = "point AWS_CA_BUNDLE at a readable file of PEM certificates, or unset it";
        (format!("AWS_CA_BUNDLE, {}: {what}", path.display()), next.to_owned())
    };
    let pem = std::fs::read(path).map_err(|error| trouble(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    let mut count = 0;
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        count += 1;
        certificate
            .map_err(|error| error.to_string())
            .and_then(|der| roots.add(der).map_err(|error| error.to_string()))
            .map_err(|error| trouble(format!("certificate {count} cannot be used: {error}")))?;
    }
    match count {
        0 => Err(trouble("no certificate in it".to_owned())),
        _ => Ok(pem),
    }
}

/// Connectors by scheme and time limits: made when first used, and kept, so that connections are.
struct Transport {
    https: ProxyConfig,
    http: ProxyConfig,
    tls: TlsContext,
    connectors: Mutex<HashMap<Key, SharedHttpConnector>>,
}

type Key = (bool, Option<Duration>, Option<Duration>);

#[derive(Clone)]
struct SharedTransport(Arc<Transport>);

impl fmt::Debug for SharedTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedTransport")
    }
}

impl HttpClient for SharedTransport {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(ByScheme {
            transport: self.clone(),
            settings: settings.clone(),
            components: components.clone(),
        })
    }
}

/// Picks the connector when a request's scheme is known: only `https` needs certificates.
#[derive(Debug)]
struct ByScheme {
    transport: SharedTransport,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl HttpConnector for ByScheme {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let https = request.uri().starts_with("https:");
        self.transport.0.connector(https, &self.settings, &self.components).call(request)
    }
}

impl Transport {
    fn connector(
        &self,
        https: bool,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let connect = settings.connect_timeout().unwrap_or(CONNECT_TIMEOUT);
        let key = (https, Some(connect), settings.read_timeout());
        let mut connectors = self.connectors.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || SharedHttpConnector::new(self.make(https, connect, settings, components));
        connectors.entry(key).or_insert_with(make).clone()
    }

    fn make(
        &self,
        https: bool,
        connect: Duration,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> Connector {
        let mut limits = HttpConnectorSettings::builder().connect_timeout(connect);
        limits.set_read_timeout(settings.read_timeout());
        let (proxy, tls) = match https {
            true => (self.https.clone(), self.tls.clone()),
            // A proxy may itself be reached by TLS.
            false => (self.http.clone(), self.tls.clone()),
        };
        let mut builder = Connector::builder()
            .connector_settings(limits.build())
            .proxy_config(proxy)
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(tls);
        builder.set_sleep_impl(components.sleep_impl());
        builder.build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(pairs: &[(&str, &str)]) -> Network {
        Network::from_env(&|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn small_letters_win_and_all_fills_in() {
        let read = network(&[
            ("https_proxy", "http://small:1"),
            ("HTTPS_PROXY", "http://big:1"),
            ("ALL_PROXY", "http://all:1"),
            ("NO_PROXY", ""),
        ]);
        assert_eq!(read.https_proxy.as_deref(), Some("http://small:1"));
        assert_eq!(read.http_proxy.as_deref(), Some("http://all:1"));
        assert_eq!(read.no_proxy, None);
    }

    #[test]
    fn a_cgi_server_sets_no_proxy() {
        let read = network(&[("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil:1")]);
        assert_eq!(read.http_proxy, None);
    }

    #[test]
    fn a_password_is_never_shown() {
        let bad = Network {
            https_proxy: Some("ftp://user:hunter2@[bad".to_owned()),
            ..Network::default()
        };
        let (message, hint) = client(&bad).unwrap_err();
        assert!(!format!("{message}{hint}{bad:?}").contains("hunter2"));
        assert!(message.contains("HTTPS_PROXY"));
    }

    #[test]
    fn a_bad_bundle_is_told_and_no_panic() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let refused = |text: &str| {
            std::fs::write(file.path(), text).unwrap();
            let bundle = Some(file.path().to_owned());
            client(&Network { ca_bundle: bundle, ..Network::default() }).unwrap_err().0
        };
        assert!(refused("").contains("no certificate"));
        assert!(refused("hello").contains("no certificate"));
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(refused(broken).contains("certificate 1 cannot be used"));
        let missing = Network { ca_bundle: Some("/nowhere/ca.pem".into()), ..Network::default() };
        assert!(client(&missing).unwrap_err().0.contains("/nowhere/ca.pem"));
    }
}
