//! Loads in the explorer that are stopped, begun anew, or break: what was read before never
//! passes for read now, and no account is left between two states.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::domain::fault::{Fault, FaultKind, Step};
use cf_tui::domain::tally::AccountState;
use cf_tui::inventory::report::{Ending, LoadId, Report};
use explorer::Explorer;

fn loaded(explorer: &Explorer) -> (LoadId, Vec<usize>) {
    let load = explorer.effects.iter().find_map(|effect| match effect {
        Effect::Load { id, accounts } => Some((*id, accounts.clone())),
        _ => None,
    });
    load.unwrap_or_else(|| panic!("no load in {:?}", explorer.effects))
}

fn state(explorer: &Explorer, account: usize) -> Option<AccountState> {
    explorer.model.store.accounts()[account].state()
}

fn failed(account: usize, step: Step) -> Report {
    let fault = Fault {
        step,
        kind: FaultKind::Denied,
        message: "no".to_owned(),
        hint: "ask".to_owned(),
        request_id: None,
    };
    let (state, fault) = (AccountState::Failed, Some(fault));
    Report::Ended { account, ending: Ending { state, fault, caller: None, calls: 1, tries: 1 } }
}

/// The first account is complete, and is read again.
fn reading_the_first_again() -> (Explorer, LoadId) {
    let mut explorer = Explorer::demo(120, 40);
    assert_eq!(state(&explorer, 0), Some(AccountState::Complete));
    explorer.keys("3");
    explorer.model.selected_account = Some(0);
    explorer.keys("r");
    let (id, accounts) = loaded(&explorer);
    assert_eq!(accounts, [0]);
    (explorer, id)
}

#[test]
fn what_is_missing_includes_what_was_under_way() {
    let (mut explorer, _) = reading_the_first_again();
    explorer.keys("R");
    let (_, accounts) = loaded(&explorer);
    assert!(accounts.contains(&0), "{accounts:?}");
    let under_way = |ix: &usize| explorer.model.store.accounts()[*ix].stage.is_some();
    assert!(accounts.iter().all(under_way));
}

#[test]
fn a_load_that_breaks_leaves_no_account_under_way() {
    let (mut explorer, id) = reading_the_first_again();
    explorer.send(Event::LoadEnded(id));
    let entry = &explorer.model.store.accounts()[0];
    assert_eq!(entry.stage, None);
    assert_eq!(entry.state(), Some(AccountState::Partial));
    assert_eq!(entry.fault().unwrap().kind, FaultKind::Crashed);
    explorer.keys("r");
    assert_eq!(loaded(&explorer).1, [0], "it can be read again");
}

#[test]
fn a_load_that_was_stopped_can_be_made_up_for_and_its_late_end_changes_nothing() {
    let (mut explorer, id) = reading_the_first_again();
    explorer.keys("x");
    assert_eq!(state(&explorer, 0), Some(AccountState::Partial));
    explorer.send(Event::Reported(id, vec![failed(0, Step::AssumeRole)]));
    explorer.send(Event::LoadEnded(id));
    let entry = &explorer.model.store.accounts()[0];
    assert_eq!(entry.fault().unwrap().kind, FaultKind::Cancelled);
    explorer.keys("r");
    let (again, _) = loaded(&explorer);
    explorer.send(Event::LoadEnded(id));
    assert!(explorer.model.store.accounts()[0].stage.is_some(), "the end of another load");
    assert_ne!(again, id);
}

#[test]
fn rows_of_an_earlier_reading_say_when_they_were_read() {
    for step in [Step::AssumeRole, Step::ListDistributions] {
        let (mut explorer, id) = reading_the_first_again();
        let rows = explorer.model.store.accounts()[0].origins;
        assert_eq!(explorer.model.store.accounts()[0].earlier, None);
        explorer.send(Event::Reported(id, vec![failed(0, step)]));
        explorer.send(Event::LoadEnded(id));
        let entry = &explorer.model.store.accounts()[0];
        assert_eq!((entry.state(), entry.origins), (Some(AccountState::Partial), rows));
        let read = explorer.model.store.findings_of(0)[0].distribution.source.read_at;
        assert!(read.is_some());
        assert_eq!(entry.earlier, read);
        let screen = explorer.screen("");
        let told = screen.replace('│', " ");
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("NOT SEEN") && told.contains("of 20"), "{screen}");
    }
}
