//! Theme files and `settings.toml`, valid and invalid, each run; what an invalid theme says stands
//! next to it, exact: `UPDATE_EXPECTED=1 cargo test --test themes` writes it anew. And which theme
//! is in use.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod explorer;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::model::{Model, Start};
use cf_tui::app::themes::Themes;
use cf_tui::app::update::start;
use cf_tui::config::mistake::Mistakes;
use cf_tui::config::parse::parse_theme;
use cf_tui::config::theme::{Role, ThemeFile};
use cf_tui::domain::text::is_plain;
use cf_tui::inventory::demo::NOW;
use cf_tui::ui::theme::{Gallery, Theme};
use explorer::Explorer;
use ratatui::style::{Color, Modifier, Style};

fn read(text: &str) -> Result<ThemeFile, Mistakes> {
    parse_theme(Path::new("mine.toml"), text, &Theme::EMBEDDED)
}

fn folder(name: &str) -> Vec<PathBuf> {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn invalid_files_say_exactly_this() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for file in folder("tests/themes/invalid") {
        let mistakes = read(&fs::read_to_string(&file).unwrap()).expect_err("it is invalid");
        let said = mistakes.to_string();
        assert!(said.split('\n').all(is_plain), "{said:?}");
        let expected = file.with_extension("expected");
        if update {
            fs::write(&expected, &said).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            wrong.push(format!("{}:\n{said}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn valid(name: &str) -> ThemeFile {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/valid").join(name);
    read(&fs::read_to_string(file).unwrap()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn a_file_changes_its_roles_and_inherits_the_others() {
    for file in folder("tests/themes/valid") {
        valid(file.file_name().unwrap().to_str().unwrap());
    }
    let theme = Theme::of_file(&valid("one_role.toml"), true);
    let fails = Style::new().fg(Color::Rgb(255, 0, 0)).bg(Color::Reset);
    let fails = fails.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    assert_eq!(theme, Theme { fails, ..Theme::light() });
    let downgraded = Theme::of_file(&valid("one_role.toml"), false);
    assert_eq!(downgraded.fails.fg, Some(Color::Indexed(196)));

    let theme = Theme::of_file(&valid("every_way_of_a_colour.toml"), false);
    assert_eq!(theme.text, Style::new().fg(Color::White));
    assert_eq!(theme.muted, Style::new().fg(Color::Indexed(246)));
    assert_eq!(theme.title, Style::new().fg(Color::Indexed(250)).bg(Color::Indexed(17)));
    assert_eq!(theme.border, Style::new().fg(Color::Reset));
    let selected = Modifier::REVERSED | Modifier::ITALIC | Modifier::DIM;
    assert_eq!(theme.selected, Style::new().add_modifier(selected));
    assert_eq!(theme.warns, Style::new().bg(Color::Indexed(234)));
    assert_eq!(theme.fails, Theme::dark().fails);
    assert_eq!(Theme::of_file(&valid("empty.toml"), true), Theme::dark());
}

#[test]
fn the_examples_are_valid_and_name_everything() {
    let text = include_str!("../assets/examples/theme.toml");
    let theme = Theme::of_file(&read(text).unwrap(), true);
    assert_eq!(theme.fails.fg, Some(Color::Rgb(0xd7, 0, 0)));
    assert_eq!(theme.passes, Theme::light().passes);
    assert!(Role::ALL.iter().all(|(name, _)| text.contains(name)));
    let settings = include_str!("../assets/examples/settings.toml");
    assert!(demo(&[("settings.toml", settings)], &[]).contains("needs a terminal"));
    let readme = include_str!("../README.md").split_once("## Colours").unwrap().1;
    let block = readme.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(block.lines().all(|line| settings.lines().any(|other| other == line)), "{block}");
    assert!(Theme::EMBEDDED.iter().all(|name| text.contains(name) && settings.contains(name)));
}

#[test]
fn the_embedded_themes_are_whole_files_of_the_same_kind() {
    for file in folder("assets/themes") {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(Theme::EMBEDDED.contains(&name.as_str()), "{name}");
        let read = read(&fs::read_to_string(&file).unwrap()).unwrap();
        let mut roles: Vec<Role> = read.looks.iter().map(|(role, _)| *role).collect();
        roles.sort();
        assert_eq!(roles, Role::ALL.map(|(_, role)| role), "{name}");
        assert_eq!(Theme::named(&name), Some(Theme::of_file(&read, false)), "{name}");
    }
    assert_eq!(Gallery::embedded().names(), Theme::EMBEDDED);
    assert_eq!(Gallery::embedded().names(), Themes::default().names);
    assert_eq!(Theme::named("pink"), None);
}

#[test]
fn the_dark_and_the_light_theme_are_what_they_were_in_code() {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let dark = Theme::dark();
    assert_eq!(dark.text, Style::new());
    assert_eq!(dark.title, bold.fg(Color::Reset));
    assert_eq!(dark.selected, bold.bg(Color::Indexed(237)));
    assert_eq!(dark.fails, bold.fg(Color::LightRed));
    assert_eq!(dark.unknown, Style::new().fg(Color::LightMagenta));
    assert_eq!(dark.added, Style::new().fg(Color::Green));
    assert_eq!(dark.badge, bold.fg(Color::LightRed).add_modifier(Modifier::REVERSED));
    let light = Theme::light();
    assert_eq!(light.unknown, bold);
    assert_eq!(light.border_focused, bold.fg(Color::Blue));
    assert_eq!(light.warns, Style::new().fg(Color::Magenta));
    assert_eq!(light.link, Style::new().fg(Color::Blue).add_modifier(Modifier::UNDERLINED));
}

#[test]
fn a_key_goes_through_the_themes_and_says_which() {
    let mut explorer = Explorer::demo(80, 24);
    for name in ["light", "high-contrast", "mono", "dark"] {
        let screen = explorer.screen("T");
        assert!(
            screen.contains(&format!("theme {name}; to keep it: theme = \"{name}\"")),
            "{screen}"
        );
        assert_eq!(explorer.model.themes.name, name);
    }
    explorer.model.themes.names.push("mine".to_owned());
    explorer.keys("TTTT");
    assert_eq!(explorer.model.themes.name, "mine");
    explorer.resize(200, 50);
    assert!(explorer.screen("").contains("T theme"));
}

#[test]
fn the_terminals_answer_chooses_until_a_key_does() {
    let asking = Themes { asks: true, ..Themes::default() };
    let mut model = Model::new(Start { themes: asking.clone(), ..Start::default() });
    assert!(start(&mut model, NOW).contains(&Effect::AskBackground));
    assert!(!start(&mut Model::new(Start::default()), NOW).contains(&Effect::AskBackground));

    let mut explorer = Explorer::demo(80, 24);
    explorer.send(Event::Background { light: true });
    assert_eq!(explorer.model.themes.name, "dark", "a theme was chosen by name");
    explorer.model.themes = asking;
    explorer.send(Event::Background { light: true });
    assert_eq!(explorer.model.themes.name, "light");
    explorer.keys("T");
    explorer.send(Event::Background { light: true });
    assert_eq!(explorer.model.themes.name, "high-contrast");
}

/// A theme with a ground of its own covers every cell, also below the help.
#[test]
fn a_ground_of_its_own_is_everywhere() {
    for keys in ["", "?", "3", "<enter>"] {
        let mut explorer = Explorer::demo(120, 40);
        explorer.theme = Theme::high_contrast();
        explorer.keys(keys);
        let buffer = explorer.draw();
        let grounds = [Color::Indexed(16), Color::Indexed(231)];
        let is_its_own = |bg, fg| grounds.contains(&bg) && fg != Color::Reset && fg != bg;
        assert!(buffer.content.iter().all(|c| is_its_own(c.bg, c.fg)), "{keys}");
    }
}

/// What the demo says without a terminal, with these files in its config directory.
fn demo(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("config/cf-tui");
    fs::create_dir_all(folder.join("themes")).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_cf-tui"));
    command.arg("demo").args(arguments).env_clear().env("HOME", home.path());
    command.env("XDG_CONFIG_HOME", home.path().join("config")).current_dir(home.path());
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    said.replace(folder.to_str().unwrap(), "CONFIG")
}

#[test]
fn themes_and_settings_are_told_wrong_before_the_screen_opens() {
    let fine = "needs a terminal";
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a str);
    let cases: [Case<'_>; 12] = [
        (&[], &["--theme", "light"], fine),
        (
            &[],
            &["--theme", "hihg-contrast"],
            "did you mean \"high-contrast\"? there are dark, light",
        ),
        (
            &[],
            &["--theme", "pink"],
            "there is no theme \"pink\": there are dark, light, high-contrast, mono; NAME stands for CONFIG/themes/NAME.toml",
        ),
        (&[("themes/mine.toml", "[roles]\nfails = \"red\"")], &["--theme", "mine"], fine),
        (
            &[("themes/mine.toml", "[roles]\nfails = \"rad\"")],
            &["--theme", "mine"],
            "CONFIG/themes/mine.toml:2:9: unknown colour `rad`",
        ),
        // What is not chosen stands in nobody's way.
        (&[("themes/mine.toml", "[roles]\nfails = \"rad\"")], &[], fine),
        (
            &[],
            &["--theme", "config/cf-tui/themes/no.toml"],
            "there is no theme file config/cf-tui/themes/no.toml",
        ),
        (&[("themes/mine.toml", "")], &["--theme", "config/cf-tui/themes/mine.toml"], fine),
        (&[("settings.toml", "theme = \"light\"\nascii = true")], &[], fine),
        (
            &[("settings.toml", "theme = \"lihgt\"")],
            &[],
            "CONFIG/settings.toml:1:9: unknown theme `lihgt`\n    theme = \"lihgt\"\n            ^^^^^^^\n    hint: did you mean \"light\"?",
        ),
        (
            &[("settings.toml", "thme = \"light\"\nascii = 1")],
            &[],
            "CONFIG/settings.toml:2:9: `ascii` is an integer",
        ),
        (
            &[("settings.toml", "theme = \"mine\""), ("themes/mine.toml", "[rules]")],
            &[],
            "CONFIG/themes/mine.toml:1:2: unknown key `rules`",
        ),
    ];
    for (files, arguments, wanted) in cases {
        let said = demo(files, arguments);
        assert!(said.contains(wanted), "{files:?} {arguments:?}:\n{said}");
    }
}

#[test]
fn any_text_is_answered() {
    for text in ["\0", "roles = 3", "[roles.x.y]", "roles = [[]]", "[roles]\ntext = [{}]", "="] {
        assert!(read(text).is_err(), "{text:?}");
    }
}
