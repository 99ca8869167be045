//! Distributions from AWS: one role per account, listed by pages, read only.

mod attempts;
mod base;
mod convert;
#[cfg(test)]
mod cuts;
mod fault;
mod host;
mod lookup;
mod pages;
mod pair;
pub mod policy;
mod profiles;
mod reread;
mod session;
mod structure;
mod transport;
mod trouble;
mod visit;
pub mod whole;

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use self::attempts::Attempts;
pub use self::attempts::Backoff;
use self::base::{Base, Key, Setup};
pub use self::transport::Network;
use super::load::Reporter;
use super::report::{Ending, Stage};
use crate::config::fleet::{Fleet, LoadLimits};
use crate::domain::account::{Access, Account};
use crate::domain::fault::{Fault, FaultKind, Step};

/// What the caller knows and the fleet file does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Send the read-only session policy with the last AssumeRole.
    pub session_policy: bool,
    /// Proxies and certificates.
    pub network: Network,
    /// Access keys are in the environment: with the default chain they come before profiles.
    pub keys_in_environment: bool,
    /// Read the profiles from this one file and not from `~/.aws`.
    pub profile_file: Option<PathBuf>,
    /// The longest that base credentials may take, each; a credential_process may ask a person.
    pub credentials_timeout: Duration,
    /// Waits between tries.
    pub backoff: Backoff,
}

impl Options {
    /// Reads what the SDK does not read by itself from the environment.
    pub fn from_env(env: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            session_policy: true,
            network: Network::from_env(env),
            keys_in_environment: env("AWS_ACCESS_KEY_ID").is_some_and(|key| !key.is_empty()),
            profile_file: None,
            credentials_timeout: Duration::from_secs(60),
            backoff: Backoff::default(),
        }
    }
}

/// Base credentials that could not be had, and what hangs on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseFault {
    /// The profile; `None` is the default chain, or the HTTP client that all of them need.
    pub profile: Option<String>,
    /// The enabled accounts that need it, by name, in the order of the fleet file.
    pub accounts: Vec<String>,
    /// What happened and what to do.
    pub fault: Fault,
}

/// AWS, ready to be read.
#[derive(Debug)]
pub struct Aws {
    bases: HashMap<Key, Base>,
    setup: Setup,
    limits: LoadLimits,
    troubles: Vec<BaseFault>,
}

impl Aws {
    /// Resolves the base credentials that the enabled accounts need, once each. An error means
    /// that none could be had, so that no account can be read; see [`Aws::troubles`] for less.
    pub async fn connect(fleet: &Fleet, options: Options) -> Result<Self, Vec<BaseFault>> {
        let http = transport::client(&options.network).map_err(|(message, hint)| {
            let kind = FaultKind::Unsupported;
            let step = Step::Credentials;
            let fault = Fault { step, kind, message, hint, request_id: None };
            let accounts = fleet.accounts.iter().filter(|a| a.enabled).map(|a| a.name.clone());
            vec![BaseFault { profile: None, accounts: accounts.collect(), fault }]
        })?;
        let setup = Setup { http, options, call_timeout: fleet.load.call_timeout };
        let mut needed: Vec<(Key, Vec<String>)> = Vec::new();
        for account in fleet.accounts.iter().filter(|account| account.enabled) {
            let key = key(account);
            match needed.iter_mut().find(|(known, _)| *known == key) {
                Some((_, accounts)) => accounts.push(account.name.clone()),
                None => needed.push((key, vec![account.name.clone()])),
            }
        }
        let mut bases = HashMap::new();
        let mut troubles = Vec::new();
        for (key, accounts) in needed {
            let base = Base::new(key.clone());
            if let Err(fault) = base.ready(&setup, None).await {
                troubles.push(BaseFault { profile: key.profile.clone(), accounts, fault });
            }
            bases.insert(key, base);
        }
        match !troubles.is_empty() && troubles.len() == bases.len() {
            true => Err(troubles),
            false => Ok(Self { bases, setup, limits: fleet.load, troubles }),
        }
    }

    /// Base credentials that could not be had while others could. Their accounts end as failed
    /// with the same fault; a later load tries them again.
    pub fn troubles(&self) -> &[BaseFault] {
        &self.troubles
    }

    /// Reads one account. Rows and stages are reported as they come; how it ended is returned.
    pub async fn read(&self, account: &Account, out: &Reporter) -> Ending {
        out.entered(Stage::Assuming).await;
        let attempts = Attempts::new(out, self.limits.max_attempts, self.setup.options.backoff);
        let ready = match self.bases.get(&key(account)) {
            Some(base) => base.ready(&self.setup, Some(out.load())).await,
            None => Err(unknown_base(account)),
        };
        match ready {
            Ok(base) => {
                let with_policy = self.setup.options.session_policy;
                visit::read(account, base, with_policy, &attempts).await
            }
            Err(fault) => visit::failed(fault, &attempts),
        }
    }

    /// Assumes the account's role and compares who that is with the fleet file; reads nothing.
    pub async fn enter(&self, account: &Account, out: &Reporter) -> Ending {
        out.entered(Stage::Assuming).await;
        let attempts = Attempts::new(out, self.limits.max_attempts, self.setup.options.backoff);
        let ready = match self.bases.get(&key(account)) {
            Some(base) => base.ready(&self.setup, Some(out.load())).await,
            None => Err(unknown_base(account)),
        };
        match ready {
            Ok(base) => {
                let with_policy = self.setup.options.session_policy;
                visit::enter(account, base, with_policy, &attempts).await
            }
            Err(fault) => visit::failed(fault, &attempts),
        }
    }
}

/// The base credentials that an account needs.
fn key(account: &Account) -> Key {
    let profile = match &account.access {
        Access::Assume(role) => role.source_profile.clone(),
        Access::Profile(profile) => Some(profile.clone()),
    };
    Key { profile, partition: account.partition }
}

/// The account is of another fleet than the one that was connected.
fn unknown_base(account: &Account) -> Fault {
    Fault {
        step: Step::Credentials,
        kind: FaultKind::Unsupported,
        message: format!("no credentials were prepared for {}", fault::clean(&account.name)),
        hint: "start cf-tui again".to_owned(),
        request_id: None,
    }
}
