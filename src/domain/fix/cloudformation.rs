//! The fix for a distribution that CloudFormation owns: the changed parts as YAML, in the keys of
//! `AWS::CloudFront::Distribution`, `::OriginAccessControl` and `::VpcOrigin`. CloudFormation
//! writes `OriginSSLProtocols`, a plain list, where the API has `OriginSslProtocols`.

use super::cases::policy_then;
use super::template::{Language, bucket, comment, headers, is_nonchar, rest_id, rest_of};
use super::{Case, NoFix, groups, open_behaviors, values};
use crate::domain::distribution::Behavior;
use crate::domain::finding::Finding;

/// CloudFormation.
pub(super) const LANGUAGE: Language = Language {
    keep: "Only what changes is shown: take it over into your own template, and keep the logical id and every property, list entry and their order that is not here.",
    body,
    refuse,
};

/// CloudFormation resolves `{{resolve:…}}` in any string, and knows no way to escape it: an
/// origin of that name would read a secret into the distribution.
fn refuse(finding: &Finding<'_>, case: Case) -> Result<(), NoFix> {
    // In any case, as the name of a bucket is put in small letters.
    let refers = |value: &str| value.to_ascii_lowercase().contains("{{resolve");
    match values(finding, case).iter().find(|(_, value)| refers(value)) {
        None => Ok(()),
        Some((name, value)) => Err(NoFix::NotCopyable(format!(
            "no template is built: CloudFormation would take the {name} for a dynamic reference and look it up: {value}"
        ))),
    }
}

