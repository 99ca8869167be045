//! The fix for a distribution that Terraform owns: the changed parts, in the schema of the AWS
//! provider (`aws_cloudfront_distribution`, `aws_cloudfront_origin_access_control`,
//! `aws_cloudfront_vpc_origin`), formatted as `terraform fmt` does.

use super::cases::policy_then;
use super::template::{Language, bucket, comment, headers, rest_id, rest_of};
use super::{Case, groups, open_behaviors};
use crate::domain::distribution::Behavior;
use crate::domain::finding::Finding;

/// Terraform.
pub(super) const LANGUAGE: Language = Language {
    keep: "Only what changes is shown: take it over into your own resource of this distribution, and keep its name and every argument and block that is not here.",
    body,
    refuse: |_, _| Ok(()),
};

const OAC: &str = "aws_cloudfront_origin_access_control";
const VPC_ORIGIN: &str = "aws_cloudfront_vpc_origin";

fn body(finding: &Finding<'_>, case: Case) -> Vec<String> {
    let list = finding.ssl_protocols();
    match case {
        Case::HttpsOnly { .. } => distribution(vec![custom(finding, "https-only", list)]),
        Case::StrongTls => {
            distribution(vec![custom(finding, policy_then(finding), &["TLSv1.2".to_owned()])])
        }
        Case::RedirectViewers { .. } => redirect_viewers(finding),
        Case::SignAlways => sign_always(finding),
        Case::LeaveWebsite { broken } => leave_website(finding, broken),
        Case::ReplaceVpcOrigin { .. } => replace_vpc_origin(finding, "https-only", list),
        Case::StrongTlsVpc => {
            replace_vpc_origin(finding, policy_then(finding), &["TLSv1.2".to_owned()])
        }
        Case::Remove => remove(finding),
        Case::NotKnown | Case::Nothing => Vec::new(),
    }
}

