//! From a sketch to what CloudFront would have told.

use jiff::SignedDuration;

use super::random::Random;
use super::sketch::{BehaviorSketch, OriginSketch, Sketch};
use super::{NOW, fault};
use crate::domain::account::Account;
use crate::domain::distribution::{
    Behavior, CustomOrigin, Distribution, HostHeader, Looked, Origin, OriginGroup, ProtocolPolicy,
    S3Origin, Signing, Source, ViewerPolicy, VpcEndpoint, VpcOrigin,
};
use crate::domain::exposure::needs_signing;
use crate::domain::ids::{DistributionId, OriginId};

/// Where the parts of a page came from.
pub(super) struct Calls {
    /// The page itself.
    pub(super) listing: Source,
    /// The list of origin access controls.
    pub(super) access_controls: Source,
    /// True if no VPC origin may be read.
    pub(super) vpc_denied: bool,
}

/// Describes a distribution as a listing and the look-ups that its verdicts need do.
pub(super) fn distribution(
    sketch: &Sketch,
    account: &Account,
    calls: &Calls,
    random: &mut Random,
) -> Distribution {
    let mut built = Distribution {
        id: DistributionId::new(&sketch.id),
        arn: format!(
            "arn:{}:cloudfront::{}:distribution/{}",
            account.partition.as_str(),
            account.id,
            sketch.id
        ),
        domain: domain(sketch, account),
        aliases: sketch.aliases.clone(),
        comment: sketch.comment.clone(),
        enabled: !sketch.disabled,
        staging: sketch.staging,
        multi_tenant: sketch.multi_tenant,
        status: sketch.status.clone().unwrap_or_else(|| "Deployed".to_owned()),
        last_modified: NOW.checked_sub(age(sketch, random)).ok(),
        etag: Some(format!("E{}EXAMPLE", base36(random.below(60_466_176) as u64, 5))),
        origins: Vec::new(),
        groups: sketch.groups.iter().map(group).collect(),
        behaviors: sketch.behaviors.iter().map(behavior).collect(),
        defects: sketch.defects.clone(),
        source: calls.listing.clone(),
    };
    let origins: Vec<Origin> =
        sketch.origins.iter().map(|o| origin(o, account, calls, random)).collect();
    built.origins =
        origins.into_iter().map(|origin| without_needless_look_up(&built, origin)).collect();
    built
}

/// How long ago the distribution changed; deploying takes minutes.
fn age(sketch: &Sketch, random: &mut Random) -> SignedDuration {
    let days = SignedDuration::from_hours(24 * i64::from(sketch.days));
    match sketch.status.as_deref() {
        Some("InProgress") => SignedDuration::from_secs(40 + random.below(240) as i64),
        _ => days + SignedDuration::from_secs(3600 + random.below(43_200) as i64),
    }
}

/// `d` and what looks like AWS's own examples; the variable part is the id's.
fn domain(sketch: &Sketch, account: &Account) -> String {
    let own: String = sketch.id.chars().filter(char::is_ascii_alphanumeric).collect();
    let own = own.replacen("EXAMPLE", "", 1).to_ascii_lowercase();
    let suffix = match account.partition {
        crate::domain::ids::Partition::Aws => "cloudfront.net",
        crate::domain::ids::Partition::AwsCn => "cloudfront.cn",
    };
    format!("d{own}abcdef8.{suffix}")
}

fn group(sketch: &super::sketch::GroupSketch) -> OriginGroup {
    OriginGroup {
        id: OriginId::new(&sketch.id),
        members: sketch.members.iter().map(OriginId::new).collect(),
    }
}

fn behavior(sketch: &BehaviorSketch) -> Behavior {
    Behavior {
        path: sketch.path.clone(),
        target: OriginId::new(&sketch.to),
        viewer: ViewerPolicy::parse(sketch.viewer.as_deref().unwrap_or("redirect-to-https")),
        edge_code: sketch.edge,
        host: sketch.host.unwrap_or(HostHeader::NotForwarded),
    }
}

