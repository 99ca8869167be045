//! `cf-tui role-policy`: what a member account needs, for whoever applies it there.

use super::args::{RoleForm, RolePolicyArguments};
use super::output::print;
use super::status;
use super::stop::Stop;
use crate::config::defaults::ROLE;
use crate::domain::ids::{AccountId, Partition};
use crate::domain::text::escape;
use crate::export::role_policy::{self, RolePolicy};
use crate::inventory::aws::policy::ACTIONS;

const EXAMPLE: &str = "for example arn:aws:iam::100000000001:role/SecOps";

/// Prints the role in the wanted form. It reads no file and calls nobody.
pub(super) fn role_policy(arguments: &RolePolicyArguments) -> Result<u8, Stop> {
    let trusted_principal = arguments.trusted_principal.as_deref();
    if let Some(arn) = trusted_principal {
        check_principal(arn)?;
    }
    let external_id = arguments.external_id.as_deref();
    if let Some(id) = external_id {
        check_external_id(id)?;
    }
    let role = RolePolicy { actions: &ACTIONS, role: ROLE, trusted_principal, external_id };
    let text = match (arguments.format, trusted_principal) {
        (RoleForm::Json, Some(arn)) => role_policy::json(&role, arn),
        (RoleForm::Json, None) => {
            return Err(Stop::usage(format!(
                "--format json needs --trusted-principal: a JSON policy has no parameters, so it \
                 must say now who may assume the role; {EXAMPLE}"
            )));
        }
        (RoleForm::Cloudformation, _) => role_policy::cloudformation(&role),
        (RoleForm::Terraform, _) => role_policy::terraform(&role),
    };
    print(&text).map(|()| status::FINE)
}

/// Takes ARNs of IAM roles, users and whole accounts. Others could not assume a role, would open
/// it to everybody, or would end with a session.
fn check_principal(arn: &str) -> Result<(), Stop> {
    let wrong = |why: &str| {
        Err(Stop::usage(format!("--trusted-principal {}: {why}; {EXAMPLE}", escape(arn))))
    };
    if arn.contains('*') {
        return wrong("a wildcard would let strangers assume the role");
    }
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, service, region, account, resource] = parts[..] else {
        return wrong("this is no ARN");
    };
    if service == "sts" {
        return wrong("this ARN is of a session, which ends: name its role");
    }
    if Partition::parse(partition).is_none() {
        return wrong("its partition has no CloudFront, known are aws and aws-cn");
    }
    if service != "iam" || !region.is_empty() || AccountId::parse(account).is_none() {
        return wrong("this ARN is not of an account's IAM");
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@/-".contains(c);
    let named = ["role/", "user/"].iter().find_map(|kind| resource.strip_prefix(kind));
    match named {
        None if resource == "root" => Ok(()),
        Some(name) if !name.is_empty() && name.chars().all(allowed) => Ok(()),
        _ => wrong("it must end in role/NAME, user/NAME or root"),
    }
}

/// The alphabet of STS. The id is not repeated: people take it for a secret.
fn check_external_id(id: &str) -> Result<(), Stop> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@:/-".contains(c);
    match (2..=1224).contains(&id.len()) && id.chars().all(allowed) {
        true => Ok(()),
        false => Err(Stop::usage(
            "--external-id is no external id: AWS takes 2 to 1224 letters, digits and _+=,.@:/-",
        )),
    }
}
