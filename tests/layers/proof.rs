//! That the checks can fail: small bad pieces of code, and good ones that look bad.

use std::collections::BTreeSet;

use crate::checks::{PURE, crates, impure, long, unlisted, upward, writes};
use crate::code::{Source, bare, test_modules};

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

fn known() -> BTreeSet<String> {
    let names =
        ["tokio", "aws_sdk_cloudfront", "clap", "crossterm", "ratatui", "directories", "reqwest"];
    names.iter().chain(&PURE).map(|name| (*name).to_owned()).collect()
}

#[test]
fn upward_imports_are_seen() {
    let bad = [
        ("domain/x.rs", "use crate::config::fleet::Fleet;"),
        ("domain/x.rs", "use crate::{domain::text, app::store};"),
        ("domain/x.rs", "use crate::{\n    domain::{text, ids},\n    ui::{a, b},\n};"),
        ("domain.rs", "pub use crate::app::store::Store;"),
        ("domain/x.rs", "fn f() -> crate::ui::Theme { todo!() }"),
        ("domain/x.rs", "fn f() { crate :: ui :: draw() }"),
        ("domain/x.rs", "use super::super::ui;"),
        ("domain/x/y.rs", "use super::super::super::app::store::Store;"),
        ("domain/x.rs", "fn f() { super::super::app::go() }"),
        ("domain/x.rs", "use self::super::super::app;"),
        ("domain/x.rs", "use crate as everything;"),
        ("domain/x.rs", "use crate::*;"),
        ("domain/x.rs", "use cf_tui::ui;"),
        ("domain/x.rs", "macro_rules! m { () => { $crate::ui::draw() } }"),
        ("config/x.rs", "use crate::inventory::report::Report;"),
        ("inventory/x.rs", "use crate::app::event::Event;"),
        ("export/x.rs", "use crate::config::fleet::Fleet;"),
        ("app/x.rs", "use crate::inventory::aws::Aws;"),
        ("app/x.rs", "use crate::inventory;"),
        ("app/x.rs", "use crate::inventory::{report::Report, demo};"),
        ("app/x.rs", "use crate::inventory::reporter::X;"),
        ("ui/x.rs", "use crate::shell::run;"),
        ("shell/x.rs", "use crate::cli::scan;"),
        ("util.rs", "fn f() {}"),
    ];
    for (name, text) in bad {
        assert!(!upward(&source(name, text)).is_empty(), "{name}: {text}");
    }
    let good = [
        ("domain/x.rs", "use crate::domain::text; use super::ids; use super::super::domain::ids;"),
        ("domain/x.rs", "// use crate::ui;\n/* crate::ui /* crate::app */ crate::ui */"),
        (
            "domain/x.rs",
            "const A: &str = \"crate::ui::x\"; const B: &str = r#\"\"crate::app::x\"#;",
        ),
        ("domain/x.rs", "const Q: char = '\"'; const U: &str = \"crate::ui\";"),
        ("domain/x.rs", "const Q: char = '\\''; fn f<'a>(x: &'a str) {} // crate::ui"),
        ("domain/x.rs", "#[cfg(test)]\nmod tests { use crate::ui::x; fn f() { { } } }"),
        ("domain/x.rs", "#[cfg(test)]\nmod tests;"),
        ("domain/x/y.rs", "pub(in crate::domain) fn f() {} use super::super::x;"),
        ("config/x.rs", "use crate::domain::{account::Account, ids};"),
        ("app/x.rs", "use crate::inventory::report::{Report, Stage};"),
        ("cli/x.rs", "use crate::{app, inventory::aws, shell::run, ui};"),
        ("lib.rs", "pub mod ui;"),
        ("main.rs", "fn main() { cf_tui::cli::run() }"),
    ];
    for (name, text) in good {
        assert_eq!(upward(&source(name, text)), Vec::<String>::new(), "{name}: {text}");
    }
    // After a test module the code goes on.
    let after = "#[cfg(test)]\nmod tests { fn f() {} }\nuse crate::ui::x;";
    assert_eq!(upward(&source("domain/x.rs", after)).len(), 1);
}

