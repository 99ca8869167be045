//! Generated hostile values: Terraform and PyYAML read the templates and give the raw values
//! back, and nothing in a ticket gets out of its line.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use cf_tui::domain::fix::{self, Form};
use cf_tui::domain::text::is_plain;
use regex::Regex;
use serde_json::Value;

use crate::findings::{Sample, behavior, custom, group, s3, vpc};
use crate::tools;

const PARTS: [&str; 56] = [
    "\"",
    "\\",
    "${",
    "%{",
    "$${",
    "%%{",
    "}",
    "'",
    "`",
    "```",
    "````",
    "#",
    "//",
    "/*",
    "*/",
    ": ",
    "- ",
    "{{",
    "<<EOF",
    "<b>",
    "-->",
    "é",
    "日本",
    "🎉",
    "\u{ffff}",
    "\u{fdd0}",
    " ",
    "&a",
    "*a",
    "!x",
    "|",
    ">",
    "@",
    "~",
    "null",
    "true",
    "${file(\"/etc/passwd\")}",
    "%{ if true }x",
    "\\u0024{",
    "\\n",
    "-x",
    "=",
    "?",
    "[",
    "]",
    ",",
    "{",
    "$",
    "%",
    "<script>",
    "&lt;",
    "[x](https://evil.example)",
    "www.evil.example",
    "12. ",
    "$(id)",
    "!Sub ",
];

/// What a comment may hold too, where it is escaped.
const CONTROLS: [&str; 7] =
    ["\n", "\r\nresource \"x\" \"y\" {", "\u{1b}[31m", "\u{202e}", "\u{2028}", "\u{85}", "\t"];

/// The same texts in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn text(&mut self, parts: &[&str]) -> String {
        (0..=self.below(5)).map(|_| parts[self.below(parts.len())]).collect()
    }
}

/// A finding of hostile values, and the pairs that its template must give back in this order.
struct Hostile {
    sample: Sample,
    values: Vec<(&'static str, String)>,
}

fn generated(count: usize) -> Vec<Hostile> {
    let mut dice = Dice(17);
    (0..count).map(|n| one(&mut dice, n)).collect()
}

fn one(dice: &mut Dice, n: usize) -> Hostile {
    let (id, path) = (dice.text(&PARTS), dice.text(&PARTS));
    let domain = dice.text(&PARTS) + "x";
    let mut origin = match n % 5 {
        0 => custom(&id, &domain, "match-viewer", &["TLSv1", "TLSv1.2"]),
        1 => s3(&id),
        2 => vpc(&id, "match-viewer", &["TLSv1.2"]),
        3 => custom(&id, &domain, "http-only", &[]),
        _ => custom(&id, &domain, "https-only", &["TLSv1.1"]),
    };
    let (group_id, origin_path) = (dice.text(&PARTS), dice.text(&PARTS));
    origin.path.clone_from(&origin_path);
    origin.domain = match n % 5 {
        3 => format!("{domain}.s3-website-eu-west-1.amazonaws.com"),
        _ => domain.clone(),
    };
    if let Some(vpc) = origin.vpc.as_mut().filter(|_| n.is_multiple_of(2)) {
        vpc.owner = Some(dice.text(&PARTS));
        vpc.vpc_origin_id = dice.text(&PARTS);
    }
    let names = [PARTS.as_slice(), &CONTROLS].concat();
    let (name, comment) = (dice.text(&names), dice.text(&names));
    let mut sample = Sample::of(origin).with(|d| {
        d.behaviors.push(behavior(Some(&path), &group_id, "allow-all"));
        d.groups = vec![group(&group_id, &[&id, "other"])];
        d.comment = comment.clone();
        d.domain = comment;
    });
    sample.account.name = name;
    let rest = format!("{}.s3.eu-west-1.amazonaws.com", domain.to_ascii_lowercase());
    let values = match n % 5 {
        1 => vec![("target", id), ("path", path), ("target", group_id)],
        3 => vec![
            ("domain", rest.clone()),
            ("id", rest.clone()),
            ("path", origin_path),
            ("target", rest),
        ],
        _ => vec![("domain", domain), ("id", id)],
    };
    Hostile { sample, values }
}

fn count() -> usize {
    2_000
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
