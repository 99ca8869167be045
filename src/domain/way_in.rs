//! The way into an account as a line of shell, to try by hand what the program tried.

use super::account::{Access, Account, AssumeRole};
use super::quote::single;
use super::text::is_plain;

/// The AWS command line that takes the same way into the account and prints who one then is,
/// never the credentials. An external id is left to the variable `EXTERNAL_ID`, without which
/// the shell runs nothing. `None` for a
/// chain of roles, which is more than one line, and where a value holds what a terminal acts on.
pub fn try_line(account: &Account) -> Option<String> {
    let line = match &account.access {
        Access::Profile(profile) => format!(
            "aws sts get-caller-identity --query Arn --output text --region {} --profile {}",
            account.partition.region(),
            single(profile)
        ),
        Access::Assume(role) => assume_role(account, role)?,
    };
    is_plain(&line).then_some(line)
}

fn assume_role(account: &Account, role: &AssumeRole) -> Option<String> {
    let [arn] = role.chain.as_slice() else { return None };
    let mut line = format!(
        "aws sts assume-role --role-arn {} --role-session-name {} --duration-seconds {}",
        single(arn),
        single(&role.session_name),
        role.duration_seconds
    );
    if role.external_id.is_some() {
        line += " --external-id \"${EXTERNAL_ID:?set it first}\"";
    }
    line += &format!(
        " --query AssumedRoleUser.Arn --output text --region {}",
        account.partition.region()
    );
    if let Some(profile) = &role.source_profile {
        line += &format!(" --profile {}", single(profile));
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::ExternalId;
    use crate::domain::ids::{AccountId, Partition};

    fn account(access: Access) -> Account {
        Account {
            id: AccountId::parse("111122223333").unwrap(),
            name: "shop".to_owned(),
            tags: Vec::new(),
            vars: [].into(),
            fix_profile: None,
            enabled: true,
            partition: Partition::AwsCn,
            access,
            place: String::new(),
        }
    }

    fn role(chain: &[&str]) -> Access {
        Access::Assume(AssumeRole {
            source_profile: Some("it's; $(reboot)".to_owned()),
            chain: chain.iter().map(|arn| (*arn).to_owned()).collect(),
            session_name: "cf-tui".to_owned(),
            duration_seconds: 900,
            external_id: Some(ExternalId::new("very-secret")),
        })
    }

    #[test]
    fn one_role_is_one_quoted_line_without_the_external_id() {
        let line = try_line(&account(role(&["arn:aws-cn:iam::111122223333:role/A"]))).unwrap();
        assert_eq!(
            line,
            "aws sts assume-role --role-arn 'arn:aws-cn:iam::111122223333:role/A' \
             --role-session-name 'cf-tui' --duration-seconds 900 --external-id \"${EXTERNAL_ID:?set it first}\" \
             --query AssumedRoleUser.Arn --output text --region cn-northwest-1 \
             --profile 'it'\\''s; $(reboot)'"
        );
    }

    #[test]
    fn a_profile_is_asked_who_it_is() {
        let line = try_line(&account(Access::Profile("audit".to_owned()))).unwrap();
        assert_eq!(
            line,
            "aws sts get-caller-identity --query Arn --output text --region cn-northwest-1 \
             --profile 'audit'"
        );
    }

    #[test]
    fn a_chain_and_harmful_text_have_no_line() {
        assert_eq!(try_line(&account(role(&["arn:1", "arn:2"]))), None);
        assert_eq!(try_line(&account(Access::Profile("a\u{1b}[31m".to_owned()))), None);
    }
}
