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
    // One role's ARN may begin with another's.
    let named = (0..assume.chain.len()).filter(|at| message.contains(&assume.chain[*at]));
    let named = named.max_by_key(|at| assume.chain[*at].len());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{AssumeRole, ExternalId};
    use crate::domain::ids::{AccountId, Partition};

    const HUB: &str = "arn:aws:iam::100000000001:role/Hub";
    const READER: &str = "arn:aws:iam::111122223333:role/audit/Reader";

    fn account(access: Access) -> Account {
        Account {
            id: AccountId::parse("111122223333").unwrap(),
            name: "shop".to_owned(),
            tags: Vec::new(),
            vars: [].into(),
            fix_profile: None,
            enabled: true,
            partition: Partition::Aws,
            access,
            place: String::new(),
        }
    }

    fn chain(roles: &[&str], external_id: Option<&str>) -> Account {
        account(Access::Assume(AssumeRole {
            source_profile: None,
            chain: roles.iter().map(|arn| (*arn).to_owned()).collect(),
            session_name: "cf-tui".to_owned(),
            duration_seconds: 900,
            external_id: external_id.map(ExternalId::new),
        }))
    }

    fn denied(caller: &str, role: &str) -> String {
        format!(
            "AssumeRole {role} was denied: User: {caller} is not authorized to perform: \
             sts:AssumeRole on resource: {role} (AccessDenied)"
        )
    }

    fn statement(account: &Account, message: &str) -> (String, Value) {
        let made = trust_statement(account, Some(message)).unwrap();
        (made.role, serde_json::from_str(&made.text).unwrap())
    }

    #[test]
    fn a_session_is_trusted_by_its_role_and_the_external_id_is_left_open() {
        let account = chain(&[READER], Some("very-secret"));
        let caller = "arn:aws:sts::100000000001:assumed-role/SecOps/jane";
        let (role, made) = statement(&account, &denied(caller, READER));
        assert_eq!(role, READER);
        assert_eq!(
            made,
            json!({
                "Effect": "Allow",
                "Principal": { "AWS": "arn:aws:iam::100000000001:role/SecOps" },
                "Action": "sts:AssumeRole",
                "Condition": { "StringEquals": { "sts:ExternalId": FILL_IN } },
            })
        );
    }

    #[test]
    fn a_user_is_trusted_as_it_is() {
        let caller = "arn:aws-cn:iam::100000000001:user/ops/jane";
        let (_, made) = statement(&chain(&[READER], None), &denied(caller, READER));
        assert_eq!(made["Principal"]["AWS"], caller);
        assert_eq!(made.get("Condition"), None);
    }

    #[test]
    fn a_role_of_identity_center_is_named_by_a_pattern() {
        let caller =
            "arn:aws:sts::100000000001:assumed-role/AWSReservedSSO_Audit_0123456789abcdef/jane@x.y";
        let (_, made) = statement(&chain(&[READER], Some("id")), &denied(caller, READER));
        assert_eq!(made["Principal"]["AWS"], "arn:aws:iam::100000000001:root");
        assert_eq!(
            made["Condition"],
            json!({
                "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::100000000001:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Audit_0123456789abcdef" },
                "StringEquals": { "sts:ExternalId": FILL_IN },
            })
        );
    }

    #[test]
    fn in_a_chain_it_is_for_the_role_that_was_denied() {
        let account = chain(&[HUB, READER], Some("id"));
        let (role, made) =
            statement(&account, &denied("arn:aws:sts::1:assumed-role/Hub/x", READER));
        assert_eq!((role.as_str(), &made["Principal"]["AWS"]), (READER, &json!(HUB)));
        let caller = "arn:aws:iam::100000000001:user/jane";
        let (role, made) = statement(&account, &denied(caller, HUB));
        assert_eq!((role.as_str(), &made["Principal"]["AWS"]), (HUB, &json!(caller)));
        assert_eq!(made.get("Condition"), None, "an external id goes with the last role only");
    }

    #[test]
    fn where_there_is_none_it_says_why() {
        let profile = account(Access::Profile("sso".to_owned()));
        assert!(trust_statement(&profile, None).unwrap_err().contains("no role is assumed"));
        let account = chain(&[READER], None);
        for message in ["no answer in time", "User: nobody is", "User: arn:aws:s3::1:x\"y is"] {
            let why = trust_statement(&account, Some(message)).unwrap_err();
            assert!(why.contains("get-caller-identity"), "{why}");
        }
    }
}
