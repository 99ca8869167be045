//! The architecture, kept by reading the sources: imports point only down, crates that do I/O
//! stand where they belong, what is pure stays pure, a file is one idea, and AWS is only read.
//!
//! The checks are text checks on code without comments and strings. That they can fail is
//! tested too, on small bad pieces of code.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

#[path = "layers/checks.rs"]
mod checks;
#[path = "layers/code.rs"]
mod code;
#[path = "layers/paths.rs"]
mod paths;
#[path = "layers/proof.rs"]
mod proof;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use code::{Source, test_modules};

/// Every source file, with its path from `src`.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|e| e == "rs") => files.push(path),
                false => {}
            }
        }
    }
    files.sort();
    let read = |file: &PathBuf| {
        let name = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        Source { name, text: fs::read_to_string(file).unwrap() }
    };
    files.iter().map(read).collect()
}

/// The sources that run: without the files that only tests are made of.
fn running() -> Vec<Source> {
    let all = sources();
    let tests: BTreeSet<String> = all.iter().flat_map(test_modules).collect();
    let is_test = |name: &str| {
        let module = name.trim_end_matches(".rs");
        tests.iter().any(|test| {
            module == test || module.strip_prefix(test).is_some_and(|rest| rest.starts_with('/'))
        })
    };
    all.into_iter().filter(|source| !is_test(&source.name)).collect()
}

/// The names of the dependencies as code writes them.
fn dependencies() -> BTreeSet<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
    let table = manifest["dependencies"].as_table().unwrap();
    table.keys().map(|name| name.replace('-', "_")).collect()
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn imports_point_only_down() {
    let sources = running();
    assert!(sources.len() > 20, "the sources are not there");
    none(sources.iter().flat_map(checks::upward).collect());
}

#[test]
fn crates_stand_where_they_belong() {
    let known = dependencies();
    none(known.iter().filter_map(|name| checks::unlisted(name)).collect());
    none(running().iter().flat_map(|source| checks::crates(source, &known)).collect());
}

#[test]
fn what_is_pure_stays_pure() {
    none(running().iter().flat_map(checks::impure).collect());
}

#[test]
fn aws_is_only_read() {
    let called: BTreeSet<String> = running().iter().flat_map(checks::operations).collect();
    none(running().iter().flat_map(checks::writes).collect());
    // Where AWS is called at all, the check sees it.
    let talks = running().iter().any(|source| source.name.starts_with("inventory/aws"));
    assert_eq!(talks, called.contains("list_distributions"), "{called:?}");
}

#[test]
fn a_file_is_one_idea() {
    none(sources().iter().filter_map(checks::long).collect());
}
