//! The documents say what the program does: blocks of README.md are made from it, and the files
//! that the documents name are there. If a block changed on purpose:
//! `CF_TUI_BLESS=1 cargo test --test readme`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cf_tui::app::filter::GRAMMAR;
use cf_tui::app::keymap::{Binding, Keymap};
use cf_tui::domain::exposure::Exposure;
use cf_tui::domain::verdict::traffic;
use cf_tui::inventory::aws::policy::session_policy;
use regex::Regex;

/// The README's fleet file.
const FLEET: &str = r#"[defaults]
source_profile = "audit"            # whose credentials assume the roles
role           = "CloudFrontAudit"  # a name, an ARN, a template, or a chain of roles
external_id    = { env = "CF_TUI_EXTERNAL_ID" }

[[accounts]]
account_id  = "111122223333"        # 12 digits, in quotes
name        = "shop-prod"
tags        = ["env:prod"]
fix_profile = "shop-prod-admin"     # only a name for copied commands; never used here

[[accounts]]
account_id = "444455556666"
name       = "legacy"
profile    = "legacy-readonly"      # a profile of ~/.aws as it is; nothing is assumed

[groups]
prod = ["*-prod", "tag:env:prod"]   # for --group prod
"#;

/// One that is wrong.
const MISTAKEN: &str = "[[accounts]]\naccount_id = \"1111-2222-3333\"\nrolle = \"Audit\"\n";

#[test]
fn the_readme_holds_what_the_program_says() {
    let path = root().join("README.md");
    let kept = std::fs::read_to_string(&path).unwrap();
    let mut made = kept.clone();
    for (name, block) in blocks() {
        made = with_block(&made, name, &block);
    }
    if std::env::var_os("CF_TUI_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    } else {
        assert!(made == kept, "the program changed: CF_TUI_BLESS=1 cargo test --test readme");
    }
}

#[test]
fn the_readme_tells_the_verdict_of_every_exposure() {
    let readme = read("README.md");
    let all = [
        Exposure::Plaintext,
        Exposure::PlaintextPossible,
        Exposure::Latent,
        Exposure::Broken,
        Exposure::Unknown,
        Exposure::EncryptedByViewer,
        Exposure::Encrypted,
    ];
    for exposure in all {
        let name = serde_json::to_value(exposure).unwrap();
        let begin = format!("| `{}` | ", name.as_str().unwrap());
        let row = readme.lines().find(|line| line.starts_with(&begin)).expect(&begin);
        let verdict = traffic(exposure, false);
        let end = format!(" | {} {} |", verdict.glyph(false), verdict.word());
        assert!(row.ends_with(&end), "{row}\nends not with {end}");
    }
}

#[test]
fn every_file_that_the_documents_name_is_there() {
    let named = Regex::new(r"\b(?:src|tests)/[A-Za-z0-9_./-]+").unwrap();
    for document in ["README.md", "ARCHITECTURE.md"] {
        let text = read(document);
        let paths: Vec<&str> =
            named.find_iter(&text).map(|found| found.as_str().trim_end_matches('.')).collect();
        assert!(!paths.is_empty(), "{document}");
        for path in paths {
            assert!(root().join(path).exists(), "{document} names {path}");
        }
    }
}

#[test]
fn the_readme_tells_the_coverage_of_the_demo() {
    let summary = Regex::new(r"[0-9.]+ % encrypted of [0-9.]+ % of the \d+ accounts").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let scan = said(folder.path(), "cf-tui scan --demo");
    let told = summary.find(&scan).expect("a table ends with its coverage").as_str();
    assert!(read("README.md").contains(&format!("`{told}`")), "the demo says {told}");
}

/// What stands between a block's marks, by the block's name.
fn blocks() -> [(&'static str, String); 9] {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("config.toml"), FLEET).unwrap();
    std::fs::write(place.path().join("fleet.toml"), MISTAKEN).unwrap();
    let console =
        |line: &str| fenced("console", &format!("$ {line}\n{}", said(place.path(), line)));
    [
        ("help", console("cf-tui --help")),
        ("fleet", fenced("toml", FLEET)),
        ("check", console("cf-tui check --config config.toml")),
        ("mistake", console("cf-tui check --config fleet.toml")),
        ("policy", fenced("json", &policy())),
        ("scan", console("cf-tui scan --demo --account shop-prod")),
        ("status", fenced("text", &statuses(&said(place.path(), "cf-tui scan --help")))),
        ("keys", keys()),
        ("filter", fenced("text", &grammar())),
    ]
}

/// What the program says: results, or else its error.
fn said(folder: &Path, line: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cf-tui"));
    command.args(line.split_whitespace().skip(1)).current_dir(folder).stdin(Stdio::null());
    command.env_clear().env("HOME", folder).env("CF_TUI_EXTERNAL_ID", "not-shown");
    let output = command.output().unwrap();
    let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    let text = String::from_utf8(text).unwrap();
    assert!(!text.contains("not-shown"), "{text}");
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn policy() -> String {
    let policy: serde_json::Value = serde_json::from_str(session_policy()).unwrap();
    serde_json::to_string_pretty(&policy).unwrap() + "\n"
}

/// The exit statuses of a help text.
fn statuses(help: &str) -> String {
    let from = help.lines().skip_while(|line| *line != "Exit status:").skip(1);
    let lines: Vec<&str> = from.take_while(|line| !line.is_empty()).collect();
    assert!(!lines.is_empty(), "{help}");
    lines.iter().map(|line| format!("{}\n", line.trim_start())).collect()
}

/// What a filter can say, in two columns.
fn grammar() -> String {
    let widest = GRAMMAR.iter().map(|(example, _)| example.len()).max().unwrap();
    let lines = GRAMMAR.iter().map(|(example, means)| format!("{example:<widest$}  {means}\n"));
    lines.collect()
}

fn keys() -> String {
    let mut table = "| keys | what they do | where |\n|---|---|---|\n".to_owned();
    let keymap = Keymap::embedded();
    let mut group = "";
    for binding in keymap.bindings() {
        if binding.group != group {
            group = &binding.group;
            writeln!(table, "| **{group}** | | |").unwrap();
        }
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        writeln!(table, "| {} | {} | {} |", keys.join(" "), binding.help, places(binding)).unwrap();
    }
    table
}

fn places(binding: &Binding) -> String {
    let name = |context| format!("{context:?}").to_lowercase();
    let names: Vec<String> = binding.contexts.iter().map(name).collect();
    if names.is_empty() { "everywhere".to_owned() } else { names.join(", ") }
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{text}```\n")
}

/// The text with this block between its marks.
fn with_block(text: &str, name: &str, block: &str) -> String {
    let begin = format!("<!-- made by tests/readme.rs: {name} -->\n");
    let (before, rest) = text.split_once(&begin).expect(&begin);
    let (_, after) = rest.split_once("<!-- end -->").expect("every block has an end");
    format!("{before}{begin}\n{block}\n<!-- end -->{after}")
}

fn read(document: &str) -> String {
    std::fs::read_to_string(root().join(document)).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
