//! What a command reads from: the fleet file's accounts, or the demo's.

use super::args::{Common, DemoSize};
use super::stop::Stop;
use super::{environment, fleet};
use crate::config::fleet::Fleet;
use crate::domain::fault::Fault;
use crate::domain::text::escape;
use crate::inventory::aws::{Aws, BaseFault, Options};
use crate::inventory::demo::{self, Demo, Settings};
use crate::inventory::load::Source;
use crate::shell::Clock;

/// A selection of accounts and the way to read them.
#[derive(Debug)]
pub(super) struct Reading {
    /// The selected accounts.
    pub(super) fleet: Fleet,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Aws,
    /// AWS, as far as into the accounts.
    Entry,
    Demo(Demo),
}

impl Reading {
    /// Reads the fleet file and narrows it.
    pub(super) fn of_file(common: &Common) -> Result<Self, Stop> {
        let fleet = fleet::selected(&fleet::read(common)?, common)?;
        Ok(Self { fleet, way: Way::Aws })
    }

    /// Makes the demo's fleet and narrows it; `latency_ms` is for calls where the flag says
    /// nothing.
    pub(super) fn of_demo(size: DemoSize, latency_ms: u64, common: &Common) -> Result<Self, Stop> {
        if common.config.is_some() {
            return Err(Stop::usage("the demo has its own fleet: leave --config out"));
        }
        let number = |given: Option<u32>| given.map(|n| n as usize);
        let sized = Settings::sized(
            number(size.accounts),
            number(size.distributions),
            number(size.origins),
        );
        let settings = Settings {
            seed: size.seed.unwrap_or(sized.seed),
            latency_ms: size.latency.map_or(latency_ms, u64::from),
            ..sized
        };
        let demo = Demo::new(settings);
        let fleet = fleet::selected(&demo.fleet(), common)?;
        Ok(Self { fleet, way: Way::Demo(demo) })
    }

    /// The time, or the demo's.
    pub(super) fn clock(&self) -> Clock {
        match self.way {
            Way::Aws | Way::Entry => Clock::System,
            Way::Demo(_) => Clock::Fixed(demo::NOW),
        }
    }

    /// The same accounts, entered and not read; the demo has no doors.
    pub(super) fn entry_only(self) -> Self {
        let way = match self.way {
            Way::Aws => Way::Entry,
            other => other,
        };
        Self { way, ..self }
    }

    /// Leaves one account of the fleet; one that it does not have, or has disabled, is an error.
    pub(super) fn narrow_to(&mut self, account_id: &str) -> Result<(), Stop> {
        let wanted = escape(account_id);
        match self.fleet.accounts.iter().find(|account| account.id.as_str() == account_id) {
            None => Err(Stop::usage(format!("the fleet has no account {wanted}"))),
            Some(account) if !account.enabled => Err(Stop::usage(format!(
                "account {wanted} is disabled in the fleet file ({})",
                escape(&account.place)
            ))),
            Some(account) => {
                self.fleet.accounts = vec![account.clone()];
                Ok(())
            }
        }
    }

    /// Finds the base credentials; the demo needs none. The error holds what stands between
    /// here and every account.
    pub(super) async fn connect(self, common: &Common) -> Result<Source, Vec<BaseFault>> {
        let into: fn(Aws) -> Source = match self.way {
            Way::Demo(demo) => return Ok(Source::Demo(demo)),
            Way::Aws => Source::Aws,
            Way::Entry => Source::Entry,
        };
        let options = Options {
            session_policy: !common.no_session_policy,
            ..Options::from_env(&environment::variable)
        };
        Aws::connect(&self.fleet, options).await.map(into)
    }
}

/// Base credentials that could not be had, on one line, harmless text.
pub(super) fn no_credentials(base: &BaseFault) -> String {
    let whose = match &base.profile {
        Some(profile) => format!("profile {profile}"),
        None => "no credentials".to_owned(),
    };
    let Fault { message, hint, .. } = &base.fault;
    let accounts = base.accounts.join(", ");
    escape(&format!("{whose}: {message}; {hint} (needed for {accounts})")).into_owned()
}
