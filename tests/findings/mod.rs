//! Findings from a few words, for tests of what is said and done about them.

// Each test binary uses its own part of this.
#![allow(dead_code, unreachable_pub)]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use cf_tui::domain::account::{Access, Account};
use cf_tui::domain::assessment::{Assessment, assess};
use cf_tui::domain::distribution::{
    Behavior, CustomOrigin, Distribution, HostHeader, Looked, Origin, OriginGroup, ProtocolPolicy,
    S3Origin, Source, ViewerPolicy, VpcEndpoint, VpcOrigin,
};
use cf_tui::domain::finding::Finding;
use cf_tui::domain::ids::{AccountId, DistributionId, OriginId, Partition};

/// The account of every sample.
pub const ACCOUNT: &str = "111122223333";

/// A finding that owns its parts: about the first origin of its distribution.
pub struct Sample {
    pub account: Account,
    pub distribution: Distribution,
    assessment: Option<Assessment>,
}

impl Sample {
    /// About an origin that the default behavior sends all viewers to.
    pub fn of(origin: Origin) -> Self {
        let distribution = Distribution {
            id: DistributionId::new("E2EXAMPLE"),
            arn: format!("arn:aws:cloudfront::{ACCOUNT}:distribution/E2EXAMPLE"),
            domain: "d111abcdef8.cloudfront.net".to_owned(),
            enabled: true,
            status: "Deployed".to_owned(),
            behaviors: vec![behavior(None, origin.id.as_str(), "allow-all")],
            origins: vec![origin],
            ..Distribution::default()
        };
        Self { account: account(), distribution, assessment: None }
    }

    /// Changes the distribution.
    pub fn with(mut self, change: impl FnOnce(&mut Distribution)) -> Self {
        change(&mut self.distribution);
        self
    }

    /// Judges and lends it.
    pub fn finding(&mut self) -> Finding<'_> {
        let assessment = assess(&self.distribution, &self.distribution.origins[0]);
        self.assessment = Some(assessment);
        Finding {
            account: &self.account,
            distribution: &self.distribution,
            origin: &self.distribution.origins[0],
            assessment: self.assessment.as_ref().unwrap(),
        }
    }
}

/// A whole distribution, every origin of it judged.
pub struct Whole {
    pub account: Account,
    pub distribution: Distribution,
    assessments: Vec<Assessment>,
}

impl Whole {
    /// In an account with this `fix_profile`.
    pub fn of(account: &str, fix_profile: Option<&str>, distribution: Distribution) -> Self {
        let judge = |origin| assess(&distribution, origin);
        let assessments = distribution.origins.iter().map(judge).collect();
        let account = Account {
            id: AccountId::parse(account).unwrap(),
            name: format!("name-{account}"),
            fix_profile: fix_profile.map(str::to_owned),
            ..self::account()
        };
        Self { account, distribution, assessments }
    }

    /// One for each origin.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        let Self { account, distribution, assessments } = self;
        distribution.origins.iter().zip(assessments).map(move |(origin, assessment)| Finding {
            account,
            distribution,
            origin,
            assessment,
        })
    }
}

fn account() -> Account {
    Account {
        id: AccountId::parse(ACCOUNT).unwrap(),
        name: "prod".to_owned(),
        tags: Vec::new(),
        vars: BTreeMap::new(),
        fix_profile: None,
        enabled: true,
        partition: Partition::Aws,
        access: Access::Profile("prod".to_owned()),
        place: String::new(),
    }
}

pub fn behavior(path: Option<&str>, target: &str, viewer: &str) -> Behavior {
    Behavior {
        path: path.map(str::to_owned),
        target: OriginId::new(target),
        viewer: ViewerPolicy::parse(viewer),
        edge_code: false,
        host: HostHeader::Unknown,
    }
}

pub fn group(id: &str, members: &[&str]) -> OriginGroup {
    OriginGroup {
        id: OriginId::new(id),
        members: members.iter().map(|m| OriginId::new(*m)).collect(),
    }
}

fn origin(id: &str, domain: &str) -> Origin {
    Origin { id: OriginId::new(id), domain: domain.to_owned(), ..Origin::default() }
}

pub fn custom(id: &str, domain: &str, policy: &str, ssl: &[&str]) -> Origin {
    let config = CustomOrigin {
        protocol: ProtocolPolicy::parse(policy),
        http_port: 80,
        https_port: 443,
        ssl_protocols: Some(ssl.iter().map(|p| (*p).to_owned()).collect()),
    };
    Origin { custom: Some(config), ..origin(id, domain) }
}

pub fn s3(id: &str) -> Origin {
    let config = S3Origin { access_control: None, signing: Looked::NotNeeded };
    Origin { s3: Some(config), ..origin(id, "bucket.s3.eu-west-1.amazonaws.com") }
}

pub fn vpc(id: &str, policy: &str, ssl: &[&str]) -> Origin {
    let endpoint = VpcEndpoint {
        protocol: ProtocolPolicy::parse(policy),
        http_port: 80,
        https_port: 8443,
        arn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/inner/1"
            .to_owned(),
        ssl_protocols: Some(ssl.iter().map(|p| (*p).to_owned()).collect()),
        status: "Deployed".to_owned(),
    };
    let config = VpcOrigin {
        vpc_origin_id: "vo_abc".to_owned(),
        owner: None,
        endpoint: Looked::Found { value: endpoint, from: Source::default() },
    };
    Origin { vpc: Some(config), ..origin(id, "inner.example.com") }
}
