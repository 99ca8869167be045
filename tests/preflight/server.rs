//! Certificates made by OpenSSL when a test runs, and its server that shows them.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use tempfile::TempDir;

/// The origin's domain.
pub(crate) const DOMAIN: &str = "origin.example.com";

const EC: [&str; 4] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
const RSA: [&str; 2] = ["-newkey", "rsa:2048"];

/// An authority with a folder of certificates, good for this test alone.
pub(crate) struct Authority {
    folder: TempDir,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let authority = Self { folder: tempfile::tempdir().unwrap() };
        authority.self_signed("root", "Test Root");
        authority
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn root(&self) -> CertificateDer<'static> {
        self.certificate("root")
    }

    pub(crate) fn certificate(&self, name: &str) -> CertificateDer<'static> {
        CertificateDer::from_pem_file(self.path(&format!("{name}.pem"))).unwrap()
    }

    /// A certificate of the authority, good for 90 days; without names it has a common name only.
    pub(crate) fn issue(&self, name: &str, covers: &[&str]) {
        let subject = covers.first().unwrap_or(&DOMAIN);
        self.sign(name, subject, &EC, "root", &alternatives(covers));
    }

    pub(crate) fn issue_rsa(&self, name: &str, covers: &[&str]) {
        self.sign(name, DOMAIN, &RSA, "root", &alternatives(covers));
    }

    pub(crate) fn issue_through_an_intermediate(&self, name: &str, covers: &[&str]) {
        let authority = "basicConstraints = critical, CA:TRUE\n";
        self.sign("intermediate", "Test Intermediate", &EC, "root", authority);
        self.sign(name, DOMAIN, &EC, "intermediate", &alternatives(covers));
    }

    /// One that vouches for itself.
    pub(crate) fn self_signed(&self, name: &str, subject: &str) {
        let (key, pem) = (self.path(&format!("{name}.key")), self.path(&format!("{name}.pem")));
        let (subject, names) = (format!("/CN={subject}"), format!("subjectAltName=DNS:{DOMAIN}"));
        let mut arguments = vec!["req", "-x509", "-nodes", "-days", "3650", "-subj", &subject];
        arguments.extend(EC);
        arguments.extend(["-addext", &names, "-keyout", &key, "-out", &pem]);
        openssl(&arguments);
    }

    fn sign(&self, name: &str, subject: &str, key: &[&str], by: &str, extensions: &str) {
        let file = |of: &str, ending: &str| self.path(&format!("{of}.{ending}"));
        let subject = format!("/CN={subject}");
        let (key_file, request) = (file(name, "key"), file(name, "csr"));
        let mut arguments = vec!["req", "-nodes", "-subj", &subject];
        arguments.extend(key);
        arguments.extend(["-keyout", &key_file, "-out", &request]);
        openssl(&arguments);
        std::fs::write(file(name, "ext"), extensions).unwrap();
        openssl(&[
            "x509",
            "-req",
            "-days",
            "90",
            "-CAcreateserial",
            "-in",
            &request,
            "-CA",
            &file(by, "pem"),
            "-CAkey",
            &file(by, "key"),
            "-extfile",
            &file(name, "ext"),
            "-out",
            &file(name, "pem"),
        ]);
    }
}

fn alternatives(covers: &[&str]) -> String {
    let names: Vec<String> = covers.iter().map(|name| format!("DNS:{name}")).collect();
    match names.is_empty() {
        true => "basicConstraints = CA:FALSE\n".to_owned(),
        false => format!("basicConstraints = CA:FALSE\nsubjectAltName = {}\n", names.join(",")),
    }
}

fn openssl(arguments: &[&str]) {
    let done = Command::new("openssl").args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&done.stderr));
}

/// `openssl s_server` on a port that the system chose; it ends with this.
pub(crate) struct Server {
    pub(crate) port: u16,
    child: Child,
}

impl Server {
    pub(crate) fn start(authority: &Authority, name: &str, arguments: &[&str]) -> Self {
        let pem = authority.path(&format!("{name}.pem"));
        let key = authority.path(&format!("{name}.key"));
        let mut child = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0", "-cert", &pem, "-key", &key])
            .args(arguments)
            // Its standard input stays open: at the end of it the server would leave.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let accepts =
            lines.find_map(|line| line.unwrap().strip_prefix("ACCEPT ").map(str::to_owned));
        let (_, port) = accepts.as_deref().expect("the server listens").rsplit_once(':').unwrap();
        let port = port.parse().unwrap();
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { port, child }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
