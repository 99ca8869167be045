//! The settings in force: on the screen, and from where the program really takes them.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod explorer;

use cf_tui::app::settings::Setting;
use explorer::Explorer;

fn explorer(columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::demo(columns, rows);
    explorer.model.start.settings = vec![
        Setting::new("Yours", "ascii", "no", "built in"),
        Setting::new("Fleet", "fleet file", "/home/\u{1b}[2J/config.toml", "--config"),
        Setting::new("Load", "max_concurrency", "8 accounts at once", "[load], fleet file"),
    ];
    explorer
}

#[test]
fn each_setting_stands_with_its_value_and_where_it_comes_from() {
    let screen = explorer(120, 40).screen(",");
    for row in [
        ["theme", "dark", "built in"],
        ["ascii", "no", "built in"],
        ["fleet file", "/home/\\x1b[2J/config.toml", "--config"],
        ["max_concurrency", "8 accounts at once", "[load], fleet file"],
    ] {
        let line = screen.lines().find(|line| line.contains(row[0])).unwrap();
        let places = row.map(|part| line.find(part).expect(part));
        assert!(places.is_sorted(), "{line}");
    }
}

#[test]
fn a_key_changes_the_theme_there_too_and_the_popup_closes_as_the_help_does() {
    let mut explorer = explorer(80, 24);
    let screen = explorer.screen(",T");
    let line = screen.lines().find(|line| line.contains(" theme ")).unwrap();
    assert!(line.contains("light") && line.contains("chosen here"), "{screen}");
    assert!(!explorer.screen(",").contains("Settings in force"));
    assert!(explorer.screen(",?").contains("What the table says"));
    assert!(explorer.screen(",").contains("Settings in force"));
    assert!(!explorer.screen("q").contains("Settings in force"));
}

#[test]
fn what_does_not_fit_is_scrolled_to() {
    let mut explorer = explorer(60, 12);
    let many = (0..40).map(|at| Setting::new("Files", &format!("file {at}"), "x", "read"));
    explorer.model.start.settings.extend(many);
    assert!(!explorer.screen(",").contains("file 39"));
    assert!(explorer.screen("G").contains("file 39"));
    assert!(explorer.screen("gg").contains("theme"));
}
