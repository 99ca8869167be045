//! A load without a screen: everything into one store, until it is done or somebody stops it.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::args::Common;
use super::progress::{Progress, Told};
use super::session::Session;
use super::source::Reading;
use crate::app::store::Store;
use crate::config::fleet::Fleet;
use crate::domain::tally::AccountState;
use crate::inventory::aws::BaseFault;
use crate::inventory::load::{self, Source};
use crate::inventory::report::{AccountIx, Ending, LoadId, Report};
use crate::shell::Clock;

/// Messages that wait at most; a page is one.
const CAPACITY: usize = 64;

/// How a load came to its end.
#[derive(Debug)]
pub(super) enum Loaded {
    /// Every enabled account ended, one way or the other.
    Ended(Store),
    /// A signal came first; the store holds what came until then.
    Interrupted(Store),
}

/// Connects and reads every enabled account of the selection.
pub(super) fn load(
    session: &mut Session,
    reading: Reading,
    common: &Common,
    mut progress: Progress,
) -> Loaded {
    let clock = reading.clock();
    let fleet = reading.fleet.clone();
    let mut store = Store::new(fleet.accounts.clone());
    let loaded = session.run(async {
        match reading.connect(common).await {
            Ok(source) => read_all(source, &fleet, &mut store, clock, &mut progress).await,
            Err(faults) => end_unconnected(&mut store, &faults, clock.now()),
        }
    });
    progress.clear();
    match loaded {
        Some(()) => Loaded::Ended(store),
        None => Loaded::Interrupted(store),
    }
}

/// Ends the accounts that have no base credentials, so that they count as failed.
fn end_unconnected(store: &mut Store, faults: &[BaseFault], at: Timestamp) {
    let of = |fault: &BaseFault, name: &String| fault.accounts.contains(name);
    for ix in 0..store.accounts().len() {
        let account = &store.accounts()[ix].account;
        let fault = faults.iter().find(|fault| account.enabled && of(fault, &account.name));
        let Some(fault) = fault.map(|base| base.fault.clone()) else { continue };
        let state = AccountState::Failed;
        let ending = Ending { state, fault: Some(fault), caller: None, calls: 0, tries: 0 };
        store.apply(at, Report::Ended { account: ix, ending });
    }
}

/// Reads every enabled account of the fleet into the store. Dropping the future stops the load at
/// once, and the store holds what came until then.
async fn read_all(
    source: Source,
    fleet: &Fleet,
    store: &mut Store,
    clock: Clock,
    progress: &mut Progress,
) {
    let enabled = |(ix, _): &(AccountIx, &_)| fleet.accounts[*ix].enabled;
    let which: Vec<AccountIx> =
        fleet.accounts.iter().enumerate().filter(enabled).map(|(ix, _)| ix).collect();
    store.begin(&which, clock.now());
    let (sender, mut reports) = mpsc::channel(CAPACITY);
    let accounts = fleet.accounts.clone().into();
    let loading = load::load(Arc::new(source), accounts, which, fleet.load, LoadId(1), sender);
    let taking = async {
        while let Some((_, report)) = reports.recv().await {
            let told = Told::from(&report);
            store.apply(clock.now(), report);
            progress.told(store, told);
        }
    };
    tokio::join!(loading, taking);
}
