//! The TLS pre-flight against servers on loopback that are right, wrong in every way that
//! CloudFront minds, or silent; and everywhere that it must not connect to.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stderr, missing_docs)]

#[path = "preflight/explorer.rs"]
mod asked;
mod explorer;
#[path = "preflight/server.rs"]
mod server;
mod tools;

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use cf_tui::domain::preflight::{Cause, Doubt, Outcome, Preflight, Target};
use cf_tui::domain::text::is_plain;
use cf_tui::inventory::preflight::{Names, Options, Roots, preflight};
use jiff::{SignedDuration, Timestamp};
use rustls::pki_types::CertificateDer;
use server::{Authority, DOMAIN, Server};

const LIMIT: Duration = Duration::from_secs(5);

/// What is asked of a port of this machine.
fn target(port: u16) -> Target {
    Target {
        domain: DOMAIN.to_owned(),
        port,
        aliases: vec!["www.example.com".to_owned()],
        protocols: Some(vec!["TLSv1.2".to_owned()]),
    }
}

fn trusting(roots: Vec<CertificateDer<'static>>) -> Options {
    Options {
        allow_private: true,
        timeout: LIMIT,
        roots: Roots::Given(roots),
        names: Names::Given(vec![Ipv4Addr::LOCALHOST.into()]),
    }
}

/// Asks, and holds that the answer came in time and is harmless text.
fn ask(target: Target, options: Options, now: Timestamp) -> Preflight {
    let limit = options.timeout + Duration::from_secs(2);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let began = Instant::now();
    let answer = runtime.block_on(preflight(target, options, now));
    assert!(began.elapsed() < limit, "{:?}: {answer:?}", began.elapsed());
    assert!(is_plain(&answer.sentence()), "{}", answer.sentence());
    answer
}

/// The answer about a server of OpenSSL with such a certificate and such arguments.
fn of_server(authority: &Authority, certificate: &str, arguments: &[&str]) -> Preflight {
    let server = Server::start(authority, certificate, arguments);
    ask(target(server.port), trusting(vec![authority.root()]), Timestamp::now())
}

