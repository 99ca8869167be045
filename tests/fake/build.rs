//! Distributions from a few words, with everything else as the console would set it.

use super::origin::Origin;
use super::xml::{CLOUDFRONT, document, list, text, wrap};

/// A distribution to be made.
#[derive(Clone, Debug)]
pub struct Distribution {
    id: String,
    enabled: bool,
    staging: bool,
    policy: String,
    status: String,
    comment: String,
    connection_mode: String,
    aliases: Vec<String>,
    origins: Vec<Origin>,
    groups: Vec<(String, Vec<String>)>,
    default_behavior: Option<Behavior>,
    behaviors: Vec<Behavior>,
}

impl Distribution {
    /// Enabled, deployed, without origins; its default behavior goes to the first origin and
    /// allows all viewers unless told.
    pub fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            enabled: true,
            staging: false,
            policy: String::new(),
            status: "Deployed".to_owned(),
            comment: String::new(),
            connection_mode: "direct".to_owned(),
            aliases: Vec::new(),
            origins: Vec::new(),
            groups: Vec::new(),
            default_behavior: None,
            behaviors: Vec::new(),
        }
    }

    /// Adds an origin.
    pub fn origin(mut self, origin: Origin) -> Self {
        self.origins.push(origin);
        self
    }

    /// Adds an origin group.
    pub fn group(mut self, id: &str, members: &[&str]) -> Self {
        self.groups.push((id.to_owned(), members.iter().map(|m| (*m).to_owned()).collect()));
        self
    }

    /// Sets the default behavior.
    pub fn default_behavior(mut self, behavior: Behavior) -> Self {
        self.default_behavior = Some(behavior);
        self
    }

    /// Adds an ordered behavior; it needs a path.
    pub fn behavior(mut self, behavior: Behavior) -> Self {
        self.behaviors.push(behavior);
        self
    }

    /// Adds an alternate domain name.
    pub fn alias(mut self, name: &str) -> Self {
        self.aliases.push(name.to_owned());
        self
    }

    /// Sets the comment.
    pub fn comment(mut self, comment: &str) -> Self {
        comment.clone_into(&mut self.comment);
        self
    }

    /// Switches it off.
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }

    /// Makes it a staging distribution.
    pub fn staging(mut self) -> Self {
        self.staging = true;
        self
    }

    /// Sets `ContinuousDeploymentPolicyId`.
    pub fn deploys_by(mut self, policy: &str) -> Self {
        policy.clone_into(&mut self.policy);
        self
    }

    /// `Deployed` or `InProgress`.
    pub fn status(mut self, status: &str) -> Self {
        status.clone_into(&mut self.status);
        self
    }

    /// `ConnectionMode=tenant-only`.
    pub fn tenant_only(mut self) -> Self {
        "tenant-only".clone_into(&mut self.connection_mode);
        self
    }

    pub(super) fn stored(self, account: &str, etag: String) -> Stored {
        Stored {
            arn: format!("arn:aws:cloudfront::{account}:distribution/{}", self.id),
            domain: format!("d{}.cloudfront.net", self.id.to_ascii_lowercase()),
            etag,
            status: self.status.clone(),
            config: self.config(),
            id: self.id,
        }
    }

    fn config(&self) -> String {
        let first = self.origins.first().map_or("", |o| &o.id);
        let default = self.default_behavior.clone().unwrap_or_else(|| Behavior::to(first));
        let aliases: Vec<String> = self.aliases.iter().map(|a| text("CNAME", a)).collect();
        let origins: Vec<String> = self.origins.iter().map(Origin::xml).collect();
        let groups: Vec<String> = self.groups.iter().map(|(id, m)| group_xml(id, m)).collect();
        let behaviors: Vec<String> =
            self.behaviors.iter().map(|b| b.xml("CacheBehavior")).collect();
        let inner = [
            text("CallerReference", &format!("made-{}", self.id)),
            list("Aliases", &aliases),
            text("DefaultRootObject", "index.html"),
            list("Origins", &origins),
            list("OriginGroups", &groups),
            default.xml("DefaultCacheBehavior"),
            list("CacheBehaviors", &behaviors),
            list("CustomErrorResponses", &[]),
            text("Comment", &self.comment),
            "<Logging><Enabled>false</Enabled><IncludeCookies>false</IncludeCookies><Bucket></Bucket><Prefix></Prefix></Logging>".to_owned(),
            text("PriceClass", "PriceClass_All"),
            text("Enabled", bool_text(self.enabled)),
            "<ViewerCertificate><CloudFrontDefaultCertificate>true</CloudFrontDefaultCertificate><SSLSupportMethod>vip</SSLSupportMethod><MinimumProtocolVersion>TLSv1</MinimumProtocolVersion><CertificateSource>cloudfront</CertificateSource></ViewerCertificate>".to_owned(),
            "<Restrictions><GeoRestriction><RestrictionType>none</RestrictionType><Quantity>0</Quantity></GeoRestriction></Restrictions>".to_owned(),
            text("WebACLId", ""),
            text("HttpVersion", "http2and3"),
            text("IsIPV6Enabled", "true"),
            text("ContinuousDeploymentPolicyId", &self.policy),
            text("Staging", bool_text(self.staging)),
            text("ConnectionMode", &self.connection_mode),
        ];
        document("DistributionConfig", CLOUDFRONT, &inner.concat())
    }
}

