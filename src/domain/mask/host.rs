//! Domains: what names somebody goes, what names a service or a region of AWS stays, so that the
//! kind of an origin is the same with the mask on.

use super::Mask;

/// Labels that begin the part of an endpoint that AWS names.
const SERVICES: [&str; 9] = [
    "s3",
    "s3-website",
    "s3-accelerate",
    "elb",
    "execute-api",
    "lambda-url",
    "mediastore",
    "compute",
    "compute-1",
];

impl Mask {
    /// An origin's domain, or any other host's.
    pub fn host(&self, domain: &str) -> String {
        self.domain("host", domain)
    }

    /// An alternate domain name. Where it is also a host's, both end alike.
    pub fn alias(&self, domain: &str) -> String {
        self.domain("alias", domain)
    }

    fn domain(&self, kind: &str, domain: &str) -> String {
        // As DNS compares names.
        let real = domain.trim_end_matches('.').to_ascii_lowercase();
        if let Some(rest) = real.strip_prefix("*.") {
            return format!("*.{}", self.domain(kind, rest));
        }
        if real.contains("{{") {
            return format!("{{{{{}}}}}.example", self.word("tenant", &real));
        }
        let public = public_part(&real);
        match public {
            _ if real.is_empty() => real,
            Some("") => format!("{}.example", self.word(kind, &real)),
            Some("cloudfront.net") => {
                format!("d0{}.cloudfront.net", self.word("masked", &real).replace('-', ""))
            }
            Some(public) => format!("{}.{public}", self.word(kind, &real)),
            None => real,
        }
    }
}

/// What of a domain AWS names: nothing of one that is somebody's, all of a regional endpoint
/// (`None`).
fn public_part(domain: &str) -> Option<&str> {
    const SUFFIXES: [&str; 4] =
        [".amazonaws.com", ".amazonaws.com.cn", ".on.aws", ".cloudfront.net"];
    let Some(suffix) = SUFFIXES.into_iter().find(|suffix| domain.ends_with(suffix)) else {
        return Some("");
    };
    let own = &domain[..domain.len() - suffix.len()];
    let mut at = own.len() + 1;
    let mut begins = at;
    // From behind: the service that stands first in the name is the one that counts last.
    for label in own.rsplit('.') {
        at -= label.len() + 1;
        let known = is_service(label) || is_region(label) || label == "dualstack";
        if !known {
            break;
        }
        begins = at;
    }
    (begins > 0).then(|| &domain[begins.min(domain.len())..])
}

fn is_service(label: &str) -> bool {
    let begins = |start: &str| label.strip_prefix(start).is_some_and(is_region);
    SERVICES.contains(&label)
        || ["s3-", "s3-website-"].iter().any(|start| begins(start))
        || label == "mediapackage"
        || label == "mediapackagev2"
}

/// `eu-west-1`, `us-gov-east-1`; a name such as `hr-alb-7` is none, though it has that shape.
fn is_region(label: &str) -> bool {
    const AREAS: [&str; 11] = ["af", "ap", "ca", "cn", "eu", "il", "me", "mx", "sa", "us", "eusc"];
    const PARTS: [&str; 12] = [
        "north",
        "south",
        "east",
        "west",
        "central",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "gov",
        "iso",
        "isob",
    ];
    let parts: Vec<&str> = label.split('-').collect();
    let [area, middle @ .., number] = parts.as_slice() else { return false };
    AREAS.contains(area)
        && !middle.is_empty()
        && middle.iter().all(|part| PARTS.contains(part))
        && number.len() == 1
        && number.bytes().all(|b| b.is_ascii_digit())
}
