//! From the SDK's types to the domain's. Nothing is guessed: what is not whole becomes a defect
//! of its distribution. Values of origin headers are dropped here, the only place that sees them.

use aws_sdk_cloudfront::types::{
    Aliases, CacheBehavior, CacheBehaviors, ConnectionMode, DefaultCacheBehavior,
    Distribution as ApiDistribution, DistributionSummary, EventType, FunctionAssociations,
    LambdaFunctionAssociations, Origin as ApiOrigin, OriginGroup as ApiGroup, OriginGroups,
    OriginSslProtocols, Origins, VpcOriginEndpointConfig,
};
use jiff::Timestamp;

use super::host;
use crate::domain::distribution::{
    Behavior, CustomOrigin, Distribution, Looked, Origin, OriginGroup, ProtocolPolicy, S3Origin,
    Source, ViewerPolicy, VpcEndpoint, VpcOrigin,
};
use crate::domain::ids::{DistributionId, OriginId};
use crate::domain::text::escape;

/// What the SDK puts in place of a required value that did not come.
const NOT_SET: &str = "no value was set";

/// What a listing and GetDistribution both say of a distribution.
pub(super) struct Described {
    id: String,
    arn: String,
    etag: Option<String>,
    status: String,
    last_modified: aws_smithy_types::DateTime,
    domain: String,
    aliases: Option<Aliases>,
    origins: Option<Origins>,
    groups: Option<OriginGroups>,
    default_behavior: Option<DefaultCacheBehavior>,
    behaviors: Option<CacheBehaviors>,
    comment: String,
    enabled: bool,
    /// False where HttpVersion did not come.
    has_http_version: bool,
    staging: bool,
    connection_mode: Option<ConnectionMode>,
}

impl Described {
    /// One of a listing.
    pub(super) fn listed(from: DistributionSummary) -> Self {
        Self {
            id: from.id,
            arn: from.arn,
            etag: from.e_tag,
            status: from.status,
            last_modified: from.last_modified_time,
            domain: from.domain_name,
            aliases: from.aliases,
            origins: from.origins,
            groups: from.origin_groups,
            default_behavior: from.default_cache_behavior,
            behaviors: from.cache_behaviors,
            comment: from.comment,
            enabled: from.enabled,
            has_http_version: from.http_version.as_str() != NOT_SET,
            staging: from.staging,
            connection_mode: from.connection_mode,
        }
    }

    /// The answer of GetDistribution, with the ETag of its header; `None` where it has no
    /// DistributionConfig.
    pub(super) fn read(from: ApiDistribution, etag: Option<String>) -> Option<Self> {
        let config = from.distribution_config?;
        Some(Self {
            id: from.id,
            arn: from.arn,
            etag,
            status: from.status,
            last_modified: from.last_modified_time,
            domain: from.domain_name,
            aliases: config.aliases,
            origins: config.origins,
            groups: config.origin_groups,
            default_behavior: config.default_cache_behavior,
            behaviors: config.cache_behaviors,
            comment: config.comment,
            enabled: config.enabled,
            has_http_version: config.http_version.is_some_and(|one| one.as_str() != NOT_SET),
            staging: config.staging.unwrap_or(false),
            connection_mode: config.connection_mode,
        })
    }
}

/// Takes one distribution; look-ups are still to be made. `missing` is what the answer left out
/// of it and the SDK made up.
pub(super) fn distribution(
    described: Described,
    missing: Vec<String>,
    source: Source,
) -> Distribution {
    let mut defects = Defects(missing);
    if described.id.is_empty() {
        defects.add("the distribution has no Id");
    }
    if described.domain.is_empty() {
        defects.add("the distribution has no DomainName");
    }
    if described.status.is_empty() {
        defects.add("the distribution has no Status");
    }
    // Enabled has no value of its own for "not told", and a disabled distribution is judged
    // more mildly: so a value that AWS always sends after it must have come.
    if !described.has_http_version {
        defects.add("the description ends early: it has no HttpVersion");
    }
    let aliases = described.aliases.map_or_else(Vec::new, |list| {
        defects.list("Aliases", list.quantity, list.items.unwrap_or_default())
    });
    let origins = described
        .origins
        .map_or_else(Vec::new, |list| defects.list("Origins", list.quantity, list.items));
    let groups = described.groups.map_or_else(Vec::new, |list| {
        defects.list("OriginGroups", list.quantity, list.items.unwrap_or_default())
    });
    let ordered = described.behaviors.map_or_else(Vec::new, |list| {
        defects.list("CacheBehaviors", list.quantity, list.items.unwrap_or_default())
    });
    let mut behaviors = Vec::with_capacity(ordered.len() + 1);
    match described.default_behavior {
        Some(default) => behaviors.push(default_behavior(default, &mut defects)),
        None => defects.add("the distribution has no default cache behavior"),
    }
    behaviors.extend(ordered.into_iter().map(|one| ordered_behavior(one, &mut defects)));
    let mut distribution = Distribution {
        id: DistributionId::new(described.id),
        arn: described.arn,
        domain: described.domain,
        aliases,
        comment: described.comment,
        enabled: described.enabled,
        staging: described.staging,
        multi_tenant: described.connection_mode.is_some_and(|mode| mode.as_str() == "tenant-only"),
        status: described.status,
        last_modified: timestamp(described.last_modified),
        etag: described.etag,
        origins: origins.into_iter().map(|one| origin(one, &mut defects)).collect(),
        groups: groups.into_iter().map(|one| group(one, &mut defects)).collect(),
        behaviors,
        defects: Vec::new(),
        source,
    };
    check_references(&distribution, &mut defects);
    distribution.defects = defects.0;
    distribution
}

