//! Work that a signal stops at once.

use std::future::Future;

use tokio::runtime::Runtime;

use super::signals::Signals;
use super::stop::Stop;

/// A runtime and the signals that end what it does.
#[derive(Debug)]
pub(super) struct Session {
    /// Present until dropped.
    runtime: Option<Runtime>,
    signals: Signals,
}

impl Session {
    /// Starts a runtime; from here on SIGINT and SIGTERM are taken.
    pub(super) fn start() -> Result<Self, Stop> {
        let failed = |error| Stop::usage(format!("the system gives no threads: {error}"));
        let runtime = Runtime::new().map_err(failed)?;
        let signals = runtime.block_on(async { Signals::new() }).map_err(failed)?;
        Ok(Self { runtime: Some(runtime), signals })
    }

    /// Does the work; `None` if a signal came first.
    pub(super) fn run<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let runtime = self.runtime.as_ref().expect("it is taken only when dropped");
        let signals = &mut self.signals;
        runtime.block_on(async {
            tokio::select! {
                biased;
                () = signals.stop() => None,
                done = work => Some(done),
            }
        })
    }

    /// As [`Self::run`], for work that blocks, such as writing to a pipe that nobody reads.
    pub(super) fn run_blocking<T: Send + 'static>(
        &mut self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        self.run(async { tokio::task::spawn_blocking(work).await })
            .map(|joined| joined.expect("blocking work does not panic, and nobody cancels it"))
    }
}

impl Drop for Session {
    /// Does not wait for threads that block, such as one that looks up a name.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
