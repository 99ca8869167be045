//! The fake AWS itself, seen by the real `aws` command line.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod fake;
mod tools;

use std::process::Command;

use fake::{BASE_ACCOUNT, Behavior, Distribution, Fake, Fault, Origin, VpcOrigin};
use serde_json::Value;

const PROD: &str = "111122223333";

fn aws(fake: &Fake, account: &str, arguments: &[&str]) -> Result<Value, String> {
    let output = Command::new("aws")
        .args(arguments)
        .args(["--output", "json", "--region", "us-east-1"])
        .envs(fake.env(account))
        .env("AWS_MAX_ATTEMPTS", "1")
        .env("AWS_PAGER", "")
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn sample() -> Distribution {
    Distribution::new("E1")
        .alias("www.example.com")
        .comment("<hello> & \"goodbye\"")
        .origin(
            Origin::custom("it's <web>", "web.example.com", "http-only").header("X-Key", "hush"),
        )
        .origin(Origin::s3("bucket", "bucket.s3.amazonaws.com").with_oac("OAC1"))
        .origin(Origin::vpc("inner", "inner.example.com", "vo_1").owner("444455556666"))
        .group("both", &["it's <web>", "bucket"])
        .default_behavior(Behavior::to("both").viewer("redirect-to-https").lambda("origin-request"))
        .behavior(Behavior::to("inner").path("/in/*").function("viewer-request"))
}

#[test]
fn lists_come_by_pages_and_whole() {
    if !tools::found(&["aws"]) {
        return;
    }
    let fake = Fake::start();
    let prod = fake.account(PROD);
    prod.add(sample());
    for n in 2..=5 {
        let id = format!("E{n}");
        prod.add(Distribution::new(&id).origin(Origin::custom("o", "o.example.com", "https-only")));
    }
    fake.page_size(2);
    let listed = aws(&fake, PROD, &["cloudfront", "list-distributions"]).unwrap();
    let items = listed["DistributionList"]["Items"].as_array().unwrap();
    let ids: Vec<&str> = items.iter().map(|d| d["Id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["E1", "E2", "E3", "E4", "E5"]);
    assert_eq!(fake.count(PROD, "ListDistributions"), 3);
    assert_eq!(fake.calls()[1].params["Marker"], "E2");
    let first = &items[0];
    assert_eq!(first["Comment"], "<hello> & \"goodbye\"");
    assert_eq!(first["Origins"]["Items"][0]["Id"], "it's <web>");
    assert_eq!(
        first["Origins"]["Items"][0]["CustomOriginConfig"]["OriginProtocolPolicy"],
        "http-only"
    );
    assert_eq!(first["Origins"]["Items"][1]["OriginAccessControlId"], "OAC1");
    assert_eq!(first["Origins"]["Items"][2]["VpcOriginConfig"]["VpcOriginId"], "vo_1");
    assert_eq!(first["OriginGroups"]["Items"][0]["Members"]["Items"][1]["OriginId"], "bucket");
    assert_eq!(first["CacheBehaviors"]["Items"][0]["PathPattern"], "/in/*");
    assert_eq!(first["Staging"], false);
}

#[test]
fn roles_lead_into_accounts_and_look_ups_answer() {
    if !tools::found(&["aws"]) {
        return;
    }
    let fake = Fake::start();
    fake.account(PROD)
        .external_id("xyzzy")
        .oac("OAC1", "no-override")
        .vpc_origin(VpcOrigin::new("vo_1", "match-viewer"));
    let role = "arn:aws:iam::111122223333:role/audit/Reader";
    let assume = |extra: &[&str]| {
        let mut arguments =
            vec!["sts", "assume-role", "--role-arn", role, "--role-session-name", "me"];
        arguments.extend(extra);
        aws(&fake, BASE_ACCOUNT, &arguments)
    };
    assert!(assume(&[]).unwrap_err().contains("AccessDenied"));
    let assumed = assume(&["--external-id", "xyzzy"]).unwrap();
    assert_eq!(
        assumed["AssumedRoleUser"]["Arn"],
        "arn:aws:sts::111122223333:assumed-role/Reader/me"
    );
    assert!(assumed["Credentials"]["AccessKeyId"].as_str().unwrap().contains(PROD));
    let identity = aws(&fake, PROD, &["sts", "get-caller-identity"]).unwrap();
    assert_eq!(identity["Account"], PROD);
    let oacs = aws(&fake, PROD, &["cloudfront", "list-origin-access-controls"]).unwrap();
    let signing = &oacs["OriginAccessControlList"]["Items"][0]["SigningBehavior"];
    assert_eq!(*signing, "no-override");
    let vpc = aws(&fake, PROD, &["cloudfront", "get-vpc-origin", "--id", "vo_1"]).unwrap();
    let config = &vpc["VpcOrigin"]["VpcOriginEndpointConfig"];
    assert_eq!(config["OriginProtocolPolicy"], "match-viewer");
    assert_eq!(fake.calls()[1].params["ExternalId"], "xyzzy");
}

#[test]
fn faults_come_when_asked_for_and_pass() {
    if !tools::found(&["aws"]) {
        return;
    }
    let fake = Fake::start();
    let prod = fake.account(PROD);
    prod.add(sample()).fault_times("ListDistributions", Fault::AccessDenied, 1);
    let list = || aws(&fake, PROD, &["cloudfront", "list-distributions"]);
    assert!(list().unwrap_err().contains("(AccessDenied)"));
    assert!(list().is_ok());
    prod.fault("ListDistributions", Fault::Cut(900));
    assert!(list().is_err());
    let unknown = aws(&fake, "123123123123", &["cloudfront", "list-distributions"]).unwrap_err();
    assert!(unknown.contains("InvalidClientTokenId"), "{unknown}");
}

#[test]
fn an_update_is_whole_and_needs_the_etag() {
    if !tools::found(&["aws"]) {
        return;
    }
    let fake = Fake::start();
    let prod = fake.account(PROD);
    prod.add(sample());
    let read = aws(&fake, PROD, &["cloudfront", "get-distribution-config", "--id", "E1"]).unwrap();
    assert_eq!(read["ETag"], prod.etag("E1").as_str());
    let mut config = read["DistributionConfig"].clone();
    config["Comment"] = "changed".into();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.json");
    std::fs::write(&file, config.to_string()).unwrap();
    let file = format!("file://{}", file.display());
    let update = |etag: &str| {
        let base = ["cloudfront", "update-distribution", "--id", "E1", "--if-match", etag];
        aws(&fake, PROD, &[&base[..], &["--distribution-config", &file]].concat())
    };
    assert!(update("E0STALE").unwrap_err().contains("PreconditionFailed"));
    let updated = update(read["ETag"].as_str().unwrap()).unwrap();
    assert_eq!(updated["Distribution"]["DistributionConfig"]["Comment"], "changed");
    assert_eq!(updated["ETag"], prod.etag("E1").as_str());
    assert!(prod.config("E1").contains("hush"), "headers survive the round trip");
    let again = aws(&fake, PROD, &["cloudfront", "get-distribution", "--id", "E1"]).unwrap();
    assert_eq!(
        again["Distribution"]["DistributionConfig"],
        updated["Distribution"]["DistributionConfig"]
    );
}

#[test]
fn a_session_policy_binds() {
    if !tools::found(&["aws"]) {
        return;
    }
    let fake = Fake::start();
    fake.account(PROD).add(sample());
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudfront:ListDistributions"],"Resource":"*"}]}"#;
    let role = "arn:aws:iam::111122223333:role/Admin";
    let base = ["sts", "assume-role", "--role-arn", role, "--role-session-name", "me"];
    let assumed = aws(&fake, BASE_ACCOUNT, &[&base[..], &["--policy", policy]].concat()).unwrap();
    let session = |name: &str| assumed["Credentials"][name].as_str().unwrap().to_owned();
    let call = |operation: &[&str]| {
        let mut command = Command::new("aws");
        command.arg("cloudfront").args(operation).args(["--region", "us-east-1"]);
        command.envs(fake.env(BASE_ACCOUNT)).env("AWS_PAGER", "");
        command.env("AWS_ACCESS_KEY_ID", session("AccessKeyId"));
        command.env("AWS_SESSION_TOKEN", session("SessionToken"));
        command.output().unwrap().status.success()
    };
    assert!(call(&["list-distributions"]));
    assert!(!call(&["get-distribution", "--id", "E1"]));
}

#[test]
fn a_connection_that_the_client_wants_closed_is_closed_after_the_answer() {
    use std::io::{Read as _, Write as _};
    let fake = Fake::start();
    let address = fake.url().replace("http://", "");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    let get = "GET /2020-05-31/distribution HTTP/1.1\r\nHost: x\r\n";
    stream.write_all(format!("{get}\r\n{get}Connection: Close\r\n\r\n").as_bytes()).unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    assert_eq!(answers.matches("HTTP/1.1 403 ").count(), 2, "{answers}");
    assert_eq!(answers.matches("Connection: close\r\n").count(), 1, "{answers}");
}