/// Sentences about what is not whole.
#[derive(Debug, Default)]
struct Defects(Vec<String>);

impl Defects {
    fn add(&mut self, sentence: impl Into<String>) {
        self.0.push(sentence.into());
    }

    /// Compares a list with the count that AWS sends with it.
    fn list<T>(&mut self, what: &str, quantity: i32, items: Vec<T>) -> Vec<T> {
        if usize::try_from(quantity) != Ok(items.len()) {
            let came = items.len();
            self.add(format!("{what} says that it holds {quantity}, and {came} came"));
        }
        items
    }
}

fn check_references(distribution: &Distribution, defects: &mut Defects) {
    if distribution.origins.is_empty() {
        defects.add("the distribution has no origin");
    }
    let is_origin = |id: &OriginId| distribution.origins.iter().any(|origin| origin.id == *id);
    for group in &distribution.groups {
        for member in group.members.iter().filter(|member| !is_origin(member)) {
            defects.add(format!(
                "the origin group {} has the member {}, which is no origin of the distribution",
                quoted(group.id.as_str()),
                quoted(member.as_str()),
            ));
        }
    }
    for behavior in &distribution.behaviors {
        let target = &behavior.target;
        if target.as_str().is_empty() {
            defects.add(format!("the behavior {} has no TargetOriginId", quoted(behavior.path())));
        } else if !is_origin(target) && !distribution.groups.iter().any(|g| g.id == *target) {
            defects.add(format!(
                "the behavior {} sends to {}, which is no origin and no origin group",
                quoted(behavior.path()),
                quoted(target.as_str()),
            ));
        }
    }
}

fn quoted(text: &str) -> String {
    format!("“{}”", escape(text))
}

fn origin(from: ApiOrigin, defects: &mut Defects) -> Origin {
    if from.id.is_empty() {
        defects.add("an origin has no Id");
    }
    let name = quoted(&from.id);
    if from.domain_name.is_empty() {
        defects.add(format!("the origin {name} has no DomainName"));
    }
    let headers = from.custom_headers.map_or_else(Vec::new, |list| {
        let what = format!("CustomHeaders of the origin {name}");
        defects.list(&what, list.quantity, list.items.unwrap_or_default())
    });
    let custom = from.custom_origin_config.map(|config| CustomOrigin {
        protocol: ProtocolPolicy::parse(config.origin_protocol_policy.as_str()),
        http_port: config.http_port,
        https_port: config.https_port,
        ssl_protocols: config.origin_ssl_protocols.map(|list| {
            let what = format!("OriginSslProtocols of the origin {name}");
            let (quantity, items) = ssl_protocols(list);
            defects.list(&what, quantity, items)
        }),
    });
    let access_control = from.origin_access_control_id.filter(|id| !id.is_empty());
    let vpc = from.vpc_origin_config.map(|config| {
        if config.vpc_origin_id.is_empty() {
            defects.add(format!("the origin {name} has no VpcOriginId"));
        }
        VpcOrigin {
            vpc_origin_id: config.vpc_origin_id,
            owner: config.owner_account_id.filter(|id| !id.is_empty()),
            endpoint: Looked::NotNeeded,
        }
    });
    Origin {
        id: OriginId::new(from.id),
        domain: from.domain_name,
        path: from.origin_path.unwrap_or_default(),
        custom,
        s3: from.s3_origin_config.map(|_| S3Origin { access_control, signing: Looked::NotNeeded }),
        vpc,
        header_names: headers.into_iter().map(|header| header.header_name).collect(),
    }
}