#[test]
fn a_good_server_works() {
    if !tools::found(&["openssl"]) {
        return;
    }
    let authority = Authority::new();
    authority.issue("good", &[DOMAIN, "*.example.net"]);
    let answer = of_server(&authority, "good", &[]);
    let Outcome::Works(certificate) = &answer.outcome else { panic!("{answer:?}") };
    assert_eq!(certificate.names, [DOMAIN, "*.example.net"]);
    let days = certificate.days_left;
    assert!([89, 90].contains(&days), "{days}");
    assert_eq!(certificate.root.as_deref(), Some("Test Root"));
    let address = format!("127.0.0.1:{}", answer.target.port);
    let met = answer.address.as_ref().unwrap();
    assert_eq!((met.text.as_str(), met.special.as_deref()), (address.as_str(), Some("loopback")));
    let said = answer.sentence();
    for part in [
        DOMAIN,
        &address,
        "loopback: not where CloudFront gets to",
        "works over TLS 1.2",
        &format!("{days} days left"),
        "*.example.net",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // A name that only a wildcard covers.
    let server = Server::start(&authority, "good", &[]);
    let wild = Target { domain: "a.example.net".to_owned(), ..target(server.port) };
    let answer = ask(wild, trusting(vec![authority.root()]), Timestamp::now());
    assert!(matches!(answer.outcome, Outcome::Works(_)), "{answer:?}");
}

#[test]
fn by_ipv6_alone_it_is_not_certain() {
    if !tools::found(&["openssl"]) {
        return;
    }
    if TcpListener::bind("[::1]:0").is_err() {
        eprintln!("skipped: this machine has no IPv6"); // Many a container has none.
        return;
    }
    let authority = Authority::new();
    authority.issue("good", &[DOMAIN]);
    let server = Server::start(&authority, "good", &["-accept", "[::1]:0"]);
    let names = Names::Given(vec![std::net::Ipv6Addr::LOCALHOST.into()]);
    let options = Options { names, ..trusting(vec![authority.root()]) };
    let answer = ask(target(server.port), options, Timestamp::now());
    assert_eq!(answer.outcome, Outcome::Inconclusive(Doubt::OnlyIpv6));
}

#[test]
fn every_fault_of_a_certificate_is_told() {
    if !tools::found(&["openssl"]) {
        return;
    }
    let authority = Authority::new();
    authority.issue("good", &[DOMAIN]);
    authority.issue("other", &["other.example.org"]);
    authority.issue("alias", &["www.example.com"]);
    authority.issue("unnamed", &[]);
    authority.self_signed("own", DOMAIN);
    let refused = |certificate: &str| match of_server(&authority, certificate, &[]).outcome {
        Outcome::Fails(causes) => causes,
        other => panic!("{certificate}: {other:?}"),
    };
    let names = vec!["other.example.org".to_owned()];
    assert_eq!(refused("other"), [Cause::OtherNames(names.clone())]);
    assert_eq!(refused("own"), [Cause::SelfSigned]);

    let server = Server::start(&authority, "good", &[]);
    let in_hours = |hours: i64, roots: Vec<CertificateDer<'static>>| {
        let now = Timestamp::now() + SignedDuration::from_hours(hours);
        ask(target(server.port), trusting(roots), now).outcome
    };
    let at = |days: i64, roots| in_hours(24 * days, roots);
    let root = || vec![authority.root()];
    assert_eq!(at(100, root()), Outcome::Fails(vec![Cause::Expired(10)]), "of 90 days");
    // Half a day from either edge: the certificate is as old as the test.
    assert_eq!(in_hours(-60, root()), Outcome::Fails(vec![Cause::NotYetValid(2)]));
    authority.self_signed("stranger", "Stranger");
    let stranger = authority.certificate("stranger");
    let untrusted = Cause::Untrusted(Some("Test Root".to_owned()));
    assert_eq!(at(0, vec![stranger.clone()]), Outcome::Fails(vec![untrusted.clone()]));
    let both = vec![Cause::Expired(10), untrusted];
    assert_eq!(at(100, vec![stranger]), Outcome::Fails(both));
    assert_eq!(at(0, Vec::new()), Outcome::Inconclusive(Doubt::NoRoots));

    let alias = of_server(&authority, "alias", &[]);
    let only = Doubt::AliasOnly("www.example.com".to_owned());
    assert_eq!(alias.outcome, Outcome::Inconclusive(only));
    assert!(alias.sentence().contains("only if the Host header is forwarded"));
    authority.issue("wild", &["*.example.com.br"]);
    let server = Server::start(&authority, "wild", &[]);
    let wild = Target { aliases: vec!["*.example.com.br".to_owned()], ..target(server.port) };
    let answer = ask(wild, trusting(root()), Timestamp::now()).outcome;
    let only = Doubt::AliasOnly("*.example.com.br".to_owned());
    assert_eq!(answer, Outcome::Inconclusive(only));
    let unnamed = of_server(&authority, "unnamed", &[]).outcome;
    assert_eq!(unnamed, Outcome::Inconclusive(Doubt::CommonNameOnly));
}

#[test]
fn a_missing_intermediate_is_no_chain() {
    if !tools::found(&["openssl"]) {
        return;
    }
    let authority = Authority::new();
    authority.issue_through_an_intermediate("deep", &[DOMAIN]);
    let alone = of_server(&authority, "deep", &[]).outcome;
    let issuer = Some("Test Intermediate".to_owned());
    assert_eq!(alone, Outcome::Fails(vec![Cause::Untrusted(issuer)]));
    let chain = authority.path("intermediate.pem");
    let whole = of_server(&authority, "deep", &["-cert_chain", &chain]).outcome;
    assert!(matches!(whole, Outcome::Works(_)), "{whole:?}");
}

