//! `scan --format csv`: the findings of the JSON format as one row each, under the same names.

use super::Scan;
use crate::domain::finding::Finding;
use crate::domain::rule::{self, Clause, Rule};
use crate::domain::text::escape;
use crate::domain::verdict::Lens;

const HEADER: [&str; 27] = [
    "account_id",
    "account_name",
    "distribution_id",
    "distribution_arn",
    "distribution_domain",
    "aliases",
    "enabled",
    "staging",
    "status",
    "last_modified",
    "etag",
    "origin_id",
    "origin_domain",
    "origin_kind",
    "origin_protocol_policy",
    "origin_ssl_protocols",
    "routes",
    "rule",
    "rule_clause",
    "distribution_rule",
    "exposure",
    "plaintext_paths",
    "weak_tls",
    "edge_rewrite",
    "gap",
    "verdict",
    "reason",
];

/// A header line and one row per finding. Lists are joined with a blank, paths and routes with
/// `; `. Coverage has no place in it: the caller tells which accounts are missing.
pub fn csv(scan: &Scan<'_>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER).expect("memory takes every record");
    for finding in &scan.findings {
        let row = row(finding, scan.lens);
        writer.write_record(row.iter().map(|cell| safe(cell))).expect("rows have equal lengths");
    }
    let bytes = writer.into_inner().expect("memory can be flushed");
    String::from_utf8(bytes).expect("every cell was text")
}

fn row(finding: &Finding<'_>, lens: Lens) -> [String; HEADER.len()] {
    let Finding { account, distribution, origin, assessment } = *finding;
    [
        account.id.as_str().to_owned(),
        account.name.clone(),
        distribution.id.as_str().to_owned(),
        distribution.arn.clone(),
        distribution.domain.clone(),
        distribution.aliases.join(" "),
        distribution.enabled.to_string(),
        distribution.staging.to_string(),
        distribution.status.clone(),
        distribution.last_modified.map(|at| at.to_string()).unwrap_or_default(),
        distribution.etag.clone().unwrap_or_default(),
        origin.id.as_str().to_owned(),
        origin.domain.clone(),
        name(&assessment.kind),
        finding.protocol().unwrap_or_default().to_owned(),
        finding.ssl_protocols().join(" "),
        routes(finding),
        rule_name(assessment.rule),
        assessment.clause.as_ref().map(name::<Clause>).unwrap_or_default(),
        rule_name(rule::of_distribution(distribution).0),
        name(&assessment.exposure),
        finding.plaintext_paths().join("; "),
        assessment.weak_tls.join(" "),
        assessment.edge_rewrite.to_string(),
        assessment.gap().to_string(),
        assessment.verdict(lens).name().to_owned(),
        finding.reason(),
    ]
}

fn routes(finding: &Finding<'_>) -> String {
    let routes = finding.distribution.routes(finding.origin).map(|behavior| {
        let via = match finding.distribution.group_of(behavior, finding.origin) {
            Some(group) => format!(" via {}", group.id.as_str()),
            None => String::new(),
        };
        format!("{} {}{via}", behavior.path(), behavior.viewer.as_str())
    });
    routes.collect::<Vec<_>>().join("; ")
}

fn rule_name(rule: Rule) -> String {
    name(&rule)
}

/// The contract's name of an enum value, the one that JSON has.
fn name<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => unreachable!("plain enums serialise as their name, not as {other:?}"),
    }
}

/// Harmless for a terminal, and for a spreadsheet, which would run a cell that begins like a
/// formula (OWASP, "CSV Injection"; the wide forms are read so by East Asian editions).
fn safe(cell: &str) -> String {
    let first = cell.trim_start_matches(' ').chars().next();
    let shown = escape(cell);
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{shown}")
        }
        _ => shown.into_owned(),
    }
}
