//! The role of a member account, in every form: it allows the calls that the program makes and
//! no other, and lets in who was named and nobody else.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

#[path = "layers/checks.rs"]
#[allow(dead_code)]
mod checks;
#[path = "layers/code.rs"]
#[allow(dead_code)]
mod code;
#[path = "layers/paths.rs"]
#[allow(dead_code)]
mod paths;
mod tools;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cf_tui::inventory::aws::policy::session_policy;
use serde_json::{Value, json};

const ARN: &str = "arn:aws:iam::100000000001:role/path/Sec.Ops-1";
const ID: &str = "an:external/id=1";

/// Status, stdout and stderr.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cf-tui"));
    let output = command.arg("role-policy").args(arguments).env_clear().output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn printed(arguments: &[&str]) -> String {
    let (status, stdout, stderr) = run(arguments);
    assert_eq!((status, stderr.as_str()), (0, ""), "{arguments:?}");
    stdout
}

fn documents(arguments: &[&str]) -> Value {
    let arguments = [&["--format", "json", "--trusted-principal", ARN], arguments].concat();
    serde_json::from_str(&printed(&arguments)).unwrap()
}

/// The forms with everything given, and with nothing.
fn texts(format: &str) -> [String; 2] {
    let given = ["--format", format, "--trusted-principal", ARN, "--external-id", ID];
    [printed(&given), printed(&given[..2])]
}

fn actions() -> BTreeSet<String> {
    let policy: Value = serde_json::from_str(session_policy()).unwrap();
    let actions = policy["Statement"][0]["Action"].as_array().unwrap();
    actions.iter().map(|action| action.as_str().unwrap().to_owned()).collect()
}

/// `cloudfront:…` wherever it stands in a text.
fn named(text: &str) -> BTreeSet<String> {
    let action = regex::Regex::new("[a-z]+:[A-Z][A-Za-z]+").unwrap();
    action.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// The files of the inventory, which alone may hold a client of AWS.
fn inventory() -> Vec<code::Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.join("inventory")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                sources.push(code::Source { name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    sources
}

#[test]
fn it_allows_the_calls_that_the_program_makes() {
    let called: BTreeSet<String> = inventory().iter().flat_map(checks::operations).collect();
    assert!(called.contains("list_distributions"), "the check sees no call: {called:?}");
    let allowed: BTreeSet<String> = actions()
        .iter()
        .map(|action| action.strip_prefix("cloudfront:").unwrap().to_owned())
        .collect();
    // What STS is asked needs no permission of the role: who one is may be asked by everybody,
    // and to be assumed is the trust policy's to allow.
    for call in called
        .iter()
        .filter(|call| !["assume_role", "get_caller_identity"].contains(&call.as_str()))
    {
        let name: String =
            call.split('_').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect();
        assert!(allowed.contains(&name), "{name} is called, and no form allows it");
    }
}

#[test]
fn every_form_has_the_actions_of_the_session_policy_and_no_other() {
    let mut wanted = actions();
    wanted.insert("sts:AssumeRole".to_owned());
    let condition = BTreeSet::from(["sts:ExternalId".to_owned()]);
    for format in ["cloudformation", "terraform"] {
        for text in texts(format) {
            assert_eq!(&named(&text) - &condition, wanted, "{format}");
            assert!(!text.contains('\x1b') && text.ends_with('\n'), "{text}");
        }
    }
    let policy: Value = serde_json::from_str(session_policy()).unwrap();
    assert_eq!(documents(&[])["PermissionsPolicy"], policy);
}

#[test]
fn json_is_two_documents_as_iam_takes_them() {
    let mut statement = json!({
        "Effect": "Allow", "Principal": { "AWS": ARN }, "Action": "sts:AssumeRole",
    });
    let trust = |statement: &Value| json!({ "Version": "2012-10-17", "Statement": [statement] });
    let open = documents(&[]);
    assert_eq!(open["TrustPolicy"], trust(&statement));
    assert_eq!(open.as_object().unwrap().len(), 2);
    statement["Condition"] = json!({ "StringEquals": { "sts:ExternalId": ID } });
    assert_eq!(documents(&["--external-id", ID])["TrustPolicy"], trust(&statement));
}

#[test]
fn json_cannot_leave_open_who_is_trusted() {
    let (status, stdout, stderr) = run(&["--format", "json"]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.contains("--trusted-principal") && stderr.contains("for example arn:aws:iam::"));
    let account = regex::Regex::new("[0-9]{12}").unwrap();
    // No form has a made-up account in it that somebody could trust by mistake.
    for format in ["cloudformation", "terraform"] {
        let [given, open] = texts(format);
        assert!(given.contains(ARN) && !open.contains("100000000001"), "{open}");
        assert!(!account.is_match(&open), "{open}");
    }
}

#[test]
fn a_principal_that_would_be_wrong_is_refused() {
    for (arn, said) in [
        ("*", "wildcard"),
        ("arn:aws:iam::*:root", "wildcard"),
        ("100000000001", "no ARN"),
        ("arn:aws:sts::100000000001:assumed-role/SecOps/me", "session"),
        ("arn:aws-us-gov:iam::100000000001:root", "partition"),
        ("arn:aws:iam::1000:root", "not of an account's IAM"),
        ("arn:aws:s3:::bucket", "not of an account's IAM"),
        ("arn:aws:iam::100000000001:group/Admins", "role/NAME"),
        ("arn:aws:iam::100000000001:role/", "role/NAME"),
        ("arn:aws:iam::100000000001:role/a\"\n  x = \"${file(\"/etc/passwd\")}", "role/NAME"),
        ("arn:aws:iam::100000000001:role/a\u{202e}b\x1b[31m", "role/NAME"),
    ] {
        for format in ["json", "cloudformation", "terraform"] {
            let (status, stdout, stderr) = run(&["--format", format, "--trusted-principal", arn]);
            assert_eq!((status, stdout.as_str()), (2, ""), "{arn}");
            assert!(stderr.contains(said) && stderr.contains("for example"), "{stderr}");
            assert!(!stderr.contains('\x1b') && !stderr.contains('\u{202e}'), "{stderr}");
        }
    }
    for arn in ["arn:aws-cn:iam::100000000001:root", "arn:aws:iam::100000000001:user/ci"] {
        assert_eq!(run(&["--trusted-principal", arn]).0, 0, "{arn}");
    }
    for id in ["x", "with space", "\"", "${var.x}", &"x".repeat(1225)] {
        let (status, stdout, stderr) = run(&["--external-id", id]);
        assert_eq!((status, stdout.as_str()), (2, ""), "{id}");
        assert!(stderr.contains("AWS takes 2 to 1224"), "{stderr}");
        assert!(id.len() == 1 || !stderr.contains(id), "it is not repeated: {stderr}");
    }
}

fn terraform(folder: &Path, arguments: &[&str], input: &str) -> (bool, String) {
    use std::io::Write as _;
    let mut command = Command::new("terraform");
    command.args(arguments).current_dir(folder).env("HOME", folder).env("CHECKPOINT_DISABLE", "1");
    command.env_remove("TF_CLI_CONFIG_FILE");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), said + &String::from_utf8_lossy(&output.stderr))
}

