//! The TLS pre-flight: one connection to an origin's HTTPS port, as CloudFront would make it.
//!
//! The name is looked up once and what was checked is what is connected to. Nothing is sent but
//! the handshake, no proxy is used, and a handshake with a server whose certificate CloudFront
//! would refuse is not even finished.

mod address;
mod certificate;
mod handshake;
mod name;
mod outcome;
mod witness;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use tokio::net::{TcpStream, lookup_host};

pub use self::address::special;
use self::handshake::{Handshake, Version};
use crate::domain::preflight::{Address, Cause, Doubt, Outcome, Preflight, Target};

/// How to connect.
#[derive(Clone, Debug)]
pub struct Options {
    /// Addresses that are not public are connected to as well.
    pub allow_private: bool,
    /// The longest that all of it may take.
    pub timeout: Duration,
    /// Whose certificates count.
    pub roots: Roots,
    /// Who says which addresses a name has.
    pub names: Names,
}

/// Whose certificates count.
#[derive(Clone, Debug)]
pub enum Roots {
    /// The roots of this machine. AWS_CA_BUNDLE is not among them: CloudFront does not know it.
    System,
    /// These alone.
    Given(Vec<CertificateDer<'static>>),
}

/// Who says which addresses a name has.
#[derive(Clone, Debug)]
pub enum Names {
    /// The system.
    System,
    /// Every name has these.
    Given(Vec<IpAddr>),
}

/// How far a pre-flight got, for when its time is up.
#[derive(Clone, Copy, Default)]
struct Reached {
    address: Option<SocketAddr>,
    connected: bool,
}

/// Asks the target. It ends within the time limit, and never fails: what could not be told is an
/// answer too. `now` is what certificates are judged by.
pub async fn preflight(target: Target, options: Options, now: Timestamp) -> Preflight {
    let reached = Mutex::new(Reached::default());
    let limit = options.timeout;
    let asked = tokio::time::timeout(limit, ask(&target, options, now, &reached)).await;
    let reached = *reached.lock().unwrap_or_else(PoisonError::into_inner);
    let late = |_| Outcome::Inconclusive(Doubt::TimedOut { connected: reached.connected });
    let outcome = asked.unwrap_or_else(late);
    let address = reached
        .address
        .map(|at| Address { text: at.to_string(), special: special(at.ip()).map(str::to_owned) });
    Preflight { target, address, outcome }
}

async fn ask(
    target: &Target,
    options: Options,
    now: Timestamp,
    reached: &Mutex<Reached>,
) -> Outcome {
    let note = |so_far: Reached| *reached.lock().unwrap_or_else(PoisonError::into_inner) = so_far;
    let addresses = match look_up(target, options.names).await {
        Ok(addresses) => addresses,
        Err(error) => return Outcome::Inconclusive(Doubt::NotResolved(error.to_string())),
    };
    let address = match chosen(&addresses, options.allow_private) {
        Ok(address) => SocketAddr::new(address, target.port),
        Err(outcome) => return outcome,
    };
    note(Reached { address: Some(address), connected: false });
    let Some(roots) = roots(options.roots).await else {
        return Outcome::Inconclusive(Doubt::NoRoots);
    };
    let handshake = Handshake::new(target, roots, now);
    let mut seen = None;
    for version in [Version::Tls12, Version::Tls13] {
        let stream = match TcpStream::connect(address).await {
            Ok(stream) => stream,
            Err(error) => return not_connected(&error),
        };
        note(Reached { address: Some(address), connected: true });
        let met = handshake.make(stream, version).await;
        // Only a server that wants another version is asked a second time.
        let again = met.wants_another_version();
        seen = Some((version, met));
        if !again {
            break;
        }
    }
    let (version, met) = seen.expect("the first version is always tried");
    let outcome = outcome::of(target, version, met);
    match outcome {
        Outcome::Works(_) if address.is_ipv6() => Outcome::Inconclusive(Doubt::OnlyIpv6),
        other => other,
    }
}

/// The trailing dot keeps the system's search domains out of it.
async fn look_up(target: &Target, names: Names) -> io::Result<Vec<IpAddr>> {
    match names {
        Names::Given(addresses) => Ok(addresses),
        Names::System => {
            let found = lookup_host((format!("{}.", target.domain), target.port)).await?;
            Ok(found.map(|address| address.ip()).collect())
        }
    }
}

/// The address to connect to, if every one of them may be. CloudFront itself prefers IPv4.
fn chosen(addresses: &[IpAddr], allow_private: bool) -> Result<IpAddr, Outcome> {
    for address in addresses {
        let Some(class) = special(*address) else { continue };
        let meant = format!("the domain resolves to {address}, a {class} address");
        if address::is_no_host(*address) {
            return Err(Outcome::NotTried(format!("{meant}, which is no host")));
        }
        if !allow_private {
            let why = "CloudFront cannot reach it by the internet, and [preflight] allow_private \
                       in the fleet file does not allow it";
            return Err(Outcome::NotTried(format!("{meant}: {why}")));
        }
    }
    let v4 = addresses.iter().find(|address| address.is_ipv4());
    let none = || Outcome::Inconclusive(Doubt::NotResolved("no address".to_owned()));
    v4.or(addresses.first()).copied().ok_or_else(none)
}

/// `None` if there is not one root. Reading the system's takes some milliseconds of file access.
async fn roots(roots: Roots) -> Option<RootCertStore> {
    let certificates = match roots {
        Roots::Given(certificates) => certificates,
        Roots::System => {
            let read = || rustls_native_certs::load_native_certs().certs;
            tokio::task::spawn_blocking(read).await.ok()?
        }
    };
    let mut store = RootCertStore::empty();
    let (added, _) = store.add_parsable_certificates(certificates);
    (added > 0).then_some(store)
}

fn not_connected(error: &io::Error) -> Outcome {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Outcome::Fails(vec![Cause::Refused]),
        io::ErrorKind::TimedOut => Outcome::Inconclusive(Doubt::TimedOut { connected: false }),
        _ => Outcome::Inconclusive(Doubt::NotConnected(error.to_string())),
    }
}