#[test]
fn crates_in_the_wrong_layer_are_seen() {
    let bad = [
        ("domain/x.rs", "use tokio::sync::mpsc;"),
        ("domain/x.rs", "fn f() { tokio::spawn(g()) }"),
        ("domain/x.rs", "use ::tokio as t;"),
        ("domain/x.rs", "extern crate tokio;"),
        ("domain/x.rs", "use serde_json::Value;"),
        ("app/x.rs", "use tokio::time::sleep;"),
        ("app/x.rs", "use crossterm::terminal::size;"),
        ("app/x.rs", "use crossterm;"),
        ("app/x.rs", "use ratatui::Frame;"),
        ("ui/x.rs", "use crossterm::execute;"),
        ("ui/x.rs", "use {regex::Regex, directories::ProjectDirs};"),
        ("config/x.rs", "use clap::Parser;"),
        ("shell/x.rs", "use aws_sdk_cloudfront::Client;"),
        ("cli/x.rs", "use aws_sdk_cloudfront::Client;"),
        ("cli/x.rs", "use reqwest::get;"),
    ];
    for (name, text) in bad {
        assert_eq!(crates(&source(name, text), &known()).len(), 1, "{name}: {text}");
    }
    let good = [
        ("domain/x.rs", "use serde::Serialize; use jiff::Timestamp; use regex::Regex;"),
        ("app/x.rs", "use crossterm::event::KeyEvent;"),
        ("inventory/aws/x.rs", "use aws_sdk_cloudfront::Client; use tokio::sync::mpsc;"),
        ("export/x.rs", "use serde_json::json; fn f() { csv::Writer::from_writer(g()) }"),
        ("domain/x.rs", "#[cfg(test)]\nmod tests { use serde_json::json; }"),
        ("domain/x.rs", "fn f() { crate::domain::tokio::x(); super::clap::y() }"),
    ];
    for (name, text) in good {
        assert_eq!(crates(&source(name, text), &known()), Vec::<String>::new(), "{name}: {text}");
    }
    assert!(unlisted("reqwest").is_some() && unlisted("aws_sdk_s3").is_some());
    assert!(unlisted("tokio").is_none() && unlisted("jiff").is_none());
}

#[test]
fn the_world_is_seen() {
    let bad = [
        "use std::fs;",
        "use std::{fmt, fs::File};",
        "use std::env::var;",
        "use std::process::Command;",
        "use std::net::TcpStream;",
        "use std::time::{Duration, Instant};",
        "use std::time::SystemTime;",
        "fn f() { std::thread::sleep(x) }",
        "fn f() { std::io::stdin().read(x) }",
        "fn f() { jiff::Timestamp::now() }",
        "fn f() { Timestamp::now() }",
        "fn f() { Instant::now() }",
    ];
    for text in bad {
        for name in ["app/x.rs", "domain/x.rs", "ui/x.rs", "config/x.rs", "export/x.rs"] {
            assert_eq!(impure(&source(name, text)).len(), 1, "{name}: {text}");
        }
        assert!(impure(&source("shell/x.rs", text)).is_empty());
    }
    let good = "use std::time::Duration; use std::io::Write; fn f() { Timestamp::UNIX_EPOCH; }";
    assert!(impure(&source("app/x.rs", good)).is_empty());
}

#[test]
fn writes_to_aws_are_seen() {
    let bad = [
        "fn f() { client.update_distribution().send() }",
        "fn f() { client\n    .delete_distribution()\n    .id(x) }",
        "fn f() { client . create_invalidation ( ) }",
        "fn f() { client.tag_resource() }",
        "fn f() { client.put_bucket_policy() }",
        "fn f() { client.get_function() }",
        "fn f() { sts.assume_role_with_saml() }",
        "use aws_sdk_cloudfront::operation::update_distribution::UpdateDistributionInput;",
        "fn f() { operation::update_distribution::go() }",
    ];
    for text in bad {
        for name in ["inventory/aws/x.rs", "shell/x.rs", "cli/x.rs"] {
            assert_eq!(writes(&source(name, text)).len(), 1, "{name}: {text}");
        }
    }
    let good = [
        "fn f() { client.list_distributions().send(); sts.assume_role(); x.get_mut(); }",
        "// client.update_distribution()\nconst A: &str = \"aws cloudfront.update_distribution()\";",
        "use aws_sdk_cloudfront::operation::list_distributions::ListDistributionsError;",
        "use aws_sdk_cloudfront::operation::RequestId;",
        "fn f() { model.update_filter(text) }",
    ];
    for text in good {
        assert_eq!(writes(&source("inventory/aws/x.rs", text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn long_files_are_seen() {
    assert!(long(&source("app/x.rs", &"x\n".repeat(400))).is_none());
    assert!(long(&source("app/x.rs", &"x\n".repeat(401))).is_some());
}

#[test]
fn code_is_blanked_at_its_place() {
    let text = "a // b\n\"c\\\"d\" 'e' '\\u{1}' 'f r\"g\" br#\"h\"i\"# /* j /* k */ l */ m ü";
    let code = bare(text);
    assert_eq!(code.len(), text.len());
    let words: Vec<&str> = code.split_whitespace().collect();
    assert_eq!(words, ["a", "'f", "m", "ü"]);
    let declares = source("shell/clipboard.rs", "#[cfg(test)]\npub(crate) mod fake;\nmod real;");
    assert_eq!(test_modules(&declares), ["shell/clipboard/fake"]);
    let root = source("inventory.rs", "#[cfg(test)]\nmod tests;");
    assert_eq!(test_modules(&root), ["inventory/tests"]);
}
