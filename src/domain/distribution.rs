//! A distribution as CloudFront describes it, reduced to what verdicts, fixes and evidence need.
//!
//! Shapes follow botocore's CloudFront model 2020-05-31. Values of origin headers are never
//! taken over: they are usually shared secrets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{DistributionId, OriginId};

/// `OriginProtocolPolicy`: how CloudFront speaks to an origin.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProtocolPolicy {
    /// Always plain HTTP.
    HttpOnly,
    /// As the viewer did.
    MatchViewer,
    /// Always TLS.
    HttpsOnly,
    /// A value that this program does not know, or none.
    Other(String),
}

impl ProtocolPolicy {
    /// Reads the API's value; what it does not know it keeps.
    pub fn parse(text: &str) -> Self {
        match text {
            "http-only" => Self::HttpOnly,
            "match-viewer" => Self::MatchViewer,
            "https-only" => Self::HttpsOnly,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The API's value, where it is a known one.
    pub fn known(&self) -> Option<&'static str> {
        match self {
            Self::HttpOnly => Some("http-only"),
            Self::MatchViewer => Some("match-viewer"),
            Self::HttpsOnly => Some("https-only"),
            Self::Other(_) => None,
        }
    }
}

/// `ViewerProtocolPolicy` of a behavior.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ViewerPolicy {
    /// Plain HTTP is served.
    AllowAll,
    /// Plain HTTP is answered with a redirect; nothing goes to the origin.
    RedirectToHttps,
    /// Plain HTTP is refused.
    HttpsOnly,
    /// A value that this program does not know, or none.
    Other(String),
}

impl ViewerPolicy {
    /// Reads the API's value; what it does not know it keeps.
    pub fn parse(text: &str) -> Self {
        match text {
            "allow-all" => Self::AllowAll,
            "redirect-to-https" => Self::RedirectToHttps,
            "https-only" => Self::HttpsOnly,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The API's value, also where it is not a known one.
    pub fn as_str(&self) -> &str {
        match self {
            Self::AllowAll => "allow-all",
            Self::RedirectToHttps => "redirect-to-https",
            Self::HttpsOnly => "https-only",
            Self::Other(text) => text,
        }
    }

    /// True where a viewer's plain HTTP never reaches the origin.
    pub fn is_https(&self) -> bool {
        matches!(self, Self::RedirectToHttps | Self::HttpsOnly)
    }
}

/// `SigningBehavior` of an origin access control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signing {
    /// Every request is signed and goes over HTTPS.
    Always,
    /// Nothing is signed.
    Never,
    /// Signed unless the viewer sent an Authorization header.
    NoOverride,
    /// A value that this program does not know.
    Other(String),
}

impl Signing {
    /// Reads the API's value; what it does not know it keeps.
    pub fn parse(text: &str) -> Self {
        match text {
            "always" => Self::Always,
            "never" => Self::Never,
            "no-override" => Self::NoOverride,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The API's value, also where it is not a known one.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Always => "always",
            Self::Never => "never",
            Self::NoOverride => "no-override",
            Self::Other(text) => text,
        }
    }
}

/// What came of a look-up that a verdict may need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Looked<T> {
    /// No verdict depends on it, so no call was made.
    NotNeeded,
    /// The answer, and where it came from.
    Found {
        /// What AWS said.
        value: T,
        /// The call that said it.
        from: Source,
    },
    /// The list was complete and the thing was not in it.
    Missing,
    /// The call failed; the text says which and why, ready for a person.
    Failed(String),
}

impl<T> Looked<T> {
    /// The answer, where there is one.
    pub fn found(&self) -> Option<&T> {
        match self {
            Self::Found { value, .. } => Some(value),
            _ => None,
        }
    }
}

/// The call that an input came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The API call, with its page where there are pages: `ListDistributions, page 2`.
    pub call: String,
    /// AWS's request id.
    pub request_id: Option<String>,
    /// When the answer arrived; set by the store, which is told the time.
    pub read_at: Option<Timestamp>,
}

/// A distribution of a listing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// Its id.
    pub id: DistributionId,
    /// Its ARN.
    pub arn: String,
    /// `d111abcdef8.cloudfront.net`.
    pub domain: String,
    /// Alternate domain names.
    pub aliases: Vec<String>,
    /// The owner's comment.
    pub comment: String,
    /// False: switched off.
    pub enabled: bool,
    /// A staging distribution of a continuous deployment.
    pub staging: bool,
    /// `ConnectionMode=tenant-only`.
    pub multi_tenant: bool,
    /// `Deployed` or `InProgress`, or what AWS adds one day.
    pub status: String,
    /// When its configuration last changed.
    pub last_modified: Option<Timestamp>,
    /// The ETag, where the call gives one (ListDistributions may not).
    pub etag: Option<String>,
    /// Its origins, in AWS's order.
    pub origins: Vec<Origin>,
    /// Its origin groups.
    pub groups: Vec<OriginGroup>,
    /// The default behavior first, then the ordered ones in their order.
    pub behaviors: Vec<Behavior>,
    /// What in the description is not whole, each ready for a person. Any entry makes every
    /// verdict of the distribution unknown.
    pub defects: Vec<String>,
    /// The call that described it.
    pub source: Source,
}