fn body(finding: &Finding<'_>, case: Case) -> Vec<String> {
    let list = finding.ssl_protocols();
    match case {
        Case::HttpsOnly { .. } => resources(vec![origins(custom(finding, "https-only", list))]),
        Case::StrongTls => {
            let list = ["TLSv1.2".to_owned()];
            resources(vec![origins(custom(finding, policy_then(finding), &list))])
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

/// A scalar in double quotes, in which YAML knows JSON's escapes.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_nonchar(c) => out += &format!("\\U{:08X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn pair(key: &str, value: &str) -> String {
    format!("{key}: {}", string(value))
}

/// A key with what stands below it.
fn under(key: &str, lines: Vec<String>) -> Vec<String> {
    let mut all = vec![format!("{key}:")];
    all.extend(lines.iter().map(|line| format!("  {line}")));
    all
}

/// An entry of a list that is a mapping.
fn entry(lines: Vec<String>) -> Vec<String> {
    let mut mark = "- ";
    let marked = lines.iter().map(|line| format!("{}{line}", std::mem::replace(&mut mark, "  ")));
    marked.collect()
}

fn list(key: &str, values: &[String]) -> Vec<String> {
    under(key, values.iter().map(|value| format!("- {}", string(value))).collect())
}

fn resource(name: &str, kind: &str, properties: Vec<String>) -> Vec<String> {
    let mut lines = vec![pair("Type", kind)];
    lines.extend(under("Properties", properties));
    under(name, lines)
}

/// The part of a template with these keys of the distribution's configuration.
fn resources(config: Vec<Vec<String>>) -> Vec<String> {
    resources_with(Vec::new(), config)
}

fn resources_with(mut others: Vec<String>, config: Vec<Vec<String>>) -> Vec<String> {
    let config = under("DistributionConfig", config.concat());
    others.extend(resource("Distribution", "AWS::CloudFront::Distribution", config));
    under("Resources", others)
}

fn origins(origin: Vec<String>) -> Vec<String> {
    under("Origins", entry(origin))
}

fn names(domain: &str, id: &str) -> Vec<String> {
    vec![pair("Id", id), pair("DomainName", domain)]
}

fn custom(finding: &Finding<'_>, policy: &str, ssl_protocols: &[String]) -> Vec<String> {
    let origin = finding.origin;
    let (http, https) = origin.custom.as_ref().map_or((80, 443), |c| (c.http_port, c.https_port));
    let mut config = vec![
        format!("HTTPPort: {http}"),
        format!("HTTPSPort: {https}"),
        pair("OriginProtocolPolicy", policy),
    ];
    match ssl_protocols {
        [] => config.push(comment("Keep OriginSSLProtocols as it is: it was not read.")),
        protocols => config.extend(list("OriginSSLProtocols", protocols)),
    }
    let mut lines = names(&origin.domain, origin.id.as_str());
    lines.extend(under("CustomOriginConfig", config));
    lines
}

/// The default behavior and the ordered ones, with some of their properties.
fn behaviors(chosen: &[&Behavior], target: Option<&str>, policy: Option<&str>) -> Vec<String> {
    let properties = |b: &Behavior| {
        let mut lines: Vec<String> = b.path.iter().map(|path| pair("PathPattern", path)).collect();
        lines.push(pair("TargetOriginId", target.unwrap_or(b.target.as_str())));
        lines.extend(policy.map(|policy| pair("ViewerProtocolPolicy", policy)));
        lines
    };
    let (ordered, default): (Vec<&Behavior>, Vec<&Behavior>) =
        chosen.iter().partition(|b| b.path.is_some());
    let mut lines = Vec::new();
    lines.extend(default.first().map(|b| under("DefaultCacheBehavior", properties(b))));
    if !ordered.is_empty() {
        let entries: Vec<Vec<String>> = ordered.iter().map(|b| entry(properties(b))).collect();
        lines.push(under("CacheBehaviors", entries.concat()));
    }
    lines.concat()
}

fn redirect_viewers(finding: &Finding<'_>) -> Vec<String> {
    let open = open_behaviors(finding);
    if open.is_empty() {
        return vec![comment("No behavior routes to it now: there is nothing to set.")];
    }
    resources(vec![behaviors(&open, None, Some("redirect-to-https"))])
}

/// What the bucket's policy needs first; a bucket has one policy, so it is no resource here.
fn statement(finding: &Finding<'_>, domain: &str) -> Vec<String> {
    let objects = format!("arn:{}:s3:::{}/*", finding.account.partition.as_str(), bucket(domain));
    let mut lines = vec![comment(
        "First: add this statement to the bucket's own policy, and let the KMS key policy allow kms:Decrypt likewise where objects are under SSE-KMS.",
    )];
    let mut statement = vec![pair("Effect", "Allow")];
    statement.extend(under("Principal", vec![pair("Service", "cloudfront.amazonaws.com")]));
    statement.push(pair("Action", "s3:GetObject"));
    statement.push(pair("Resource", &objects));
    let source = vec![pair("AWS:SourceArn", &finding.distribution.arn)];
    statement.extend(under("Condition", under("StringEquals", source)));
    lines.extend(entry(statement).iter().map(|line| format!("#   {line}")));
    lines.push(comment("The origin access control is a new one: the signing of one that exists is never changed, as every origin that shares it would change."));
    lines
}

fn access_control(finding: &Finding<'_>) -> Vec<String> {
    let config = vec![
        pair("Name", &format!("{}-s3-always", finding.distribution.id.as_str())),
        pair("OriginAccessControlOriginType", "s3"),
        pair("SigningBehavior", "always"),
        pair("SigningProtocol", "sigv4"),
    ];
    let config = under("OriginAccessControlConfig", config);
    resource("SignAlways", "AWS::CloudFront::OriginAccessControl", config)
}

fn with_access(domain: &str, id: &str, path: &str) -> Vec<String> {
    let mut lines = names(domain, id);
    if !path.is_empty() {
        lines.push(pair("OriginPath", path));
    }
    lines.extend(under("S3OriginConfig", vec![pair("OriginAccessIdentity", "")]));
    lines.extend(under("OriginAccessControlId", list("Fn::GetAtt", &attribute("SignAlways"))));
    lines
}

fn attribute(resource: &str) -> [String; 2] {
    [resource.to_owned(), "Id".to_owned()]
}

fn sign_always(finding: &Finding<'_>) -> Vec<String> {
    let origin = finding.origin;
    let mut lines = statement(finding, &origin.domain);
    lines.push(comment("An OriginAccessIdentity goes away with it."));
    let origins = origins(with_access(&origin.domain, origin.id.as_str(), ""));
    lines.extend(resources_with(access_control(finding), vec![origins]));
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
    lines.extend(statement(finding, &rest));
    lines.push(comment(
        "The origin is a second one: the old one stays until all is deployed and serves well.",
    ));
    lines.extend(headers(finding).map(|names| {
        comment(&format!("Carry over what it still needs of the OriginCustomHeaders {names}."))
    }));
    lines.extend(groups(finding).map(|group| {
        comment(&format!("In the origin group {group} it takes the place of the old member."))
    }));
    let direct = finding.distribution.routes(origin).filter(|b| b.target == origin.id);
    let direct: Vec<&Behavior> = direct.collect();
    let config =
        vec![origins(with_access(&rest, &id, &origin.path)), behaviors(&direct, Some(&id), None)];
    lines.extend(resources_with(access_control(finding), config));
    lines
}

fn replace_vpc_origin(finding: &Finding<'_>, policy: &str, ssl: &[String]) -> Vec<String> {
    let Some(vpc) = &finding.origin.vpc else { return Vec::new() };
    let endpoint = vpc.endpoint.found();
    let (http, https) = endpoint.map_or((80, 443), |e| (e.http_port, e.https_port));
    let ssl = if ssl.is_empty() { &["TLSv1.2".to_owned()] } else { ssl };
    let mut config = vec![
        pair("Name", &format!("{}-tls", vpc.vpc_origin_id)),
        pair("Arn", endpoint.map_or("ARN-OF-THE-ENDPOINT", |e| e.arn.as_str())),
        format!("HTTPPort: {http}"),
        format!("HTTPSPort: {https}"),
        pair("OriginProtocolPolicy", policy),
    ];
    config.extend(list("OriginSSLProtocols", ssl));
    let config = under("VpcOriginEndpointConfig", config);
    let second = resource("SecondVpcOrigin", "AWS::CloudFront::VpcOrigin", config);
    let mut lines = vec![comment(&format!(
        "A second VPC origin: {} cannot be changed while a distribution uses it. It stays until this is deployed.",
        vpc.vpc_origin_id
    ))];
    let foreign = vpc.owner.as_ref().filter(|owner| *owner != finding.account.id.as_str());
    let id = match foreign {
        None => under("VpcOriginId", list("Fn::GetAtt", &attribute("SecondVpcOrigin"))),
        Some(owner) => {
            lines.push(comment(&format!("SecondVpcOrigin belongs into a template of account {owner}, which owns the VPC origin and shares it.")));
            vec![pair("VpcOriginId", "ID-OF-THE-SECOND-VPC-ORIGIN"), pair("OwnerAccountId", owner)]
        }
    };
    let mut origin = names(&finding.origin.domain, finding.origin.id.as_str());
    origin.extend(under("VpcOriginConfig", id));
    lines.extend(resources_with(second, vec![origins(origin)]));
    lines
}

fn remove(finding: &Finding<'_>) -> Vec<String> {
    let mut lines = vec![comment("Delete this entry from Origins of the distribution:")];
    let names = names(&finding.origin.domain, finding.origin.id.as_str());
    lines.extend(entry(names).iter().map(|line| format!("#   {line}")));
    lines.extend(
        groups(finding).map(|group| {
            comment(&format!("and the origin group {group}, which has it as a member."))
        }),
    );
    lines
}
