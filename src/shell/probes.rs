//! The TLS pre-flights under way, each a task of its own.

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::task::JoinSet;

use super::loads::panic_message;
use crate::app::event::Event;
use crate::app::preflight::OriginOf;
use crate::domain::preflight::{Doubt, Outcome, Preflight, Target};

/// Connects to a target, judges it by the time that is given, and always answers.
pub type Prober = Box<dyn Fn(Target, Timestamp) -> BoxFuture<'static, Preflight> + Send>;

/// The pre-flights under way.
pub(super) struct Probes {
    prober: Prober,
    tasks: JoinSet<Event>,
}

impl Probes {
    /// None under way yet.
    pub(super) fn new(prober: Prober) -> Self {
        Self { prober, tasks: JoinSet::new() }
    }

    /// Starts one. Needs a tokio runtime around it.
    pub(super) fn start(&mut self, origin: OriginOf, target: Target, now: Timestamp) {
        let probe = tokio::spawn((self.prober)(target.clone(), now));
        self.tasks.spawn(async move {
            let preflight = probe.await.unwrap_or_else(|error| {
                let words = panic_message(error).unwrap_or_default();
                let outcome = Outcome::Inconclusive(Doubt::Crashed(words));
                Preflight { target, address: None, outcome }
            });
            Event::Preflighted { origin, preflight }
        });
    }

    /// The next answer; waits for ever while there is none to come.
    pub(super) async fn next(&mut self) -> Event {
        match self.tasks.join_next().await {
            Some(Ok(event)) => event,
            // The task only waits for another, and neither panics nor is cancelled.
            Some(Err(_)) | None => std::future::pending().await,
        }
    }
}
