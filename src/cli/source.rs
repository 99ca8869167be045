//! What a command reads from: the fleet file's accounts, or the demo's.

use std::sync::Arc;

use jiff::Timestamp;

use super::args::{Common, DemoSize};
use super::{environment, fleet};
use super::stop::Stop;
use crate::config::fleet::Fleet;
use crate::inventory::demo::{self, Demo, Settings};
use crate::inventory::load::Source;

/// A selection of accounts and the way to read them.
#[derive(Debug)]
pub(super) struct Reading {
    /// The selected accounts.
    pub(super) fleet: Fleet,
    from: From,
}

#[derive(Debug)]
enum From {
    Aws,
    Demo(Demo),
}

impl Reading {
    /// Reads the fleet file and narrows it.
    pub(super) fn of_file(common: &Common) -> Result<Self, Stop> {
        let fleet = fleet::selected(&fleet::read(common)?, common)?;
        Ok(Self { fleet, from: From::Aws })
    }

    /// Makes the demo's fleet and narrows it; `latency_ms` is for calls where the flag says
    /// nothing.
    pub(super) fn of_demo(
        size: DemoSize,
        latency_ms: u64,
        common: &Common,
    ) -> Result<Self, Stop> {
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
        let mut demo = Demo::new(settings);
        let fleet = fleet::selected(&demo.fleet(), common)?;
        demo.keep(&fleet);
        Ok(Self { fleet, from: From::Demo(demo) })
    }

    /// The time, or the demo's.
    pub(super) fn clock(&self) -> fn() -> Timestamp {
        match self.from {
            From::Aws => environment::now,
            From::Demo(_) => || demo::NOW,
        }
    }

    /// Finds the base credentials; the demo needs none.
    pub(super) async fn connect(self, common: &Common) -> Result<Source, Stop> {
        todo!()
    }
}
