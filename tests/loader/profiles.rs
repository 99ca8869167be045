//! Base credentials and the network, before any screen opens.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::time::Duration;

use cf_tui::domain::account::{Access, Account};
use cf_tui::domain::fault::{FaultKind, Step};
use cf_tui::domain::tally::AccountState;
use cf_tui::inventory::aws::{Aws, BaseFault};
use cf_tui::inventory::load::Source;
use tokio::io::AsyncReadExt as _;

use crate::fake::{BASE_ACCOUNT, Fake};
use crate::harness::{Bench, account, member, role};
use crate::whole::simple;

fn profile_account(name: &str) -> Account {
    account("300000000000", Access::Profile(name.to_owned()))
}

async fn refused(text: &str, profile: &str) -> BaseFault {
    let bench = Bench::with_profiles(text, vec![profile_account(profile)]);
    let mut troubles = Aws::connect(&bench.fleet, bench.options.clone()).await.unwrap_err();
    assert_eq!(troubles.len(), 1);
    let trouble = troubles.remove(0);
    assert_eq!(trouble.fault.step, Step::Credentials);
    assert_eq!(trouble.accounts, ["name-300000000000"]);
    println!("{}\n  {}", trouble.fault.message, trouble.fault.hint);
    trouble
}

#[tokio::test]
async fn a_missing_profile_names_its_neighbours() {
    let fault = refused("[profile audit]\naws_access_key_id = x\n", "adit").await.fault;
    assert_eq!(fault.kind, FaultKind::NotFound);
    assert!(fault.hint.contains("did you mean audit?"), "{}", fault.hint);
}

#[tokio::test]
async fn mfa_is_told_what_to_do() {
    let text = "[profile admin]\nrole_arn = arn:aws:iam::300000000000:role/A\nsource_profile = me\nmfa_serial = arn:aws:iam::1:mfa/me\n[profile me]\naws_access_key_id = x\naws_secret_access_key = y\n";
    let fault = refused(text, "admin").await.fault;
    assert_eq!(fault.kind, FaultKind::Unsupported);
    assert!(fault.message.contains("MFA") && fault.message.contains("arn:aws:iam::1:mfa/me"));
    assert!(fault.hint.contains("aws configure export-credentials --profile admin"));
    assert!(fault.hint.contains("get-session-token"));
}

#[tokio::test]
async fn an_sso_profile_without_a_token_says_how_to_sign_in() {
    let text = "[profile dev]\nsso_session = corp\nsso_account_id = 300000000000\nsso_role_name = Audit\nregion = eu-west-1\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://nobody.example.com/start-cf-tui-test\n";
    let fault = refused(text, "dev").await.fault;
    assert_eq!(fault.kind, FaultKind::Expired, "{}", fault.message);
    assert!(fault.hint.contains("aws sso login --profile dev"), "{}", fault.hint);
}

#[tokio::test]
async fn a_profile_without_keys_and_a_broken_file() {
    let fault = refused("[profile empty]\nregion = eu-west-1\n", "empty").await.fault;
    assert_eq!(fault.kind, FaultKind::NotFound, "{}", fault.message);
    assert!(fault.hint.contains("source_profile"));
    let fault = refused("[profile broken\nx\n", "broken").await.fault;
    assert!(fault.message.contains("cannot be read"), "{}", fault.message);
}

#[tokio::test]
async fn a_credential_process_that_fails_or_waits() {
    let fault = refused("[profile p]\ncredential_process = /bin/false\n", "p").await.fault;
    assert!(fault.message.contains("the profile p gave no credentials"), "{}", fault.message);
    let text = "[profile p]\ncredential_process = /bin/sleep 60\n";
    let mut bench = Bench::with_profiles(text, vec![profile_account("p")]);
    bench.options.credentials_timeout = Duration::from_millis(200);
    let troubles = Aws::connect(&bench.fleet, bench.options.clone()).await.unwrap_err();
    assert_eq!(troubles[0].fault.kind, FaultKind::Timeout);
}

