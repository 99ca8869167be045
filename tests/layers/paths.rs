//! The paths that a file names, in `use` trees and in code, resolved from the crate's root.

use std::sync::LazyLock;

use regex::Regex;

use crate::code::Source;

static USES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:use|extern\s+crate)\s+([^;]+);").unwrap());
static VISIBLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u)\bpub\s*\(\s*in\s+[\w:]+\s*\)").unwrap());
static INLINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u)[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)+").unwrap());

/// A path and the offset where it stands.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) offset: usize,
    pub(crate) path: Path,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Path {
    /// Of this crate, from its root; empty is the root itself.
    Own(Vec<String>),
    /// From anywhere else: a crate, or something in scope.
    Other(Vec<String>),
}

/// Every path of a file.
pub(crate) fn named(source: &Source) -> Vec<Named> {
    let mut code = source.code();
    let mut all = Vec::new();
    let mut trees = Vec::new();
    for found in USES.captures_iter(&code) {
        let tree = found.get(1).unwrap();
        let mut paths = Vec::new();
        expand(&[], tree.as_str(), &mut paths);
        all.extend(paths.into_iter().map(|path| (tree.start(), path)));
        trees.push(found.get(0).unwrap().range());
    }
    for range in trees {
        let blank = " ".repeat(range.len());
        code.replace_range(range, &blank);
    }
    // Visibility is no import.
    let code = VISIBLE.replace_all(&code, |found: &regex::Captures<'_>| " ".repeat(found[0].len()));
    for found in INLINE.find_iter(&code) {
        let path = found.as_str().split("::").map(|part| part.trim().to_owned()).collect();
        all.push((found.start(), path));
    }
    let module = source.module();
    let resolved =
        |(offset, path): (usize, Vec<String>)| Named { offset, path: resolve(&module, path) };
    all.into_iter().map(resolved).collect()
}

/// Expands a `use` tree into its paths.
fn expand(before: &[String], tree: &str, out: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    let (head, group) = match tree.find('{') {
        Some(open) => (&tree[..open], tree[open + 1..].rsplit_once('}').map(|(inner, _)| inner)),
        None => (tree, None),
    };
    let head = head.split(" as ").next().unwrap_or_default();
    let parts = head.split("::").map(str::trim).filter(|part| !part.is_empty());
    let mut path = before.to_vec();
    path.extend(parts.map(str::to_owned));
    match group {
        Some(inner) => branches(inner).into_iter().for_each(|branch| expand(&path, branch, out)),
        None => out.push(path),
    }
}

/// Splits a group at the commas that are not inside another group.
fn branches(inner: &str) -> Vec<&str> {
    let (mut depth, mut start) = (0, 0);
    let mut parts = Vec::new();
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

fn resolve(module: &[String], path: Vec<String>) -> Path {
    let up = path.iter().take_while(|part| *part == "super" || *part == "self").count();
    let supers = path[..up].iter().filter(|part| *part == "super").count();
    match path.first().map(String::as_str) {
        Some("crate" | "cf_tui") => Path::Own(path[1..].to_vec()),
        Some("super" | "self") => {
            let base = &module[..module.len().saturating_sub(supers)];
            Path::Own([base, &path[up..]].concat())
        }
        _ => Path::Other(path),
    }
}
