//! A person's `keys.toml`, valid and invalid: a folder of each, every file run. What an invalid one
//! says stands next to it, exact, and so do the keys that a valid one changes.
//! `UPDATE_EXPECTED=1 cargo test --test keys` writes both anew.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod explorer;

use std::fs;
use std::path::{Path, PathBuf};

use cf_tui::app::keymap::{Action, Binding, Context, Keymap};
use cf_tui::config::mistake::Mistakes;
use cf_tui::config::parse::parse_keys;
use cf_tui::domain::text::is_plain;
use explorer::Explorer;

fn read(text: &str) -> Result<Keymap, Mistakes> {
    parse_keys(Path::new("keys.toml"), text, |written| Keymap::embedded().rebound(written))
}

fn folder(name: &str) -> Vec<PathBuf> {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Compares with the file next to it, or writes it.
fn expect(file: &Path, said: &str) -> Option<String> {
    let expected = file.with_extension("expected");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&expected, said).unwrap();
        return None;
    }
    let kept = fs::read_to_string(&expected).unwrap_or_default();
    (kept != said).then(|| format!("{}:\n{said}", file.display()))
}

fn line(binding: &Binding) -> String {
    let places: Vec<&str> = binding.contexts.iter().map(|c| c.name()).collect();
    let Binding { keys, action, help, group, hint, rank, .. } = binding;
    let (keys, places) = (keys.join(", "), places.join(", "));
    format!("{} [{places}]: {keys} | {group}: {help} | {hint:?} {rank}\n", action.name())
}

#[test]
fn valid_files_change_just_these_lines_of_the_key_table() {
    let before: Vec<String> = Keymap::embedded().bindings().iter().map(line).collect();
    let mut wrong = Vec::new();
    for file in folder("valid") {
        let keymap = match read(&fs::read_to_string(&file).unwrap()) {
            Ok(keymap) => keymap,
            Err(mistakes) => panic!("{}:\n{mistakes}", file.display()),
        };
        let after: Vec<String> = keymap.bindings().iter().map(line).collect();
        let gone = before.iter().filter(|line| !after.contains(line)).map(|l| format!("- {l}"));
        let come = after.iter().filter(|line| !before.contains(line)).map(|l| format!("+ {l}"));
        wrong.extend(expect(&file, &gone.chain(come).collect::<String>()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn invalid_files_say_exactly_this() {
    let mut wrong = Vec::new();
    for file in folder("invalid") {
        let mistakes = read(&fs::read_to_string(&file).unwrap()).expect_err("it is invalid");
        let said = mistakes.to_string();
        assert!(said.split('\n').all(is_plain), "{said:?}");
        wrong.extend(expect(&file, &said));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn keys_of(binding: &Binding) -> (Action, Vec<Context>, Vec<String>) {
    (binding.action, binding.contexts.clone(), binding.keys.clone())
}

#[test]
fn the_example_does_what_it_says() {
    let keymap = read(include_str!("../assets/examples/keys.toml")).unwrap();
    let has = |keys: &[&str], action, place: Context| {
        keymap.bindings().iter().any(|b| b.action == action && b.keys == keys && b.holds_in(place))
    };
    assert!(has(&["F2", "Ctrl-g"], Action::Lens, Context::Origins));
    assert!(has(&["Enter"], Action::NextTab, Context::Detail));
    assert!(has(&["]"], Action::NextTab, Context::Origins));
    assert_eq!(keymap.key_of(Action::Suspend), None);
    let readme = include_str!("../README.md").split_once("### Your own keys").unwrap().1;
    let block = readme.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let lines = |keymap: &Keymap| keymap.bindings().iter().map(keys_of).collect::<Vec<_>>();
    assert_eq!(lines(&read(block).unwrap()), lines(&keymap), "the README's example is another");
    // The places that it names are all.
    let text = include_str!("../assets/examples/keys.toml");
    assert!(Context::ALL.iter().all(|context| text.contains(context.name())));
}

/// What the program comes with, written as a person would, changes nothing and clashes with
/// nothing: so every action and place can be named.
#[test]
fn the_embedded_keys_are_a_keys_toml_too() {
    let mut text = String::new();
    for Binding { keys, action, contexts, .. } in Keymap::embedded().bindings() {
        let places: Vec<&str> = contexts.iter().map(|context| context.name()).collect();
        text += &format!("[[bind]]\nkeys = {keys:?}\naction = \"{}\"\n", action.name());
        if !places.is_empty() {
            text += &format!("in = {places:?}\n");
        }
    }
    let same = read(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(same.bindings(), Keymap::embedded().bindings());
}

#[test]
fn every_place_is_listed() {
    for binding in Keymap::embedded().bindings() {
        assert!(binding.contexts.iter().all(|context| Context::ALL.contains(context)));
    }
}

#[test]
fn help_footer_and_keys_follow_the_file() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.model.keymap = read(
        "[[bind]]\nkeys = [\"F1\"]\naction = \"help\"\n\
         [[bind]]\nkeys = [\"ctrl-n\"]\naction = \"down\"\nhelp = \"one lower\"\n",
    )
    .unwrap();
    assert!(explorer.screen("").contains("F1 help"));
    assert!(!explorer.screen("?").contains("What the table says"));
    let before = explorer.model.position().unwrap();
    explorer.keys("j");
    assert_eq!(explorer.model.position(), Some(before));
    explorer.keys("<ctrl-n><ctrl-n>");
    assert_eq!(explorer.model.position(), Some(before + 2));
    assert_eq!(explorer.model.keymap.key_of(Action::Down), Some("Ctrl-n"));
    explorer.send(cf_tui::app::event::Event::Pressed(crossterm::event::KeyEvent::new(
        crossterm::event::KeyCode::F(1),
        crossterm::event::KeyModifiers::NONE,
    )));
    let help = explorer.screen("");
    assert!(help.contains("Ctrl-n") && help.contains("one lower"), "{help}");
}

#[test]
fn any_text_is_answered() {
    for text in ["", "\0", "[[bind]]", "bind = [[], {}, 3]", "bind = [{ keys = [[]], in = [3] }]"] {
        if let Err(mistakes) = read(text) {
            assert!(!mistakes.list.is_empty());
        }
    }
    let many = "[[bind]]\nkeys = [\"F2\"]\naction = \"lens\"\n".repeat(1000);
    let mistakes = read(&many).unwrap_err();
    assert_eq!((mistakes.list.len(), mistakes.more), (100, 900));
}

/// Runs the demo without a terminal: a wrong file is told before that.
fn demo_with(keys: &str) -> std::process::Output {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("config/cf-tui");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("keys.toml"), keys).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cf-tui"));
    command.arg("demo").env_clear().env("HOME", home.path());
    command.env("XDG_CONFIG_HOME", home.path().join("config"));
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

#[test]
fn a_wrong_file_ends_the_program_before_the_screen_opens() {
    let output = demo_with("[[bind]]\nkeys = [\"F2\"]\naction = \"verfy\"\n");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("keys.toml:3:10: unknown action `verfy`"), "{said}");
    assert!(output.stdout.is_empty());
    let output = demo_with("[[bind]]\nkeys = [\"F2\"]\naction = \"verify\"\n");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("needs a terminal"), "{said}");
}
