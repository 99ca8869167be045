//! A distribution in few words, as `assets/demo.toml` writes it and the filler invents it.

use serde::Deserialize;

use crate::domain::distribution::HostHeader;

/// A hand-written account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountSketch {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    pub(super) owner: Option<String>,
    pub(super) fix_profile: Option<String>,
    /// Used as it is, instead of a role.
    pub(super) profile: Option<String>,
    /// Roles by name; the first ones of a chain by ARN.
    #[serde(default)]
    pub(super) roles: Vec<String>,
    pub(super) external_id: Option<String>,
    #[serde(default)]
    pub(super) china: bool,
    #[serde(default)]
    pub(super) fate: Fate,
    /// Distributions on a page: AWS gives 100, which few accounts have.
    #[serde(default = "page_of_aws")]
    pub(super) page: usize,
    #[serde(default)]
    pub(super) distributions: Vec<Sketch>,
}

/// What comes of reading an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    /// It is read.
    #[default]
    Complete,
    /// It is read, and there is nothing in it.
    Empty,
    /// It is disabled in the fleet file.
    Disabled,
    /// It is told to slow down, and is read in the end.
    Throttled,
    /// The role refuses.
    Denied,
    /// The role is another account's.
    WrongAccount,
    /// The SSO session of its profile is over.
    Expired,
    /// No answer ever comes.
    TimedOut,
    /// Something else than CloudFront answers.
    Malformed,
    /// The role may not call GetVpcOrigin.
    VpcDenied,
    /// The connection breaks after the first page.
    CutOff,
}

/// A distribution.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sketch {
    pub(super) id: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) comment: String,
    #[serde(default)]
    pub(super) disabled: bool,
    #[serde(default)]
    pub(super) staging: bool,
    #[serde(default)]
    pub(super) multi_tenant: bool,
    /// `Deployed` unless said.
    pub(super) status: Option<String>,
    /// Days before the demo's clock at which it last changed.
    #[serde(default = "some_days")]
    pub(super) days: u16,
    /// What a cut answer left out.
    #[serde(default)]
    pub(super) defects: Vec<String>,
    pub(super) origins: Vec<OriginSketch>,
    #[serde(default)]
    pub(super) groups: Vec<GroupSketch>,
    pub(super) behaviors: Vec<BehaviorSketch>,
}

/// An origin: at most one of `custom`, `s3` and `vpc` is set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OriginSketch {
    pub(super) id: String,
    pub(super) domain: String,
    #[serde(default)]
    pub(super) path: String,
    /// `OriginProtocolPolicy` of a custom origin.
    pub(super) custom: Option<String>,
    /// `SigningBehavior` of an S3 origin's OAC; or `none`, no OAC, or `missing`, one that the
    /// account does not list.
    pub(super) s3: Option<String>,
    /// `OriginProtocolPolicy` of a VPC origin's endpoint; or `missing`.
    pub(super) vpc: Option<String>,
    /// The account that shares the VPC origin, where another one does.
    pub(super) vpc_owner: Option<String>,
    /// The VPC origin's own status: `Deployed` unless said.
    pub(super) vpc_status: Option<String>,
    /// `OriginSslProtocols`: just TLSv1.2 unless said; an empty list was not told.
    pub(super) tls: Option<Vec<String>>,
    pub(super) http_port: Option<i32>,
    pub(super) https_port: Option<i32>,
    #[serde(default)]
    pub(super) headers: Vec<String>,
}

/// An origin group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupSketch {
    pub(super) id: String,
    pub(super) members: Vec<String>,
}

/// A behavior; the one without a path is the default.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BehaviorSketch {
    pub(super) path: Option<String>,
    pub(super) to: String,
    /// `ViewerProtocolPolicy`: `redirect-to-https` unless said.
    pub(super) viewer: Option<String>,
    #[serde(default)]
    pub(super) edge: bool,
    /// `not_forwarded` unless said, as the commonest policies do.
    pub(super) host: Option<HostHeader>,
}

fn page_of_aws() -> usize {
    super::PAGE
}

fn some_days() -> u16 {
    120
}