fn origin(sketch: &OriginSketch, account: &Account, calls: &Calls, random: &mut Random) -> Origin {
    Origin {
        id: OriginId::new(&sketch.id),
        domain: sketch.domain.clone(),
        path: sketch.path.clone(),
        custom: sketch.custom.as_deref().map(|policy| CustomOrigin {
            protocol: ProtocolPolicy::parse(policy),
            http_port: sketch.http_port.unwrap_or(80),
            https_port: sketch.https_port.unwrap_or(443),
            ssl_protocols: ssl_protocols(sketch),
        }),
        s3: sketch.s3.as_deref().map(|signing| s3(signing, calls, random)),
        vpc: sketch.vpc.as_deref().map(|policy| vpc(policy, sketch, account, calls, random)),
        header_names: sketch.headers.clone(),
    }
}

fn ssl_protocols(sketch: &OriginSketch) -> Option<Vec<String>> {
    match &sketch.tls {
        None => Some(vec!["TLSv1.2".to_owned()]),
        Some(list) if list.is_empty() => None,
        Some(list) => Some(list.clone()),
    }
}

fn s3(signing: &str, calls: &Calls, random: &mut Random) -> S3Origin {
    let access_control = (signing != "none")
        .then(|| format!("E{}OACEXAMPLE", base36(random.below(46_656) as u64, 3)));
    let signing = match signing {
        "none" => Looked::NotNeeded,
        "missing" => Looked::Missing,
        other => {
            Looked::Found { value: Signing::parse(other), from: calls.access_controls.clone() }
        }
    };
    S3Origin { access_control, signing }
}

fn vpc(
    policy: &str,
    sketch: &OriginSketch,
    account: &Account,
    calls: &Calls,
    random: &mut Random,
) -> VpcOrigin {
    let name = base36(random.below(46_656) as u64, 3);
    let from = Source {
        call: "GetVpcOrigin".to_owned(),
        request_id: Some(random.request_id()),
        read_at: None,
    };
    let endpoint = VpcEndpoint {
        protocol: ProtocolPolicy::parse(policy),
        http_port: sketch.http_port.unwrap_or(80),
        https_port: sketch.https_port.unwrap_or(443),
        arn: format!(
            "arn:{}:elasticloadbalancing:eu-west-1:{}:loadbalancer/app/{}/50dc6c495c0c9188",
            account.partition.as_str(),
            account.id,
            name.to_ascii_lowercase()
        ),
        ssl_protocols: ssl_protocols(sketch),
        status: sketch.vpc_status.clone().unwrap_or_else(|| "Deployed".to_owned()),
    };
    VpcOrigin {
        vpc_origin_id: format!("vo_{name}EXAMPLE"),
        owner: sketch.vpc_owner.clone(),
        endpoint: match (calls.vpc_denied, policy) {
            (true, _) => Looked::Failed(fault::vpc_origin_denied(sketch.vpc_owner.as_deref())),
            (false, "missing") => Looked::Failed(fault::VPC_ORIGIN_GONE.to_owned()),
            (false, _) => Looked::Found { value: endpoint, from },
        },
    }
}

/// The real source asks for signing behaviors only where a verdict depends on them.
fn without_needless_look_up(distribution: &Distribution, mut origin: Origin) -> Origin {
    let needed = needs_signing(distribution, &origin);
    if let Some(s3) = origin.s3.as_mut().filter(|_| !needed) {
        s3.signing = Looked::NotNeeded;
    }
    origin
}

/// Digits and capitals, so many, the least significant ones of a number.
pub(super) fn base36(number: u64, length: usize) -> String {
    let mut rest = number;
    let mut digits = vec![b'0'; length];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(rest % 36) as usize];
        rest /= 36;
    }
    digits.into_iter().map(char::from).collect()
}
