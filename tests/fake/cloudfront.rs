//! CloudFront's REST-XML 2020-05-31.

use std::collections::BTreeMap;

use super::Fault;
use super::answer::{Answer, Asked, Good, Refusal};
use super::build::Stored;
use super::http::Request;
use super::state::{AccountState, Quantity, State};
use super::vpc_origin;
use super::xml::{CLOUDFRONT, document, list, quantity_and_items, text, wrap};

pub(super) const MODIFIED: &str = "2026-01-02T03:04:05.678Z";

/// The children of DistributionConfig that a DistributionSummary repeats.
const BEFORE_COMMENT: [&str; 6] = [
    "Aliases",
    "Origins",
    "OriginGroups",
    "DefaultCacheBehavior",
    "CacheBehaviors",
    "CustomErrorResponses",
];
const FROM_COMMENT: [&str; 10] = [
    "Comment",
    "PriceClass",
    "Enabled",
    "ViewerCertificate",
    "Restrictions",
    "WebACLId",
    "HttpVersion",
    "IsIPV6Enabled",
    "Staging",
    "ConnectionMode",
];

/// The operation that a path names, and what it is about.
pub(super) fn asked(request: &Request) -> Option<(&'static str, BTreeMap<String, String>)> {
    let path = request.path.strip_prefix("/2020-05-31/")?;
    let parts: Vec<&str> = path.split('/').collect();
    let (operation, id) = match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["distribution"]) => ("ListDistributions", None),
        ("GET", ["distribution", id]) => ("GetDistribution", Some(*id)),
        ("GET", ["distribution", id, "config"]) => ("GetDistributionConfig", Some(*id)),
        ("PUT", ["distribution", id, "config"]) => ("UpdateDistribution", Some(*id)),
        ("GET", ["origin-access-control"]) => ("ListOriginAccessControls", None),
        ("GET", ["vpc-origin", id]) => ("GetVpcOrigin", Some(*id)),
        ("GET", ["continuous-deployment-policy", id]) => {
            ("GetContinuousDeploymentPolicy", Some(*id))
        }
        ("PUT", ["vpc-origin", id]) => ("UpdateVpcOrigin", Some(*id)),
        ("DELETE", ["vpc-origin", id]) => ("DeleteVpcOrigin", Some(*id)),
        ("GET", ["tagging"]) => ("ListTagsForResource", None),
        _ => return None,
    };
    let given = [
        ("Id", id),
        ("Resource", request.parameter("Resource")),
        ("Marker", request.parameter("Marker")),
        ("MaxItems", request.parameter("MaxItems")),
        ("IfMatch", request.header("if-match")),
    ];
    let params = given
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
        .collect();
    Some((operation, params))
}

/// Does it.
pub(super) fn answer(
    state: &mut State,
    asked: &Asked,
    request: &Request,
    fault: Option<&Fault>,
) -> Answer {
    let id = asked.params.get("Id").map_or("", String::as_str);
    if let Some(Fault::ChangedMeanwhile) = fault {
        state.change_meanwhile(&asked.account, id);
    }
    match asked.operation {
        "UpdateDistribution" => return update(state, asked, id, request),
        "UpdateVpcOrigin" | "DeleteVpcOrigin" => {
            return vpc_origin::change(state, asked, id, request);
        }
        _ => {}
    }
    let account = state.accounts.get(&asked.account).expect("the caller was identified");
    match asked.operation {
        "ListDistributions" => {
            let items: Vec<(&str, String)> =
                account.distributions.iter().map(|d| (d.id.as_str(), summary(d))).collect();
            page(state, asked, "DistributionList", &items, fault)
        }
        "ListOriginAccessControls" => {
            let items: Vec<(&str, String)> =
                account.oacs.iter().map(|(id, signing)| (id.as_str(), oac(id, signing))).collect();
            page(state, asked, "OriginAccessControlList", &items, fault)
        }
        "GetVpcOrigin" => vpc_origin::get(account, asked, id),
        "GetContinuousDeploymentPolicy" => deployment(account, id),
        "ListTagsForResource" => tags(account, asked),
        "GetDistribution" => found(account, id).map(|d| with_etag(d, whole(d))),
        _ => found(account, id).map(|d| with_etag(d, d.config.clone())),
    }
}

fn with_etag(distribution: &Stored, body: String) -> Good {
    Good { body, etag: Some(distribution.etag.clone()) }
}

