//! The way into one account: its chain of roles, or its profile, and the proof that the
//! credentials are of the account that the fleet file names.

use aws_sdk_sts::config::Credentials;
use aws_sdk_sts::operation::RequestId;
use aws_sdk_sts::operation::assume_role::AssumeRoleOutput;

use super::attempts::Attempts;
use super::base::Ready;
use super::fault::{self, Hop, clean};
use super::policy::session_policy;
use super::trouble::Trouble;
use crate::domain::account::{Access, Account, AssumeRole};
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::inventory::report::Stage;

/// A session in an account, verified.
#[derive(Debug)]
pub(super) struct Session {
    /// Signs with the member credentials.
    pub cloudfront: aws_sdk_cloudfront::Client,
    /// The ARN that AWS says the calls are made as.
    pub caller: String,
}

/// Seconds for a role that only assumes the next one: the shortest that STS gives.
const PASSING_THROUGH: i32 = 900;

/// Opens a session: assumes the roles one after the other, or takes the profile as it is.
pub(super) async fn open(
    account: &Account,
    base: &Ready,
    with_policy: bool,
    attempts: &Attempts<'_>,
) -> Result<Session, Fault> {
    match &account.access {
        Access::Assume(role) => assume(account, role, base, with_policy, attempts).await,
        Access::Profile(_) => identify(account, base, attempts).await,
    }
}

async fn assume(
    account: &Account,
    role: &AssumeRole,
    base: &Ready,
    with_policy: bool,
    attempts: &Attempts<'_>,
) -> Result<Session, Fault> {
    let mut sts = base.sts.clone();
    let mut caller: Option<String> = None;
    let mut credentials = None;
    let of = role.chain.len();
    for (at, arn) in role.chain.iter().enumerate() {
        let last = at + 1 == of;
        let external_id = role.external_id.as_ref().filter(|_| last);
        let duration = if last { role.duration_seconds } else { PASSING_THROUGH };
        let request = sts
            .assume_role()
            .role_arn(arn)
            .role_session_name(session_name(&role.session_name))
            .duration_seconds(duration)
            .set_external_id(external_id.map(|id| id.reveal().to_owned()))
            .set_policy((last && with_policy).then(|| session_policy().to_owned()));
        let hop = Hop {
            role: arn,
            number: at + 1,
            of,
            external_id: external_id.is_some(),
            duration,
            caller: caller.as_deref(),
            mfa: base.mfa.as_deref(),
        };
        let answer = attempts
            .call(&Stage::Assuming, || request.clone().send())
            .await
            .map_err(|trouble| assume_fault(&trouble, hop))?;
        let (given, arn) = taken(answer).map_err(|trouble| fault::of_assume(&trouble, hop))?;
        let config = sts.config().to_builder();
        let config = config.credentials_provider(given.clone()).identity_cache(no_cache());
        sts = aws_sdk_sts::Client::from_conf(config.build());
        caller = Some(arn);
        credentials = Some(given);
    }
    let (Some(caller), Some(credentials)) = (caller, credentials) else {
        return Err(no_role());
    };
    verify(account, &caller)?;
    let config = base.cloudfront.to_builder();
    let config = config.credentials_provider(credentials).identity_cache(no_cache());
    Ok(Session { cloudfront: aws_sdk_cloudfront::Client::from_conf(config.build()), caller })
}

/// A session's credentials do not change: to keep them in the shared cache would only grow it.
fn no_cache() -> impl aws_sdk_sts::config::ResolveCachedIdentity + 'static {
    aws_config::identity::IdentityCache::no_cache()
}

async fn identify(
    account: &Account,
    base: &Ready,
    attempts: &Attempts<'_>,
) -> Result<Session, Fault> {
    let answer = attempts
        .call(&Stage::Assuming, || base.sts.get_caller_identity().send())
        .await
        .map_err(|trouble| match trouble.credentials {
            true => credentials_fault(&trouble),
            false => fault::of_call(Step::VerifyAccount, &trouble),
        })?;
    let caller = answer.arn().unwrap_or_default().to_owned();
    verify(account, &caller)?;
    let cloudfront = aws_sdk_cloudfront::Client::from_conf(base.cloudfront.clone());
    Ok(Session { cloudfront, caller })
}

