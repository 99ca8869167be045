//! The loads under way, each with a channel and a task of its own.
//!
//! The end of a load is the end of its channel, so it can never overtake a report.

use std::any::Any;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle};

use crate::inventory::report::{AccountIx, LoadId, Report};

/// Reads accounts and sends what it finds; done when every account has ended. It is dropped, not
/// asked, when the load is cancelled.
pub type Loader = Box<
    dyn Fn(LoadId, Vec<AccountIx>, mpsc::Sender<(LoadId, Report)>) -> BoxFuture<'static, ()> + Send,
>;

/// Messages that wait at most, per load; a source that is faster waits for the explorer.
const CAPACITY: usize = 64;

/// Reports that make one event at most.
const BATCH: usize = 16;

/// How a load went on.
#[derive(Debug, PartialEq)]
pub(super) enum Progress {
    /// Reports, in order.
    Reported(LoadId, Vec<Report>),
    /// No more of this load; with the message of a panic if it ended by one.
    Ended(LoadId, Option<String>),
}

struct Load {
    id: LoadId,
    reports: mpsc::Receiver<(LoadId, Report)>,
    task: JoinHandle<()>,
}

impl Load {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Progress> {
        let mut batch = Vec::new();
        match self.reports.poll_recv_many(context, &mut batch, BATCH) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(0) => Pin::new(&mut self.task)
                .poll(context)
                .map(|result| Progress::Ended(self.id, result.err().and_then(panic_message))),
            Poll::Ready(_) => {
                let reports = batch.into_iter().map(|(_, report)| report).collect();
                Poll::Ready(Progress::Reported(self.id, reports))
            }
        }
    }
}

/// The loads under way.
pub(super) struct Loads {
    loader: Loader,
    active: Vec<Load>,
}

impl Loads {
    /// None under way yet.
    pub(super) fn new(loader: Loader) -> Self {
        Self { loader, active: Vec::new() }
    }

    /// Starts one. Needs a tokio runtime around it.
    pub(super) fn start(&mut self, id: LoadId, accounts: Vec<AccountIx>) {
        let (sender, reports) = mpsc::channel(CAPACITY);
        let task = tokio::spawn((self.loader)(id, accounts, sender));
        self.active.push(Load { id, reports, task });
    }

    /// Stops one at once; true if it was under way.
    pub(super) fn cancel(&mut self, id: LoadId) -> bool {
        let before = self.active.len();
        self.active.retain(|load| {
            if load.id == id {
                load.task.abort();
            }
            load.id != id
        });
        self.active.len() < before
    }

    /// Stops all of them. The receivers go with them, so nobody waits for a full channel.
    pub(super) fn cancel_all(&mut self) {
        for load in self.active.drain(..) {
            load.task.abort();
        }
    }

    /// What came next, of any load; waits for ever while there is none.
    pub(super) async fn next(&mut self) -> Progress {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Progress> {
        for at in 0..self.active.len() {
            let Poll::Ready(progress) = self.active[at].poll(context) else { continue };
            // The one that was heard goes to the back, so that a busy load hides no other.
            let load = self.active.remove(at);
            if matches!(progress, Progress::Reported(..)) {
                self.active.push(load);
            }
            return Poll::Ready(progress);
        }
        Poll::Pending
    }
}

/// What a task said when it panicked; `None` if it was only cancelled.
pub(super) fn panic_message(error: JoinError) -> Option<String> {
    let payload: Box<dyn Any + Send> = error.try_into_panic().ok()?;
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    Some(text.unwrap_or_else(|| "no message".to_owned()))
}

#[cfg(test)]
mod tests;
