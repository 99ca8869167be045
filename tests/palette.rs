//! The command palette, by keys.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::keymap::{Action, Keymap};
use cf_tui::app::model::{Model, Start, View};
use cf_tui::app::palette::{COMMANDS, Deed, Palette, Takes, offers};
use cf_tui::app::popup::Popup;
use cf_tui::app::tab::Tab;
use cf_tui::domain::verdict::Lens;
use cf_tui::inventory::demo::Settings;
use explorer::Explorer;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

fn at_all_sizes(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let screen = Explorer::demo(columns, rows).styled(keys);
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "snapshots/palette",
        }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
        });
    }
}

fn palette(explorer: &Explorer) -> &Palette {
    match &explorer.model.popup {
        Some(Popup::Palette(palette)) => palette,
        other => panic!("{other:?}"),
    }
}

fn texts(explorer: &Explorer) -> Vec<&str> {
    palette(explorer).offers.iter().map(|offer| offer.text.as_str()).collect()
}

#[test]
fn nothing_typed_yet() {
    at_all_sizes("empty", ":");
}

#[test]
fn letters_of_a_name() {
    at_all_sizes("letters", "jj:cpy");
}

#[test]
fn arguments_are_offered() {
    at_all_sizes("arguments", ":copy ");
}

#[test]
fn a_wrong_argument_is_told_with_what_is_known() {
    at_all_sizes("wrong", ":copy fax<enter>");
}

#[test]
fn every_action_is_found_by_the_words_of_its_help_and_by_its_name() {
    let places: [(&str, &str); 9] = [
        ("", "origins"),
        ("2", "distributions"),
        ("F", "facets"),
        ("C", "columns"),
        ("<enter>[", "raw"),
        ("<enter>", "detail"),
        ("3", "accounts"),
        ("?", "help"),
        ("M", "messages"),
    ];
    let mut missing: Vec<Action> = Keymap::embedded().bindings().iter().map(|b| b.action).collect();
    for (keys, place) in places {
        let mut explorer = Explorer::demo(80, 24);
        explorer.keys(keys);
        let here = explorer.model.context();
        assert_eq!(here.name(), place);
        for binding in Keymap::embedded().bindings() {
            if !binding.holds_in(here) {
                continue;
            }
            for line in [binding.help.clone(), binding.action.name().replace('_', " ")] {
                let found = offers(&explorer.model, here, &line);
                let is_there = found.iter().any(|offer| offer.deed == Deed::Act(binding.action));
                let is_itself = binding.action == Action::Palette;
                assert_ne!(is_there, is_itself, "{line} in {place}: {found:?}");
            }
            missing.retain(|action| *action != binding.action);
        }
    }
    assert_eq!(missing, []);
}

#[test]
fn a_written_out_name_comes_first() {
    let explorer = Explorer::demo(80, 24);
    let here = explorer.model.context();
    for offer in offers(&explorer.model, here, "") {
        let first = offers(&explorer.model, here, &offer.text).remove(0);
        assert_eq!(first.text, offer.text);
    }
}

#[test]
fn what_is_meant_comes_first() {
    let explorer = Explorer::demo(80, 24);
    let here = explorer.model.context();
    for (line, wanted) in [
        ("co", "copy"),
        ("cpj", "copy json"),
        ("arn", "copy arn"),
        ("acc", "account"),
        ("refr", "refresh"),
        ("problem", "problems"),
        ("ticket", "copy ticket"),
        ("shell", "suspend"),
        ("fil", "filter"),
        ("term", "copy terraform"),
        ("quit", "quit"),
        ("hlp", "help"),
    ] {
        let found = offers(&explorer.model, here, line);
        let texts: Vec<&str> = found.iter().map(|offer| offer.text.as_str()).collect();
        assert_eq!(texts[0], wanted, "{line}: {texts:?}");
    }
}

#[test]
fn every_word_of_every_command_is_offered_and_runs() {
    let mut explorer = Explorer::demo(80, 24);
    for command in COMMANDS {
        let Takes::OneOf(choices) = command.takes else { continue };
        for choice in choices {
            explorer.keys("1");
            explorer.model.commands.clear();
            explorer.keys(&format!(":{} {}<enter>", command.name, choice.word));
            assert_eq!(explorer.model.popup, None, "{} {}", command.name, choice.word);
            let written = format!("{} {}", command.name, choice.word);
            assert_eq!(explorer.model.commands, [written]);
        }
    }
}

