//! STS's query protocol: AssumeRole and GetCallerIdentity.

use std::collections::BTreeMap;

use super::Fault;
use super::answer::{Answer, Asked, Refusal};
use super::http::{Request, pairs};
use super::state::State;
use super::xml::{STS, document, text, wrap};

/// The operation that a form names, and its fields.
pub(super) fn asked(request: &Request) -> Option<(&'static str, BTreeMap<String, String>)> {
    let mut form: BTreeMap<String, String> =
        pairs(&String::from_utf8_lossy(&request.body)).into_iter().collect();
    form.remove("Version");
    let operation = match form.remove("Action")?.as_str() {
        "AssumeRole" => "AssumeRole",
        "GetCallerIdentity" => "GetCallerIdentity",
        _ => return None,
    };
    Some((operation, form))
}

/// Does it.
pub(super) fn answer(state: &mut State, asked: &Asked, fault: Option<&Fault>) -> Answer {
    match asked.operation {
        "AssumeRole" => assume_role(state, asked, fault),
        _ => Ok(caller_identity(asked, fault).into()),
    }
}

fn assume_role(state: &mut State, asked: &Asked, fault: Option<&Fault>) -> Answer {
    let field = |name: &str| asked.params.get(name).map_or("", String::as_str);
    let denied = || {
        let message = format!(
            "User: arn:aws:iam::{}:user/base is not authorized to perform: sts:AssumeRole on resource: {}",
            asked.caller,
            field("RoleArn")
        );
        Refusal::new(403, "AccessDenied", message)
    };
    let account = state.accounts.get(&asked.account).ok_or_else(denied)?;
    if account.external_id.is_some() && account.external_id.as_deref() != Some(field("ExternalId"))
    {
        return Err(denied());
    }
    let (session, role) = (field("RoleSessionName"), field("RoleArn"));
    if !(2..=64).contains(&session.len()) {
        let message =
            format!("1 validation error detected: Value '{session}' at 'roleSessionName'");
        return Err(Refusal::new(400, "ValidationError", message));
    }
    let number = state.tokens.len();
    let key = format!("ASIA{}{number:04}", asked.account);
    let token = format!("FakeSessionToken+{key}+{}", "x".repeat(120));
    state.tokens.insert(key.clone(), token.clone());
    if let Some(policy) = asked.params.get("Policy") {
        state.policies.insert(key.clone(), policy.clone());
    }
    let named = wrong_account(fault).unwrap_or(&asked.account);
    let partition = role.split(':').nth(1).unwrap_or("aws");
    let name = role.rsplit('/').next().unwrap_or_default();
    let user = text("AssumedRoleId", &format!("AROA123EXAMPLE:{session}"))
        + &text("Arn", &format!("arn:{partition}:sts::{named}:assumed-role/{name}/{session}"));
    let credentials = text("AccessKeyId", &key)
        + &text("SecretAccessKey", "dummy-session-secret")
        + &text("SessionToken", &token)
        + &text("Expiration", "2037-01-01T00:00:00Z");
    let result = wrap("AssumedRoleUser", &user) + &wrap("Credentials", &credentials);
    Ok(whole("AssumeRole", &result, asked).into())
}

fn caller_identity(asked: &Asked, fault: Option<&Fault>) -> String {
    let account = wrong_account(fault).unwrap_or(&asked.caller);
    let result = text("Arn", &format!("arn:aws:iam::{account}:user/base"))
        + &text("UserId", "AIDA123EXAMPLE")
        + &text("Account", account);
    whole("GetCallerIdentity", &result, asked)
}

fn wrong_account(fault: Option<&Fault>) -> Option<&String> {
    match fault {
        Some(Fault::WrongAccount(account)) => Some(account),
        _ => None,
    }
}

fn whole(operation: &str, result: &str, asked: &Asked) -> String {
    let metadata = wrap("ResponseMetadata", &text("RequestId", &asked.request_id));
    let inner = wrap(&format!("{operation}Result"), result) + &metadata;
    document(&format!("{operation}Response"), STS, &inner)
}
