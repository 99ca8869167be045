//! `V` at the screen: the row, the notice, the cursor.

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::store::RowId;
use cf_tui::domain::distribution::{Distribution, ProtocolPolicy};
use cf_tui::domain::fault::{Fault, FaultKind, Step};
use cf_tui::domain::ids::DistributionId;
use cf_tui::domain::verdict::{Lens, Verdict};
use cf_tui::inventory::report::{AccountIx, Reread};

use crate::explorer::Explorer;

/// On a custom origin that fails by http-only, not as a demo.
pub fn on_a_failing_origin() -> Explorer {
    let mut explorer = Explorer::demo(120, 40);
    explorer.model.start.demo = false;
    explorer.keys("j");
    let fails = |explorer: &Explorer| {
        let finding = explorer.model.finding().unwrap();
        finding.origin.custom.is_some() && finding.protocol() == Some("http-only")
    };
    while !fails(&explorer) {
        explorer.keys("j");
    }
    explorer
}

pub fn place(explorer: &Explorer) -> (AccountIx, DistributionId) {
    explorer.model.place().unwrap()
}

pub fn asked(effects: &[Effect]) -> Vec<(AccountIx, DistributionId)> {
    let verify = |effect: &Effect| match effect {
        Effect::Verify { account, distribution } => Some((*account, distribution.clone())),
        _ => None,
    };
    effects.iter().filter_map(verify).collect()
}

/// The distribution under the cursor as a later read would give it.
pub fn changed(explorer: &Explorer, change: impl FnOnce(&mut Distribution)) -> Reread {
    let mut distribution = explorer.model.finding().unwrap().distribution.clone();
    distribution.etag = Some("ENEWETAG".to_owned());
    distribution.source.call = "GetDistribution".to_owned();
    distribution.source.request_id = Some("request-of-the-read".to_owned());
    change(&mut distribution);
    Reread::Found { distribution: Box::new(distribution), fault: None }
}

/// Every custom origin goes to https-only with modern TLS.
pub fn fixed(distribution: &mut Distribution, status: &str) {
    status.clone_into(&mut distribution.status);
    for custom in distribution.origins.iter_mut().filter_map(|o| o.custom.as_mut()) {
        custom.protocol = ProtocolPolicy::HttpsOnly;
        custom.ssl_protocols = Some(vec!["TLSv1.2".to_owned()]);
    }
}

pub fn answer(explorer: &mut Explorer, of: &(AccountIx, DistributionId), outcome: Reread) {
    let (account, distribution) = of.clone();
    explorer.send(Event::Verified { account, distribution, outcome });
}

pub fn notice(explorer: &Explorer) -> String {
    explorer.model.notice.as_ref().map_or(String::new(), |notice| notice.text.clone())
}

fn verdict(explorer: &Explorer, row: RowId) -> Option<Verdict> {
    explorer.model.store.finding(row).map(|f| f.assessment.verdict(Lens::Traffic))
}

#[test]
fn a_change_is_shown_in_its_row_and_the_cursor_stays() {
    let mut explorer = on_a_failing_origin();
    let (row, of) = (explorer.model.selected.unwrap(), place(&explorer));
    let coverage = explorer.model.store.coverage();
    let rows = explorer.model.store.row_count();
    explorer.keys("V");
    assert_eq!(asked(&explorer.effects), std::slice::from_ref(&of));
    let outcome = changed(&explorer, |d| fixed(d, "InProgress"));
    answer(&mut explorer, &of, outcome);
    assert_eq!(explorer.model.selected, Some(row));
    assert_eq!(verdict(&explorer, row), Some(Verdict::Pass));
    let said = notice(&explorer);
    assert!(said.ends_with("FAIL → PASS, InProgress: proven when Deployed"), "{said}");
    assert_eq!(explorer.model.store.row_count(), rows);
    assert_eq!(explorer.model.store.coverage(), coverage);
    let screen = explorer.screen("<enter>GG");
    let evidence = explorer.model.finding().unwrap().distribution;
    assert_eq!(evidence.etag.as_deref(), Some("ENEWETAG"));
    assert!(evidence.source.read_at.is_some());
    assert!(screen.contains("GetDistribution") && screen.contains("ENEWETAG"), "{screen}");

    explorer.keys("V");
    let outcome = changed(&explorer, |d| fixed(d, "Deployed"));
    answer(&mut explorer, &of, outcome);
    let said = notice(&explorer);
    assert!(said.ends_with("still PASS, Deployed: proven"), "{said}");
}

#[test]
fn what_did_not_change_says_so() {
    let mut explorer = on_a_failing_origin();
    let (row, of) = (explorer.model.selected.unwrap(), place(&explorer));
    let position = explorer.model.position();
    explorer.keys("V");
    let outcome = changed(&explorer, |_| {});
    answer(&mut explorer, &of, outcome);
    let said = notice(&explorer);
    assert!(said.contains("still FAIL: http-only"), "{said}");
    assert_eq!((explorer.model.selected, explorer.model.position()), (Some(row), position));
    // One at a time; after its answer it may be asked again.
    assert_eq!(asked(&explorer.keys("V").effects), [of]);
    assert_eq!(asked(&explorer.keys("V").effects), []);
    assert!(notice(&explorer).contains("being read already"));
}

