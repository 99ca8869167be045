//! The distributions that moto holds, and what must be said of each of their origins.

use aws_sdk_cloudfront::types::{
    Aliases, CacheBehavior, CacheBehaviors, CustomHeaders, CustomOriginConfig,
    DefaultCacheBehavior, DistributionConfig, Origin, OriginCustomHeader, OriginGroup,
    OriginGroupFailoverCriteria, OriginGroupMember, OriginGroupMembers, OriginGroups,
    OriginProtocolPolicy, OriginSslProtocols, Origins, SslProtocol, StatusCodes,
    ViewerProtocolPolicy,
};

/// The value of an origin's header, which nothing may show.
pub(crate) const SECRET: &str = "moto-origin-header-secret-51c0";

/// An account: id, name.
pub(crate) type Member = (&'static str, &'static str);

pub(crate) const SHOP: Member = ("111122223333", "shop");
pub(crate) const MEDIA: Member = ("444455556666", "media");
pub(crate) const BULK: Member = ("777788889999", "bulk");

/// More than the page of a listing holds.
pub(crate) const BULK_DISTRIBUTIONS: usize = 130;

/// Ids that would do harm where they are not quoted.
pub(crate) const QUOTES: &str = "it's \"quoted\" $HOME `x`";
pub(crate) const HOSTILE: &str = "'; touch pwned; $(touch pwned) #";

/// A distribution to be created.
pub(crate) struct Sketch {
    pub(crate) account: &'static str,
    /// Its comment, by which tests know it.
    pub(crate) label: String,
    pub(crate) enabled: bool,
    pub(crate) aliases: &'static [&'static str],
    /// Id, policy, TLS versions.
    pub(crate) origins: Vec<(&'static str, &'static str, &'static [&'static str])>,
    /// Id and members of an origin group.
    pub(crate) group: Option<(&'static str, [&'static str; 2])>,
    /// Path, target, viewer policy; the first is the default one.
    pub(crate) behaviors: Vec<(&'static str, &'static str, &'static str)>,
}

/// What must be said of one origin.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) origin: &'static str,
    pub(crate) policy: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) clause: Option<&'static str>,
    pub(crate) exposure: &'static str,
    pub(crate) verdict: &'static str,
}

const TLS_1_2: &[&str] = &["TLSv1.2"];
const OLD_TLS: &[&str] = &["TLSv1", "TLSv1.1", "TLSv1.2"];

/// Everything that moto is to hold.
pub(crate) fn sketches() -> Vec<Sketch> {
    let mut all = vec![
        Sketch {
            account: SHOP.0,
            label: "shop-front".to_owned(),
            enabled: true,
            aliases: &["www.shop.example", "shop.example"],
            origins: vec![
                ("web", "http-only", TLS_1_2),
                ("api", "match-viewer", TLS_1_2),
                (QUOTES, "https-only", TLS_1_2),
            ],
            group: None,
            behaviors: vec![
                ("*", "web", "redirect-to-https"),
                ("/api/*", "api", "allow-all"),
                ("/img/*", QUOTES, "https-only"),
            ],
        },
        Sketch {
            account: SHOP.0,
            label: "shop-legacy".to_owned(),
            enabled: true,
            aliases: &[],
            origins: vec![
                ("main", "match-viewer", TLS_1_2),
                ("admin", "match-viewer", TLS_1_2),
                ("spare", "http-only", TLS_1_2),
            ],
            group: None,
            behaviors: vec![("*", "main", "allow-all"), ("/admin/*", "admin", "https-only")],
        },
        Sketch {
            account: SHOP.0,
            label: "shop-old-tls".to_owned(),
            enabled: true,
            aliases: &[],
            origins: vec![("old", "https-only", OLD_TLS)],
            group: None,
            behaviors: vec![("*", "old", "https-only")],
        },
        Sketch {
            account: MEDIA.0,
            label: "media-off".to_owned(),
            enabled: false,
            aliases: &[],
            origins: vec![("vod", "http-only", TLS_1_2)],
            group: None,
            behaviors: vec![("*", "vod", "allow-all")],
        },
        Sketch {
            account: MEDIA.0,
            label: "media-live".to_owned(),
            enabled: true,
            aliases: &["live.media.example"],
            origins: vec![
                (HOSTILE, "http-only", TLS_1_2),
                ("two  blanks", "match-viewer", TLS_1_2),
                ("-n", "https-only", TLS_1_2),
            ],
            group: None,
            behaviors: vec![
                ("*", HOSTILE, "allow-all"),
                ("/two/*", "two  blanks", "redirect-to-https"),
                ("/n/*", "-n", "allow-all"),
            ],
        },
        Sketch {
            account: MEDIA.0,
            label: "media-pair".to_owned(),
            enabled: true,
            aliases: &[],
            origins: vec![
                ("primary", "match-viewer", TLS_1_2),
                ("standby", "match-viewer", TLS_1_2),
            ],
            group: Some(("pair", ["primary", "standby"])),
            behaviors: vec![("*", "primary", "https-only"), ("/ha/*", "pair", "allow-all")],
        },
    ];
    all.extend((0..BULK_DISTRIBUTIONS).map(bulk));
    all
}

