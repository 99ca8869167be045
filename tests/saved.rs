//! Saved views, and a session that goes on where the last one was left.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::model::View;
use cf_tui::app::saved::{LastSession, SavedView, read_session, read_views};
use cf_tui::app::tab::Tab;
use cf_tui::app::update::{leave, start};
use cf_tui::domain::verdict::Lens;
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::LoadId;
use explorer::{Explorer, demo_reports};

/// The demo's fleet as if it were a real one.
fn real(columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::demo(columns, rows);
    explorer.model.start.demo = false;
    explorer
}

fn kept(effects: &[Effect]) -> Option<(&'static str, String)> {
    effects.iter().find_map(|effect| match effect {
        Effect::KeepFile { name, text } => Some((*name, text.clone())),
        _ => None,
    })
}

#[test]
fn a_saved_view_comes_back_and_is_kept_in_a_file() {
    let mut explorer = real(120, 40);
    explorer.keys("/shop<enter>fL]]jma");
    let (name, text) = kept(&explorer.effects).unwrap();
    let views = read_views(&text).unwrap();
    assert_eq!((name, views.len()), ("views.toml", 1));
    let view = SavedView {
        filter: "shop".to_owned(),
        problems: true,
        lens: Lens::D9,
        tab: Tab::Distribution,
        ..SavedView::default()
    };
    assert_eq!(views[&'a'], view);
    let rows = explorer.model.index.visible().to_vec();

    explorer.keys("<esc>fL[[3");
    assert_eq!(explorer.model.view, View::Accounts);
    let screen = explorer.screen("'a");
    assert_eq!(explorer.model.index.visible(), rows);
    assert_eq!((explorer.model.view, explorer.model.tab), (View::Origins, Tab::Distribution));
    assert!(screen.contains("view a: Origins /shop problems D9"), "{screen}");
    assert!(kept(&explorer.effects).is_none());
}

#[test]
fn the_quote_shows_which_views_there_are() {
    let mut explorer = real(120, 40);
    let screen = explorer.screen("'");
    assert!(screen.contains("bring the view back"), "{screen}");
    let screen = explorer.screen("<esc>'q");
    assert!(screen.contains("no view is saved yet"), "{screen}");
    assert_eq!(explorer.model.view, View::Origins);
    let screen = explorer.screen("/alb<enter>mx<esc>3m7'");
    assert!(screen.contains("7 Accounts") && screen.contains("x Origins /alb"), "{screen}");
    let screen = explorer.screen("q");
    assert!(screen.contains("no view is saved as q; there are: 7 x"), "{screen}");
}

#[test]
fn a_view_is_saved_under_a_letter_or_a_digit_only() {
    let mut explorer = real(120, 40);
    for keys in ["m*", "m-", "m<esc>", "m<ctrl-a>", "m<enter>"] {
        explorer.keys(keys);
        assert!(explorer.model.views.is_empty() && kept(&explorer.effects).is_none(), "{keys}");
    }
    explorer.keys("mém7");
    assert_eq!(explorer.model.views.keys().collect::<Vec<_>>(), [&'7', &'é']);
}

#[test]
fn the_demo_keeps_views_for_its_session_and_writes_nothing() {
    let mut explorer = Explorer::demo(120, 40);
    let screen = explorer.screen("ma");
    assert!(kept(&explorer.effects).is_none() && screen.contains("for this session only"));
    assert_eq!(explorer.model.views.len(), 1);
    assert!(leave(&explorer.model).is_empty());
}

#[test]
fn a_saved_filter_that_can_no_longer_be_read_says_so_and_widens_nothing() {
    let mut explorer = real(120, 40);
    explorer.keys("/shop<enter>");
    let shown = explorer.model.index.visible().len();
    let view = SavedView { filter: "\"open".to_owned(), ..SavedView::default() };
    explorer.model.views.insert('a', view);
    explorer.keys("'a");
    assert!(explorer.model.filter.error.is_some());
    assert_eq!(explorer.model.index.visible().len(), shown);
}

/// A session on the demo's fleet that goes on with another, of which nothing has come yet.
fn resumed(session: LastSession) -> Explorer {
    let mut explorer = Explorer::empty(120, 40);
    explorer.model.start.demo = false;
    explorer.model.start.resume = Some(session);
    start(&mut explorer.model, NOW);
    explorer
}

fn load(explorer: &mut Explorer) {
    for report in demo_reports() {
        explorer.send(Event::Reported(LoadId(2), vec![report]));
    }
    explorer.send(Event::LoadEnded(LoadId(2)));
    explorer.send(Event::LoadEnded(LoadId(1)));
}

fn left(keys: &str) -> (Explorer, LastSession) {
    let mut explorer = real(120, 40);
    explorer.keys(keys);
    let (name, text) = kept(&leave(&explorer.model)).unwrap();
    assert_eq!(name, "session.toml");
    (explorer, read_session(&text).unwrap())
}

/// What the cursor is on, by what stays the same.
fn chosen(explorer: &Explorer) -> Option<String> {
    let finding = explorer.model.finding()?;
    Some(format!("{} {:?} {:?}", finding.account.id, finding.distribution.id, finding.origin.id))
}

#[test]
fn a_session_goes_on_where_it_was_left() {
    let (before, session) = left("f]jjjjj<enter>");
    let mut after = resumed(session);
    assert!(after.model.narrowing.problems && after.model.selected.is_none());
    load(&mut after);
    assert_eq!(chosen(&after), chosen(&before));
    assert!(chosen(&after).is_some());
    assert!(after.model.opened && after.model.tab == Tab::Remediation);
    assert_eq!(after.screen(""), { before }.screen(""));
}

#[test]
fn a_cursor_that_somebody_moved_stays() {
    let (before, session) = left("G");
    let mut after = resumed(session);
    let reports = demo_reports();
    let half = reports.len() / 2;
    for (at, report) in reports.into_iter().enumerate() {
        after.send(Event::Reported(LoadId(2), vec![report]));
        if at == half / 4 && chosen(&after).is_none() {
            after.keys("j");
        }
    }
    let chosen_now = chosen(&after);
    after.send(Event::LoadEnded(LoadId(2)));
    assert!(chosen_now.is_some() && chosen_now == chosen(&after));
    assert_ne!(chosen_now, chosen(&before));
}

#[test]
fn an_origin_that_is_gone_is_told_and_the_worst_is_chosen() {
    let (_, mut session) = left("jj");
    session.origin.as_mut().unwrap().account = "000000000000".to_owned();
    let mut after = resumed(session);
    load(&mut after);
    assert_eq!(after.model.position(), Some(0));
    assert!(after.screen("").contains("the origin of the last session is not among"));
}

#[test]
fn a_session_that_ends_before_its_origin_came_passes_it_on() {
    let (_, session) = left("jjjj<enter>");
    let early = resumed(session.clone());
    let (_, text) = kept(&leave(&early.model)).unwrap();
    assert_eq!(read_session(&text).unwrap(), session);
}

#[test]
fn the_accounts_view_goes_on_too() {
    let (before, session) = left("3jjj");
    let mut after = resumed(session);
    assert_eq!(after.model.view, View::Accounts);
    load(&mut after);
    assert_eq!(after.model.selected_account, before.model.selected_account);
}

#[test]
fn what_could_not_be_used_is_said_first() {
    let mut explorer = Explorer::empty(120, 40);
    explorer.model.start.trouble = Some("views.toml cannot be used: why".to_owned());
    start(&mut explorer.model, NOW);
    assert!(explorer.screen("").contains("views.toml cannot be used: why"));
}
