//! The hand-written accounts of `assets/demo.toml`, which is part of the program.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Planned;
use super::filler::Share;
use super::sketch::{AccountSketch, Fate};
use crate::domain::account::{Access, Account, AssumeRole, ExternalId};
use crate::domain::ids::{AccountId, Partition};

const TEXT: &str = include_str!("../../../assets/demo.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Showcase {
    groups: BTreeMap<String, Vec<String>>,
    accounts: Vec<AccountSketch>,
}

fn parse() -> Showcase {
    toml::from_str(TEXT).expect("assets/demo.toml is part of the program, and a test reads it")
}

/// The demo's groups.
pub(super) fn groups() -> BTreeMap<String, Vec<String>> {
    parse().groups
}

/// The hand-written accounts, in their order.
pub(super) fn accounts() -> Vec<Planned> {
    parse().accounts.into_iter().enumerate().map(|(ix, sketch)| planned(ix, sketch)).collect()
}

fn planned(ix: usize, sketch: AccountSketch) -> Planned {
    let account = Account {
        access: access(&sketch),
        id: AccountId::parse(&sketch.id).expect("assets/demo.toml has ids of twelve digits"),
        name: sketch.name,
        tags: sketch.tags,
        vars: sketch.owner.map(|owner| ("owner".to_owned(), owner)).into_iter().collect(),
        fix_profile: sketch.fix_profile,
        enabled: sketch.fate != Fate::Disabled,
        partition: partition(sketch.china),
        place: place(ix),
    };
    Planned {
        ix,
        account,
        fate: sketch.fate,
        page: sketch.page,
        shown: sketch.distributions,
        share: Share::default(),
    }
}

/// Where the account would stand, were there a file.
pub(super) fn place(ix: usize) -> String {
    format!("demo fleet:{}", 12 + 7 * ix)
}

fn partition(china: bool) -> Partition {
    match china {
        true => Partition::AwsCn,
        false => Partition::Aws,
    }
}

fn access(sketch: &AccountSketch) -> Access {
    if let Some(profile) = &sketch.profile {
        return Access::Profile(profile.clone());
    }
    let mut assume = assume(&sketch.id, partition(sketch.china), &sketch.roles);
    assume.external_id = sketch.external_id.as_ref().map(ExternalId::new);
    Access::Assume(assume)
}

/// The way into an account by role names or ARNs; by the usual role where there are none.
pub(super) fn assume(account_id: &str, partition: Partition, roles: &[String]) -> AssumeRole {
    let arn = |role: &str| match role.starts_with("arn:") {
        true => role.to_owned(),
        false => format!("arn:{}:iam::{account_id}:role/{role}", partition.as_str()),
    };
    let mut chain: Vec<String> = roles.iter().map(|role| arn(role)).collect();
    if chain.is_empty() {
        chain.push(arn("OrganizationAccountAccessRole"));
    }
    AssumeRole {
        source_profile: None,
        chain,
        session_name: "cf-tui".to_owned(),
        duration_seconds: 3600,
        external_id: None,
    }
}