fn bulk(n: usize) -> Sketch {
    let (policy, viewer) = match n % 3 {
        0 => ("http-only", "allow-all"),
        1 => ("match-viewer", "redirect-to-https"),
        _ => ("https-only", "allow-all"),
    };
    Sketch {
        account: BULK.0,
        label: format!("bulk-{n:03}"),
        enabled: true,
        aliases: &[],
        origins: vec![("bulk", policy, TLS_1_2)],
        group: None,
        behaviors: vec![("*", "bulk", viewer)],
    }
}

/// What must be said of every origin, by hand.
pub(crate) fn rows() -> Vec<Row> {
    let (redirect, only) = (Some("viewer_redirect"), Some("viewer_https_only"));
    let origin = Some("origin_https_only");
    let mut all: Vec<Row> = [
        ("shop-front", "web", "http-only", "pass", redirect, "plaintext", "fail"),
        ("shop-front", "api", "match-viewer", "pass", redirect, "plaintext_possible", "fail"),
        ("shop-front", QUOTES, "https-only", "pass", origin, "encrypted", "pass"),
        ("shop-legacy", "main", "match-viewer", "fail", None, "plaintext_possible", "fail"),
        ("shop-legacy", "admin", "match-viewer", "fail", None, "encrypted_by_viewer", "pass"),
        ("shop-legacy", "spare", "http-only", "fail", None, "latent", "warn"),
        ("shop-old-tls", "old", "https-only", "pass", origin, "encrypted", "warn"),
        ("media-off", "vod", "http-only", "fail", None, "latent", "warn"),
        ("media-live", HOSTILE, "http-only", "fail", None, "plaintext", "fail"),
        ("media-live", "two  blanks", "match-viewer", "fail", None, "encrypted_by_viewer", "pass"),
        ("media-live", "-n", "https-only", "pass", origin, "encrypted", "pass"),
        ("media-pair", "primary", "match-viewer", "pass", only, "plaintext_possible", "fail"),
        ("media-pair", "standby", "match-viewer", "pass", only, "plaintext_possible", "fail"),
    ]
    .map(|(label, origin, policy, rule, clause, exposure, verdict)| {
        let label = label.to_owned();
        Row { label, origin, policy, rule, clause, exposure, verdict }
    })
    .to_vec();
    for n in 0..BULK_DISTRIBUTIONS {
        let (policy, rule, clause, exposure, verdict) = match n % 3 {
            0 => ("http-only", "fail", None, "plaintext", "fail"),
            1 => ("match-viewer", "pass", redirect, "encrypted_by_viewer", "pass"),
            _ => ("https-only", "pass", origin, "encrypted", "pass"),
        };
        let label = format!("bulk-{n:03}");
        all.push(Row { label, origin: "bulk", policy, rule, clause, exposure, verdict });
    }
    all
}

