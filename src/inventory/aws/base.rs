//! Base credentials: those that assume the first role, or are used as they are. Resolved once
//! per profile and partition, before any screen opens, so that trouble with MFA, SSO or an
//! expired token is told in plain text.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_config::profile::{ProfileFileCredentialsProvider, ProfileSet};
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::Options;
use super::fault::clean;
use super::profiles::{self, Flaw};
use super::trouble::chain;
use super::whole::WholeAnswers;
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::domain::ids::Partition;
use crate::inventory::report::LoadId;

/// Which base credentials: a profile, or the default chain, seen from a partition's region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) profile: Option<String>,
    pub(super) partition: Partition,
}

/// Base credentials that may still have to be resolved.
#[derive(Debug)]
pub(super) struct Base {
    key: Key,
    state: tokio::sync::Mutex<State>,
}

#[derive(Debug)]
enum State {
    New,
    Ready(Arc<Ready>),
    /// Told to every account of the same load without another try.
    Failed(Option<LoadId>, Fault),
}

/// Clients that sign with base credentials.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) sts: aws_sdk_sts::Client,
    pub(super) cloudfront: aws_sdk_cloudfront::Config,
    /// The profile's MFA device, which is never asked.
    pub(super) mfa: Option<String>,
}

/// What every base is made with.
#[derive(Debug)]
pub(super) struct Setup {
    pub(super) http: SharedHttpClient,
    pub(super) options: Options,
    pub(super) call_timeout: Duration,
}

impl Base {
    pub(super) fn new(key: Key) -> Self {
        Self { key, state: tokio::sync::Mutex::new(State::New) }
    }

    /// The clients; credentials are resolved if they are not there yet. After a failure they
    /// are tried again by the next load only.
    pub(super) async fn ready(
        &self,
        setup: &Setup,
        load: Option<LoadId>,
    ) -> Result<Arc<Ready>, Fault> {
        let mut state = self.state.lock().await;
        match &*state {
            State::Ready(ready) => return Ok(Arc::clone(ready)),
            State::Failed(when, fault) if *when == load => return Err(fault.clone()),
            State::New | State::Failed(..) => {}
        }
        match resolve(&self.key, setup).await {
            Ok(ready) => {
                let ready = Arc::new(ready);
                *state = State::Ready(Arc::clone(&ready));
                Ok(ready)
            }
            Err(fault) => {
                *state = State::Failed(load, fault.clone());
                Err(fault)
            }
        }
    }
}

async fn resolve(key: &Key, setup: &Setup) -> Result<Ready, Fault> {
    let files = profiles::files(setup.options.profile_file.as_ref());
    let profiles = profiles::read(&files).await.map_err(|text| {
        let hint = "correct the file, or point AWS_CONFIG_FILE at another one";
        fault(
            FaultKind::Unsupported,
            format!("the AWS profiles cannot be read: {}", clean(&text)),
            hint,
        )
    })?;
    let name = profile_in_use(key, &profiles, &setup.options);
    if let Some(flaw) = name.and_then(|name| profiles::flaw(&profiles, name)) {
        return Err(of_flaw(&flaw));
    }
    let sdk = sdk_config(key, setup).await;
    let provider = sdk.credentials_provider().ok_or_else(|| {
        fault(FaultKind::NotFound, "there is no source of credentials".to_owned(), NO_CREDENTIALS)
    })?;
    let limit = setup.options.credentials_timeout;
    let found = match tokio::time::timeout(limit, provider.provide_credentials()).await {
        Err(_) => Err(fault(
            FaultKind::Timeout,
            format!("{} gave no credentials within {} s", source(name), limit.as_secs()),
            "a credential_process may wait for input, or the network drops packets; outside of EC2 set AWS_EC2_METADATA_DISABLED=true",
        )),
        Ok(Err(error)) => Err(of_error(&error, name, &profiles)),
        Ok(Ok(credentials)) => Ok(credentials),
    }?;
    let mfa = name.and_then(|name| profiles::user_mfa(&profiles, name)).map(str::to_owned);
    Ok(clients(sdk, provider, found, mfa))
}

/// The profile whose credentials are used; `None` where keys in the environment come first.
fn profile_in_use<'a>(
    key: &'a Key,
    profiles: &'a ProfileSet,
    options: &Options,
) -> Option<&'a str> {
    let selected = profiles.selected_profile();
    match &key.profile {
        Some(name) => Some(name),
        None if options.keys_in_environment => None,
        // Without any profile the chain goes on to web identity, containers and instances.
        None if selected == "default" && profiles.get_profile(selected).is_none() => None,
        None => Some(selected),
    }
}

/// The SDK's own mechanism: endpoints from the environment and the profile, the default chain or
/// just the named profile. A name in the fleet file beats keys in the environment, as the AWS
/// command line's --profile does; the SDK's default chain would take the keys.
async fn sdk_config(key: &Key, setup: &Setup) -> SdkConfig {
    let region = Region::new(key.partition.region());
    let files = profiles::files(setup.options.profile_file.as_ref());
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .region(region.clone())
        .http_client(setup.http.clone())
        .profile_files(files.clone());
    match &key.profile {
        None => loader.load().await,
        Some(name) => {
            let config = ProviderConfig::without_region()
                .with_region(Some(region))
                .with_http_client(setup.http.clone());
            let provider = ProfileFileCredentialsProvider::builder()
                .configure(&config)
                .profile_files(files)
                .profile_name(name)
                .build();
            loader.profile_name(name).credentials_provider(provider).load().await
        }
    }
    .to_builder()
    .retry_config(RetryConfig::disabled())
    .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(setup.call_timeout).build())
    // The time limit of a try covers its body too.
    .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
    .build()
}

