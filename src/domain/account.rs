//! An account of the fleet and the way into it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::{AccountId, Partition};

/// One `[[accounts]]` entry, defaults already applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The twelve digits.
    pub id: AccountId,
    /// The name that people use; the id where none was given.
    pub name: String,
    /// Tags as written, `key:value` or a bare word.
    pub tags: Vec<String>,
    /// Free variables, such as the owner.
    pub vars: BTreeMap<String, String>,
    /// The profile that copied commands use; only ever text.
    pub fix_profile: Option<String>,
    /// Disabled accounts are listed and never read.
    pub enabled: bool,
    /// The account's partition.
    pub partition: Partition,
    /// How its credentials are had.
    pub access: Access,
    /// Where it stands in the fleet file, `fleet.toml:12:1`; empty for the demo.
    pub place: String,
}

/// How an account's credentials are had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Access {
    /// Roles assumed one after the other.
    Assume(AssumeRole),
    /// A profile of `~/.aws` used as it is; nothing is assumed, so no session policy applies.
    Profile(String),
}

/// A chain of roles, and what is sent with the last hop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssumeRole {
    /// The profile whose credentials assume the first role; `None` is the default chain.
    pub source_profile: Option<String>,
    /// Full ARNs, at least one; the last belongs to the account.
    pub chain: Vec<String>,
    /// 2 to 64 characters of `[\w+=,.@-]`.
    pub session_name: String,
    /// Seconds, 900 to 43200.
    pub duration_seconds: i32,
    /// Sent with the last hop only.
    pub external_id: Option<ExternalId>,
}

impl AssumeRole {
    /// The ARN of the role in the account itself.
    pub fn last_role(&self) -> &str {
        self.chain.last().map_or("", String::as_str)
    }
}

/// An external id. AWS does not call it a secret, users do: it is not shown in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct ExternalId(String);

impl ExternalId {
    /// Takes the value that STS gets.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the STS call alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExternalId(…)")
    }
}

impl Serialize for ExternalId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("…")
    }
}

impl<'de> Deserialize<'de> for ExternalId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}
