//! The key table and the manual page.

use std::process::{Command, Stdio};

use cf_tui::app::keymap::Keymap;
use cf_tui::app::palette::COMMANDS;
use regex::Regex;

use crate::run::Home;
use crate::tools;

#[test]
fn keys_lists_every_key_and_every_command() {
    let home = Home::new();
    let run = home.run("keys");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    for binding in Keymap::embedded().bindings() {
        let begins = format!("{}  ", binding.keys.join(", "));
        let line =
            run.stdout.lines().find(|l| l.starts_with(&begins) && l.ends_with(&binding.help));
        let line = line.unwrap_or_else(|| panic!("{begins}\n{}", run.stdout));
        let words: Vec<&str> = line.split("  ").map(str::trim).filter(|w| !w.is_empty()).collect();
        let wanted = [binding.action.name(), binding.places(), binding.help.clone()];
        assert_eq!(words[1..], wanted, "{line}");
    }
    for command in COMMANDS {
        assert!(run.stdout.contains(&format!("\n:{}  ", command.usage())), "{}", command.name);
    }
    assert!(home.files().is_empty());
}

#[test]
fn the_manual_page_has_its_sections_commands_and_keys() {
    let home = Home::new();
    let run = home.run("man");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.is_ascii());
    let headings = Regex::new(r#"(?m)^\.SH "?([^"\n]+)"?$"#).unwrap();
    let found: Vec<&str> =
        headings.captures_iter(&run.stdout).map(|c| c.get(1).unwrap().as_str()).collect();
    let wanted = [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "OPTIONS",
        "COMMON OPTIONS",
        "RECORDING",
        "COMMANDS",
        "KEYS",
        "EXIT STATUS",
        "FILES",
        "ENVIRONMENT",
        "EXAMPLES",
    ];
    assert_eq!(found, wanted);
    // What the short help lists, with the flags of each.
    let help = home.run("--help").stdout;
    let commands = help.lines().skip_while(|l| *l != "Commands:").skip(1);
    for line in commands.take_while(|l| !l.is_empty()) {
        let name = line.split_whitespace().next().unwrap();
        let section = format!(".SS cf\\-tui {}\n", name.replace('-', "\\-"));
        assert!(run.stdout.contains(&section), "{section}");
    }
    for flag in ["format", "trusted\\-principal", "latency", "sts"] {
        assert!(run.stdout.contains(&format!("\\-\\-{flag}")), "{flag}");
    }
    for binding in Keymap::embedded().bindings() {
        assert!(run.stdout.contains(&binding.help.replace('-', "\\-").replace('\'', "\\(aq")));
    }
    assert!(!run.stdout.contains(".SH EXTRA"));
}

#[test]
fn the_manual_page_names_the_variables_of_the_readme() {
    let page = Home::new().run("man").stdout;
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("\n## Environment\n").unwrap();
    let table = section.split("\n## ").next().unwrap();
    let variable = Regex::new(r"`([A-Z][A-Z0-9_]+)`").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let mut count = 0;
    for row in rows {
        let names = row.split(" | ").next().unwrap();
        for found in variable.captures_iter(names) {
            let name = found.get(1).unwrap().as_str();
            assert!(page.contains(name), "{name}");
            count += 1;
        }
    }
    assert!(count > 10, "{table}");
}

#[test]
fn man_shows_the_page_without_a_warning() {
    let page = Home::new().run("man").stdout;
    let formatters: [(&str, &[&str]); 3] = [
        ("man", &["--warnings", "-l"]),
        ("groff", &["-man", "-Tutf8", "-ww"]),
        ("mandoc", &["-T", "lint", "-W", "warning"]),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cf-tui.1");
    std::fs::write(&file, page).unwrap();
    for (tool, arguments) in formatters {
        if !tools::optional(tool) {
            continue;
        }
        let output = Command::new(tool)
            .args(arguments)
            .arg(&file)
            .env("LC_ALL", "C.UTF-8")
            .env("MANPAGER", "cat")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && said.is_empty(), "{tool}: {said}");
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(
            tool == "mandoc" || shown.contains("no colours, as --theme mono"),
            "{tool}: {shown}"
        );
    }
}
