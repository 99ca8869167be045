//! The demo through the same pipeline as AWS: loader, reports, store.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::Arc;

use cf_tui::app::store::Store;
use cf_tui::domain::tally::AccountState;
use cf_tui::domain::verdict::{Lens, Verdict};
use cf_tui::inventory::demo::{Demo, NOW, Settings};
use cf_tui::inventory::load::{self, Source};
use cf_tui::inventory::report::LoadId;
use tokio::sync::mpsc;

async fn load_into(store: &mut Store, settings: Settings) {
    let demo = Demo::new(settings);
    let fleet = demo.fleet();
    let enabled = |ix: &usize| fleet.accounts[*ix].enabled;
    let which: Vec<usize> = (0..fleet.accounts.len()).filter(enabled).collect();
    let (sender, mut reports) = mpsc::channel(16);
    store.begin(&which, NOW);
    let source = Arc::new(Source::Demo(demo));
    tokio::spawn(load::load(source, fleet.accounts.into(), which, fleet.load, LoadId(1), sender));
    while let Some((_, report)) = reports.recv().await {
        store.apply(NOW, report);
    }
}

#[tokio::test(start_paused = true)]
async fn the_store_holds_what_the_demo_shows() {
    for seed in 1..6 {
        let settings = Settings { seed, ..Settings::default() };
        let mut store = Store::new(Demo::new(settings).fleet().accounts);
        let began = tokio::time::Instant::now();
        load_into(&mut store, settings).await;
        let took = began.elapsed().as_secs_f64();
        assert!((3.0..=5.0).contains(&took), "it took {took} s with seed {seed}");
        assert!(!store.is_loading());
        assert_eq!(store.tally(Lens::Traffic).origins, 312);
        assert!(store.tally(Lens::Traffic).of(Verdict::Fail) >= 30);
        let coverage = store.coverage();
        assert_eq!((coverage.accounts, coverage.complete), (41, 34));
        assert!(!coverage.is_whole());
        for state in [
            AccountState::Complete,
            AccountState::Partial,
            AccountState::Failed,
            AccountState::Skipped,
        ] {
            assert!(store.accounts().iter().any(|entry| entry.state() == Some(state)), "{state:?}");
        }
        let empty = store.accounts().iter().find(|entry| entry.account.name == "sandbox-7");
        assert!(empty.is_some_and(|e| e.state() == Some(AccountState::Complete) && e.origins == 0));
    }
}

#[tokio::test]
async fn reading_it_again_changes_nothing() {
    let settings = Settings { latency_ms: 0, ..Settings::default() };
    let mut store = Store::new(Demo::new(settings).fleet().accounts);
    load_into(&mut store, settings).await;
    let rows = store.row_count();
    let before = store.tally(Lens::D9).of(Verdict::Fail);
    load_into(&mut store, settings).await;
    assert_eq!((store.row_count(), store.live_rows().count()), (rows, rows));
    assert_eq!(store.tally(Lens::D9).of(Verdict::Fail), before);
}