fn found<'a>(account: &'a AccountState, id: &str) -> Result<&'a Stored, Refusal> {
    account.distributions.iter().find(|d| d.id == id).ok_or_else(no_distribution)
}

fn no_distribution() -> Refusal {
    Refusal::new(404, "NoSuchDistribution", "The specified distribution does not exist.")
}

/// One page of a list, from the marker on.
fn page(
    state: &State,
    asked: &Asked,
    root: &str,
    items: &[(&str, String)],
    fault: Option<&Fault>,
) -> Answer {
    let marker = asked.params.get("Marker").map_or("", String::as_str);
    let start = match marker {
        "" => 0,
        _ => items.iter().position(|(id, _)| *id == marker).map(|at| at + 1).ok_or_else(|| {
            Refusal::new(400, "InvalidArgument", "The parameter Marker is not valid.")
        })?,
    };
    let size = asked.params.get("MaxItems").and_then(|m| m.parse().ok()).unwrap_or(state.page_size);
    let end = (start + size).min(items.len());
    let repeated = matches!(fault, Some(Fault::RepeatMarker)).then_some(marker);
    let next = repeated.or_else(|| (end < items.len()).then(|| items[end - 1].0));
    let bodies: Vec<String> = items[start..end].iter().map(|(_, xml)| xml.clone()).collect();
    let mut listed = quantity_and_items(&bodies);
    if let (Quantity::Account, "DistributionList") = (state.quantity, root) {
        let (page, all) = (bodies.len().to_string(), items.len().to_string());
        listed = listed.replacen(&text("Quantity", &page), &text("Quantity", &all), 1);
    }
    let inner = text("Marker", marker)
        + &next.map(|n| text("NextMarker", n)).unwrap_or_default()
        + &text("MaxItems", &size.to_string())
        + &text("IsTruncated", if next.is_some() { "true" } else { "false" })
        + &listed;
    Ok(document(root, CLOUDFRONT, &inner).into())
}

fn summary(distribution: &Stored) -> String {
    let inner = text("Id", &distribution.id)
        + &text("ARN", &distribution.arn)
        + &text("ETag", &distribution.etag)
        + &text("Status", &distribution.status)
        + &text("LastModifiedTime", MODIFIED)
        + &text("DomainName", &distribution.domain)
        + &children(&distribution.config, &BEFORE_COMMENT)
        + &children(&distribution.config, &FROM_COMMENT);
    wrap("DistributionSummary", &inner)
}

/// The named children of a document's root, as they stand in it.
fn children(document: &str, names: &[&str]) -> String {
    let parsed = roxmltree::Document::parse(document).expect("only well-formed XML is stored");
    let root = parsed.root_element();
    let child = |name: &&str| root.children().find(|c| c.has_tag_name((CLOUDFRONT, *name)));
    names.iter().filter_map(child).map(|c| &document[c.range()]).collect()
}

fn whole(distribution: &Stored) -> String {
    let start = distribution.config.find("<DistributionConfig").expect("it is the root");
    let inner = text("Id", &distribution.id)
        + &text("ARN", &distribution.arn)
        + &text("Status", &distribution.status)
        + &text("LastModifiedTime", MODIFIED)
        + &text("InProgressInvalidationBatches", "0")
        + &text("DomainName", &distribution.domain)
        + "<ActiveTrustedSigners><Enabled>false</Enabled><Quantity>0</Quantity></ActiveTrustedSigners>"
        + "<ActiveTrustedKeyGroups><Enabled>false</Enabled><Quantity>0</Quantity></ActiveTrustedKeyGroups>"
        + &distribution.config[start..];
    document("Distribution", CLOUDFRONT, &inner)
}

fn oac(id: &str, signing: &str) -> String {
    let inner = text("Id", id)
        + &text("Description", "")
        + &text("Name", &format!("oac-{id}"))
        + &text("SigningProtocol", "sigv4")
        + &text("SigningBehavior", signing)
        + &text("OriginAccessControlOriginType", "s3");
    wrap("OriginAccessControlSummary", &inner)
}

