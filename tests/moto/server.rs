//! A moto server of a test's own.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use aws_sdk_sts::config::{BehaviorVersion, Credentials, Region};
use tempfile::TempDir;

use crate::tools;

/// Python with all of moto takes seconds to start where every core is busy.
const PATIENCE: Duration = Duration::from_secs(90);

/// Killed when dropped.
pub(crate) struct Server {
    child: Child,
    port: u16,
    log: TempDir,
}

impl Server {
    /// A fresh one: no account holds anything. `None`, said on stderr, where there is no moto.
    pub(crate) fn start() -> Option<Self> {
        let program = std::env::var("CF_TUI_MOTO").unwrap_or_else(|_| "moto_server".to_owned());
        if !tools::found(&[&program]) {
            return None;
        }
        // Somebody else may take the free port before moto does.
        (0..3).find_map(|_| Self::listening(&program)).or_else(|| {
            tools::lacking(&format!("{program} does not start"));
            None
        })
    }

    fn listening(program: &str) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = tempfile::tempdir().unwrap();
        let output = File::create(log.path().join("log")).unwrap();
        let child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        let mut server = Self { child, port, log };
        server.wait().then_some(server)
    }

    /// True once it answers; false if it has ended.
    fn wait(&mut self) -> bool {
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            assert!(began.elapsed() < PATIENCE, "moto_server does not listen: {}", self.said());
            thread::sleep(Duration::from_millis(50));
        }
        // Somebody else's server on that port would leave ours to end.
        thread::sleep(Duration::from_millis(100));
        self.child.try_wait().unwrap().is_none()
    }

    /// What it wrote, for a failed test.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(self.log.path().join("log")).unwrap_or_default()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Credentials of an account: moto makes an account of whatever id a role names.
    pub(crate) async fn credentials(&self, account: &str) -> Credentials {
        let config = aws_sdk_sts::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(self.url())
            .http_client(http())
            .credentials_provider(Credentials::new("testing", "testing", None, None, "test"))
            .build();
        let answer = aws_sdk_sts::Client::from_conf(config)
            .assume_role()
            .role_arn(format!("arn:aws:iam::{account}:role/SecurityAudit"))
            .role_session_name("tests")
            .send()
            .await
            .unwrap();
        let given = answer.credentials.unwrap();
        let token = Some(given.session_token);
        Credentials::new(given.access_key_id, given.secret_access_key, token, None, "test")
    }

    /// A client that may do everything in an account.
    pub(crate) async fn cloudfront(&self, account: &str) -> aws_sdk_cloudfront::Client {
        let config = aws_sdk_cloudfront::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(self.url())
            .http_client(http())
            .credentials_provider(self.credentials(account).await)
            .build();
        aws_sdk_cloudfront::Client::from_conf(config)
    }

    /// From now on a distribution is `InProgress` and stays so, as it does for minutes at AWS.
    pub(crate) fn deploy_slowly(&self) {
        let body = r#"{"model_name": "cloudfront::distribution", "transition": {"progression": "manual", "times": 1000}}"#;
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "POST /moto-api/state-manager/set-transition HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains(" 201 "), "{answer}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Loopback needs no TLS.
fn http() -> aws_sdk_sts::config::SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}