/// A distribution as the server keeps it; an update replaces the config.
pub(super) struct Stored {
    pub(super) id: String,
    pub(super) arn: String,
    pub(super) domain: String,
    pub(super) etag: String,
    pub(super) status: String,
    /// A whole `DistributionConfig` document.
    pub(super) config: String,
}

/// A cache behavior to be made.
#[derive(Clone, Debug)]
pub struct Behavior {
    path: Option<String>,
    target: String,
    viewer: String,
    lambdas: Vec<(String, String)>,
    functions: Vec<(String, String)>,
    /// CachePolicyId and OriginRequestPolicyId, or the headers of ForwardedValues.
    forwards: Result<(String, Option<String>), Vec<String>>,
}

impl Behavior {
    /// Sends requests to an origin or a group, and allows all viewers.
    pub fn to(target: &str) -> Self {
        Self {
            path: None,
            target: target.to_owned(),
            viewer: "allow-all".to_owned(),
            lambdas: Vec::new(),
            functions: Vec::new(),
            forwards: Ok(("658327ea-f89d-4fab-a63d-7e88639e58f6".to_owned(), None)),
        }
    }

    /// Sets the path pattern.
    pub fn path(mut self, pattern: &str) -> Self {
        self.path = Some(pattern.to_owned());
        self
    }

    /// Sets `ViewerProtocolPolicy`.
    pub fn viewer(mut self, policy: &str) -> Self {
        policy.clone_into(&mut self.viewer);
        self
    }

    /// Adds a Lambda@Edge association, such as `origin-request`.
    pub fn lambda(mut self, event: &str) -> Self {
        let arn = "arn:aws:lambda:us-east-1:111122223333:function:edge:1";
        self.lambdas.push((event.to_owned(), arn.to_owned()));
        self
    }

    /// Adds a CloudFront Function, such as `viewer-request`.
    pub fn function(mut self, event: &str) -> Self {
        let arn = "arn:aws:cloudfront::111122223333:function/rewrite";
        self.functions.push((event.to_owned(), arn.to_owned()));
        self
    }

    /// Sets the cache policy and the origin request policy.
    pub fn policies(mut self, cache: &str, request: Option<&str>) -> Self {
        self.forwards = Ok((cache.to_owned(), request.map(str::to_owned)));
        self
    }

    /// Sets the older ForwardedValues with these headers.
    pub fn forwarded_values(mut self, headers: &[&str]) -> Self {
        self.forwards = Err(headers.iter().map(|h| (*h).to_owned()).collect());
        self
    }

