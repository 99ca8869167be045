#![allow(clippy::disallowed_methods)]

use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::*;
use crate::inventory::report::Stage;

const FIRST: LoadId = LoadId(1);
const SECOND: LoadId = LoadId(2);

fn queued(account: AccountIx) -> Report {
    Report::Entered { account, stage: Stage::Queued }
}

fn loads<F>(load: impl Fn(LoadId, mpsc::Sender<(LoadId, Report)>) -> F + Send + 'static) -> Loads
where
    F: Future<Output = ()> + Send + 'static,
{
    Loads::new(Box::new(move |id, _, sender| Box::pin(load(id, sender))))
}

async fn next(loads: &mut Loads) -> Progress {
    timeout(Duration::from_secs(20), loads.next()).await.expect("a load went on")
}

#[tokio::test]
async fn the_end_of_a_load_never_overtakes_its_reports() {
    const REPORTS: usize = 500;
    let mut loads = loads(|id, sender| async move {
        for account in 0..REPORTS {
            sender.send((id, queued(account))).await.unwrap();
        }
    });
    loads.start(FIRST, vec![]);
    let mut seen = Vec::new();
    loop {
        match next(&mut loads).await {
            Progress::Reported(FIRST, reports) => {
                assert!(!reports.is_empty() && reports.len() <= BATCH);
                seen.extend(reports);
            }
            ended => {
                assert_eq!(ended, Progress::Ended(FIRST, None));
                break;
            }
        }
    }
    assert_eq!(seen, (0..REPORTS).map(queued).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_load_that_panics_ends_with_its_message_after_its_reports() {
    let mut loads = loads(|id, sender| async move {
        sender.send((id, queued(3))).await.unwrap();
        panic!("a bad {}", "page");
    });
    loads.start(FIRST, vec![]);
    assert_eq!(next(&mut loads).await, Progress::Reported(FIRST, vec![queued(3)]));
    assert_eq!(next(&mut loads).await, Progress::Ended(FIRST, Some("a bad page".to_owned())));
}

#[tokio::test]
async fn a_cancelled_load_is_dropped_and_says_nothing_more() {
    let mut loads = loads(|id, sender| async move {
        loop {
            if sender.send((id, queued(0))).await.is_err() {
                return;
            }
        }
    });
    loads.start(FIRST, vec![]);
    assert!(matches!(next(&mut loads).await, Progress::Reported(FIRST, _)));
    assert!(loads.cancel(FIRST));
    assert!(!loads.cancel(FIRST));
    assert!(timeout(Duration::from_millis(50), loads.next()).await.is_err());
}

#[tokio::test]
async fn a_busy_load_hides_no_other() {
    let mut loads = loads(|id, sender| async move {
        while id == FIRST && sender.send((id, queued(0))).await.is_ok() {}
        sleep(Duration::from_millis(5)).await;
        let _ = sender.send((id, queued(1))).await;
    });
    loads.start(FIRST, vec![]);
    loads.start(SECOND, vec![]);
    let quiet_one = async { while !matches!(loads.next().await, Progress::Ended(SECOND, None)) {} };
    timeout(Duration::from_secs(20), quiet_one).await.expect("the quiet load was heard");
}