/// The credentials and the ARN of an answer. What is empty did not come.
fn taken(answer: AssumeRoleOutput) -> Result<(Credentials, String), Trouble> {
    let request_id = answer.request_id().map(str::to_owned);
    let malformed = |what| Trouble::malformed(format!("no {what} in it"), request_id.clone());
    let given = answer.credentials.ok_or_else(|| malformed("Credentials"))?;
    let user = answer.assumed_role_user.ok_or_else(|| malformed("AssumedRoleUser"))?;
    let parts = [&given.access_key_id, &given.secret_access_key, &given.session_token, &user.arn];
    if parts.iter().any(|part| part.is_empty()) {
        return Err(malformed("complete Credentials"));
    }
    let expiry = std::time::SystemTime::try_from(given.expiration).ok();
    let credentials = Credentials::new(
        given.access_key_id,
        given.secret_access_key,
        Some(given.session_token),
        expiry,
        "AssumeRole",
    );
    Ok((credentials, user.arn))
}

/// Compares the account of an ARN that AWS gave with the fleet file's.
fn verify(account: &Account, arn: &str) -> Result<(), Fault> {
    let wanted = account.id.as_str();
    match account_of(arn) {
        Some(found) if found == wanted => Ok(()),
        Some(found) => Err(Fault {
            step: Step::VerifyAccount,
            kind: FaultKind::WrongAccount,
            message: format!(
                "the credentials are of the account {}, not of {wanted}: {}",
                clean(found),
                clean(arn)
            ),
            hint: format!(
                "correct account_id, role or profile of {} in the fleet file; nothing was read",
                clean(&account.name)
            ),
            request_id: None,
        }),
        None => Err(Fault {
            step: Step::VerifyAccount,
            kind: FaultKind::Malformed,
            message: format!("AWS named the caller {:?}, which is no ARN", clean(arn)),
            hint: "a proxy may answer in AWS's place: check AWS_ENDPOINT_URL; nothing was read"
                .to_owned(),
            request_id: None,
        }),
    }
}

/// `arn:PARTITION:SERVICE::ACCOUNT:…`, of STS or IAM.
fn account_of(arn: &str) -> Option<&str> {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    match fields.as_slice() {
        ["arn", _, "sts" | "iam", "", account, rest] if !rest.is_empty() => Some(account),
        _ => None,
    }
}

/// STS takes 2 to 64 characters of `[\w+=,.@-]`; what does not fit becomes a dash.
fn session_name(name: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    let mut name: String = name.chars().take(64).map(|c| if fits(c) { c } else { '-' }).collect();
    while name.len() < 2 {
        name.push('-');
    }
    name
}

fn assume_fault(trouble: &Trouble, hop: Hop<'_>) -> Fault {
    match trouble.credentials {
        true => credentials_fault(trouble),
        false => fault::of_assume(trouble, hop),
    }
}

/// The base credentials were there before the screen opened, and ran out since.
fn credentials_fault(trouble: &Trouble) -> Fault {
    Fault {
        step: Step::Credentials,
        kind: FaultKind::Expired,
        message: format!("the base credentials could not be renewed: {}", clean(&trouble.text)),
        hint: "sign in again in another terminal (aws sso login), then read the account again"
            .to_owned(),
        request_id: None,
    }
}

fn no_role() -> Fault {
    Fault {
        step: Step::AssumeRole,
        kind: FaultKind::Unsupported,
        message: "the account has no role to assume".to_owned(),
        hint: "give it a role or a profile in the fleet file".to_owned(),
        request_id: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_is_a_field_and_not_a_part_of_the_text() {
        let arn = "arn:aws:sts::111122223333:assumed-role/Audit/cf-tui";
        assert_eq!(account_of(arn), Some("111122223333"));
        assert_eq!(account_of("arn:aws-cn:iam::444455556666:user/a:b"), Some("444455556666"));
        for bad in ["", "111122223333", "arn:aws:sts:::x", "arn:aws:s3::111122223333:x"] {
            assert_ne!(account_of(bad), Some("111122223333"), "{bad}");
        }
        assert_eq!(account_of("arn:aws:sts::1:assumed-role/111122223333"), Some("1"));
    }

    #[test]
    fn session_names_fit() {
        assert_eq!(session_name("cf-tui"), "cf-tui");
        assert_eq!(session_name("jo sé/x"), "jo-s--x");
        assert_eq!(session_name(""), "--");
        assert_eq!(session_name(&"x".repeat(99)).len(), 64);
    }
}