#[test]
fn terraform_takes_it_and_makes_the_same_documents() {
    if !tools::found(&["terraform"]) {
        return;
    }
    for (text, arguments) in texts("terraform").into_iter().zip([&["--external-id", ID][..], &[]]) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("role.tf"), &text).unwrap();
        let (formatted, said) = terraform(folder.path(), &["fmt", "-check", "-diff"], "");
        assert!(formatted, "{said}\n{text}");
        // The two expressions alone, so that no provider is needed to evaluate them.
        let variables = text.split("resource ").next().unwrap();
        let expression = |name: &str| {
            let from = text.find(&format!("  {name} = jsonencode")).unwrap();
            let length = text[from..].find("\n  })\n").unwrap() + "\n  })\n".len();
            text[from..from + length].to_owned()
        };
        let locals = expression("assume_role_policy") + &expression("policy");
        std::fs::write(
            folder.path().join("role.tf"),
            format!("{variables}locals {{\n{locals}}}\n"),
        )
        .unwrap();
        let documents = documents(arguments);
        for (name, wanted) in
            [("assume_role_policy", "TrustPolicy"), ("policy", "PermissionsPolicy")]
        {
            let variable = format!("trusted_principal={ARN}");
            let asked = format!("local.{name}\n");
            let (fine, said) = terraform(folder.path(), &["console", "-var", &variable], &asked);
            assert!(fine, "{said}");
            let line = said.lines().find(|line| line.starts_with('"')).expect(&said);
            let json: String = serde_json::from_str(line).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), documents[wanted]);
        }
    }
}

#[test]
fn cloudformation_takes_it() {
    if !tools::found(&["cfn-lint"]) {
        return;
    }
    for text in texts("cloudformation") {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("role.yaml");
        std::fs::write(&file, &text).unwrap();
        let output = Command::new("cfn-lint").arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    }
}
