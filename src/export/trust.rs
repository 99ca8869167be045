//! The statement that a role's trust policy needs, so that the caller that AWS turned away may
//! assume it.

use serde_json::{Value, json};

use crate::domain::account::{Access, Account};
use crate::domain::text::escape_json;

/// What stands for an external id, which is shown nowhere.
const FILL_IN: &str = "FILL-IN-THE-EXTERNAL-ID";

/// A statement and the role that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustStatement {
    /// The role's ARN.
    pub role: String,
    /// One statement of a policy document, indented.
    pub text: String,
    /// True if an external id must be filled in.
    pub to_fill_in: bool,
}

/// The statement for the role of the account that the fault's message names, else for its last
/// one. The caller is who AWS says was turned away; in a chain, the role before.
///
/// # Errors
/// Why there is none, ready for a person.
pub fn trust_statement(
    account: &Account,
    message: Option<&str>,
) -> Result<TrustStatement, &'static str> {
    let Access::Assume(assume) = &account.access else {
        return Err(
            "its profile is used as it is: no role is assumed, so there is none to trust it",
        );
    };
    let message = message.unwrap_or_default();
    let named = assume.chain.iter().rposition(|role| message.contains(role.as_str()));
    let at = named.unwrap_or(assume.chain.len().saturating_sub(1));
    let Some(role) = assume.chain.get(at) else { return Err("it has no role") };
    let mut statement = match at.checked_sub(1).map(|before| &assume.chain[before]) {
        Some(before) => trusting(before),
        None => turned_away(message).and_then(of_caller).ok_or(
            "AWS did not say who was turned away; aws sts get-caller-identity tells who you are, \
             and cf-tui role-policy --trusted-principal makes the whole policy",
        )?,
    };
    let last = at + 1 == assume.chain.len();
    let to_fill_in = last && assume.external_id.is_some();
    if to_fill_in {
        statement["Condition"]["StringEquals"] = json!({ "sts:ExternalId": FILL_IN });
    }
    let text = serde_json::to_string_pretty(&statement).expect("it is made of strings");
    Ok(TrustStatement { role: role.clone(), text: escape_json(&text).into_owned(), to_fill_in })
}

fn trusting(principal: &str) -> Value {
    json!({
        "Effect": "Allow",
        "Principal": { "AWS": principal },
        "Action": "sts:AssumeRole",
    })
}

/// The ARN in AWS's sentence `User: … is not authorized to perform: sts:AssumeRole`.
fn turned_away(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("User: ")?;
    rest.split_whitespace().next()
}

/// A policy trusts a role, not a session of it. The ARN of a session leaves the role's path out;
/// roles of IAM Identity Center have one that only a pattern can name, so the whole account is
/// the principal there and the condition narrows it down.
fn of_caller(arn: &str) -> Option<Value> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, service, "", account, resource] = parts[..] else { return None };
    let plain = |c: char| c.is_ascii_alphanumeric() || "_+=,.@/-".contains(c);
    if !resource.chars().all(plain) || !account.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let iam = format!("arn:{partition}:iam::{account}");
    match (service, resource.split('/').collect::<Vec<_>>().as_slice()) {
        ("sts", ["assumed-role", role, ..]) if role.starts_with("AWSReservedSSO_") => {
            let mut statement = trusting(&format!("{iam}:root"));
            let pattern = format!("{iam}:role/aws-reserved/sso.amazonaws.com/*{role}");
            statement["Condition"] = json!({ "ArnLike": { "aws:PrincipalArn": pattern } });
            Some(statement)
        }
        ("sts", ["assumed-role", role, ..]) => Some(trusting(&format!("{iam}:role/{role}"))),
        ("iam", ["user" | "role", ..] | ["root"]) => Some(trusting(arn)),
        _ => None,
    }
}
