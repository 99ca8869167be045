//! Marking rows and copying one script for them, by keys.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::domain::fix;
use explorer::{Explorer, demo_reports};

/// Ids of the marked origins, with their distributions.
fn marked(explorer: &Explorer) -> Vec<String> {
    let model = &explorer.model;
    let findings = model.marks.findings(&model.store);
    findings
        .iter()
        .map(|f| format!("{}/{}", f.distribution.id.as_str(), f.origin.id.as_str()))
        .collect()
}

fn count(explorer: &Explorer) -> Option<String> {
    let model = &explorer.model;
    model.marks.count(&model.store, &model.index).map(|count| count.to_string())
}

fn third_line(screen: &str) -> &str {
    screen.lines().nth(2).unwrap()
}

#[test]
fn space_marks_and_goes_on_and_marks_are_seen() {
    let mut explorer = Explorer::demo(120, 40);
    assert_eq!(count(&explorer), None);
    assert!(!explorer.screen("").contains("marked"));
    let screen = explorer.screen("gg  ");
    assert!(third_line(&screen).contains("2 marked (0 hidden)"), "{screen}");
    assert!(screen.contains("Origins 3/"), "{screen}");
    assert_eq!(screen.matches('●').count(), 2, "{screen}");
    let title = screen.lines().find(|line| line.contains("Origins 3/")).unwrap();
    assert!(title.contains("2 marked (0 hidden)"), "{screen}");
    let screen = explorer.screen("k ");
    assert!(third_line(&screen).contains("1 marked (0 hidden)"), "{screen}");
    let screen = explorer.screen("U");
    assert!(!third_line(&screen).contains("marked"), "{screen}");
}

#[test]
fn marks_have_a_shape_in_ascii_and_at_80_columns() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.model.start.ascii = true;
    let screen = explorer.screen("gg j ");
    assert_eq!(screen.lines().filter(|line| line.contains("*X FAIL")).count(), 2, "{screen}");
    assert!(third_line(&screen).contains("2 marked (0 hidden)"), "{screen}");
    assert!(screen.is_ascii() || !screen.contains('●'), "{screen}");
}

#[test]
fn a_range_is_marked_from_where_it_began_in_both_directions() {
    for (keys, last) in [("ggjvjjv", 4), ("ggjjjvkkv", 2), ("ggjvjj ", 4)] {
        let mut explorer = Explorer::demo(120, 40);
        let screen = explorer.screen(keys);
        assert!(third_line(&screen).contains("3 marked (0 hidden)"), "{keys} {screen}");
        let rows = explorer.model.index.visible();
        assert!((1..=3).all(|at| explorer.model.marks.contains(rows[at])), "{keys}");
        assert_eq!(explorer.model.position(), Some(last - 1), "{keys}");
    }
}

#[test]
fn a_range_shows_what_it_would_mark_and_escape_leaves_it() {
    let mut explorer = Explorer::demo(120, 40);
    let screen = explorer.screen("ggvjj");
    assert_eq!(screen.matches('●').count(), 3, "{screen}");
    assert_eq!(count(&explorer), None);
    let screen = explorer.screen("<esc>");
    assert_eq!((screen.matches('●').count(), count(&explorer)), (0, None), "{screen}");
    // It was left, so this begins a new one.
    explorer.keys("v");
    assert_eq!(count(&explorer), None);
}

#[test]
fn all_that_is_shown_is_marked_and_a_filter_hides_marks_but_keeps_them() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/shop<enter>*");
    let shown = explorer.model.index.visible().len();
    let before = marked(&explorer);
    assert!(shown > 1 && shown < 100 && before.len() == shown);
    assert_eq!(count(&explorer).unwrap(), format!("{shown} marked (0 hidden)"));
    explorer.keys("/<ctrl-u>nothing has this name<enter>");
    assert_eq!(count(&explorer).unwrap(), format!("{shown} marked ({shown} hidden)"));
    let screen = explorer.screen("<esc>L");
    assert!(third_line(&screen).contains(&format!("{shown} marked (0 hidden)")), "{screen}");
    assert_eq!(marked(&explorer), before);
}

#[test]
fn a_refresh_keeps_the_marks_on_their_origins() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("gg jj Gk R");
    let before = marked(&explorer);
    assert_eq!(before.len(), 3);
    let Some(Effect::Load { id, .. }) = explorer.effects.first().cloned() else {
        panic!("R reads again: {:?}", explorer.effects)
    };
    for report in demo_reports() {
        explorer.send(Event::Reported(id, vec![report]));
        assert_eq!(marked(&explorer), before);
    }
    explorer.send(Event::LoadEnded(id));
    assert_eq!(marked(&explorer), before);
    assert!(explorer.screen("").contains("3 marked (0 hidden)"));
}

#[test]
fn c_copies_one_script_for_all_that_are_marked() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/shop-prod<enter>*c");
    let model = &explorer.model;
    let wanted = fix::batch(&model.marks.findings(&model.store));
    assert!(wanted.scripted > 1 && wanted.scripted < wanted.marked, "{}", wanted.text);
    assert_eq!(wanted.scripted + wanted.left_out.len(), wanted.marked);
    let [Effect::Copy { what, text, file }, ..] = explorer.effects.as_slice() else {
        panic!("{:?}", explorer.effects)
    };
    assert_eq!((text, *file), (&wanted.text, Some("fix.sh")));
    let says = format!("one script for {} of {} marked", wanted.scripted, wanted.marked);
    assert!(what.starts_with(&says), "{what}");
    // Without marks it is the fix of the row under the cursor again.
    explorer.keys("U/<ctrl-u>legacy-alb<enter>ggc");
    let single = fix::cli(&explorer.model.finding().unwrap()).unwrap().text;
    let [Effect::Copy { text, .. }, ..] = explorer.effects.as_slice() else {
        panic!("{:?}", explorer.effects)
    };
    assert_eq!(text, &single);
}

#[test]
fn marks_are_made_in_the_detail_too() {
    let mut explorer = Explorer::demo(80, 24);
    let screen = explorer.screen("gg<enter> ");
    assert!(third_line(&screen).contains("1 marked (0 hidden)"), "{screen}");
    assert_eq!(explorer.model.position(), Some(1));
}
