//! The line while it is typed.

use cf_tui::app::event::Event;
use ratatui::style::Modifier;

use crate::explorer::{Explorer, text_of};
use crate::passing;

fn snapshots(name: &str, keys: &str) {
    for (columns, rows) in [(80, 24), (120, 40), (40, 8)] {
        let screen = Explorer::demo(columns, rows).screen(keys);
        let settings = insta::Settings::clone_current();
        settings.bind(|| {
            insta::with_settings!({
                omit_expression => true,
                prepend_module_to_snapshot => false,
                snapshot_path => "snapshots",
            }, {
                insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
            });
        });
    }
}

#[test]
fn a_column_that_is_none() {
    snapshots("no-column", "/shop acount:x alb");
}

#[test]
fn a_state_that_is_none() {
    snapshots("no-state", "/is:waived");
}

#[test]
fn a_pattern_that_cannot_be_read() {
    snapshots("bad-pattern", "/prod origin:(a");
}

#[test]
fn the_words_of_a_completion() {
    snapshots("completion", "/type:<tab><tab>");
}

#[test]
fn the_carets_stand_under_the_place() {
    for (keys, place, under) in [
        ("/shop is:gab", 9, 3),
        ("/日本 is:gab", 9, 3),
        ("/\u{e9}e\u{301} is:gab", 7, 3),
        ("/prod|", 5, 1),
    ] {
        let screen = Explorer::demo(80, 24).screen(keys);
        let line = screen.lines().find(|line| line.trim_start().starts_with('^')).unwrap();
        assert_eq!(line.find('^'), Some(place), "{screen}");
        assert_eq!(line.matches('^').count(), under, "{screen}");
    }
}

#[test]
fn a_long_filter_scrolls_so_that_the_cursor_is_seen() {
    let long = "word ".repeat(30);
    let mut explorer = Explorer::demo(80, 24);
    let screen = explorer.screen(&format!("/{long}is:gab"));
    let lines: Vec<&str> = screen.lines().collect();
    let prompt = lines.iter().position(|line| line.starts_with("/…")).expect(&screen);
    let place = lines[prompt].chars().position(|c| c == 'g').unwrap();
    assert_eq!(lines[prompt + 1].chars().position(|c| c == '^'), Some(place), "{screen}");
    let screen = explorer.screen("<home>");
    assert!(screen.contains("/word word"), "{screen}");
    assert!(screen.contains("there is no state `gab`"), "the place is not in sight:\n{screen}");
}

#[test]
fn the_cursor_stands_on_its_character() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("/shop<left><left>");
    let buffer = explorer.draw();
    let reversed: Vec<(u16, &str)> = (0..80)
        .filter(|x| buffer[(*x, 22)].modifier.contains(Modifier::REVERSED))
        .map(|x| (x, buffer[(x, 22)].symbol()))
        .collect();
    assert_eq!(reversed, [(3, "o")]);
    assert!(text_of(&buffer).contains("/shop  8 shown") || passing("shop").len() != 8);
}

#[test]
fn a_mistaken_filter_is_not_kept_and_the_one_before_is_in_force() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("/is:gap shop");
    let shown = explorer.model.index.visible().to_vec();
    let screen = explorer.screen("<home><right><right><right><delete>x<enter>");
    assert!(explorer.model.filter.editing && screen.contains("no state `xap`"), "{screen}");
    assert_eq!(explorer.model.index.visible(), shown);
    explorer.keys("<backspace>g<enter>");
    assert!(!explorer.model.filter.editing && explorer.model.filter.error.is_none());
    assert_eq!(explorer.model.index.visible().len(), passing("is:gap shop").len());
}

#[test]
fn earlier_filters_come_back() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("/one<enter>/<ctrl-u>two<esc>/is:gab<esc>/dra");
    let mut typed = |keys: &str| {
        explorer.keys(keys);
        explorer.model.filter.line.text().to_owned()
    };
    assert_eq!(typed("<ctrl-p>"), "two");
    assert_eq!(typed("<ctrl-p>"), "one");
    assert_eq!(typed("<ctrl-p>"), "one");
    assert_eq!(typed("<ctrl-n><ctrl-n>"), "dra");
}

#[test]
fn marks_that_are_set_and_taken_narrow_at_once() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("jj  /is:marked<enter>");
    assert_eq!(explorer.model.index.visible().len(), 2);
    explorer.keys("gg ");
    assert_eq!(explorer.model.index.visible().len(), 1);
    explorer.keys("U");
    assert!(explorer.model.index.visible().is_empty());
}

#[test]
fn the_usual_keys_edit_the_line() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("/shop alb<ctrl-a>!<ctrl-e>x<backspace><left><ctrl-k>");
    assert_eq!(explorer.model.filter.line.text(), "!shop al");
    explorer.send(Event::Pasted("\u{1b}\n".to_owned()));
    assert_eq!(explorer.model.filter.line.text(), "!shop al ");
}

#[test]
fn a_name_that_is_typed_half_does_not_lose_the_cursor() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("/verdict");
    assert!(explorer.model.index.visible().is_empty() && explorer.model.selected.is_none());
    explorer.keys(">=warn");
    assert_eq!(explorer.model.position(), Some(0));
}