fn tags(account: &AccountState, asked: &Asked) -> Answer {
    let arn = asked.params.get("Resource").map_or("", String::as_str);
    let stored = account.distributions.iter().find(|d| d.arn == arn).ok_or_else(|| {
        Refusal::new(404, "NoSuchResource", "The specified resource does not exist.")
    })?;
    let tags = account.tags.iter().filter(|(id, ..)| *id == stored.id);
    let tag = |(_, key, value): &(String, String, String)| {
        wrap("Tag", &(text("Key", key) + &text("Value", value)))
    };
    let items: String = tags.map(tag).collect();
    Ok(document("Tags", CLOUDFRONT, &wrap("Items", &items)).into())
}

fn deployment(account: &AccountState, id: &str) -> Answer {
    let (_, staging, weight) =
        account.deployments.iter().find(|(policy, ..)| policy == id).ok_or_else(|| {
            let message = "The continuous deployment policy doesn't exist.";
            Refusal::new(404, "NoSuchContinuousDeploymentPolicy", message)
        })?;
    let single = wrap("SingleWeightConfig", &text("Weight", weight));
    let config = list("StagingDistributionDnsNames", &[text("DnsName", staging)])
        + &text("Enabled", "true")
        + &wrap("TrafficConfig", &(single + &text("Type", "SingleWeight")));
    let inner = text("Id", id)
        + &text("LastModifiedTime", MODIFIED)
        + &wrap("ContinuousDeploymentPolicyConfig", &config);
    let body = document("ContinuousDeploymentPolicy", CLOUDFRONT, &inner);
    Ok(Good { body, etag: Some("EPOLICY".to_owned()) })
}

/// As strict as CloudFront: the right ETag, the whole document, and nothing that contradicts
/// itself.
fn update(state: &mut State, asked: &Asked, id: &str, request: &Request) -> Answer {
    let (etag, status) = (state.next_etag(), state.status_after_update.clone());
    let account = state.accounts.get_mut(&asked.account).expect("the caller was identified");
    let stored =
        account.distributions.iter_mut().find(|d| d.id == id).ok_or_else(no_distribution)?;
    match asked.params.get("IfMatch") {
        None => {
            let message = "The If-Match version is missing or not valid for the resource.";
            return Err(Refusal::new(400, "InvalidIfMatchVersion", message));
        }
        Some(given) if *given != stored.etag => {
            let message = "The request failed because it didn't meet the preconditions in one or more request-header fields.";
            return Err(Refusal::new(412, "PreconditionFailed", message));
        }
        Some(_) => {}
    }
    let posted = String::from_utf8_lossy(&request.body).into_owned();
    check(&posted, &stored.config)?;
    stored.config = posted;
    stored.etag = etag;
    stored.status = status;
    Ok(with_etag(stored, whole(stored)))
}

fn check(posted: &str, stored: &str) -> Result<(), Refusal> {
    let malformed = |why: String| Refusal::new(400, "MalformedXML", why);
    let parsed = roxmltree::Document::parse(posted).map_err(|e| malformed(e.to_string()))?;
    let root = parsed.root_element();
    if !root.has_tag_name((CLOUDFRONT, "DistributionConfig")) {
        return Err(malformed(format!("the root is {:?}", root.tag_name())));
    }
    if children(posted, &["CallerReference"]) != children(stored, &["CallerReference"]) {
        let message = "The update contains modifications that are not allowed.";
        return Err(Refusal::new(400, "IllegalUpdate", message));
    }
    for needed in ["Origins", "DefaultCacheBehavior", "Comment", "Enabled"] {
        if children(posted, &[needed]).is_empty() {
            return Err(malformed(format!("{needed} is missing")));
        }
    }
    for list in root.descendants() {
        let part = |name: &str| list.children().find(|c| c.has_tag_name((CLOUDFRONT, name)));
        let Some(quantity) = part("Quantity") else { continue };
        let items = part("Items").map_or(0, |i| i.children().filter(|c| c.is_element()).count());
        if quantity.text().unwrap_or_default() != items.to_string() {
            let message = format!("{}: Quantity and items differ", list.tag_name().name());
            return Err(Refusal::new(400, "InconsistentQuantities", message));
        }
    }
    let texts =
        |name: &'static str| root.descendants().filter(move |n| n.has_tag_name((CLOUDFRONT, name)));
    let known = |id: &str| texts("Id").any(|n| n.text().unwrap_or_default() == id);
    match texts("TargetOriginId").find(|t| !known(t.text().unwrap_or_default())) {
        None => Ok(()),
        Some(_) => Err(Refusal::new(
            404,
            "NoSuchOrigin",
            "One or more of your origins or origin groups do not exist.",
        )),
    }
}
