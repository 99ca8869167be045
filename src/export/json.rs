//! `scan --format json`, version 1. Field names and enum values are a contract: additions only.

use jiff::Timestamp;
use serde::Serialize;

use super::{AccountRow, Scan};
use crate::domain::distribution::Behavior;
use crate::domain::endpoint::OriginKind;
use crate::domain::exposure::Exposure;
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::domain::finding::Finding;
use crate::domain::rule::{self, Clause, Rule};
use crate::domain::tally::{AccountState, Coverage};
use crate::domain::text::escape_json;
use crate::domain::verdict::{Lens, Verdict};

/// The version of the contract.
const VERSION: u32 = 1;

/// A whole scan, indented, with a line feed at its end.
pub fn json(scan: &Scan<'_>) -> String {
    let document = Document {
        version: VERSION,
        generated_at: format!("{:.0}", scan.generated_at),
        lens: scan.lens,
        coverage: scan.coverage,
        accounts: scan.accounts.iter().map(account).collect(),
        findings: scan.findings.iter().map(|f| finding(f, scan.lens)).collect(),
    };
    let mut text = pretty(&document);
    text.push('\n');
    text
}

/// One finding as it stands in a scan, indented, without a line feed at its end.
pub fn finding_json(one: &Finding<'_>, lens: Lens) -> String {
    pretty(&finding(one, lens))
}

fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value)
        .expect("structs of text, numbers and lists always serialise");
    escape_json(&text).into_owned()
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    generated_at: String,
    lens: Lens,
    coverage: Coverage,
    accounts: Vec<JsonAccount<'a>>,
    findings: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonAccount<'a> {
    account_id: &'a str,
    name: &'a str,
    state: AccountState,
    distributions: usize,
    origins: usize,
    error: Option<JsonError<'a>>,
}

#[derive(Serialize)]
struct JsonError<'a> {
    step: Step,
    kind: FaultKind,
    message: &'a str,
    hint: &'a str,
    request_id: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    account_id: &'a str,
    account_name: &'a str,
    distribution_id: &'a str,
    distribution_arn: &'a str,
    distribution_domain: &'a str,
    aliases: &'a [String],
    enabled: bool,
    staging: bool,
    status: &'a str,
    last_modified: Option<Timestamp>,
    etag: Option<&'a str>,
    origin_id: &'a str,
    origin_domain: &'a str,
    origin_kind: OriginKind,
    origin_protocol_policy: Option<&'static str>,
    origin_ssl_protocols: &'a [String],
    routes: Vec<JsonRoute<'a>>,
    rule: Rule,
    rule_clause: Option<Clause>,
    distribution_rule: Rule,
    exposure: Exposure,
    plaintext_paths: Vec<&'a str>,
    weak_tls: &'a [String],
    edge_rewrite: bool,
    gap: bool,
    verdict: Verdict,
    reason: String,
}

#[derive(Serialize)]
struct JsonRoute<'a> {
    path: &'a str,
    viewer_protocol_policy: &'a str,
    via_group: Option<&'a str>,
}

fn account<'a>(row: &AccountRow<'a>) -> JsonAccount<'a> {
    JsonAccount {
        account_id: row.account.id.as_str(),
        name: &row.account.name,
        state: row.state,
        distributions: row.distributions,
        origins: row.origins,
        error: row.fault.map(error),
    }
}

fn error(fault: &Fault) -> JsonError<'_> {
    JsonError {
        step: fault.step,
        kind: fault.kind,
        message: &fault.message,
        hint: &fault.hint,
        request_id: fault.request_id.as_deref(),
    }
}

fn finding<'a>(finding: &Finding<'a>, lens: Lens) -> JsonFinding<'a> {
    let Finding { account, distribution, origin, assessment } = *finding;
    JsonFinding {
        account_id: account.id.as_str(),
        account_name: &account.name,
        distribution_id: distribution.id.as_str(),
        distribution_arn: &distribution.arn,
        distribution_domain: &distribution.domain,
        aliases: &distribution.aliases,
        enabled: distribution.enabled,
        staging: distribution.staging,
        status: &distribution.status,
        last_modified: distribution.last_modified,
        etag: distribution.etag.as_deref(),
        origin_id: origin.id.as_str(),
        origin_domain: &origin.domain,
        origin_kind: assessment.kind,
        origin_protocol_policy: finding.protocol(),
        origin_ssl_protocols: finding.ssl_protocols(),
        routes: distribution.routes(origin).map(|behavior| route(finding, behavior)).collect(),
        rule: assessment.rule,
        rule_clause: assessment.clause,
        distribution_rule: rule::of_distribution(distribution).0,
        exposure: assessment.exposure,
        plaintext_paths: finding.plaintext_paths(),
        weak_tls: &assessment.weak_tls,
        edge_rewrite: assessment.edge_rewrite,
        gap: assessment.gap(),
        verdict: assessment.verdict(lens),
        reason: finding.reason(),
    }
}

fn route<'a>(finding: &Finding<'a>, behavior: &'a Behavior) -> JsonRoute<'a> {
    let group = finding.distribution.group_of(behavior, finding.origin);
    JsonRoute {
        path: behavior.path(),
        viewer_protocol_policy: behavior.viewer.as_str(),
        via_group: group.map(|group| group.id.as_str()),
    }
}
