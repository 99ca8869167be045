use super::*;
use crate::domain::account::AssumeRole;
use crate::domain::distribution::{CustomOrigin, Origin, ProtocolPolicy};
use crate::domain::endpoint::service;
use crate::domain::ids::Partition;

const KEY: Key = Key::new([7; 32]);

fn account(name: &str, role: &str) -> Account {
    Account {
        id: AccountId::parse("111122223333").unwrap(),
        name: name.to_owned(),
        tags: vec!["env:prod".to_owned(), "pci".to_owned()],
        vars: [("owner".to_owned(), "team-web".to_owned())].into(),
        fix_profile: Some("shop-admin".to_owned()),
        enabled: true,
        partition: Partition::Aws,
        access: Access::Assume(AssumeRole {
            source_profile: Some("audit".to_owned()),
            chain: vec![format!("arn:aws:iam::111122223333:role/{role}")],
            session_name: "cf-tui".to_owned(),
            duration_seconds: 900,
            external_id: None,
        }),
        place: "/home/jane/acme.toml:12:1".to_owned(),
    }
}

fn mask() -> Mask {
    Mask::new(KEY, &[account("shop prod", "AcmeReader"), account("legacy-web", "AcmeReader")])
}

#[test]
fn pseudonyms_keep_the_shape_and_depend_on_the_key_alone() {
    let id = AccountId::parse("111122223333").unwrap();
    let one = mask().account_id(&id);
    assert!(one.as_str().starts_with("000") && one != id);
    assert_eq!(Mask::new(KEY, &[]).account_id(&id), one);
    assert_ne!(Mask::new(Key::new([8; 32]), &[]).account_id(&id), one);
    // Each half of the key counts.
    let mut second = [7; 32];
    second[31] = 0;
    assert_ne!(Mask::new(Key::new(second), &[]).account_id(&id), one);
    let distribution = mask().distribution_id(&DistributionId::new("E1A9EXAMPLE01X"));
    assert!(distribution.as_str().starts_with("EMASKED") && distribution.as_str().len() == 14);
    assert!(mask().origin_id(&OriginId::new("alb")).as_str().starts_with("origin-"));
    assert_eq!(mask().word("comment", ""), "");
    assert_eq!(format!("{KEY:?}"), "Key(…)");
}

#[test]
fn a_hundred_thousand_names_stay_apart() {
    let mask = mask();
    let names: std::collections::HashSet<_> =
        (0..100_000).map(|n| mask.host(&format!("host-{n}.acme.example"))).collect();
    assert_eq!(names.len(), 100_000);
}

#[test]
fn what_aws_names_in_a_domain_stays() {
    for (real, end) in [
        ("acme-logs.s3.eu-west-1.amazonaws.com", ".s3.eu-west-1.amazonaws.com"),
        ("a.b.c.s3.amazonaws.com", ".s3.amazonaws.com"),
        ("acme.s3-website-us-east-1.amazonaws.com", ".s3-website-us-east-1.amazonaws.com"),
        ("acme.s3-website.eu-central-1.amazonaws.com", ".s3-website.eu-central-1.amazonaws.com"),
        ("acme.s3.dualstack.eu-west-1.amazonaws.com", ".s3.dualstack.eu-west-1.amazonaws.com"),
        ("acme-alb-1.eu-west-1.elb.amazonaws.com", ".eu-west-1.elb.amazonaws.com"),
        ("hr-alb-7.eu-west-1.elb.amazonaws.com", ".eu-west-1.elb.amazonaws.com"),
        ("acme-nlb.elb.eu-west-1.amazonaws.com", ".elb.eu-west-1.amazonaws.com"),
        ("ab12.execute-api.eu-west-1.amazonaws.com", ".execute-api.eu-west-1.amazonaws.com"),
        ("ab12.lambda-url.eu-west-1.on.aws", ".lambda-url.eu-west-1.on.aws"),
        ("d111.cloudfront.net", ".cloudfront.net"),
        ("acme.amazonaws.com", ".amazonaws.com"),
        ("www.acme.example.com", ".example"),
        ("s3.acme.com", ".example"),
    ] {
        let masked = mask().host(real);
        assert!(masked.ends_with(end), "{real}: {masked}");
        let own = real.strip_suffix(end).unwrap_or(real);
        assert!(!masked.contains(own), "{real}: {masked}");
        assert_eq!(mask().host(&real.to_uppercase()), masked);
        let custom = CustomOrigin {
            protocol: ProtocolPolicy::HttpOnly,
            http_port: 80,
            https_port: 443,
            ssl_protocols: None,
        };
        let of = |domain: &str| {
            let domain = domain.to_owned();
            service(&Origin { domain, custom: Some(custom.clone()), ..Origin::default() })
        };
        assert_eq!(of(real), of(&masked), "{real}");
    }
    assert!(mask().alias("*.acme.example").starts_with("*.alias-"));
    assert_eq!(mask().host(""), "");
    assert_eq!(mask().host("s3.eu-west-1.amazonaws.com"), "s3.eu-west-1.amazonaws.com");
}

#[test]
fn free_text_keeps_its_sense_and_loses_its_names() {
    let text = "AssumeRole arn:aws:iam::111122223333:role/AcmeReader was denied: User: \
                arn:aws:sts::100000000001:assumed-role/SecOps/jane@acme.com is not authorized; \
                shop prod (111122223333), legacy-web. profile shop-admin of /home/jane/.aws/config; \
                E1A9EXAMPLE01X at img.acme-corp.com:443, 10.1.2.3; see `[role]` on page 2; \
                it is set at /home/jane/acme.toml:12:1";
    let masked = mask().text(text);
    for real in [
        "111122223333",
        "100000000001",
        "AcmeReader",
        "SecOps",
        "jane",
        "acme",
        "shop",
        "legacy",
        "E1A9EXAMPLE01X",
        "10.1.2.3",
    ] {
        assert!(!masked.contains(real), "{real}: {masked}");
    }
    for kept in
        ["AssumeRole arn:aws:iam::000", "was denied: User:", "see `[role]` on page 2", ":443"]
    {
        assert!(masked.contains(kept), "{kept}: {masked}");
    }
    let harmless = "rule D9.AWS.CRY.17; this is a bug in cf-tui: please report it; press r.";
    assert_eq!(mask().text(harmless), harmless);
}

#[test]
fn an_account_has_the_same_words_as_texts_about_it() {
    let real = account("legacy-web", "AcmeReader");
    let masked = mask().account(&real);
    assert_eq!(mask().text("legacy-web"), masked.name);
    let Access::Assume(role) = &masked.access else { panic!("a role") };
    assert_eq!(mask().text("arn:aws:iam::111122223333:role/AcmeReader"), role.last_role());
    assert_eq!(masked.place, "the fleet file:12:1");
    let json = serde_json::to_string(&masked).unwrap();
    for real in ["legacy", "Acme", "prod", "pci", "team", "shop", "audit", "1111", "jane"] {
        assert!(!json.contains(real), "{real}: {json}");
    }
}