fn group(from: ApiGroup, defects: &mut Defects) -> OriginGroup {
    if from.id.is_empty() {
        defects.add("an origin group has no Id");
    }
    let what = format!("Members of the origin group {}", quoted(&from.id));
    let members =
        from.members.map_or_else(Vec::new, |list| defects.list(&what, list.quantity, list.items));
    if members.is_empty() {
        defects.add(format!("the origin group {} has no member", quoted(&from.id)));
    }
    OriginGroup {
        id: OriginId::new(from.id),
        members: members.into_iter().map(|member| OriginId::new(member.origin_id)).collect(),
    }
}

fn default_behavior(from: DefaultCacheBehavior, defects: &mut Defects) -> Behavior {
    #[expect(deprecated, reason = "many distributions still have it")]
    let host = host::header(
        from.forwarded_values.as_ref(),
        from.cache_policy_id.as_deref(),
        from.origin_request_policy_id.as_deref(),
    );
    let edge_code = edge_code(
        "the default behavior",
        from.lambda_function_associations,
        from.function_associations,
        defects,
    );
    Behavior {
        path: None,
        target: OriginId::new(from.target_origin_id),
        viewer: ViewerPolicy::parse(from.viewer_protocol_policy.as_str()),
        edge_code,
        host,
    }
}

fn ordered_behavior(from: CacheBehavior, defects: &mut Defects) -> Behavior {
    #[expect(deprecated, reason = "many distributions still have it")]
    let host = host::header(
        from.forwarded_values.as_ref(),
        from.cache_policy_id.as_deref(),
        from.origin_request_policy_id.as_deref(),
    );
    if from.path_pattern.is_empty() {
        defects.add("a cache behavior has no PathPattern");
    }
    let edge_code = edge_code(
        &format!("the behavior {}", quoted(&from.path_pattern)),
        from.lambda_function_associations,
        from.function_associations,
        defects,
    );
    Behavior {
        path: Some(from.path_pattern),
        target: OriginId::new(from.target_origin_id),
        viewer: ViewerPolicy::parse(from.viewer_protocol_policy.as_str()),
        edge_code,
        host,
    }
}

/// Only these two may pick or rewrite the origin: Lambda@Edge on origin-request, and a
/// CloudFront Function on viewer-request (it has `cf.updateRequestOrigin`).
fn edge_code(
    whose: &str,
    lambda: Option<LambdaFunctionAssociations>,
    functions: Option<FunctionAssociations>,
    defects: &mut Defects,
) -> bool {
    let lambda = lambda.map_or_else(Vec::new, |list| {
        let what = format!("LambdaFunctionAssociations of {whose}");
        defects.list(&what, list.quantity, list.items.unwrap_or_default())
    });
    let functions = functions.map_or_else(Vec::new, |list| {
        let what = format!("FunctionAssociations of {whose}");
        defects.list(&what, list.quantity, list.items.unwrap_or_default())
    });
    lambda.iter().any(|one| one.event_type == EventType::OriginRequest)
        || functions.iter().any(|one| one.event_type == EventType::ViewerRequest)
}

/// Takes a VPC origin's endpoint, or says what of it is not whole.
pub(super) fn vpc_endpoint(
    from: VpcOriginEndpointConfig,
    status: String,
) -> Result<VpcEndpoint, String> {
    let mut defects = Defects::default();
    if status.is_empty() {
        defects.add("it has no Status");
    }
    let protocols = from.origin_ssl_protocols.map(|list| {
        let (quantity, items) = ssl_protocols(list);
        defects.list("OriginSslProtocols", quantity, items)
    });
    if from.origin_protocol_policy.as_str() == NOT_SET {
        defects.add("it has no OriginProtocolPolicy");
    }
    match defects.0.into_iter().next() {
        Some(defect) => Err(defect),
        None => Ok(VpcEndpoint {
            protocol: ProtocolPolicy::parse(from.origin_protocol_policy.as_str()),
            http_port: from.http_port,
            https_port: from.https_port,
            arn: from.arn,
            ssl_protocols: protocols,
            status,
        }),
    }
}

fn ssl_protocols(list: OriginSslProtocols) -> (i32, Vec<String>) {
    (list.quantity, list.items.iter().map(|one| one.as_str().to_owned()).collect())
}

/// The epoch itself is what the SDK puts in place of a time that did not come.
fn timestamp(from: aws_smithy_types::DateTime) -> Option<Timestamp> {
    let nanos = i32::try_from(from.subsec_nanos()).ok()?;
    Timestamp::new(from.secs(), nanos).ok().filter(|at| at.as_second() != 0)
}