#[test]
fn what_runs_does_what_its_key_does() {
    let copied = |keys: &str| {
        let mut explorer = Explorer::demo(80, 24);
        explorer.keys(keys);
        explorer.effects
    };
    for line in [":copy json<enter>", ":copy the finding as JSON<enter>", ":cpj<enter>"] {
        assert_eq!(copied(&format!("jj{line}")), copied("jjyj"), "{line}");
    }
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("<enter>:tab raw<enter>");
    assert!(explorer.model.opened && explorer.model.tab == Tab::Raw);
    explorer.keys(":lens d9<enter>");
    assert_eq!(explorer.model.narrowing.lens, Lens::D9);
    explorer.keys(":view accounts<enter>");
    assert_eq!(explorer.model.view, View::Accounts);
    explorer.keys(":filter shop alb<enter>");
    assert_eq!(
        (explorer.model.view, explorer.model.filter.line.text()),
        (View::Origins, "shop alb")
    );
    explorer.keys(":filter <enter>");
    assert_eq!(explorer.model.filter.line.text(), "");
    explorer.keys(":quit<enter>");
    assert_eq!(explorer.effects, [Effect::Quit]);
}

#[test]
fn an_account_is_found_by_name_and_by_id() {
    let mut explorer = Explorer::demo(80, 24);
    let entry = explorer.model.store.accounts().iter().find(|e| e.account.name == "shop-prod");
    let (id, origins) = entry.map(|e| (e.account.id.to_string(), e.origins)).unwrap();
    explorer.keys(":account shpprd<enter>");
    assert_eq!(explorer.model.filter.line.text(), id);
    assert_eq!(explorer.model.index.visible().len(), origins);
    explorer.keys(&format!("<esc>:goto {id}<enter>"));
    let finding = explorer.model.finding().unwrap();
    assert_eq!(finding.account.name, "shop-prod");
    explorer.keys(&format!("3:goto {id}<enter>"));
    let ix = explorer.model.selected_account.unwrap();
    assert_eq!(explorer.model.store.accounts()[ix].account.name, "shop-prod");
}

#[test]
fn an_account_without_origins_is_told() {
    let mut explorer = Explorer::demo(80, 24);
    let empty = explorer.model.store.accounts().iter().position(|e| e.origins == 0).unwrap();
    let name = explorer.model.store.accounts()[empty].account.name.clone();
    let screen = explorer.screen(&format!(":goto {name}<enter>"));
    assert!(screen.contains("none of its origins is shown here"), "{screen}");
}

#[test]
fn a_wrong_argument_leaves_the_line() {
    let mut explorer = Explorer::demo(80, 24);
    for (line, says) in [
        ("lens both", "lens does not know \"both\", but: traffic, d9"),
        ("account zzz9", "no account is called \"zzz9\"; 42 are known"),
        ("filter \"a", "this quote is not closed"),
        ("qqqq", "nothing is called \"qqqq\""),
    ] {
        explorer.keys(&format!(":{line}<enter>"));
        assert_eq!(palette(&explorer).line.text(), line);
        assert!(palette(&explorer).refused, "{line}");
        let screen = explorer.screen("");
        assert!(screen.contains(says), "{screen}");
        explorer.keys("<backspace>");
        assert!(!palette(&explorer).refused);
        explorer.keys("<esc>");
    }
    explorer.keys("3:mark range");
    assert!(explorer.screen("").contains("\"mark range\" holds in origins"));
}

#[test]
fn tab_writes_out_the_argument() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys(":len<tab>");
    assert_eq!(
        (palette(&explorer).line.text(), texts(&explorer)),
        ("lens ", vec!["lens traffic", "lens d9"])
    );
    explorer.keys("d<tab>");
    assert_eq!(palette(&explorer).line.text(), "lens d9");
    explorer.keys("<enter>");
    assert_eq!(explorer.model.narrowing.lens, Lens::D9);
    // An action has nothing to write out: Tab chooses the next.
    explorer.keys(":half<tab>");
    assert_eq!((palette(&explorer).line.text(), palette(&explorer).chosen), ("half", 1));
}

