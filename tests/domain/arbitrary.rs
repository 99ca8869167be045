//! Any distribution at all: every enum's every value and unknown ones, absent and several
//! configs, targets that lead nowhere, empty and hostile strings.

use cf_tui::domain::distribution::{
    Behavior, CustomOrigin, Distribution, HostHeader, Looked, Origin, OriginGroup, ProtocolPolicy,
    S3Origin, Signing, Source, ViewerPolicy, VpcEndpoint, VpcOrigin,
};
use cf_tui::domain::ids::{DistributionId, OriginId};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Few enough that behaviors often lead somewhere, and hostile ones among them.
fn origin_id() -> impl Strategy<Value = OriginId> {
    prop_oneof![
        4 => Just("a"), 4 => Just("b"), 2 => Just("c"), 1 => Just("group"), 1 => Just(""),
        1 => Just("'; $(touch pwned)\u{1b}[31m\u{202e}"),
    ]
    .prop_map(OriginId::new)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), ".{0,12}", "(?s).{0,6}"]
}

fn domain() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just("origin.example.com".to_owned()),
        2 => Just("site.s3-website-eu-west-1.amazonaws.com".to_owned()),
        1 => Just("site.s3-website.cn-north-1.amazonaws.com.cn".to_owned()),
        1 => Just("bucket.s3.eu-west-1.amazonaws.com".to_owned()),
        1 => Just("ORIGIN.example.com.".to_owned()),
        1 => text(),
    ]
}

fn protocol() -> impl Strategy<Value = ProtocolPolicy> {
    let known = ["http-only", "match-viewer", "https-only"];
    prop_oneof![
        6 => prop::sample::select(known.to_vec()).prop_map(ProtocolPolicy::parse),
        1 => text().prop_map(|text| ProtocolPolicy::parse(&text)),
    ]
}

fn viewer() -> impl Strategy<Value = ViewerPolicy> {
    let known = ["allow-all", "redirect-to-https", "https-only"];
    prop_oneof![
        6 => prop::sample::select(known.to_vec()).prop_map(ViewerPolicy::parse),
        1 => text().prop_map(|text| ViewerPolicy::parse(&text)),
    ]
}

fn signing() -> impl Strategy<Value = Signing> {
    let known = ["always", "never", "no-override", "always-amz-auth"];
    prop_oneof![
        6 => prop::sample::select(known.to_vec()).prop_map(Signing::parse),
        1 => text().prop_map(|text| Signing::parse(&text)),
    ]
}

fn looked<T: Clone + std::fmt::Debug>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Looked<T>> {
    (value, 0..8, text()).prop_map(|(value, kind, why)| match kind {
        0 => Looked::NotNeeded,
        1 => Looked::Missing,
        2 => Looked::Failed(why),
        _ => Looked::Found { value, from: Source::default() },
    })
}

fn tls() -> impl Strategy<Value = Option<Vec<String>>> {
    let known = ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "", "TLSv1.3"];
    let member = prop::sample::select(known.to_vec()).prop_map(str::to_owned);
    option::of(vec(member, 0..4))
}

fn custom() -> impl Strategy<Value = CustomOrigin> {
    (protocol(), tls()).prop_map(|(protocol, ssl_protocols)| CustomOrigin {
        protocol,
        http_port: 80,
        https_port: 443,
        ssl_protocols,
    })
}

fn s3() -> impl Strategy<Value = S3Origin> {
    (option::of(text()), looked(signing()))
        .prop_map(|(access_control, signing)| S3Origin { access_control, signing })
}

fn vpc() -> impl Strategy<Value = VpcOrigin> {
    let status = prop_oneof![Just("Deployed".to_owned()), text()];
    let endpoint =
        (protocol(), tls(), status).prop_map(|(protocol, ssl_protocols, status)| VpcEndpoint {
            protocol,
            http_port: 80,
            https_port: 443,
            arn: String::new(),
            ssl_protocols,
            status,
        });
    (text(), looked(endpoint)).prop_map(|(vpc_origin_id, endpoint)| VpcOrigin {
        vpc_origin_id,
        owner: None,
        endpoint,
    })
}

/// Mostly one config, at times none, two or three.
fn origin() -> impl Strategy<Value = Origin> {
    let which = prop_oneof![
        4 => Just((true, false, false)), 3 => Just((false, true, false)),
        3 => Just((false, false, true)), 1 => any::<(bool, bool, bool)>(),
    ];
    (origin_id(), domain(), which, custom(), s3(), vpc()).prop_map(
        |(id, domain, (is_custom, is_s3, is_vpc), custom, s3, vpc)| Origin {
            id,
            domain,
            custom: is_custom.then_some(custom),
            s3: is_s3.then_some(s3),
            vpc: is_vpc.then_some(vpc),
            ..Origin::default()
        },
    )
}

pub(crate) fn behavior() -> impl Strategy<Value = Behavior> {
    let host = select(&[HostHeader::Forwarded, HostHeader::NotForwarded, HostHeader::Unknown][..]);
    (option::of(text()), origin_id(), viewer(), any::<bool>(), host).prop_map(
        |(path, target, viewer, edge_code, host)| Behavior {
            path,
            target,
            viewer,
            edge_code,
            host,
        },
    )
}

fn group() -> impl Strategy<Value = OriginGroup> {
    (origin_id(), vec(origin_id(), 0..3)).prop_map(|(id, members)| OriginGroup { id, members })
}

/// A distribution with this id.
pub(crate) fn distribution(
    id: impl Strategy<Value = String>,
) -> impl Strategy<Value = Distribution> {
    let status = prop_oneof![3 => Just("Deployed".to_owned()), 2 => Just("InProgress".to_owned()), 1 => text()];
    let defects = prop_oneof![6 => Just(Vec::new()), 1 => vec(text(), 1..3)];
    (
        (id, any::<[bool; 3]>(), status, defects),
        (vec(origin(), 0..4), vec(group(), 0..3), vec(behavior(), 0..5)),
    )
        .prop_map(
            |(
                (id, [enabled, staging, multi_tenant], status, defects),
                (origins, groups, behaviors),
            )| {
                Distribution {
                    id: DistributionId::new(id),
                    enabled,
                    staging,
                    multi_tenant,
                    status,
                    origins,
                    groups,
                    behaviors,
                    defects,
                    ..Distribution::default()
                }
            },
        )
}