/// The sketch as CloudFront wants it.
pub(crate) fn config(sketch: &Sketch) -> DistributionConfig {
    let origins: Vec<Origin> = sketch.origins.iter().enumerate().map(origin).collect();
    let (_, target, viewer) = sketch.behaviors[0];
    let ordered: Vec<CacheBehavior> = sketch.behaviors[1..].iter().map(behavior).collect();
    DistributionConfig::builder()
        .caller_reference(&sketch.label)
        .comment(&sketch.label)
        .enabled(sketch.enabled)
        .aliases(
            Aliases::builder()
                .quantity(count(sketch.aliases.len()))
                .set_items(Some(sketch.aliases.iter().map(|&a| a.to_owned()).collect()))
                .build()
                .unwrap(),
        )
        .origins(
            Origins::builder()
                .quantity(count(origins.len()))
                .set_items(Some(origins))
                .build()
                .unwrap(),
        )
        .set_origin_groups(sketch.group.map(groups))
        .default_cache_behavior(
            DefaultCacheBehavior::builder()
                .target_origin_id(target)
                .viewer_protocol_policy(ViewerProtocolPolicy::from(viewer))
                .build()
                .unwrap(),
        )
        .cache_behaviors(
            CacheBehaviors::builder()
                .quantity(count(ordered.len()))
                .set_items(Some(ordered))
                .build()
                .unwrap(),
        )
        .build()
        .unwrap()
}

/// Every first origin has the header, as shops protect their servers with it.
fn origin((n, (id, policy, tls)): (usize, &(&str, &str, &[&str]))) -> Origin {
    let protocols = tls.iter().map(|&version| SslProtocol::from(version)).collect();
    let header = OriginCustomHeader::builder()
        .header_name("X-Origin-Verify")
        .header_value(SECRET)
        .build()
        .unwrap();
    let headers = match n {
        0 => CustomHeaders::builder().quantity(1).items(header),
        _ => CustomHeaders::builder().quantity(0),
    };
    Origin::builder()
        .id(*id)
        .domain_name(format!("origin{n}.example.com"))
        .origin_path("")
        .custom_headers(headers.build().unwrap())
        .custom_origin_config(
            CustomOriginConfig::builder()
                .http_port(80)
                .https_port(443)
                .origin_protocol_policy(OriginProtocolPolicy::from(*policy))
                .origin_ssl_protocols(
                    OriginSslProtocols::builder()
                        .quantity(count(tls.len()))
                        .set_items(Some(protocols))
                        .build()
                        .unwrap(),
                )
                .build()
                .unwrap(),
        )
        .build()
        .unwrap()
}

fn behavior(&(path, target, viewer): &(&str, &str, &str)) -> CacheBehavior {
    CacheBehavior::builder()
        .path_pattern(path)
        .target_origin_id(target)
        .viewer_protocol_policy(ViewerProtocolPolicy::from(viewer))
        .build()
        .unwrap()
}

fn groups((id, members): (&str, [&str; 2])) -> OriginGroups {
    let member = |id: &str| OriginGroupMember::builder().origin_id(id).build().unwrap();
    let codes = StatusCodes::builder().quantity(1).items(502).build().unwrap();
    let group = OriginGroup::builder()
        .id(id)
        .failover_criteria(OriginGroupFailoverCriteria::builder().status_codes(codes).build())
        .members(
            OriginGroupMembers::builder()
                .quantity(2)
                .set_items(Some(members.map(member).to_vec()))
                .build()
                .unwrap(),
        )
        .build()
        .unwrap();
    OriginGroups::builder().quantity(1).items(group).build().unwrap()
}

fn count(length: usize) -> i32 {
    i32::try_from(length).unwrap()
}