impl Distribution {
    /// True once the edges serve this configuration and no older one.
    pub fn is_deployed(&self) -> bool {
        self.status == "Deployed"
    }

    /// True if the behavior sends requests to the origin, itself or as a member of a group.
    pub fn reaches(&self, behavior: &Behavior, origin: &Origin) -> bool {
        behavior.target == origin.id || self.group_of(behavior, origin).is_some()
    }

    /// The group by which the behavior reaches the origin, where it does so by one.
    pub fn group_of(&self, behavior: &Behavior, origin: &Origin) -> Option<&OriginGroup> {
        self.groups
            .iter()
            .find(|group| group.id == behavior.target && group.members.contains(&origin.id))
    }

    /// The behaviors that send requests to the origin, in order.
    pub fn routes<'a>(&'a self, origin: &'a Origin) -> impl Iterator<Item = &'a Behavior> + 'a {
        self.behaviors.iter().filter(move |b| self.reaches(b, origin))
    }

    /// The behavior for what no path pattern matches; absent only in a cut description.
    pub fn default_behavior(&self) -> Option<&Behavior> {
        self.behaviors.iter().find(|b| b.path.is_none())
    }
}

/// One origin. AWS sets one of the three configs; which, is its kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Its id.
    pub id: OriginId,
    /// Its domain name.
    pub domain: String,
    /// The path that is put before every request's.
    pub path: String,
    /// Set for every origin that speaks HTTP like a web server, S3 website endpoints too.
    pub custom: Option<CustomOrigin>,
    /// Set for S3 REST endpoints.
    pub s3: Option<S3Origin>,
    /// Set for origins in a VPC.
    pub vpc: Option<VpcOrigin>,
    /// Names of the headers that CloudFront adds; never their values.
    pub header_names: Vec<String>,
}

/// `CustomOriginConfig`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomOrigin {
    /// How CloudFront speaks to it.
    pub protocol: ProtocolPolicy,
    /// TCP port for plain HTTP.
    pub http_port: i32,
    /// TCP port for TLS.
    pub https_port: i32,
    /// `OriginSslProtocols`; `None` where the list was not told.
    pub ssl_protocols: Option<Vec<String>>,
}

/// `S3OriginConfig` with the origin access control that signs for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct S3Origin {
    /// `OriginAccessControlId`, where one is attached.
    pub access_control: Option<String>,
    /// Its signing behavior, looked up only where a verdict depends on it.
    pub signing: Looked<Signing>,
}

/// `VpcOriginConfig` with the endpoint that GetVpcOrigin describes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VpcOrigin {
    /// `VpcOriginId`.
    pub vpc_origin_id: String,
    /// The account that owns it, where it is shared.
    pub owner: Option<String>,
    /// The endpoint, looked up for every VPC origin: only it has the protocol policy.
    pub endpoint: Looked<VpcEndpoint>,
}

/// `VpcOriginEndpointConfig`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VpcEndpoint {
    /// How CloudFront speaks to it.
    pub protocol: ProtocolPolicy,
    /// TCP port for plain HTTP.
    pub http_port: i32,
    /// TCP port for TLS.
    pub https_port: i32,
    /// The load balancer or instance behind it.
    pub arn: String,
    /// `OriginSslProtocols`; `None` where the list was not told.
    pub ssl_protocols: Option<Vec<String>>,
    /// The VPC origin's own `Status`: it is deployed apart from the distributions that use it.
    pub status: String,
}

impl VpcEndpoint {
    /// True once the edges use this configuration and no older one.
    pub fn is_deployed(&self) -> bool {
        self.status == "Deployed"
    }
}

/// A group whose second member takes over when the first fails.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OriginGroup {
    /// Its id, a behavior's target.
    pub id: OriginId,
    /// Ids of its origins, the primary first.
    pub members: Vec<OriginId>,
}

/// A cache behavior: which requests go where, and in which protocol viewers may speak.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Behavior {
    /// The path pattern; `None` for the default behavior.
    pub path: Option<String>,
    /// The origin or origin group that it sends requests to.
    pub target: OriginId,
    /// What viewers may speak.
    pub viewer: ViewerPolicy,
    /// A Lambda@Edge function on origin-request, or a CloudFront Function on viewer-request:
    /// either may pick or rewrite the origin, its protocol too.
    pub edge_code: bool,
    /// Whether the origin sees the name that the viewer asked for.
    pub host: HostHeader,
}

/// Whether a behavior passes the viewer's Host header on. If it does, the origin's certificate
/// may match that instead of the origin domain (Developer Guide, "HTTP 502 status code").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostHeader {
    /// The origin sees the viewer's.
    Forwarded,
    /// The origin sees its own domain.
    NotForwarded,
    /// A policy decides that was not read.
    #[default]
    Unknown,
}

impl Behavior {
    /// The path pattern as the console shows it.
    pub fn path(&self) -> &str {
        self.path.as_deref().unwrap_or("Default (*)")
    }
}
