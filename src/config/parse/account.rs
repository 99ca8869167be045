//! One `[[accounts]]` entry.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::settings::{KEYS, Settings};
use super::values::{boolean, mistyped, string, strings, table};
use super::walk::Walk;
use crate::config::defaults;
use crate::domain::account::{Access, Account, AssumeRole};
use crate::domain::ids::{AccountId, Partition};

use super::role::Role;

/// An entry as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The `[[accounts]]` header, or the brace of an inline table.
    pub(super) header: Range<usize>,
    pub(super) id: Option<Spanned<AccountId>>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) tags: Vec<String>,
    pub(super) enabled: Option<bool>,
    vars: BTreeMap<String, String>,
    fix_profile: Option<String>,
    profile: Option<Spanned<String>>,
    settings: Settings,
}

/// The keys of an entry beyond the shared settings.
const OWN: [&str; 7] = ["account_id", "name", "tags", "vars", "fix_profile", "profile", "enabled"];

/// Reads an entry; what is wrong is noted and left out.
pub(super) fn read(walk: &mut Walk<'_>, header: Range<usize>, written: &DeTable<'_>) -> Entry {
    let mut entry = Entry { header: header.clone(), ..Entry::default() };
    let mut has_id = false;
    for (key, value) in written {
        match key.get_ref().as_ref() {
            "account_id" => {
                has_id = true;
                entry.id = account_id(walk, value);
            }
            name @ "name" => entry.name = string(walk, name, value),
            name @ "tags" => entry.tags = tags(walk, name, value),
            name @ "vars" => entry.vars = vars(walk, name, value),
            name @ "fix_profile" => {
                entry.fix_profile = string(walk, name, value).map(Spanned::into_inner);
            }
            name @ "profile" => entry.profile = string(walk, name, value),
            name @ "enabled" => entry.enabled = boolean(walk, name, value),
            name => {
                if !entry.settings.take(walk, key, value) {
                    walk.unknown(name, key.span(), &[&OWN[..], &KEYS[..]].concat());
                }
            }
        }
    }
    if !has_id {
        let hint = "account_id = \"111122223333\"";
        walk.missing(header, "this account has no `account_id`", hint);
    }
    profile_alone(walk, &entry);
    entry
}

fn account_id(walk: &mut Walk<'_>, value: &Spanned<DeValue<'_>>) -> Option<Spanned<AccountId>> {
    let written = match value.get_ref() {
        DeValue::String(text) => text.as_ref(),
        DeValue::Integer(number) => {
            let message = "`account_id` is a bare number, and must be a string of 12 digits";
            let hint = match number.as_str() {
                digits if digits.len() == 12 => format!("quote it: account_id = \"{digits}\""),
                _ => "quote it; an id of fewer digits has lost its leading zeros".to_owned(),
            };
            walk.wrong(value.span(), message, hint);
            return None;
        }
        _ => {
            mistyped(walk, "account_id", value, "a string of 12 digits", "");
            return None;
        }
    };
    let id = AccountId::parse(written);
    if id.is_none() {
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let hint = match digits.len() {
            12 => format!("write \"{digits}\""),
            few @ 1..12 => format!("it has {few}; a spreadsheet may have dropped leading zeros"),
            0 => "the id of the AWS account, as the console shows it".to_owned(),
            many => format!("it has {many}"),
        };
        walk.wrong(value.span(), "`account_id` must be exactly 12 digits", hint);
    }
    id.map(|id| Spanned::new(value.span(), id))
}

fn tags(walk: &mut Walk<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
    let tags = strings(walk, key, value, "[\"env:prod\"]").unwrap_or_default();
    tags.into_iter().map(Spanned::into_inner).collect()
}

