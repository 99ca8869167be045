//! A distribution as JSON in the API's own key names.

use serde_json::{Map, Value, json};

use crate::domain::distribution::{
    Behavior, Distribution, Looked, Origin, OriginGroup, ProtocolPolicy, Source, VpcEndpoint,
};
use crate::domain::text::escape_json;

/// Stands where the value of an origin header would be.
const NOT_READ: &str = "(not read)";

/// What was read: `DistributionSummary` in the shape of ListDistributions, and
/// beside it the look-ups that verdicts rest on, the calls, and what was not whole. Fields that
/// no verdict needs are not read and so are not in it; header values are `(not read)`.
pub fn raw_value(distribution: &Distribution) -> Value {
    let mut whole = Map::new();
    whole.insert("DistributionSummary".to_owned(), summary(distribution));
    let controls: Vec<Value> = distribution.origins.iter().filter_map(access_control).collect();
    if !controls.is_empty() {
        whole.insert("OriginAccessControls".to_owned(), json!(controls));
    }
    let endpoints: Vec<Value> = distribution.origins.iter().filter_map(vpc_origin).collect();
    if !endpoints.is_empty() {
        whole.insert("VpcOrigins".to_owned(), json!(endpoints));
    }
    let edge: Vec<&str> =
        distribution.behaviors.iter().filter(|b| b.edge_code).map(Behavior::path).collect();
    if !edge.is_empty() {
        whole.insert("BehaviorsWithEdgeCode".to_owned(), json!(edge));
    }
    if !distribution.defects.is_empty() {
        whole.insert("NotWhole".to_owned(), json!(distribution.defects));
    }
    whole.insert("ReadBy".to_owned(), source(&distribution.source));
    Value::Object(whole)
}

/// Indented JSON of a value or a part of one, harmless text.
pub fn raw_json(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).expect("every key of a value is a string");
    escape_json(&text).into_owned()
}

fn summary(distribution: &Distribution) -> Value {
    let mut summary = json!({
        "Id": distribution.id,
        "ARN": distribution.arn,
        "ETag": distribution.etag,
        "Status": distribution.status,
        "LastModifiedTime": distribution.last_modified,
        "DomainName": distribution.domain,
        "Aliases": list(distribution.aliases.iter().map(|a| json!(a))),
        "Origins": list(distribution.origins.iter().map(origin)),
        "OriginGroups": list(distribution.groups.iter().map(group)),
    });
    if let Some(default) = distribution.default_behavior() {
        summary["DefaultCacheBehavior"] = behavior(default);
    }
    let ordered = distribution.behaviors.iter().filter(|b| b.path.is_some());
    summary["CacheBehaviors"] = list(ordered.map(behavior));
    summary["Comment"] = json!(distribution.comment);
    summary["Enabled"] = json!(distribution.enabled);
    summary["Staging"] = json!(distribution.staging);
    summary["ConnectionMode"] =
        json!(if distribution.multi_tenant { "tenant-only" } else { "direct" });
    summary
}

/// CloudFront's lists: the items and how many they are.
fn list(items: impl Iterator<Item = Value>) -> Value {
    let items: Vec<Value> = items.collect();
    json!({ "Quantity": items.len(), "Items": items })
}

fn origin(origin: &Origin) -> Value {
    let header = |name: &String| json!({ "HeaderName": name, "HeaderValue": NOT_READ });
    let mut json = json!({
        "Id": origin.id,
        "DomainName": origin.domain,
        "OriginPath": origin.path,
        "CustomHeaders": list(origin.header_names.iter().map(header)),
    });
    if let Some(s3) = &origin.s3 {
        json["S3OriginConfig"] = json!({});
        json["OriginAccessControlId"] = json!(s3.access_control.as_deref().unwrap_or_default());
    }
    if let Some(custom) = &origin.custom {
        let mut config = json!({
            "HTTPPort": custom.http_port,
            "HTTPSPort": custom.https_port,
            "OriginProtocolPolicy": policy(&custom.protocol),
        });
        if let Some(protocols) = &custom.ssl_protocols {
            config["OriginSslProtocols"] = list(protocols.iter().map(|p| json!(p)));
        }
        json["CustomOriginConfig"] = config;
    }
    if let Some(vpc) = &origin.vpc {
        let mut config = json!({ "VpcOriginId": vpc.vpc_origin_id });
        if let Some(owner) = &vpc.owner {
            config["OwnerAccountId"] = json!(owner);
        }
        json["VpcOriginConfig"] = config;
    }
    json
}

fn policy(policy: &ProtocolPolicy) -> &str {
    match policy {
        ProtocolPolicy::Other(text) => text,
        known => known.known().expect("every other policy is a known one"),
    }
}

fn group(group: &OriginGroup) -> Value {
    let members = group.members.iter().map(|id| json!({ "OriginId": id }));
    json!({ "Id": group.id, "Members": list(members) })
}

fn behavior(behavior: &Behavior) -> Value {
    let mut json = Map::new();
    if let Some(path) = &behavior.path {
        json.insert("PathPattern".to_owned(), json!(path));
    }
    json.insert("TargetOriginId".to_owned(), json!(behavior.target));
    json.insert("ViewerProtocolPolicy".to_owned(), json!(behavior.viewer.as_str()));
    Value::Object(json)
}

fn access_control(origin: &Origin) -> Option<Value> {
    let s3 = origin.s3.as_ref()?;
    let id = s3.access_control.as_ref()?;
    let mut json = json!({ "Id": id });
    looked_up(&mut json, &s3.signing, |json, signing| {
        json["SigningBehavior"] = json!(signing.as_str());
    });
    Some(json)
}

fn vpc_origin(origin: &Origin) -> Option<Value> {
    let vpc = origin.vpc.as_ref()?;
    let mut json = json!({ "Id": vpc.vpc_origin_id });
    looked_up(&mut json, &vpc.endpoint, |json, value| {
        json["Status"] = json!(value.status);
        json["VpcOriginEndpointConfig"] = endpoint(value);
    });
    Some(json)
}

fn endpoint(endpoint: &VpcEndpoint) -> Value {
    let mut json = json!({
        "Arn": endpoint.arn,
        "HTTPPort": endpoint.http_port,
        "HTTPSPort": endpoint.https_port,
        "OriginProtocolPolicy": policy(&endpoint.protocol),
    });
    if let Some(protocols) = &endpoint.ssl_protocols {
        json["OriginSslProtocols"] = list(protocols.iter().map(|p| json!(p)));
    }
    json
}

/// Puts the answer of a look-up, or why there is none.
fn looked_up<T>(json: &mut Value, looked: &Looked<T>, put: impl Fn(&mut Value, &T)) {
    match looked {
        Looked::Found { value, from } => {
            put(json, value);
            json["ReadBy"] = source(from);
        }
        Looked::NotNeeded => json["NotRead"] = json!("the verdict does not depend on it"),
        Looked::Missing => json["NotRead"] = json!("it is not there"),
        Looked::Failed(why) => json["NotRead"] = json!(why),
    }
}

fn source(source: &Source) -> Value {
    json!({ "Call": source.call, "RequestId": source.request_id, "ReadAt": source.read_at })
}
