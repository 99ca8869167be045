//! What is checked, with the tables of the architecture.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::code::Source;
use crate::paths::{Path, named};

/// A layer and those that it may import. Of `inventory` the explorer sees only what it reports.
const LAYERS: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("config", &["domain"]),
    ("inventory", &["domain", "config"]),
    ("export", &["domain"]),
    ("app", &["domain", "config", "inventory::report", "export"]),
    ("ui", &["domain", "config", "inventory::report", "export", "app"]),
    ("shell", &["domain", "config", "inventory", "export", "app", "ui"]),
    ("cli", &["domain", "config", "inventory", "export", "app", "ui", "shell"]),
];

/// Crates that only compute: any layer may use them, but the domain keeps to its own few.
pub(crate) const PURE: [&str; 11] = [
    "csv",
    "futures_util",
    "jiff",
    "memchr",
    "regex",
    "serde",
    "serde_json",
    "toml",
    "unicode_general_category",
    "unicode_width",
    "xmlparser",
];

/// Crates that touch the world, or stand for a layer, and the layers that may use them.
const PLACED: [(&str, &[&str]); 21] = [
    ("aws_config", &["inventory"]),
    ("aws_credential_types", &["inventory"]),
    ("aws_runtime", &["inventory"]),
    ("aws_sdk_cloudfront", &["inventory"]),
    ("aws_sdk_sts", &["inventory"]),
    ("aws_smithy_http_client", &["inventory"]),
    ("aws_smithy_runtime_api", &["inventory"]),
    ("aws_smithy_types", &["inventory"]),
    ("aws_types", &["inventory"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("crossterm", &["app", "shell", "cli"]),
    ("directories", &["config"]),
    ("open", &["shell"]),
    ("ratatui", &["ui", "shell", "cli"]),
    ("rustix", &["shell", "cli"]),
    ("rustls", &["inventory"]),
    ("rustls_native_certs", &["inventory"]),
    ("tokio_rustls", &["inventory"]),
    ("webpki", &["inventory"]),
];

/// The runtime is in more places than one row holds.
const RUNTIME: (&str, &[&str]) = ("tokio", &["inventory", "shell", "cli"]);

/// The domain's few.
const DOMAIN: [&str; 6] =
    ["jiff", "memchr", "regex", "serde", "unicode_general_category", "unicode_width"];

/// What reads or changes the world, and where it may not stand.
const WORLD: [&str; 8] = [
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::io::std",
];
const WORLDLESS: [&str; 5] = ["domain", "config", "export", "app", "ui"];

/// The calls that exist for this program, as the SDK's clients spell them: the seven of the
/// session policy, and the two of STS.
const READS: [&str; 9] = [
    "list_distributions",
    "list_origin_access_controls",
    "get_vpc_origin",
    "get_distribution",
    "get_distribution_config",
    "list_tags_for_resource",
    "get_continuous_deployment_policy",
    "assume_role",
    "get_caller_identity",
];

/// The longest that a file may be.
const LINES: usize = 400;

/// A call without arguments that is named as AWS names its operations.
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "associate|assume|copy|create|decode|delete|describe|disassociate|get|list|publish\
                 |put|tag|test|untag|update|verify";
    Regex::new(&format!(r"(?-u)\.\s*((?:{verbs})_[a-z0-9_]+)\s*\(\s*\)")).unwrap()
});

fn at(source: &Source, offset: usize) -> String {
    format!("src/{}:{}", source.name, source.line(offset))
}

/// Imports that do not point down.
pub(crate) fn upward(source: &Source) -> Vec<String> {
    let layer = source.layer();
    let Some((_, below)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        // The root declares the layers, and main calls the topmost.
        let known = ["lib", "main"].contains(&layer);
        return if known {
            Vec::new()
        } else {
            vec![format!("src/{}: no such layer", source.name)]
        };
    };
    let mut found = Vec::new();
    for named in named(source) {
        let Path::Own(path) = named.path else { continue };
        let whole = path.join("::");
        let is_below = below.iter().any(|lower| {
            whole == *lower || whole.strip_prefix(lower).is_some_and(|rest| rest.starts_with("::"))
        });
        if path.first().is_none_or(|first| first != layer) && !is_below {
            found.push(format!(
                "{}: {layer} may not import `crate::{whole}`",
                at(source, named.offset)
            ));
        }
    }
    found
}

