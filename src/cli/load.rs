//! A load without a screen: everything into one store, until it is done or somebody stops it.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::progress::{Progress, Told};
use crate::app::store::Store;
use crate::config::fleet::Fleet;
use crate::inventory::load::{Source, load};
use crate::inventory::report::{AccountIx, LoadId};

/// Messages that wait at most; a page is one.
const CAPACITY: usize = 64;

/// Reads every enabled account of the fleet into the store. Dropping the future stops the load at
/// once, and the store holds what came until then.
pub(super) async fn read_all(
    source: Source,
    fleet: &Fleet,
    store: &mut Store,
    clock: fn() -> Timestamp,
    progress: &mut Progress,
) {
    let enabled = |(ix, _): &(AccountIx, &_)| fleet.accounts[*ix].enabled;
    let which: Vec<AccountIx> =
        fleet.accounts.iter().enumerate().filter(enabled).map(|(ix, _)| ix).collect();
    store.begin(&which, clock());
    let (sender, mut reports) = mpsc::channel(CAPACITY);
    let accounts = fleet.accounts.clone().into();
    let loading = load(Arc::new(source), accounts, which, fleet.load, LoadId(1), sender);
    let taking = async {
        while let Some((_, report)) = reports.recv().await {
            let told = Told::from(&report);
            store.apply(clock(), report);
            progress.told(store, told);
        }
    };
    tokio::join!(loading, taking);
}