/// A string literal. `${` and `%{` would begin a template.
fn string(text: &str) -> String {
    let text = text.replace('\\', r"\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace("${", "$${").replace("%{", "%%{"))
}

fn strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|t| string(t)).collect();
    format!("[{}]", texts.join(", "))
}

/// Arguments that stand together: their `=` are one below the other.
fn arguments(pairs: &[(&str, String)]) -> Vec<String> {
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    pairs.iter().map(|(name, value)| format!("{name:<width$} = {value}")).collect()
}

/// Parts in braces, an empty line between them.
fn block(head: &str, parts: Vec<Vec<String>>) -> Vec<String> {
    let mut lines = vec![format!("{head} {{")];
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if lines.len() > 1 {
            lines.push(String::new());
        }
        lines.extend(part.iter().map(|l| match l.is_empty() {
            true => String::new(),
            false => format!("  {l}"),
        }));
    }
    lines.push("}".to_owned());
    lines
}

fn resource(kind: &str, name: &str, parts: Vec<Vec<String>>) -> Vec<String> {
    block(&format!("resource \"{kind}\" \"{name}\""), parts)
}

fn distribution(parts: Vec<Vec<String>>) -> Vec<String> {
    resource("aws_cloudfront_distribution", "this", parts)
}

fn names(domain: &str, id: &str) -> Vec<(&'static str, String)> {
    vec![("domain_name", string(domain)), ("origin_id", string(id))]
}

fn custom(finding: &Finding<'_>, policy: &str, ssl_protocols: &[String]) -> Vec<String> {
    let origin = finding.origin;
    let (http, https) = origin.custom.as_ref().map_or((80, 443), |c| (c.http_port, c.https_port));
    let mut pairs = vec![
        ("http_port", http.to_string()),
        ("https_port", https.to_string()),
        ("origin_protocol_policy", string(policy)),
    ];
    let mut unread = Vec::new();
    match ssl_protocols {
        [] => unread.push(comment("Keep origin_ssl_protocols as it is: it was not read.")),
        list => pairs.push(("origin_ssl_protocols", strings(list))),
    }
    let config = block("custom_origin_config", vec![arguments(&pairs), unread]);
    block("origin", vec![arguments(&names(&origin.domain, origin.id.as_str())), config])
}

/// The block of a behavior with some of its arguments.
fn behavior(behavior: &Behavior, target: &str, policy: Option<&str>) -> Vec<String> {
    let mut pairs = Vec::new();
    let mut head = "default_cache_behavior";
    if let Some(path) = &behavior.path {
        head = "ordered_cache_behavior";
        pairs.push(("path_pattern", string(path)));
    }
    pairs.push(("target_origin_id", string(target)));
    pairs.extend(policy.map(|policy| ("viewer_protocol_policy", string(policy))));
    block(head, vec![arguments(&pairs)])
}

fn redirect_viewers(finding: &Finding<'_>) -> Vec<String> {
    let open = open_behaviors(finding);
    if open.is_empty() {
        return vec![comment("No behavior routes to it now: there is nothing to set.")];
    }
    let policy = Some("redirect-to-https");
    distribution(open.iter().map(|b| behavior(b, b.target.as_str(), policy)).collect())
}

/// A new origin access control, and the statement that the bucket's policy needs first.
fn access(finding: &Finding<'_>, domain: &str) -> Vec<String> {
    let name = format!("{}-s3-always", finding.distribution.id.as_str());
    let control = arguments(&[
        ("name", string(&name)),
        ("origin_access_control_origin_type", string("s3")),
        ("signing_behavior", string("always")),
        ("signing_protocol", string("sigv4")),
    ]);
    let objects = format!("arn:{}:s3:::{}/*", finding.account.partition.as_str(), bucket(domain));
    let statement = block(
        "statement",
        vec![
            arguments(&[
                ("actions", strings(&["s3:GetObject".to_owned()])),
                ("resources", strings(&[objects])),
            ]),
            block(
                "principals",
                vec![arguments(&[
                    ("type", string("Service")),
                    ("identifiers", strings(&["cloudfront.amazonaws.com".to_owned()])),
                ])],
            ),
            block(
                "condition",
                vec![arguments(&[
                    ("test", string("StringEquals")),
                    ("variable", string("AWS:SourceArn")),
                    ("values", strings(std::slice::from_ref(&finding.distribution.arn))),
                ])],
            ),
        ],
    );
    let mut lines = vec![comment(
        "First: add this statement to the bucket's own policy, and let the KMS key policy allow kms:Decrypt likewise where objects are under SSE-KMS.",
    )];
    lines.extend(block("data \"aws_iam_policy_document\" \"cloudfront\"", vec![statement]));
    lines.push(String::new());
    lines.push(comment("A new one: the signing of one that exists is never changed, as every origin that shares it would change."));
    lines.extend(resource(OAC, "always", vec![control]));
    lines.push(String::new());
    lines
}

fn with_access(domain: &str, id: &str, path: &str) -> Vec<String> {
    let mut pairs = names(domain, id);
    if !path.is_empty() {
        pairs.push(("origin_path", string(path)));
    }
    pairs.push(("origin_access_control_id", format!("{OAC}.always.id")));
    block("origin", vec![arguments(&pairs)])
}

fn sign_always(finding: &Finding<'_>) -> Vec<String> {
    let origin = finding.origin;
    let mut lines = access(finding, &origin.domain);
    lines.push(comment("An s3_origin_config with an origin_access_identity goes away with it."));
    lines.extend(distribution(vec![with_access(&origin.domain, origin.id.as_str(), "")]));
    lines
}

fn leave_website(finding: &Finding<'_>, broken: bool) -> Vec<String> {
    let origin = finding.origin;
    let rest = rest_of(finding);
    let id = rest_id(finding, &rest);
    let mut lines = vec![comment(match broken {
        true => "CloudFront answers 502 now: an S3 website endpoint has no TLS.",
        false => "Never https-only: an S3 website endpoint has no TLS, and the site would go down.",
    })];
    lines.extend(access(finding, &rest));
    lines
        .push(comment("A second origin. The old one stays until all is deployed and serves well."));
    lines.extend(headers(finding).map(|names| {
        comment(&format!("Carry over what it still needs of the custom_header blocks {names}."))
    }));
    lines.extend(groups(finding).map(|group| {
        comment(&format!("In the origin_group {group} it takes the place of the old member."))
    }));
    let mut parts = vec![with_access(&rest, &id, &origin.path)];
    let routes = finding.distribution.routes(origin).filter(|b| b.target == origin.id);
    parts.extend(routes.map(|b| behavior(b, &id, None)));
    lines.extend(distribution(parts));
    lines
}

fn replace_vpc_origin(finding: &Finding<'_>, policy: &str, ssl: &[String]) -> Vec<String> {
    let Some(vpc) = &finding.origin.vpc else { return Vec::new() };
    let endpoint = vpc.endpoint.found();
    let (http, https) = endpoint.map_or((80, 443), |e| (e.http_port, e.https_port));
    let arn = endpoint.map_or("ARN-OF-THE-ENDPOINT", |e| e.arn.as_str());
    let foreign = vpc.owner.as_ref().filter(|owner| *owner != finding.account.id.as_str());
    let ssl = if ssl.is_empty() { &["TLSv1.2".to_owned()] } else { ssl };
    let config = block(
        "vpc_origin_endpoint_config",
        vec![
            arguments(&[
                ("name", string(&format!("{}-tls", vpc.vpc_origin_id))),
                ("arn", string(arn)),
                ("http_port", http.to_string()),
                ("https_port", https.to_string()),
                ("origin_protocol_policy", string(policy)),
            ]),
            block(
                "origin_ssl_protocols",
                vec![arguments(&[("items", strings(ssl)), ("quantity", ssl.len().to_string())])],
            ),
        ],
    );
    let mut lines = vec![comment(&format!(
        "A second VPC origin: {} cannot be changed while a distribution uses it. It stays until this is deployed.",
        vpc.vpc_origin_id
    ))];
    lines.extend(foreign.map(|owner| {
        comment(&format!("It belongs into the configuration of account {owner}, which owns the VPC origin and shares it."))
    }));
    lines.extend(resource(VPC_ORIGIN, "second", vec![config]));
    lines.push(String::new());
    let mut id = vec![("vpc_origin_id", format!("{VPC_ORIGIN}.second.id"))];
    if let Some(owner) = foreign {
        id = vec![
            ("vpc_origin_id", string("ID-OF-THE-SECOND-VPC-ORIGIN")),
            ("owner_account_id", string(owner)),
        ];
    }
    let names = names(&finding.origin.domain, finding.origin.id.as_str());
    let config = block("vpc_origin_config", vec![arguments(&id)]);
    lines.extend(distribution(vec![block("origin", vec![arguments(&names), config])]));
    lines
}

fn remove(finding: &Finding<'_>) -> Vec<String> {
    let mut lines = vec![comment("Delete this block from the resource of the distribution:")];
    let names = names(&finding.origin.domain, finding.origin.id.as_str());
    let origin = block("origin", vec![arguments(&names)]);
    lines.extend(origin.iter().map(|line| format!("#   {line}")));
    lines.extend(
        groups(finding).map(|group| {
            comment(&format!("and the origin_group {group}, which has it as a member."))
        }),
    );
    lines
}
