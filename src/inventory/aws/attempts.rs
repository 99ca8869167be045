//! Tries of a call. The SDK's own retries are off: it tries three times, which loses a tenth of
//! a fleet at 30 % throttling, and it tells nobody that it waits.

use std::error::Error;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::trouble::{self, Again, Trouble};
use crate::domain::fault::FaultKind;
use crate::inventory::load::Reporter;
use crate::inventory::report::Stage;

/// How long to wait between tries: a random part of `base` doubled with every try, never more
/// than `cap` ("full jitter", AWS Architecture Blog, "Exponential Backoff and Jitter").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The longest wait after the first try.
    pub base: Duration,
    /// The longest wait after any try.
    pub cap: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { base: Duration::from_millis(200), cap: Duration::from_secs(20) }
    }
}

/// Tries after something broke on the way, where the fleet file allows as many. More would let
/// one account that never answers hold a load for minutes.
const FEW: u32 = 3;

/// The tries of one account's calls, counted.
#[derive(Debug)]
pub(super) struct Attempts<'a> {
    pub(super) out: &'a Reporter,
    pub(super) max: u32,
    pub(super) backoff: Backoff,
    calls: AtomicU32,
    tries: AtomicU32,
}

impl<'a> Attempts<'a> {
    /// Nothing tried yet; at most `max` tries of each call.
    pub(super) fn new(out: &'a Reporter, max: u32, backoff: Backoff) -> Self {
        Self { out, max: max.max(1), backoff, calls: AtomicU32::new(0), tries: AtomicU32::new(0) }
    }

    /// Tries so far, of all calls.
    pub(super) fn calls(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The most tries that one call took.
    pub(super) fn tries(&self) -> u32 {
        self.tries.load(Ordering::Relaxed)
    }

    /// Makes a call until it succeeds or no further try may help. Waits that AWS asks for are
    /// reported, then the stage again.
    pub(super) async fn call<T, E, F>(
        &self,
        stage: &Stage,
        mut call: impl FnMut() -> F,
    ) -> Result<T, Trouble>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
        E: ProvideErrorMetadata + Error + 'static,
    {
        let mut attempt = 0;
        loop {
            attempt += 1;
            self.calls.fetch_add(1, Ordering::Relaxed);
            self.tries.fetch_max(attempt, Ordering::Relaxed);
            let trouble = match call().await {
                Ok(answer) => return Ok(answer),
                Err(error) => trouble::of(&error),
            };
            let of = self.most(trouble.again);
            if attempt >= of {
                return Err(trouble);
            }
            self.wait(stage, &trouble, attempt, of).await;
        }
    }

    fn most(&self, again: Again) -> u32 {
        match again {
            Again::Never => 1,
            Again::Few => self.max.min(FEW),
            Again::Many => self.max,
        }
    }

    async fn wait(&self, stage: &Stage, trouble: &Trouble, attempt: u32, of: u32) {
        let asked = trouble.retry_after.unwrap_or_default().min(self.backoff.cap);
        let wait = self.backoff.after(attempt, jitter()).max(asked);
        let throttled = trouble.kind == FaultKind::Throttled;
        if throttled {
            let retry_in_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            self.out.entered(Stage::Throttled { retry_in_ms, attempt, of }).await;
        }
        tokio::time::sleep(wait).await;
        if throttled {
            self.out.entered(stage.clone()).await;
        }
    }
}

impl Backoff {
    /// The wait after a try, the first being 1; `jitter` is from 0 to 1.
    fn after(self, attempt: u32, jitter: f64) -> Duration {
        let doubled = self.base.saturating_mul(1 << (attempt - 1).min(16));
        doubled.min(self.cap).mul_f64(jitter)
    }
}

/// A random number from 0 to 1, so that accounts that were throttled together do not come back
/// together. The standard library seeds its hash maps at random: no other randomness is needed.
fn jitter() -> f64 {
    f64::from(RandomState::new().build_hasher().finish() as u32) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_cap() {
        let backoff = Backoff::default();
        assert_eq!(backoff.after(1, 1.0), Duration::from_millis(200));
        assert_eq!(backoff.after(3, 1.0), Duration::from_millis(800));
        assert_eq!(backoff.after(3, 0.5), Duration::from_millis(400));
        assert_eq!(backoff.after(40, 1.0), Duration::from_secs(20));
    }

    #[test]
    fn jitter_spreads() {
        let waits: Vec<f64> = (0..64).map(|_| jitter()).collect();
        assert!(waits.iter().all(|wait| (0.0..=1.0).contains(wait)));
        assert!(waits.iter().any(|wait| *wait < 0.5) && waits.iter().any(|wait| *wait > 0.5));
    }
}