#[test]
fn versions_and_suites_are_told_apart() {
    if !tools::found(&["openssl"]) {
        return;
    }
    let authority = Authority::new();
    authority.issue("good", &[DOMAIN]);
    authority.issue_rsa("rsa", &[DOMAIN]);
    let weak = ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"];
    let old = of_server(&authority, "good", &weak).outcome;
    assert_eq!(old, Outcome::Fails(vec![Cause::TooOld]));
    let server = Server::start(&authority, "good", &weak);
    let allowed = Some(vec!["TLSv1".to_owned(), "TLSv1.2".to_owned()]);
    for protocols in [allowed, None] {
        let target = Target { protocols, ..target(server.port) };
        let answer = ask(target, trusting(vec![authority.root()]), Timestamp::now());
        assert_eq!(answer.outcome, Outcome::Inconclusive(Doubt::OnlyOld));
    }
    let new = of_server(&authority, "good", &["-tls1_3"]).outcome;
    assert_eq!(new, Outcome::Inconclusive(Doubt::OnlyNew));

    // CloudFront speaks these, rustls does not.
    for suite in ["AES128-SHA256", "ECDHE-RSA-AES128-SHA256"] {
        let arguments = ["-tls1_2", "-cipher", suite];
        let answer = of_server(&authority, "rsa", &arguments);
        let Outcome::Inconclusive(Doubt::NothingInCommon(_)) = &answer.outcome else {
            panic!("{suite}: {answer:?}")
        };
        assert!(answer.sentence().contains("static RSA, CBC"), "{}", answer.sentence());
    }
    // And this is the other way round: no works.
    let chacha = ["-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"];
    let answer = of_server(&authority, "rsa", &chacha).outcome;
    assert!(matches!(answer, Outcome::Inconclusive(Doubt::NothingInCommon(_))), "{answer:?}");
}

#[test]
fn a_server_that_wants_to_know_its_client_is_told() {
    if !tools::found(&["openssl"]) {
        return;
    }
    let authority = Authority::new();
    authority.issue("good", &[DOMAIN]);
    let root = authority.path("root.pem");
    let insists = ["-Verify", "1", "-verify_return_error", "-CAfile", &root];
    let answer = of_server(&authority, "good", &insists);
    assert_eq!(answer.outcome, Outcome::Inconclusive(Doubt::ClientCertificate));
    assert!(answer.sentence().contains("mutual TLS"));
    let asks = ["-verify", "1", "-CAfile", &root];
    let answer = of_server(&authority, "good", &asks);
    assert!(matches!(answer.outcome, Outcome::Works(_)), "{answer:?}");
}

#[test]
fn a_handshake_that_the_origin_does_not_allow_is_no_works() {
    if !tools::found(&["openssl"]) {
        return;
    }
    let authority = Authority::new();
    authority.issue("good", &[DOMAIN]);
    let server = Server::start(&authority, "good", &[]);
    for protocols in [Some(vec!["TLSv1.1".to_owned()]), Some(Vec::new()), None] {
        let target = Target { protocols, ..target(server.port) };
        let answer = ask(target, trusting(vec![authority.root()]), Timestamp::now());
        assert_eq!(answer.outcome, Outcome::Inconclusive(Doubt::NotAllowed));
    }
}

/// Any root will do where no certificate is ever shown.
fn any_root() -> Vec<CertificateDer<'static>> {
    let system = rustls_native_certs::load_native_certs().certs;
    assert!(!system.is_empty(), "this machine has no root certificates");
    system
}

#[test]
fn a_closed_port_refuses() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let answer = ask(target(port), trusting(any_root()), Timestamp::now());
    assert_eq!(answer.outcome, Outcome::Fails(vec![Cause::Refused]));
}

