//! One finding of each kind.

use cf_tui::domain::account::{Access, Account, AssumeRole};
use cf_tui::domain::assessment::{Assessment, assess};
use cf_tui::domain::distribution::{
    Behavior, CustomOrigin, Distribution, HostHeader, Looked, Origin, OriginGroup, ProtocolPolicy,
    S3Origin, Signing, Source, ViewerPolicy, VpcEndpoint, VpcOrigin,
};
use cf_tui::domain::finding::Finding;
use cf_tui::domain::ids::{AccountId, DistributionId, OriginId, Partition};

/// Owns what a finding borrows; the finding is of the first origin.
pub struct Case {
    pub name: &'static str,
    pub account: Account,
    pub distribution: Distribution,
    assessment: Assessment,
}

impl Case {
    pub fn new(name: &'static str, distribution: Distribution) -> Self {
        let assessment = assess(&distribution, &distribution.origins[0]);
        Self { name, account: account(), distribution, assessment }
    }

    pub fn finding(&self) -> Finding<'_> {
        Finding {
            account: &self.account,
            distribution: &self.distribution,
            origin: &self.distribution.origins[0],
            assessment: &self.assessment,
        }
    }
}

pub fn account() -> Account {
    Account {
        id: AccountId::parse("111122223333").unwrap(),
        name: "shop-prod".to_owned(),
        tags: vec!["env:prod".to_owned()],
        vars: [("owner".to_owned(), "team-web".to_owned())].into(),
        fix_profile: None,
        enabled: true,
        partition: Partition::Aws,
        access: Access::Assume(AssumeRole {
            source_profile: Some("audit".to_owned()),
            chain: vec!["arn:aws:iam::111122223333:role/SecurityAudit".to_owned()],
            session_name: "cf-tui".to_owned(),
            duration_seconds: 3600,
            external_id: None,
        }),
        place: "fleet.toml:12".to_owned(),
    }
}

pub fn source(call: &str) -> Source {
    Source {
        call: call.to_owned(),
        request_id: Some("7d1e3f0a-5b1c-4f5e-9f60-0123456789ab".to_owned()),
        read_at: Some("2026-11-23T09:12:40.5Z".parse().unwrap()),
    }
}

pub fn distribution(origins: Vec<Origin>, behaviors: Vec<Behavior>) -> Distribution {
    Distribution {
        id: DistributionId::new("E1A9EXAMPLE01X"),
        arn: "arn:aws:cloudfront::111122223333:distribution/E1A9EXAMPLE01X".to_owned(),
        domain: "d111abcdef8.cloudfront.net".to_owned(),
        aliases: vec!["www.shop.example".to_owned(), "shop.example".to_owned()],
        comment: "the shop".to_owned(),
        enabled: true,
        status: "Deployed".to_owned(),
        last_modified: Some("2026-11-21T08:00:00Z".parse().unwrap()),
        etag: Some("E2QWEXAMPLE".to_owned()),
        origins,
        behaviors,
        source: source("ListDistributions, page 2"),
        ..Distribution::default()
    }
}

pub fn custom(id: &str, domain: &str, protocol: &str, tls: &[&str]) -> Origin {
    Origin {
        id: OriginId::new(id),
        domain: domain.to_owned(),
        custom: Some(CustomOrigin {
            protocol: ProtocolPolicy::parse(protocol),
            http_port: 80,
            https_port: 443,
            ssl_protocols: Some(tls.iter().map(|p| (*p).to_owned()).collect()),
        }),
        ..Origin::default()
    }
}

fn s3(id: &str, access_control: Option<&str>, signing: Looked<Signing>) -> Origin {
    Origin {
        id: OriginId::new(id),
        domain: "assets-shop.s3.eu-west-1.amazonaws.com".to_owned(),
        s3: Some(S3Origin { access_control: access_control.map(str::to_owned), signing }),
        ..Origin::default()
    }
}