#[tokio::test]
async fn base_credentials_are_asked_for_once() {
    let fake = Fake::start();
    let home = tempfile::tempdir().unwrap();
    let (script, log) = (home.path().join("give"), home.path().join("log"));
    let (key, secret) = fake.key(BASE_ACCOUNT);
    let mut file = std::fs::File::create(&script).unwrap();
    writeln!(
        file,
        "#!/bin/sh\necho asked >> {}\nprintf '{{\"Version\":1,\"AccessKeyId\":\"{key}\",\"SecretAccessKey\":\"{secret}\",\"Expiration\":\"2037-01-01T00:00:00Z\"}}'",
        log.display()
    )
    .unwrap();
    drop(file);
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let text = format!(
        "[profile base]\ncredential_process = {}\nendpoint_url = {}\n",
        script.display(),
        fake.url()
    );
    let mut accounts: Vec<Account> =
        (0..20).map(|at| account(&member(at), Access::Assume(role(&member(at))))).collect();
    accounts.push(account(BASE_ACCOUNT, Access::Profile("base".to_owned())));
    for at in 0..20 {
        fake.account(&member(at)).add(simple("E1", "http-only"));
    }
    let bench = Bench::with_profiles(&text, accounts);
    let source = bench.connect().await;
    let loaded = bench.load_with(source.clone()).await;
    assert!(loaded.endings.values().all(|e| e.state == AccountState::Complete));
    bench.load_with(source).await;
    assert_eq!(std::fs::read_to_string(log).unwrap(), "asked\n");
}

#[tokio::test]
async fn one_bad_profile_costs_only_its_own_accounts() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 1);
    fake.account(&member(0)).add(simple("E1", "http-only"));
    bench.fleet.accounts.push(profile_account("gone"));
    let aws = Aws::connect(&bench.fleet, bench.options.clone()).await.unwrap();
    assert_eq!(aws.troubles().len(), 1);
    assert_eq!(aws.troubles()[0].profile.as_deref(), Some("gone"));
    let loaded = bench.load_with(Arc::new(Source::Aws(aws))).await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete);
    let ending = loaded.ending(1);
    assert_eq!(ending.state, AccountState::Failed);
    assert_eq!(ending.fault.as_ref().unwrap().step, Step::Credentials);
    assert_eq!(ending.calls, 0);
}

/// A proxy that notes the first line of each connection and hangs up.
async fn proxy() -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (out, lines) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 2048];
            let read = stream.read(&mut buffer).await.unwrap_or(0);
            let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
            let _ = out.send(text);
        }
    });
    (address, lines)
}

#[tokio::test]
async fn proxies_of_the_environment_are_used_but_not_for_loopback() {
    let (address, mut lines) = proxy().await;
    let keys = "aws_access_key_id = x\naws_secret_access_key = y\n";
    for (endpoint, first_line) in [
        ("https://sts.cf-tui-test.invalid", "CONNECT sts.cf-tui-test.invalid:443"),
        ("http://sts.cf-tui-test.invalid", "POST http://sts.cf-tui-test.invalid/"),
    ] {
        let text = format!("[profile p]\n{keys}endpoint_url = {endpoint}\n");
        let mut bench = Bench::with_profiles(&text, vec![profile_account("p")]);
        bench.fleet.load.max_attempts = 1;
        bench.options.network.https_proxy = Some(format!("http://jo:pass@{address}"));
        bench.options.network.http_proxy = Some(address.clone());
        let loaded = bench.load().await;
        let fault = loaded.ending(0).fault.as_ref().unwrap();
        assert_eq!(fault.kind, FaultKind::Network, "{fault:?}");
        assert!(!format!("{fault:?}").contains("pass"));
        let asked = lines.recv().await.unwrap();
        assert!(asked.starts_with(first_line), "{asked}");
        if endpoint.starts_with("https") {
            assert!(asked.to_lowercase().contains("proxy-authorization: basic"), "{asked}");
        }
    }
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 1);
    bench.options.network.http_proxy = Some(address);
    let loaded = bench.load().await;
    assert_eq!(loaded.ending(0).state, AccountState::Complete);
    assert!(lines.try_recv().is_err());
}

#[tokio::test]
async fn no_proxy_is_heard_and_a_missing_name_is_told() {
    let (address, mut lines) = proxy().await;
    let text = "[profile p]\naws_access_key_id = x\naws_secret_access_key = y\nendpoint_url = https://sts.cf-tui-test.invalid\n";
    let mut bench = Bench::with_profiles(text, vec![profile_account("p")]);
    bench.fleet.load.max_attempts = 1;
    bench.fleet.load.call_timeout = Duration::from_secs(5);
    bench.options.network.https_proxy = Some(address);
    bench.options.network.no_proxy = Some("cf-tui-test.invalid".to_owned());
    let loaded = bench.load().await;
    let fault = loaded.ending(0).fault.as_ref().unwrap();
    println!("{}\n  {}", fault.message, fault.hint);
    assert_eq!(fault.kind, FaultKind::Network);
    assert!(lines.try_recv().is_err());
}
