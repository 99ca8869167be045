//! Which origins a pre-flight can ask, and what it asks them.

use super::Target;
use crate::domain::distribution::{Distribution, HostHeader, Origin};
use crate::domain::endpoint::{OriginKind, kind};

/// What a pre-flight of the origin asks, or why there is none, ready for a person.
///
/// # Errors
/// An origin that is no web server with a name of its own; a domain that is no plain host name; a
/// port that CloudFront does not connect to.
pub fn target(distribution: &Distribution, origin: &Origin) -> Result<Target, String> {
    let custom = match kind(origin) {
        OriginKind::Custom => origin.custom.as_ref(),
        _ => None,
    };
    let custom = custom.ok_or_else(|| not_custom(kind(origin)).to_owned())?;
    if origin.domain.contains("{{") {
        let why = "the domain holds parameters ({{ }}) that each tenant fills in";
        return Err(why.to_owned());
    }
    if !is_host_name(&origin.domain) {
        return Err("the domain is no plain host name with a dot in it".to_owned());
    }
    let port = u16::try_from(custom.https_port).ok().filter(is_allowed);
    let port = port.ok_or_else(|| {
        let port = custom.https_port;
        format!("the HTTPS port is {port}, and CloudFront connects to 80, 443 and 1024-65535 only")
    })?;
    Ok(Target {
        domain: origin.domain.clone(),
        port,
        aliases: forwarded_names(distribution, origin),
        protocols: custom.ssl_protocols.clone(),
    })
}

/// The aliases, unless it is known of every behavior that the origin does not see them.
fn forwarded_names(distribution: &Distribution, origin: &Origin) -> Vec<String> {
    let mut routes = distribution.routes(origin).peekable();
    let is_routed = routes.peek().is_some();
    match is_routed && routes.all(|behavior| behavior.host == HostHeader::NotForwarded) {
        true => Vec::new(),
        false => distribution.aliases.clone(),
    }
}

fn not_custom(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Custom => "the origin has no HTTPS port",
        OriginKind::S3 => "an S3 endpoint always has TLS, with a certificate of AWS",
        OriginKind::S3Website => "an S3 website endpoint has no TLS at all",
        OriginKind::Vpc => "the origin is in a VPC, where only CloudFront reaches it",
        OriginKind::Unknown => "it is not known what kind of origin this is",
    }
}

/// What CloudFront takes as a custom origin's port (API reference, `CustomOriginConfig`).
fn is_allowed(port: &u16) -> bool {
    matches!(port, 80 | 443 | 1024..)
}

/// Letters, digits, hyphens and underscores in two or more labels. The last one begins with a
/// letter, as every top-level domain does: so no way to write an IP address passes, `127.1` and
/// `1.0x7f` neither.
fn is_host_name(domain: &str) -> bool {
    let is_label = |label: &str| {
        let letters = label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        letters && (1..=63).contains(&label.len()) && !label.starts_with('-')
    };
    let Some((_, top)) = domain.rsplit_once('.') else { return false };
    let is_named = top.starts_with(|c: char| c.is_ascii_alphabetic());
    domain.len() <= 253 && is_named && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::distribution::{
        Behavior, CustomOrigin, ProtocolPolicy, S3Origin, ViewerPolicy,
    };
    use crate::domain::ids::OriginId;

    fn custom(domain: &str, https_port: i32) -> Result<Target, String> {
        let origin = Origin {
            domain: domain.to_owned(),
            custom: Some(CustomOrigin {
                protocol: ProtocolPolicy::HttpOnly,
                http_port: 80,
                https_port,
                ssl_protocols: Some(vec!["TLSv1.2".to_owned()]),
            }),
            ..Origin::default()
        };
        target(&Distribution::default(), &origin)
    }

    #[test]
    fn a_plain_host_name_is_asked_on_its_own_port() {
        let asked = custom("api-1.shop_x.example.com", 8443).unwrap();
        assert_eq!((asked.domain.as_str(), asked.port), ("api-1.shop_x.example.com", 8443));
        assert!(asked.allows("TLSv1.2") && !asked.allows_older());
    }

    #[test]
    fn whatever_could_be_an_address_or_another_thing_is_not() {
        let long = format!("{}.com", "a".repeat(64));
        let many = format!("{}com", "a.".repeat(126));
        for domain in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "1.0x7f",
            "[::1]",
            "::1",
            "localhost",
            "",
            ".",
            "a..com",
            "a.com.",
            ".com",
            "a.com:443",
            "a.com/x",
            "u@a.com",
            "a b.com",
            "-a.com",
            "bücher.example",
            "a.com\n",
            "a\u{202e}.com",
            "%61.com",
            &long,
            &many,
        ] {
            assert!(custom(domain, 443).unwrap_err().contains("host name"), "{domain:?}");
        }
        assert!(custom("{{tenant}}.example.com", 443).unwrap_err().contains("tenant"));
    }

    #[test]
    fn ports_that_cloudfront_refuses_are_refused() {
        for port in [-1, 0, 22, 25, 81, 442, 444, 1023, 65536, i32::MAX] {
            assert!(custom("a.example.com", port).unwrap_err().contains(&port.to_string()));
        }
        for port in [80, 443, 1024, 65535] {
            assert!(custom("a.example.com", port).is_ok());
        }
    }

    #[test]
    fn aliases_count_only_where_the_origin_may_see_them() {
        use HostHeader::{Forwarded, NotForwarded, Unknown};
        let count = |hosts: &[HostHeader]| {
            let behavior = |host: &HostHeader| Behavior {
                path: None,
                target: OriginId::default(),
                viewer: ViewerPolicy::AllowAll,
                edge_code: false,
                host: *host,
            };
            let distribution = Distribution {
                aliases: vec!["www.example.com".to_owned()],
                behaviors: hosts.iter().map(behavior).collect(),
                ..Distribution::default()
            };
            forwarded_names(&distribution, &Origin::default()).len()
        };
        assert_eq!(count(&[NotForwarded]), 0);
        assert_eq!(count(&[NotForwarded, NotForwarded]), 0);
        for hosts in [&[][..], &[Forwarded], &[Unknown], &[NotForwarded, Unknown]] {
            assert_eq!(count(hosts), 1, "{hosts:?}");
        }
    }

    #[test]
    fn what_is_no_web_server_is_told_apart() {
        let website = custom("b.s3-website-eu-west-1.amazonaws.com", 443).unwrap_err();
        assert!(website.contains("no TLS at all"));
        let s3 = S3Origin {
            access_control: None,
            signing: crate::domain::distribution::Looked::NotNeeded,
        };
        let bucket = Origin { s3: Some(s3), ..Origin::default() };
        assert!(target(&Distribution::default(), &bucket).unwrap_err().contains("S3"));
        assert!(target(&Distribution::default(), &Origin::default()).is_err());
    }
}