/// Crates in a layer that may not use them.
pub(crate) fn crates(source: &Source, known: &BTreeSet<String>) -> Vec<String> {
    let layer = source.layer();
    if ["lib", "main"].contains(&layer) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for named in named(source) {
        let Path::Other(path) = named.path else { continue };
        let name = path[0].as_str();
        if !known.contains(name) {
            continue;
        }
        let allowed = match layer {
            "domain" => DOMAIN.contains(&name),
            _ if PURE.contains(&name) => true,
            _ => placed(name).is_some_and(|layers| layers.contains(&layer)),
        };
        // Of crossterm the program's core knows the types of events, and nothing that acts.
        let acts =
            layer == "app" && name == "crossterm" && path.get(1).is_none_or(|p| p != "event");
        if !allowed || acts {
            found.push(format!(
                "{}: {layer} may not use `{}`",
                at(source, named.offset),
                path.join("::")
            ));
        }
    }
    found
}

fn placed(name: &str) -> Option<&'static [&'static str]> {
    let row = PLACED.iter().chain([&RUNTIME]).find(|(placed, _)| *placed == name);
    row.map(|(_, layers)| *layers)
}

/// A dependency that no table places.
pub(crate) fn unlisted(name: &str) -> Option<String> {
    let listed = PURE.contains(&name) || placed(name).is_some();
    (!listed).then(|| format!("Cargo.toml: `{name}` is in no table of tests/layers/checks.rs"))
}

/// What reads the world where the world comes in with the event.
pub(crate) fn impure(source: &Source) -> Vec<String> {
    let layer = source.layer();
    if !WORLDLESS.contains(&layer) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for named in named(source) {
        let Path::Other(path) = named.path else { continue };
        let whole = path.join("::");
        // `use std::{…}` of a whole module that holds more than it should is caught by its use.
        let world = WORLD.iter().any(|part| whole.starts_with(part))
            || path.len() > 1
                && ["Instant", "SystemTime", "Timestamp", "Zoned"]
                    .contains(&path[path.len() - 2].as_str())
                && path.last().is_some_and(|last| last == "now");
        if world {
            found.push(format!("{}: {layer} may not use `{whole}`", at(source, named.offset)));
        }
    }
    found
}

/// Every call without arguments that is named as AWS names its operations, in the layers that can
/// hold a client at all.
fn calls(source: &Source) -> Vec<(usize, String)> {
    if !["inventory", "shell", "cli"].contains(&source.layer()) {
        return Vec::new();
    }
    let code = source.code();
    let found = CALL.captures_iter(&code).map(|found| found.get(1).unwrap());
    // Of the standard library, of a regex's captures, and of clap's commands.
    let other = [
        "get_match",
        "get_mut",
        "get_ref",
        "get_after_help",
        "get_help_heading",
        "get_name",
        "get_subcommands",
    ];
    found
        .filter(|name| !other.contains(&name.as_str()))
        .map(|name| (name.start(), name.as_str().to_owned()))
        .collect()
}

/// The names of the calls of AWS that a file makes.
pub(crate) fn operations(source: &Source) -> Vec<String> {
    calls(source).into_iter().map(|(_, name)| name).collect()
}

/// Calls of AWS beyond those that read what a verdict needs, and types that belong to such.
pub(crate) fn writes(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (offset, name) in calls(source) {
        if !READS.contains(&name.as_str()) {
            found.push(format!("{}: `{name}` is not one of the calls", at(source, offset)));
        }
    }
    for named in named(source) {
        let Path::Other(path) = named.path else { continue };
        let Some(place) = path.iter().position(|part| part == "operation") else { continue };
        let of_sdk = path[0].starts_with("aws_sdk") || place == 0;
        if let Some(name) = path.get(place + 1).filter(|_| of_sdk)
            && !READS.contains(&name.as_str())
            && name != "RequestId"
        {
            found.push(format!("{}: `{name}` is not one of the calls", at(source, named.offset)));
        }
    }
    found
}

/// A file that is two ideas.
pub(crate) fn long(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    (lines > LINES).then(|| format!("src/{}: {lines} lines, and {LINES} are the most", source.name))
}