fn vars(walk: &mut Walk<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> BTreeMap<String, String> {
    let Some(written) = table(walk, key, value, "for example vars = { owner = \"team-web\" }")
    else {
        return BTreeMap::new();
    };
    let mut vars = BTreeMap::new();
    for (name, value) in written {
        if let Some(text) = string(walk, name.get_ref(), value) {
            vars.insert(name.get_ref().to_string(), text.into_inner());
        }
    }
    vars
}

/// A profile is used as it is: what belongs to assuming a role would silently do nothing.
fn profile_alone(walk: &mut Walk<'_>, entry: &Entry) {
    if entry.profile.is_none() {
        return;
    }
    for (key, span) in &entry.settings.written {
        let hint = match key.as_str() {
            "partition" => continue,
            "role" => {
                "a profile is used as it is; to assume a role from it, write `source_profile`"
            }
            _ => "a profile is used as it is, and nothing is assumed: leave one of the two out",
        };
        walk.wrong(span.clone(), format!("`{key}` stands beside `profile`"), hint);
    }
}

/// Fills in the defaults. `None` if the entry lacks what an account must have; that is noted.
pub(super) fn resolve(walk: &mut Walk<'_>, entry: Entry, shared: &Settings) -> Option<Account> {
    let id = entry.id.as_ref()?.get_ref().clone();
    let own = &entry.settings;
    let place = walk.place(&entry.header);
    let (access, partition) = match entry.profile {
        Some(profile) => {
            let partition = own.partition.as_ref().or(shared.partition.as_ref());
            let partition = partition.map_or(defaults::PARTITION, |p| *p.get_ref());
            (Access::Profile(profile.into_inner()), partition)
        }
        None => {
            let role = own.role.clone().or_else(|| shared.role.clone());
            let role = role.unwrap_or_else(|| Role::built_in(defaults::ROLE));
            belongs(walk, &role, &id, &place);
            let partition = partition(walk, own, shared, &role);
            let assume = assume(walk, own, shared, role.chain(&id, partition));
            (Access::Assume(assume), partition)
        }
    };
    Some(Account {
        name: entry.name.map_or_else(|| id.as_str().to_owned(), Spanned::into_inner),
        id,
        tags: entry.tags,
        vars: entry.vars,
        fix_profile: entry.fix_profile,
        enabled: entry.enabled.unwrap_or(true),
        partition,
        access,
        place,
    })
}

fn belongs(walk: &mut Walk<'_>, role: &Role, id: &AccountId, place: &str) {
    if let Some(other) = role.last_account()
        && other != id.as_str()
    {
        walk.wrong(
            role.span.clone(),
            format!("this role is in account {other}, and {id} of {place} would be read with it"),
            "the last role must be in the account itself: write its name, or {account_id} in the ARN",
        );
    }
}

/// An ARN's partition counts. What is written beside it, or in the account, must agree.
fn partition(walk: &mut Walk<'_>, own: &Settings, shared: &Settings, role: &Role) -> Partition {
    let beside = if own.role.is_some() { None } else { shared.partition.as_ref() };
    let written = own.partition.as_ref().or(beside);
    match (role.partition(), written) {
        (Some(named), Some(written)) if named != *written.get_ref() => {
            let (named, other) = (named.as_str(), written.get_ref().as_str());
            walk.wrong(
                written.span(),
                format!("`partition` is \"{other}\", and the role's ARN says \"{named}\""),
                "leave `partition` out: the ARN's is taken",
            );
            *written.get_ref()
        }
        (Some(named), _) => named,
        (None, Some(written)) => *written.get_ref(),
        (None, None) => shared.partition.as_ref().map_or(defaults::PARTITION, |p| *p.get_ref()),
    }
}

fn assume(
    walk: &mut Walk<'_>,
    own: &Settings,
    shared: &Settings,
    chain: Vec<String>,
) -> AssumeRole {
    let duration = own.duration_seconds.as_ref().or(shared.duration_seconds.as_ref());
    if let Some(seconds) = duration
        && chain.len() > 1
        && *seconds.get_ref() > defaults::DURATION_SECONDS
    {
        walk.wrong(
            seconds.span(),
            "`duration_seconds` is more than 3600 with a chain of roles",
            "AWS grants at most one hour to a role that is assumed by a role",
        );
    }
    let name = own.role_session_name.as_ref().or(shared.role_session_name.as_ref());
    AssumeRole {
        source_profile: own.source_profile.clone().or_else(|| shared.source_profile.clone()),
        chain,
        session_name: name.cloned().unwrap_or_else(|| defaults::ROLE_SESSION_NAME.to_owned()),
        duration_seconds: duration.map_or(defaults::DURATION_SECONDS, |d| *d.get_ref()),
        external_id: own.external_id.clone().or_else(|| shared.external_id.clone()),
    }
}
