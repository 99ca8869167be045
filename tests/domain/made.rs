//! Distributions made for one question.

use cf_tui::domain::assessment::{Assessment, assess};
use cf_tui::domain::distribution::{
    Behavior, CustomOrigin, Distribution, HostHeader, Looked, Origin, OriginGroup, ProtocolPolicy,
    S3Origin, Signing, Source, ViewerPolicy, VpcEndpoint, VpcOrigin,
};
use cf_tui::domain::ids::{DistributionId, OriginId};

pub(crate) fn found<T>(value: T) -> Looked<T> {
    Looked::Found { value, from: Source::default() }
}

/// An origin with the id `o` and none of the three configs.
pub(crate) fn bare(domain: &str) -> Origin {
    Origin { id: OriginId::new("o"), domain: domain.to_owned(), ..Origin::default() }
}

pub(crate) fn custom_at(domain: &str, protocol: &str, tls: Option<&[&str]>) -> Origin {
    let custom = CustomOrigin {
        protocol: ProtocolPolicy::parse(protocol),
        http_port: 80,
        https_port: 443,
        ssl_protocols: tls.map(owned),
    };
    Origin { custom: Some(custom), ..bare(domain) }
}

pub(crate) fn custom(protocol: &str) -> Origin {
    custom_at("origin.example.com", protocol, Some(&["TLSv1.2"]))
}

pub(crate) fn website(protocol: &str) -> Origin {
    custom_at("site.s3-website-eu-west-1.amazonaws.com", protocol, Some(&["TLSv1.2"]))
}

pub(crate) fn s3(access_control: Option<&str>, signing: Looked<Signing>) -> Origin {
    let s3 = S3Origin { access_control: access_control.map(str::to_owned), signing };
    Origin { s3: Some(s3), ..bare("bucket.s3.eu-west-1.amazonaws.com") }
}

pub(crate) fn signed(signing: &str) -> Origin {
    s3(Some("E1OAC"), found(Signing::parse(signing)))
}

pub(crate) fn vpc(endpoint: Looked<VpcEndpoint>) -> Origin {
    let vpc = VpcOrigin { vpc_origin_id: "vo_1".to_owned(), owner: None, endpoint };
    Origin { vpc: Some(vpc), ..bare("internal.example.com") }
}

pub(crate) fn endpoint(protocol: &str, tls: Option<&[&str]>) -> Looked<VpcEndpoint> {
    found(VpcEndpoint {
        protocol: ProtocolPolicy::parse(protocol),
        http_port: 80,
        https_port: 443,
        arn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/x/1".to_owned(),
        ssl_protocols: tls.map(owned),
        status: "Deployed".to_owned(),
    })
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub(crate) fn behavior(path: Option<&str>, target: &str, viewer: &str) -> Behavior {
    Behavior {
        path: path.map(str::to_owned),
        target: OriginId::new(target),
        viewer: ViewerPolicy::parse(viewer),
        edge_code: false,
        host: HostHeader::Unknown,
    }
}

/// An enabled, deployed distribution with this origin and another one that only speaks HTTPS.
/// The behaviors are `(path, target, viewer policy)`, `""` for the default one.
pub(crate) fn distribution(origin: Origin, behaviors: &[(&str, &str, &str)]) -> Distribution {
    let elsewhere = Origin { id: OriginId::new("elsewhere"), ..custom("https-only") };
    let made = |(path, target, viewer): &(&str, &str, &str)| {
        behavior((!path.is_empty()).then_some(*path), target, viewer)
    };
    Distribution {
        id: DistributionId::new("E1EXAMPLE"),
        enabled: true,
        status: "Deployed".to_owned(),
        origins: vec![origin, elsewhere],
        groups: vec![OriginGroup {
            id: OriginId::new("group"),
            members: vec![OriginId::new("elsewhere"), OriginId::new("o")],
        }],
        behaviors: behaviors.iter().map(made).collect(),
        ..Distribution::default()
    }
}

/// The answers for the first origin.
pub(crate) fn answers(distribution: &Distribution) -> Assessment {
    assess(distribution, &distribution.origins[0])
}

/// The name of a serialisable enum's value, as JSON has it.
pub(crate) fn name<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}