#[test]
fn what_was_deleted_goes_and_the_cursor_stays_near() {
    let mut explorer = on_a_failing_origin();
    let (row, of) = (explorer.model.selected.unwrap(), place(&explorer));
    let position = explorer.model.position().unwrap();
    let gone = explorer.model.store.rows_of(of.0, &of.1).to_vec();
    let before = explorer.model.index.visible().len();
    let origins = explorer.model.store.tally(Lens::Traffic).origins;
    explorer.keys("V");
    answer(&mut explorer, &of, Reread::Gone);
    assert!(notice(&explorer).contains("deleted meanwhile"), "{}", notice(&explorer));
    assert!(gone.contains(&row) && gone.iter().all(|row| verdict(&explorer, *row).is_none()));
    assert_eq!(explorer.model.index.visible().len(), before - gone.len());
    assert_eq!(explorer.model.store.tally(Lens::Traffic).origins, origins - gone.len());
    let now = explorer.model.position().unwrap();
    assert!(now.abs_diff(position) <= gone.len(), "{now} and {position}");
    explorer.draw();
}

#[test]
fn a_failure_says_step_cause_and_hint_and_changes_nothing() {
    let mut explorer = on_a_failing_origin();
    let of = place(&explorer);
    explorer.keys("V");
    let before =
        (explorer.model.finding().unwrap().distribution.clone(), explorer.model.position());
    let account = explorer.model.store.accounts()[of.0].state();
    let fault = Fault {
        step: Step::VerifyAccount,
        kind: FaultKind::WrongAccount,
        message: "the credentials are of another account".to_owned(),
        hint: "correct account_id".to_owned(),
        request_id: None,
    };
    answer(&mut explorer, &of, Reread::Failed(fault));
    let said = notice(&explorer);
    for part in ["account check", "of another account", "correct account_id"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let after = (explorer.model.finding().unwrap().distribution.clone(), explorer.model.position());
    assert_eq!(before, after);
    assert_eq!(explorer.model.store.accounts()[of.0].state(), account);
}

#[test]
fn an_answer_that_is_late_changes_nothing() {
    let mut explorer = on_a_failing_origin();
    let (row, of) = (explorer.model.selected.unwrap(), place(&explorer));
    let outcome = changed(&explorer, |d| fixed(d, "Deployed"));
    // Nobody asked.
    answer(&mut explorer, &of, outcome.clone());
    assert_eq!(verdict(&explorer, row), Some(Verdict::Fail));
    // Deleted meanwhile, by a first answer: a second brings nothing back.
    explorer.keys("V");
    answer(&mut explorer, &of, Reread::Gone);
    answer(&mut explorer, &of, outcome);
    assert_eq!(verdict(&explorer, row), None);
    assert!(explorer.model.store.distribution(of.0, &of.1).is_none());
}

#[test]
fn an_origin_that_is_gone_is_told() {
    let mut explorer = on_a_failing_origin();
    let (row, of) = (explorer.model.selected.unwrap(), place(&explorer));
    explorer.keys("V");
    let outcome = changed(&explorer, |d| {
        d.origins[0].id = cf_tui::domain::ids::OriginId::new("other");
        d.origins.truncate(1);
    });
    answer(&mut explorer, &of, outcome);
    assert_eq!(verdict(&explorer, row), None);
    assert!(notice(&explorer).contains("is gone from its distribution"), "{}", notice(&explorer));
    assert_eq!(explorer.model.store.rows_of(of.0, &of.1).len(), 1);
}

#[test]
fn problems_only_moves_on_when_the_row_passes() {
    let mut explorer = on_a_failing_origin();
    explorer.keys("f");
    let (row, of) = (explorer.model.selected.unwrap(), place(&explorer));
    explorer.keys("V");
    let outcome = changed(&explorer, |d| fixed(d, "Deployed"));
    answer(&mut explorer, &of, outcome);
    assert!(notice(&explorer).contains("FAIL → PASS, Deployed: proven"), "{}", notice(&explorer));
    assert_ne!(explorer.model.selected, Some(row));
    assert!(explorer.model.position().is_some());
}

#[tokio::test]
async fn the_demo_reads_its_fleet_again_and_nothing_changed() {
    use cf_tui::inventory::demo::{Demo, Settings};
    use cf_tui::inventory::load::Source;
    let settings = Settings { latency_ms: 0, ..Settings::default() };
    let source = Source::Demo(Demo::new(settings));
    let accounts = Demo::new(settings).fleet().accounts;
    let mut explorer = tokio::task::spawn_blocking(|| {
        let mut explorer = Explorer::demo(120, 40);
        explorer.keys("jV");
        (explorer.model, explorer.effects)
    });
    let (model, effects) = (&mut explorer).await.unwrap();
    let [(account, id)] = &asked(&effects)[..] else { panic!("{effects:?}") };
    let held = model.store.distribution(*account, id).unwrap();
    let Reread::Found { mut distribution, fault: None } =
        source.reread(&accounts[*account], id).await
    else {
        panic!("not found");
    };
    distribution.source.read_at = held.source.read_at;
    for (origin, held) in distribution.origins.iter_mut().zip(&held.origins) {
        assert_eq!(origin.id, held.id);
        (origin.s3, origin.vpc) = (held.s3.clone(), held.vpc.clone());
    }
    assert_eq!(&*distribution, held);
}