fn clients(
    sdk: SdkConfig,
    provider: SharedCredentialsProvider,
    first: Credentials,
    mfa: Option<String>,
) -> Ready {
    let seeded =
        SharedCredentialsProvider::new(Seeded { first: Mutex::new(Some(first)), provider });
    let sdk = sdk.to_builder().credentials_provider(seeded).build();
    let sts = aws_sdk_sts::config::Builder::from(&sdk).interceptor(WholeAnswers).build();
    let cloudfront =
        aws_sdk_cloudfront::config::Builder::from(&sdk).interceptor(WholeAnswers).build();
    Ready { sts: aws_sdk_sts::Client::from_conf(sts), cloudfront, mfa }
}

/// Hands out the credentials that were resolved before the screen opened, once; from then on
/// the SDK's cache keeps them and asks the provider when they run out. Without it a
/// credential_process would run, or SSO be asked, a second time.
#[derive(Debug)]
struct Seeded {
    first: Mutex<Option<Credentials>>,
    provider: SharedCredentialsProvider,
}

impl ProvideCredentials for Seeded {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        match self.first.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(first) => future::ProvideCredentials::ready(Ok(first)),
            None => self.provider.provide_credentials(),
        }
    }
}

const NO_CREDENTIALS: &str = "name a profile (source_profile or profile in the fleet file, AWS_PROFILE), sign in (aws sso login), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; to look around without any: cf-tui demo";

fn source(profile: Option<&str>) -> String {
    match profile {
        Some(name) => format!("the profile {}", clean(name)),
        None => "the default credential chain".to_owned(),
    }
}

fn of_flaw(flaw: &Flaw) -> Fault {
    match flaw {
        Flaw::Missing { name, near } => {
            let names: Vec<String> = near.iter().map(|name| clean(name)).collect();
            let hint = match names.as_slice() {
                [] => "see aws configure list-profiles".to_owned(),
                names => format!("did you mean {}?", names.join(" or ")),
            };
            let message = format!("there is no profile {} in the AWS configuration", clean(name));
            fault(FaultKind::NotFound, message, &hint)
        }
        Flaw::Mfa { profile, serial } => {
            let message = format!(
                "the profile {} wants an MFA code ({}), which cf-tui cannot ask for",
                clean(profile),
                clean(serial)
            );
            let hint = format!(
                "let the AWS command line ask: eval \"$(aws configure export-credentials --profile {} --format env)\", and leave source_profile out of the fleet file; or use an SSO profile; or keep the keys of aws sts get-session-token in a profile",
                word(profile)
            );
            fault(FaultKind::Unsupported, message, &hint)
        }
    }
}

/// Why credentials could not be had. The SDK's text holds no secret, but words of other programs.
pub(super) fn of_error(
    error: &CredentialsError,
    name: Option<&str>,
    profiles: &ProfileSet,
) -> Fault {
    let text = chain(error);
    let lower = text.to_ascii_lowercase();
    let message = format!("{} gave no credentials: {}", source(name), clean(&text));
    if ["dns error", "error trying to connect", "client error (connect)", "connection re"]
        .iter()
        .any(|sign| lower.contains(sign))
    {
        let hint = "check the network, the VPN, HTTPS_PROXY and AWS_CA_BUNDLE";
        return fault(FaultKind::Network, message, hint);
    }
    let sso = name.and_then(|name| profiles::sso_profile(profiles, name));
    if let Some(profile) = sso {
        let kind = match lower.contains("denied") || lower.contains("forbidden") {
            true => FaultKind::Denied,
            false => FaultKind::Expired,
        };
        return fault(kind, message, &format!("run aws sso login --profile {}", word(profile)));
    }
    if lower.contains("login session") || lower.contains("aws login") {
        let profile = name.map(|name| format!(" --profile {}", word(name))).unwrap_or_default();
        return fault(FaultKind::Expired, message, &format!("run aws login{profile}"));
    }
    match error {
        CredentialsError::CredentialsNotLoaded(_) => {
            fault(FaultKind::NotFound, message, NO_CREDENTIALS)
        }
        CredentialsError::ProviderTimedOut(_) => {
            fault(FaultKind::Timeout, message, "check the network and the proxy")
        }
        CredentialsError::InvalidConfiguration(_) => fault(
            FaultKind::Unsupported,
            message,
            "correct the profile; aws configure list --profile NAME shows what it says",
        ),
        _ if lower.contains("expired") => {
            fault(FaultKind::Expired, message, "sign in again, or renew the keys")
        }
        _ => fault(
            FaultKind::Denied,
            message,
            "try aws sts get-caller-identity with the same profile; it shows the same trouble",
        ),
    }
}

/// A profile's name as a shell takes it.
fn word(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._@+-".contains(c);
    match !name.is_empty() && name.chars().all(plain) {
        true => name.to_owned(),
        false => format!("'{}'", clean(name).replace('\'', "'\\''")),
    }
}

fn fault(kind: FaultKind, message: String, hint: &str) -> Fault {
    Fault { step: Step::Credentials, kind, message, hint: hint.to_owned(), request_id: None }
}