    fn xml(&self, name: &str) -> String {
        let forwards = match &self.forwards {
            Ok((cache, request)) => {
                text("CachePolicyId", cache)
                    + &request
                        .as_ref()
                        .map(|id| text("OriginRequestPolicyId", id))
                        .unwrap_or_default()
            }
            Err(headers) => {
                let names: Vec<String> = headers.iter().map(|h| text("Name", h)).collect();
                let inner = text("QueryString", "false")
                    + &wrap("Cookies", &text("Forward", "none"))
                    + &list("Headers", &names);
                wrap("ForwardedValues", &inner)
            }
        };
        let association = |element: &str, arn_element: &str, (event, arn): &(String, String)| {
            wrap(element, &(text(arn_element, arn) + &text("EventType", event)))
        };
        let lambdas: Vec<String> = self
            .lambdas
            .iter()
            .map(|l| association("LambdaFunctionAssociation", "LambdaFunctionARN", l))
            .collect();
        let functions: Vec<String> = self
            .functions
            .iter()
            .map(|f| association("FunctionAssociation", "FunctionARN", f))
            .collect();
        let methods = [text("Method", "HEAD"), text("Method", "GET")];
        let allowed = list("AllowedMethods", &methods)
            .replace("</AllowedMethods>", &(list("CachedMethods", &methods) + "</AllowedMethods>"));
        let inner = [
            self.path.as_ref().map(|p| text("PathPattern", p)).unwrap_or_default(),
            text("TargetOriginId", &self.target),
            "<TrustedSigners><Enabled>false</Enabled><Quantity>0</Quantity></TrustedSigners>"
                .to_owned(),
            "<TrustedKeyGroups><Enabled>false</Enabled><Quantity>0</Quantity></TrustedKeyGroups>"
                .to_owned(),
            text("ViewerProtocolPolicy", &self.viewer),
            allowed,
            text("SmoothStreaming", "false"),
            text("Compress", "true"),
            list("LambdaFunctionAssociations", &lambdas),
            list("FunctionAssociations", &functions),
            text("FieldLevelEncryptionId", ""),
            forwards,
            "<GrpcConfig><Enabled>false</Enabled></GrpcConfig>".to_owned(),
        ];
        wrap(name, &inner.concat())
    }
}

/// A VPC origin to be made.
#[derive(Clone, Debug)]
pub struct VpcOrigin {
    pub(super) id: String,
    pub(super) policy: String,
    pub(super) arn: String,
    pub(super) ssl: Vec<String>,
    pub(super) status: String,
}

impl VpcOrigin {
    /// In front of a load balancer, with ports 80 and 443 and TLS 1.2 only.
    pub fn new(id: &str, policy: &str) -> Self {
        Self {
            id: id.to_owned(),
            policy: policy.to_owned(),
            arn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/inner/0123456789abcdef".to_owned(),
            ssl: vec!["TLSv1.2".to_owned()],
            status: "Deployed".to_owned(),
        }
    }

    /// Sets its own status, such as `Deploying`.
    pub fn status(mut self, status: &str) -> Self {
        status.clone_into(&mut self.status);
        self
    }

    /// Sets `OriginSslProtocols`.
    pub fn ssl(mut self, protocols: &[&str]) -> Self {
        self.ssl = protocols.iter().map(|p| (*p).to_owned()).collect();
        self
    }
}

fn group_xml(id: &str, members: &[String]) -> String {
    let codes = ["500", "502"].map(|c| text("StatusCode", c));
    let members: Vec<String> =
        members.iter().map(|m| wrap("OriginGroupMember", &text("OriginId", m))).collect();
    let inner = text("Id", id)
        + &wrap("FailoverCriteria", &list("StatusCodes", &codes))
        + &list("Members", &members)
        + &text("SelectionCriteria", "default");
    wrap("OriginGroup", &inner)
}

fn bool_text(value: bool) -> &'static str {
    match value {
        true => "true",
        false => "false",
    }
}
