//! Origins from a few words.

use super::xml::{list, text, wrap};

/// An origin to be made.
#[derive(Clone, Debug)]
pub struct Origin {
    pub(super) id: String,
    domain: String,
    path: String,
    oac: String,
    headers: Vec<(String, String)>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Custom { policy: String, ssl: Vec<String>, http_port: u16, https_port: u16 },
    S3 { oai: String },
    Vpc { id: String, owner: Option<String> },
    None,
}

impl Origin {
    fn new(id: &str, domain: &str, kind: Kind) -> Self {
        Self {
            id: id.to_owned(),
            domain: domain.to_owned(),
            path: String::new(),
            oac: String::new(),
            headers: Vec::new(),
            kind,
        }
    }

    /// With `CustomOriginConfig`: ports 80 and 443, TLS 1.2 only.
    pub fn custom(id: &str, domain: &str, policy: &str) -> Self {
        let kind = Kind::Custom {
            policy: policy.to_owned(),
            ssl: vec!["TLSv1.2".to_owned()],
            http_port: 80,
            https_port: 443,
        };
        Self::new(id, domain, kind)
    }

    /// With `S3OriginConfig`, without OAC and OAI.
    pub fn s3(id: &str, domain: &str) -> Self {
        Self::new(id, domain, Kind::S3 { oai: String::new() })
    }

    /// With `VpcOriginConfig`.
    pub fn vpc(id: &str, domain: &str, vpc_origin: &str) -> Self {
        Self::new(id, domain, Kind::Vpc { id: vpc_origin.to_owned(), owner: None })
    }

    /// With none of the three configs.
    pub fn bare(id: &str, domain: &str) -> Self {
        Self::new(id, domain, Kind::None)
    }

    /// Attaches an origin access control.
    pub fn with_oac(mut self, id: &str) -> Self {
        id.clone_into(&mut self.oac);
        self
    }

    /// Attaches an origin access identity (S3 only).
    pub fn with_oai(mut self, id: &str) -> Self {
        self.kind = Kind::S3 { oai: format!("origin-access-identity/cloudfront/{id}") };
        self
    }

    /// Sets `OriginSslProtocols` (custom only).
    pub fn ssl(mut self, protocols: &[&str]) -> Self {
        if let Kind::Custom { ssl, .. } = &mut self.kind {
            *ssl = protocols.iter().map(|p| (*p).to_owned()).collect();
        }
        self
    }

    /// Sets the ports (custom only).
    pub fn ports(mut self, http: u16, https: u16) -> Self {
        if let Kind::Custom { http_port, https_port, .. } = &mut self.kind {
            (*http_port, *https_port) = (http, https);
        }
        self
    }

    /// The account that owns the VPC origin (VPC only).
    pub fn owner(mut self, account: &str) -> Self {
        if let Kind::Vpc { owner, .. } = &mut self.kind {
            *owner = Some(account.to_owned());
        }
        self
    }

    /// Adds a custom header; the value is a secret.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets `OriginPath`.
    pub fn path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    pub(super) fn xml(&self) -> String {
        let header = |(name, value): &(String, String)| {
            wrap("OriginCustomHeader", &(text("HeaderName", name) + &text("HeaderValue", value)))
        };
        let headers: Vec<String> = self.headers.iter().map(header).collect();
        let inner = [
            text("Id", &self.id),
            text("DomainName", &self.domain),
            text("OriginPath", &self.path),
            list("CustomHeaders", &headers),
            self.kind.xml(),
            text("ConnectionAttempts", "3"),
            text("ConnectionTimeout", "10"),
            wrap("OriginShield", "<Enabled>false</Enabled>"),
            text("OriginAccessControlId", &self.oac),
        ];
        wrap("Origin", &inner.concat())
    }
}

impl Kind {
    fn xml(&self) -> String {
        match self {
            Self::Custom { policy, ssl, http_port, https_port } => {
                let inner = endpoint(*http_port, *https_port, policy, ssl)
                    + "<OriginReadTimeout>30</OriginReadTimeout><OriginKeepaliveTimeout>5</OriginKeepaliveTimeout><IpAddressType>ipv4</IpAddressType>";
                wrap("CustomOriginConfig", &inner)
            }
            Self::S3 { oai } => {
                let timeout = "<OriginReadTimeout>30</OriginReadTimeout>";
                wrap("S3OriginConfig", &(text("OriginAccessIdentity", oai) + timeout))
            }
            Self::Vpc { id, owner } => {
                let owner = owner.as_ref().map(|o| text("OwnerAccountId", o)).unwrap_or_default();
                let rest = "<OriginReadTimeout>30</OriginReadTimeout><OriginKeepaliveTimeout>5</OriginKeepaliveTimeout>";
                wrap("VpcOriginConfig", &(text("VpcOriginId", id) + &owner + rest))
            }
            Self::None => String::new(),
        }
    }
}

/// The elements that CustomOriginConfig and VpcOriginEndpointConfig share.
pub(super) fn endpoint(http: u16, https: u16, policy: &str, ssl: &[String]) -> String {
    let ssl: Vec<String> = ssl.iter().map(|p| text("SslProtocol", p)).collect();
    text("HTTPPort", &http.to_string())
        + &text("HTTPSPort", &https.to_string())
        + &text("OriginProtocolPolicy", policy)
        + &list("OriginSslProtocols", &ssl)
}
