//! `role`: a name, an ARN, a template, or a list of them that is a chain.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::session::is_session_character;
use super::values::{mistyped, string};
use super::walk::Walk;
use crate::domain::ids::{AccountId, Partition};

/// One role of a chain, not yet of an account.
#[derive(Clone, Debug)]
enum Hop {
    /// A name, perhaps with a path, in the account itself.
    Name(String),
    /// An ARN; any part may be a placeholder.
    Arn { partition: String, account: String, role: String },
}

/// A chain of at least one role.
#[derive(Clone, Debug)]
pub(super) struct Role {
    hops: Vec<Spanned<Hop>>,
    /// Where the last one is written.
    pub(super) span: Range<usize>,
}

impl Role {
    /// The role that everything else defaults to.
    pub(super) fn built_in(name: &str) -> Self {
        Self { hops: vec![Spanned::new(0..0, Hop::Name(name.to_owned()))], span: 0..0 }
    }

    /// The partition that an ARN of it names.
    pub(super) fn partition(&self) -> Option<Partition> {
        self.hops.iter().find_map(|hop| match hop.get_ref() {
            Hop::Arn { partition, .. } => Partition::parse(partition),
            Hop::Name(_) => None,
        })
    }

    /// The account that the last ARN names, where it is written out.
    pub(super) fn last_account(&self) -> Option<&str> {
        match self.hops.last()?.get_ref() {
            Hop::Arn { account, .. } if account != ACCOUNT => Some(account),
            _ => None,
        }
    }

    /// The full ARNs for one account.
    pub(super) fn chain(&self, id: &AccountId, partition: Partition) -> Vec<String> {
        let arns = self.hops.iter().map(|hop| match hop.get_ref() {
            Hop::Name(name) => format!("arn:{PARTITION}:iam::{ACCOUNT}:role/{name}"),
            Hop::Arn { partition, account, role } => {
                format!("arn:{partition}:iam::{account}:role/{role}")
            }
        });
        arns.map(|arn| arn.replace(ACCOUNT, id.as_str()).replace(PARTITION, partition.as_str()))
            .collect()
    }
}

const ACCOUNT: &str = "{account_id}";
const PARTITION: &str = "{partition}";
const EXAMPLE: &str = "for example arn:aws:iam::111122223333:role/SecurityAudit";

/// Reads a role, or notes what is wrong with it.
pub(super) fn role(walk: &mut Walk<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Role> {
    let parts: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
        DeValue::String(_) => vec![value],
        DeValue::Array(list) => list.iter().collect(),
        _ => {
            mistyped(walk, key, value, "a string or a list of strings", EXAMPLE);
            return None;
        }
    };
    if parts.is_empty() {
        walk.wrong(value.span(), format!("`{key}` is an empty list"), EXAMPLE);
        return None;
    }
    let hops: Vec<_> = parts.iter().filter_map(|part| hop(walk, key, part)).collect();
    if hops.len() < parts.len() {
        return None;
    }
    let (last, earlier) = hops.split_last()?;
    let mut whole = true;
    for early in earlier {
        if matches!(early.get_ref(), Hop::Name(_)) {
            let hint = format!("only the last role may be a name; {EXAMPLE}");
            walk.wrong(early.span(), "an earlier role of a chain must be a full ARN", hint);
            whole = false;
        }
    }
    let span = last.span();
    let role = Role { hops, span };
    (whole && one_partition(walk, &role)).then_some(role)
}

fn one_partition(walk: &mut Walk<'_>, role: &Role) -> bool {
    let first = role.partition();
    for hop in &role.hops {
        if let Hop::Arn { partition, .. } = hop.get_ref()
            && Partition::parse(partition).is_some_and(|other| Some(other) != first)
        {
            let hint = "credentials of one partition are not valid in another";
            walk.wrong(hop.span(), "the roles of a chain are in different partitions", hint);
            return false;
        }
    }
    true
}

fn hop(walk: &mut Walk<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Spanned<Hop>> {
    let text = string(walk, key, value)?;
    match read_hop(text.get_ref()) {
        Ok(hop) => Some(Spanned::new(value.span(), hop)),
        Err((message, hint)) => {
            walk.wrong(value.span(), message, hint);
            None
        }
    }
}

fn read_hop(text: &str) -> Result<Hop, (String, String)> {
    let wrong = |message: &str, hint: &str| Err((message.to_owned(), hint.to_owned()));
    let bare = filled(text);
    if bare.contains(['{', '}']) {
        return wrong("a role has an unknown placeholder", "known: {account_id} and {partition}");
    }
    if !text.starts_with("arn:") {
        return match text.strip_prefix("role/") {
            Some(name) => {
                wrong("a role's name has no role/ before it", &format!("write \"{name}\""))
            }
            None if is_role(&bare) => Ok(Hop::Name(text.to_owned())),
            None => wrong(
                "`role` is neither a role's name nor an ARN",
                "a name has at most 64 letters, digits and _+=,.@-, with a path such as audit/Name before it",
            ),
        };
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [_, partition, service, region, account, resource] = parts[..] else {
        return wrong("the role's ARN is cut short", EXAMPLE);
    };
    if service == "sts" {
        return wrong("this ARN is of a session, not of a role", EXAMPLE);
    }
    if partition != PARTITION && Partition::parse(partition).is_none() {
        return wrong("the ARN's partition has no CloudFront", "known: aws and aws-cn");
    }
    let Some(role) =
        resource.strip_prefix("role/").filter(|_| service == "iam" && region.is_empty())
    else {
        return wrong("this ARN is not of an IAM role", EXAMPLE);
    };
    if account != ACCOUNT && AccountId::parse(account).is_none() {
        return wrong("the ARN's account is not 12 digits", "or write {account_id}");
    }
    if !is_role(&filled(role)) {
        return wrong("the ARN has no role's name at its end", EXAMPLE);
    }
    let own = str::to_owned;
    Ok(Hop::Arn { partition: own(partition), account: own(account), role: own(role) })
}

/// The text with the longest that its placeholders can stand for.
fn filled(text: &str) -> String {
    text.replace(ACCOUNT, "000000000000").replace(PARTITION, Partition::AwsCn.as_str())
}

/// A role's name of at most 64 `[\w+=,.@-]`, with a path of printable ASCII before it.
fn is_role(text: &str) -> bool {
    let (path, name) = text.rsplit_once('/').unwrap_or(("path", text));
    let printable = |c: char| c.is_ascii_graphic();
    (1..=64).contains(&name.len())
        && name.chars().all(is_session_character)
        && path.len() <= 510
        && path.split('/').all(|part| !part.is_empty() && part.chars().all(printable))
}