#[test]
fn the_choice_goes_round() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys(":copy ");
    let count = texts(&explorer).len();
    explorer.keys("<ctrl-p>");
    assert_eq!(palette(&explorer).chosen, count - 1);
    explorer.keys("<down>");
    assert_eq!(palette(&explorer).chosen, 0);
    explorer.keys("<ctrl-n><down><up>");
    assert_eq!(palette(&explorer).chosen, 1);
    explorer.keys("<pgdn><pgdn><pgdn>");
    assert_eq!(palette(&explorer).chosen, count - 1);
    explorer.keys("x");
    assert_eq!(palette(&explorer).chosen, 0);
}

#[test]
fn what_ran_last_comes_first_and_back() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys(":lens d9<enter>:mark<enter>:lens d9<enter>:");
    assert_eq!(texts(&explorer)[..2], ["lens d9", "mark"]);
    explorer.keys("<up>");
    assert_eq!(palette(&explorer).line.text(), "lens d9");
    explorer.keys("<up><up>");
    assert_eq!(palette(&explorer).line.text(), "mark");
    explorer.keys("<down><down>");
    assert_eq!(palette(&explorer).line.text(), "");
    // What does not hold here is not brought up.
    explorer.keys("<esc>3:");
    assert!(!texts(&explorer).contains(&"mark"));
}

#[test]
fn it_opens_over_a_popup_and_goes_back_to_it() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys("?:<esc>");
    assert!(matches!(explorer.model.popup, Some(Popup::Help(_))));
    explorer.keys(":bottom<enter>");
    let Some(Popup::Help(page)) = &explorer.model.popup else { panic!() };
    assert!(page.scroll > 0);
    explorer.keys(":<backspace>");
    assert!(matches!(explorer.model.popup, Some(Popup::Help(_))));
}

#[test]
fn pasted_text_goes_into_the_line_and_ctrl_c_quits() {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys(":");
    explorer.send(Event::Pasted("filter q\u{1b}\nx".to_owned()));
    assert_eq!(palette(&explorer).line.text(), "filter q x");
    explorer.keys("<ctrl-w>");
    assert_eq!(palette(&explorer).line.text(), "filter q ");
    explorer.keys("<ctrl-c>");
    assert_eq!(explorer.effects, [Effect::Quit]);
}

#[test]
fn every_size_is_drawn() {
    for keys in [":", ":copy ", ":zzz<enter>", "?:", ":account ", "y"] {
        let mut explorer = Explorer::demo(80, 24);
        explorer.keys(keys);
        for (columns, rows) in
            [(40, 8), (41, 9), (59, 12), (60, 11), (60, 12), (61, 13), (30, 5), (220, 60)]
        {
            explorer.resize(columns, rows);
            let screen = explorer.screen("");
            if rows >= 8 {
                assert!(screen.starts_with("cf-tui  DEMO"), "{columns}x{rows}\n{screen}");
                assert!(keys == "y" || screen.contains("Enter run"), "{columns}x{rows}\n{screen}");
            }
        }
    }
}

#[test]
fn names_of_others_are_harmless() {
    let mut explorer = Explorer::demo(80, 24);
    let mut account = explorer.model.store.accounts()[0].account.clone();
    account.name = "evil\u{1b}[2J\u{202e}txt".to_owned();
    let start = Start { accounts: vec![account], ..Start::default() };
    explorer.model = Model::new(start);
    let screen = explorer.screen(":goto ");
    assert!(screen.contains(r"goto evil\x1b[2J\x{202e}txt"), "{screen}");
    explorer.keys("<tab>");
    assert_eq!(palette(&explorer).line.text(), r"goto evil\x1b[2J\x{202e}txt");
    explorer.keys("<enter>");
    assert_eq!(explorer.model.popup, None);
}

/// What a key costs grows with the accounts only, and those are a few thousand at most.
#[test]
fn a_fleet_of_many_accounts_is_searched() {
    let settings = Settings { accounts: 2_000, latency_ms: 0, ..Settings::default() };
    let mut explorer = Explorer::on(settings, 120, 40);
    explorer.keys(":goto ");
    assert_eq!(texts(&explorer).len(), 200);
    let last = explorer.model.store.accounts().last().unwrap().account.clone();
    explorer.keys(last.id.as_str());
    assert_eq!(texts(&explorer)[0], format!("goto {}", last.name));
}