fn vpc(endpoint: Looked<VpcEndpoint>) -> Origin {
    Origin {
        id: OriginId::new("inside"),
        domain: "internal-alb.example".to_owned(),
        vpc: Some(VpcOrigin {
            vpc_origin_id: "vo_9EXAMPLE".to_owned(),
            owner: Some("555566667777".to_owned()),
            endpoint,
        }),
        ..Origin::default()
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

/// One of each kind.
pub fn cases() -> Vec<Case> {
    vec![
        gap(),
        through_a_group(),
        bucket(),
        website("website", "http-only"),
        website("broken_website", "https-only"),
        vpc_found(),
        vpc_denied(),
        weak_tls(),
        latent(),
        edge_code(),
        not_whole(),
        overcautious(),
        hostile(),
    ]
}

pub fn gap() -> Case {
    let mut origin = custom(
        "alb-legacy",
        "legacy-alb-1234567890.eu-west-1.elb.amazonaws.com",
        "http-only",
        &["TLSv1", "TLSv1.1", "TLSv1.2"],
    );
    origin.header_names = vec!["X-Origin-Verify".to_owned()];
    origin.path = "/live".to_owned();
    let bucket = s3("assets", Some("E3OACEXAMPLE"), Looked::NotNeeded);
    let to_both = vec![
        behavior(None, "alb-legacy", "redirect-to-https"),
        behavior(Some("/assets/*"), "assets", "https-only"),
    ];
    Case::new("gap", distribution(vec![origin, bucket], to_both))
}

fn through_a_group() -> Case {
    let image = custom("img", "img.shop.example", "match-viewer", &["TLSv1.2"]);
    let spare = custom("img-spare", "img2.shop.example", "https-only", &["TLSv1.2"]);
    let behaviors = vec![
        behavior(None, "img-spare", "https-only"),
        behavior(Some("/img/*"), "images", "allow-all"),
        behavior(Some("/thumbnails/*"), "img", "redirect-to-https"),
    ];
    let mut distribution = distribution(vec![image, spare], behaviors);
    distribution.groups.push(OriginGroup {
        id: OriginId::new("images"),
        members: vec![OriginId::new("img"), OriginId::new("img-spare")],
    });
    distribution.staging = true;
    distribution.status = "InProgress".to_owned();
    Case::new("through_a_group", distribution)
}

fn bucket() -> Case {
    let from = source("ListOriginAccessControls, page 1");
    let signing = Looked::Found { value: Signing::Never, from };
    let origin = s3("assets", Some("E3OACEXAMPLE"), signing);
    Case::new("bucket", distribution(vec![origin], vec![behavior(None, "assets", "allow-all")]))
}

fn website(name: &'static str, protocol: &str) -> Case {
    let domain = "media.s3-website-eu-west-1.amazonaws.com";
    let origin = custom("media", domain, protocol, &["TLSv1.2"]);
    let routes = vec![behavior(None, "media", "redirect-to-https")];
    Case::new(name, distribution(vec![origin], routes))
}

fn vpc_found() -> Case {
    let value = VpcEndpoint {
        protocol: ProtocolPolicy::HttpOnly,
        http_port: 8080,
        https_port: 443,
        arn: "arn:aws:elasticloadbalancing:eu-west-1:555566667777:loadbalancer/app/inside/50dc6c49"
            .to_owned(),
        ssl_protocols: None,
        status: "Deploying".to_owned(),
    };
    let origin = vpc(Looked::Found { value, from: source("GetVpcOrigin") });
    let routes = vec![behavior(None, "inside", "https-only")];
    Case::new("vpc_found", distribution(vec![origin], routes))
}

fn vpc_denied() -> Case {
    let why = "GetVpcOrigin AccessDenied: cloudfront:GetVpcOrigin is missing";
    let origin = vpc(Looked::Failed(why.to_owned()));
    let routes = vec![behavior(None, "inside", "https-only")];
    Case::new("vpc_denied", distribution(vec![origin], routes))
}

fn weak_tls() -> Case {
    let origin = custom("api", "api.shop.example", "https-only", &["TLSv1", "TLSv1.2"]);
    Case::new("weak_tls", distribution(vec![origin], vec![behavior(None, "api", "https-only")]))
}

fn latent() -> Case {
    let old = custom("old", "old.shop.example", "http-only", &["TLSv1.2"]);
    let new = custom("new", "new.shop.example", "https-only", &["TLSv1.2"]);
    let routes = vec![behavior(None, "new", "redirect-to-https")];
    Case::new("latent", distribution(vec![old, new], routes))
}

fn edge_code() -> Case {
    let origin = custom("feeds", "feeds.example", "match-viewer", &["TLSv1.2"]);
    let mut route = behavior(None, "feeds", "https-only");
    route.edge_code = true;
    let mut distribution = distribution(vec![origin], vec![route]);
    distribution.multi_tenant = true;
    distribution.etag = None;
    Case::new("edge_code", distribution)
}

fn not_whole() -> Case {
    let origin = custom("api", "api.shop.example", "https-only", &["TLSv1.2"]);
    let mut distribution = distribution(vec![origin], Vec::new());
    distribution.defects.push("CacheBehaviors says 3 and holds 1".to_owned());
    Case::new("not_whole", distribution)
}

fn overcautious() -> Case {
    let api = custom("api", "api.shop.example", "match-viewer", &["TLSv1.2"]);
    let web = custom("web", "web.shop.example", "http-only", &["TLSv1.2"]);
    let routes =
        vec![behavior(None, "web", "allow-all"), behavior(Some("/api/*"), "api", "https-only")];
    Case::new("overcautious", distribution(vec![api, web], routes))
}

fn hostile() -> Case {
    let id = "'; touch pwned; $(touch pwned)\u{1b}]0;pwned\u{7}\u{202e}";
    let origin = custom(id, "日本語.shop.example", "http-only", &["TLSv1.2"]);
    Case::new("hostile", distribution(vec![origin], vec![behavior(None, id, "allow-all")]))
}
