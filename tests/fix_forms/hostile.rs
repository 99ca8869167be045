//! Generated hostile values: Terraform and PyYAML read the templates and give the raw values
//! back, and nothing in a ticket gets out of its line.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use cf_tui::domain::fix::{self, Form};
use cf_tui::domain::text::is_plain;
use regex::Regex;
use serde_json::Value;

use crate::generated::{self, Hostile, PARTS};
use crate::tools;

fn count() -> usize {
    2_000
}

fn generated(count: usize) -> Vec<Hostile> {
    generated::generated(count, &PARTS)
}

/// A folder with the texts of a form, a file each, and the values that they hold. `None` stands
/// where no text may be built.
fn written(folder: &Path, form: Form, ending: &str) -> Vec<Option<Vec<(&'static str, String)>>> {
    let mut all = Vec::new();
    for (n, mut hostile) in generated(count()).into_iter().enumerate() {
        let built = fix::text(&hostile.sample.finding(), form);
        all.push(built.is_ok().then_some(hostile.values));
        if let Ok(text) = built {
            assert!(text.lines().all(is_plain), "{text}");
            std::fs::write(folder.join(format!("{n:04}.{ending}")), text).unwrap();
        }
    }
    assert!(all.iter().flatten().count() > count() - 20, "hardly one is refused");
    all
}

fn terraform(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new("terraform");
    command
        .current_dir(folder)
        .env("CHECKPOINT_DISABLE", "1")
        .env("TF_CLI_CONFIG_FILE", "/dev/null");
    command.args(arguments).output().unwrap()
}

#[test]
fn terraform_reads_hostile_values_as_they_are() {
    if !tools::optional("terraform") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let wanted = written(folder.path(), Form::Terraform, "tf");
    let ran = terraform(folder.path(), &["fmt", "-check", "-diff", "-no-color"]);
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout) + String::from_utf8_lossy(&ran.stderr)
    );

    // The literals of every file as one output, for Terraform to say what they stand for.
    let literal = Regex::new(
        r#"(?m)^ +(domain_name|origin_id|origin_path|path_pattern|target_origin_id) += (".*")$"#,
    )
    .unwrap();
    let mut output = "output \"x\" {\n  value = [\n".to_owned();
    let mut values = Vec::new();
    for (n, wanted) in wanted.into_iter().enumerate() {
        let Some(wanted) = wanted else { continue };
        let text = std::fs::read_to_string(folder.path().join(format!("{n:04}.tf"))).unwrap();
        let found: Vec<&str> =
            literal.captures_iter(&text).map(|c| c.get(2).unwrap().as_str()).collect();
        assert_eq!(found.len(), wanted.len(), "{text}");
        for literal in found {
            writeln!(output, "    {literal},").unwrap();
        }
        values.extend(wanted.into_iter().map(|(_, value)| value));
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("main.tf"), output + "  ]\n}\n").unwrap();
    let ran = terraform(folder.path(), &["apply", "-auto-approve", "-input=false", "-no-color"]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let ran = terraform(folder.path(), &["output", "-json", "x"]);
    let read: Vec<String> = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(read, values);
}

const READ_YAML: &str = "
import json, pathlib, sys, yaml
for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    print(json.dumps(yaml.safe_load(file.read_text(encoding='utf-8'))))
";

#[test]
fn yaml_gives_hostile_values_back_as_they_are() {
    if !tools::found(&["python3"]) {
        return;
    }
    let python = |arguments: &[&str]| Command::new("python3").args(arguments).output().unwrap();
    if !python(&["-c", "import yaml"]).status.success() {
        tools::lacking("python3 has no PyYAML, which comes with the AWS CLI from PyPI");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let wanted = written(folder.path(), Form::CloudFormation, "yaml");
    let ran = python(&["-c", READ_YAML, folder.path().to_str().unwrap()]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let stdout = String::from_utf8(ran.stdout).unwrap();
    let wanted: Vec<_> = wanted.into_iter().flatten().collect();
    assert_eq!(stdout.lines().count(), wanted.len());
    for (line, wanted) in stdout.lines().zip(wanted) {
        let template: Value = serde_json::from_str(line).unwrap();
        let config = &template["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
        let origin = &config["Origins"][0];
        let (default, ordered) = (&config["DefaultCacheBehavior"], &config["CacheBehaviors"][0]);
        let read = match wanted.len() {
            2 => vec![&origin["DomainName"], &origin["Id"]],
            3 => vec![
                &default["TargetOriginId"],
                &ordered["PathPattern"],
                &ordered["TargetOriginId"],
            ],
            _ => vec![
                &origin["DomainName"],
                &origin["Id"],
                &origin["OriginPath"],
                &default["TargetOriginId"],
            ],
        };
        let values: Vec<&String> = wanted.iter().map(|(_, value)| value).collect();
        assert_eq!(read, values, "{template}");
        let policy = &origin["CustomOriginConfig"]["OriginProtocolPolicy"];
        assert!(policy.is_null() || policy == "https-only", "{template}");
    }
}

/// The lines outside of fences, and the texts inside; panics at a fence that does not close.
fn taken_apart(ticket: &str) -> (Vec<&str>, Vec<String>) {
    let (mut outside, mut inside) = (Vec::new(), Vec::new());
    let mut lines = ticket.lines();
    while let Some(line) = lines.next() {
        match line.strip_suffix("sh").filter(|l| l.len() >= 3 && l.bytes().all(|b| b == b'`')) {
            None => outside.push(line),
            Some(fence) => {
                let closes = |l: &&str| l.trim_start().starts_with(fence);
                let text: Vec<&str> = lines.by_ref().take_while(|l| !closes(l)).collect();
                inside.push(text.join("\n"));
            }
        }
    }
    (outside, inside)
}

#[test]
fn a_ticket_holds_hostile_values_as_text() {
    let entity = Regex::new("&(?:lt|gt|amp|#32);").unwrap();
    let ours = Regex::new(r"https://console\.aws\.amazon\.com/cloudfront/v4/home\?region=us-east-1#/distributions/E2EXAMPLE").unwrap();
    let escaped = Regex::new(r"\\[\\`*_\[\]#|~!$@:.]").unwrap();
    let begins = Regex::new(r"^(?:# |## |[1-6]\. | +- |- )").unwrap();
    for mut hostile in generated(count()) {
        let finding = hostile.sample.finding();
        let ticket = fix::text(&finding, Form::Ticket).unwrap();
        assert!(ticket.lines().all(is_plain), "{ticket}");
        let (outside, inside) = taken_apart(&ticket);
        let cli = fix::text(&finding, Form::Cli).unwrap();
        assert_eq!(inside[0], cli);
        assert_eq!(inside.len(), fix::cases(&finding).len(), "{ticket}");
        for line in outside {
            let rest = begins.replace(line, "");
            let entry = !line.starts_with('#') && rest.len() < line.len();
            let markup = entry && rest.starts_with(['-', '+', '=', ' ']);
            assert!(!markup, "{line}");
            let rest = ours.replace_all(&rest, "");
            let rest = entity.replace_all(&rest, "");
            let rest = escaped.replace_all(&rest, "");
            assert!(
                !rest.contains(['<', '>', '&', '`', '*', '_', '[', ']', '#', '|', '@']),
                "{line}"
            );
            assert!(!rest.contains("://") && !rest.to_lowercase().contains("www."), "{line}");
        }
    }
}
