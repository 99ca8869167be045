//! The help, the messages, and the keys that may follow one: by keys.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::palette::COMMANDS;
use cf_tui::app::popup::{Page, Popup};
use cf_tui::ui::theme::Theme;
use explorer::Explorer;
use ratatui::style::Modifier;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

fn kept(name: &str, sizes: &[(u16, u16)], keys: &str) {
    for (columns, rows) in sizes {
        let screen = Explorer::demo(*columns, *rows).screen(keys);
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "snapshots/help",
        }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
        });
    }
}

fn page(explorer: &Explorer) -> &Page {
    explorer.model.popup.as_ref().and_then(Popup::page).unwrap()
}

#[test]
fn the_help_of_the_accounts() {
    kept("accounts", &SIZES, "3?<pgdn>");
}

#[test]
fn the_help_searched() {
    kept("search", &SIZES, "?/copy json");
    kept("search", &[(40, 8)], "?/copy");
}

#[test]
fn the_messages() {
    kept("messages", &SIZES, "*U/zzz<enter>n<esc>Lc3gv1<enter>VM");
    kept("messages", &[(40, 8)], "*ULM");
}

#[test]
fn the_keys_that_may_follow() {
    kept("follow", &SIZES, "y");
    kept("follow", &[(60, 12), (40, 8)], "y");
    kept("follow-g", &[(80, 24)], "g");
}

#[test]
fn keys_of_the_present_place_come_first() {
    let mut explorer = Explorer::demo(120, 240);
    for (keys, first, later) in [
        ("?", "mark every row that is shown", "search this text"),
        ("?3?", "stop what is under way", "mark every row that is shown"),
    ] {
        let screen = explorer.screen(keys);
        let place = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}\n{screen}"));
        assert!(place(first) < place("Elsewhere"), "{screen}");
        assert!(place("Elsewhere") < place(later), "{screen}");
        for command in COMMANDS {
            assert!(
                place("Elsewhere") < place(&format!("  {} {} ", command.name, command.argument())),
                "{screen}"
            );
        }
    }
}

#[test]
fn a_search_narrows_and_marks_and_is_taken_back_step_by_step() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.theme = Theme::mono();
    let screen = explorer.screen("?/Wholly READ");
    let told: Vec<&str> = screen.lines().filter(|line| line.contains("  R  ")).collect();
    assert_eq!(told.len(), 1, "{screen}");
    assert!(!screen.contains("Ctrl-d"), "{screen}");
    let buffer = explorer.draw();
    let reversed = buffer.content().iter().filter(|c| c.modifier.contains(Modifier::REVERSED));
    let marked: String = reversed.map(|cell| cell.symbol()).collect();
    assert!(marked.contains("wholly") && marked.contains("read"), "{marked}");

    // Enter keeps it: keys are keys again.
    let screen = explorer.screen("<enter>j");
    assert!(screen.contains("/Wholly READ  Esc shows everything"), "{screen}");
    assert!(!page(&explorer).searching);
    assert!(explorer.screen("<esc>").contains("What the table says"));
    explorer.keys("<esc>");
    assert_eq!(explorer.model.popup, None);
}

#[test]
fn text_in_a_search_is_no_key() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("?/qq");
    assert_eq!(page(&explorer).search.text(), "qq");
    explorer.send(Event::Pasted("q\u{1b}q".to_owned()));
    assert_eq!(page(&explorer).search.text(), "qqqq");
    assert!(explorer.screen("").contains("no line holds qqqq"));
    explorer.keys("<esc>");
    assert_eq!(page(&explorer), &Page::default());
    explorer.keys("/q<ctrl-c>");
    assert_eq!(explorer.effects, [Effect::Quit]);
}

#[test]
fn messages_are_kept_when_their_notice_is_gone() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.send(Event::Failed(format!("no {} way", "long ".repeat(40))));
    explorer.keys("L");
    (0..20).for_each(|_| explorer.send(Event::Ticked));
    assert_eq!(explorer.model.notice, None);
    for place in ["", "<enter>", "3", "?"] {
        let screen = explorer.screen(&format!("{place}M"));
        let newest = screen.find("lens: the rule").unwrap();
        let older = screen.find("no long").unwrap();
        assert!(newest < older, "{screen}");
        // Long ones are told to their end.
        assert!(screen.contains(" way"), "{screen}");
        explorer.keys("<esc>");
        assert_eq!(explorer.model.popup, None, "in {place}");
    }
}

#[test]
fn bad_news_stand_out() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.send(Event::Failed("the clipboard is gone".to_owned()));
    let screen = explorer.screen("M");
    let line = screen.lines().position(|line| line.starts_with("│09:12:44  the clip")).unwrap();
    let cell = &explorer.draw()[(11, u16::try_from(line).unwrap())];
    let alert = explorer.theme.alert;
    assert_eq!((Some(cell.fg), cell.modifier), (alert.fg, alert.add_modifier));
}

#[test]
fn a_prefix_can_be_left_and_its_keys_work() {
    let mut explorer = Explorer::demo(80, 24);
    assert!(explorer.screen("y").contains(" y and then "));
    assert!(!explorer.screen("<esc>").contains(" y and then "));
    explorer.keys("ya");
    assert!(matches!(explorer.effects.first(), Some(Effect::Copy { what, .. }) if what == "ARN"));
}

#[test]
fn header_and_status_stay_in_every_popup() {
    for (columns, rows) in [(40, 8), (60, 12), (80, 24), (120, 40)] {
        let bare = Explorer::demo(columns, rows).screen("L");
        for keys in [":", "?", "M", "y"] {
            let mut explorer = Explorer::demo(columns, rows);
            let screen = explorer.screen(&format!("L{keys}"));
            let header = |screen: &str| screen.lines().take(3).collect::<Vec<_>>().join("\n");
            assert_eq!(header(&screen), header(&bare), "{keys}");
            let status = screen.lines().nth_back(1).unwrap();
            let has_frame = rows >= 12 || keys != "y";
            assert!(!has_frame || status.starts_with("lens: the rule"), "{keys}\n{screen}");
        }
    }
}