#[test]
fn a_silent_port_ends_in_time_and_gets_a_greeting_only() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let silent = std::thread::spawn(move || {
        let mut sent = Vec::new();
        listener.accept().unwrap().0.read_to_end(&mut sent).unwrap();
        sent
    });
    let timeout = Duration::from_millis(700);
    let options = Options { timeout, ..trusting(any_root()) };
    let began = Instant::now();
    let answer = ask(target(port), options, Timestamp::now());
    assert!(began.elapsed() >= timeout);
    assert_eq!(answer.outcome, Outcome::Inconclusive(Doubt::TimedOut { connected: true }));
    let sent = silent.join().unwrap();
    let length = usize::from(u16::from_be_bytes([sent[3], sent[4]]));
    assert_eq!((sent[0], sent.len()), (22, 5 + length), "one handshake record, and no more");
    assert!(sent.windows(DOMAIN.len()).any(|part| part == DOMAIN.as_bytes()), "the SNI");
}

#[test]
fn what_is_no_tls_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let plain = std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").unwrap();
        let _ = stream.read(&mut [0; 4096]);
    });
    let answer = ask(target(port), trusting(any_root()), Timestamp::now());
    assert_eq!(answer.outcome, Outcome::Fails(vec![Cause::NotTls]));
    plain.join().unwrap();
}

#[test]
fn a_connection_that_breaks_tells_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let breaking = std::thread::spawn(move || drop(listener.accept().unwrap()));
    let answer = ask(target(port), trusting(any_root()), Timestamp::now());
    assert!(matches!(answer.outcome, Outcome::Inconclusive(Doubt::Handshake(_))), "{answer:?}");
    breaking.join().unwrap();
}

#[test]
fn without_the_setting_nothing_private_is_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let refused = |addresses: &[&str]| {
        let addresses: Vec<IpAddr> = addresses.iter().map(|a| a.parse().unwrap()).collect();
        let names = Names::Given(addresses);
        let options = Options { allow_private: false, names, ..trusting(any_root()) };
        let answer = ask(target(port), options, Timestamp::now());
        assert_eq!(answer.address, None);
        match answer.outcome {
            Outcome::NotTried(why) => why,
            other => panic!("{other:?}"),
        }
    };
    for (address, class) in [
        ("127.0.0.1", "loopback"),
        ("10.1.2.3", "private"),
        ("169.254.169.254", "link-local"),
        ("100.64.0.1", "shared"),
        ("198.18.0.1", "benchmark"),
        ("0.0.0.0", "unspecified"),
        ("255.255.255.255", "broadcast"),
        ("::1", "loopback"),
        ("fd00::1", "unique-local"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("2002:7f00:1::", "6to4"),
    ] {
        let why = refused(&[address]);
        let says = if ["0.0.0.0", "255.255.255.255"].contains(&address) {
            "no host"
        } else {
            "allow_private"
        };
        assert!(why.contains(class) && why.contains(says), "{address}: {why}");
        // One bad answer among good ones is enough.
        assert!(refused(&["1.1.1.1", address]).contains(class));
    }
    assert!(listener.accept().is_err(), "something connected");
}

#[test]
fn no_setting_connects_to_what_is_no_host() {
    for address in ["0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255"] {
        let names = Names::Given(vec![address.parse().unwrap()]);
        let options = Options { names, ..trusting(any_root()) };
        let answer = ask(target(443), options, Timestamp::now());
        assert!(matches!(answer.outcome, Outcome::NotTried(_)), "{answer:?}");
    }
}

#[test]
fn a_name_that_does_not_exist_is_no_502() {
    let options = Options { names: Names::System, ..trusting(any_root()) };
    let target = Target { domain: "nothing.invalid".to_owned(), ..target(443) };
    let answer = ask(target, options, Timestamp::now());
    assert_eq!(answer.address, None);
    assert!(matches!(
        answer.outcome,
        // Where there is no name server at all, nobody answers in time.
        Outcome::Inconclusive(Doubt::NotResolved(_) | Doubt::TimedOut { connected: false })
    ));
}
