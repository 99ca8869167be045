//! What the keys of the opened tab do.

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::app::keymap::{Context, Keymap};
use cf_tui::app::raw::Raw;
use cf_tui::app::tab::Tab;
use cf_tui::domain::distribution::Behavior;
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::{LoadId, Report};
use crossterm::event::KeyCode;
use serde_json::Value;

use crate::explorer::{Explorer, demo_reports, text_of};

/// The finding `img` of the demo, opened in the Raw JSON tab.
pub(crate) fn opened(columns: u16, rows: u16) -> Explorer {
    let mut explorer = Explorer::demo(columns, rows);
    explorer.keys("/img.shop<enter><enter>[");
    assert_eq!(explorer.model.context(), Context::Raw);
    explorer
}

fn raw(explorer: &Explorer) -> &Raw {
    explorer.model.raw.as_ref().unwrap()
}

fn path(explorer: &Explorer) -> String {
    raw(explorer).tree.path(raw(explorer).cursor)
}

fn copied(explorer: &mut Explorer, keys: &str) -> String {
    explorer.keys(keys);
    match &explorer.effects[..] {
        [Effect::Copy { text, .. }, ..] => text.clone(),
        other => panic!("{other:?}"),
    }
}

const ORIGIN: &str = ".DistributionSummary.Origins.Items[1]";

#[test]
fn it_opens_at_the_origin_of_the_finding() {
    let mut explorer = opened(80, 24);
    assert_eq!(path(&explorer), ORIGIN);
    let screen = explorer.screen("");
    assert!(screen.contains("\"OriginProtocolPolicy\": \"match-viewer\""), "{screen}");
    assert!(screen.contains("▸ [0]: {… 5 keys}  \"Id\": \"alb-legacy\""), "{screen}");
}

#[test]
fn what_was_looked_up_of_the_origin_is_open_too() {
    for (domain, list) in
        [("internal-search", "VpcOrigins"), ("assets-shop", "OriginAccessControls")]
    {
        let mut explorer = Explorer::demo(80, 24);
        explorer.keys(&format!("/{domain}<enter><enter>["));
        let tree = &raw(&explorer).tree;
        let shown = |at: usize| tree.path(at).starts_with(&format!(".{list}["));
        let open = tree.lines().iter().filter(|at| shown(**at) && tree.node(**at).members > 0);
        let unfolded = open.filter(|at| !tree.node(**at).folded).count();
        assert!(unfolded >= 1, "{}", explorer.screen("G"));
    }
}

#[test]
fn the_cursor_moves_and_stays_in_sight() {
    let mut explorer = opened(80, 24);
    explorer.keys("j");
    assert_eq!(path(&explorer), format!("{ORIGIN}.Id"));
    explorer.keys("k<up><down>");
    assert_eq!(path(&explorer), ORIGIN);
    for keys in ["G", "gg", "<pgdn>", "<pgdn>", "<ctrl-u>", "<end>", "<home>", "<ctrl-d>", "jjj"] {
        let screen = explorer.screen(keys);
        assert_eq!(screen.matches('▌').count(), 1, "after {keys}: {screen}");
    }
    explorer.keys("gg");
    assert_eq!(path(&explorer), ".");
    explorer.keys("G");
    assert_eq!(path(&explorer), ".ReadBy");
}

#[test]
fn folds_by_keys() {
    let mut explorer = opened(120, 40);
    let before = raw(&explorer).tree.lines().len();
    explorer.keys("<enter>");
    assert!(raw(&explorer).tree.lines().len() < before);
    explorer.keys(" ");
    assert_eq!(raw(&explorer).tree.lines().len(), before, "what is inside is as it was");
    explorer.keys("lh");
    assert_eq!(path(&explorer), ORIGIN, "in and, at a leaf, out again");
    explorer.keys("hh");
    assert_eq!(path(&explorer), ".DistributionSummary.Origins.Items");
    explorer.keys("+");
    assert_eq!(raw(&explorer).tree.lines().len(), raw(&explorer).tree.nodes().len());
    explorer.keys("-");
    assert_eq!(path(&explorer), ".DistributionSummary");
    assert!(explorer.screen("").contains("▸ \"DistributionSummary\""));
}

#[test]
fn values_and_paths_are_copied() {
    let mut explorer = opened(80, 24);
    explorer.keys("/\"originprotocol<enter>n<enter>N");
    assert_eq!(copied(&mut explorer, "yv"), "match-viewer");
    let path = copied(&mut explorer, "yk");
    assert_eq!(path, format!("{ORIGIN}.CustomOriginConfig.OriginProtocolPolicy"));
    let whole: Value = serde_json::from_str(&copied(&mut explorer, "<esc>ggyv")).unwrap();
    let ways = path.split(['.', '[', ']']).filter(|step| !step.is_empty());
    let value = ways.fold(&whole, |value, step| match step.parse::<usize>() {
        Ok(at) => &value[at],
        Err(_) => &value[step],
    });
    assert_eq!(value, "match-viewer");
    assert!(copied(&mut explorer, "yj").contains("\"verdict\""), "the other copies still work");
    assert!(copied(&mut explorer, "c").contains("update-distribution"));
}

#[test]
fn a_string_that_a_terminal_would_act_on_is_copied_as_json() {
    let mut explorer = opened(80, 24);
    let comment = "first\n\u{1b}]0;x\u{7}";
    for report in read_again(|distribution| distribution.comment = comment.to_owned()) {
        let Report::Listed { account, distributions } = report else { continue };
        for distribution in distributions {
            explorer.model.store.replace(NOW, account, distribution);
        }
    }
    let text = copied(&mut explorer, "/\"comment<enter>yv");
    assert_eq!(text, "\"first\\n\\u001b]0;x\\u0007\"");
    assert_eq!(serde_json::from_str::<String>(&text).unwrap(), comment);
}

#[test]
fn a_search_finds_as_it_is_typed_and_unfolds_what_hides_it() {
    let mut explorer = opened(80, 24);
    let screen = explorer.screen("/requestid");
    assert_eq!(path(&explorer), ".ReadBy.RequestId");
    assert!(screen.contains("/requestid▌  1 of 1"), "{screen}");
    let screen = explorer.screen("x");
    assert!(screen.contains("no match"), "{screen}");
    assert_eq!(path(&explorer), ORIGIN, "where it began");
    explorer.keys("<ctrl-u>protocol viewer<ctrl-w>");
    assert_eq!(raw(&explorer).search.text, "protocol ");
    explorer.keys("<backspace><enter>");
    let first = path(&explorer);
    let count = raw(&explorer).search.found.len();
    assert!(count > 3);
    explorer.keys(&"n".repeat(count));
    assert_eq!(path(&explorer), first, "round the end");
    explorer.keys("nN");
    assert_eq!(path(&explorer), first);
    let screen = explorer.screen("<esc>");
    assert!(!screen.contains("/protocol"), "{screen}");
    assert_eq!(explorer.model.context(), Context::Raw, "the first Esc clears the search");
    explorer.keys("<esc>");
    assert_eq!(explorer.model.context(), Context::Origins);
}

#[test]
fn esc_in_the_prompt_goes_back_to_where_the_search_began() {
    let mut explorer = opened(80, 24);
    explorer.keys("jj/requestid<esc>");
    assert_eq!(path(&explorer), format!("{ORIGIN}.DomainName"));
    assert!(!raw(&explorer).search.is_active() && !raw(&explorer).search.editing);
}

#[test]
fn what_is_typed_or_pasted_into_the_prompt_is_no_key() {
    let mut explorer = opened(80, 24);
    explorer.keys("/qQ?");
    explorer.send(Event::Pasted("c\n\u{1b}[2J".to_owned()));
    assert_eq!(raw(&explorer).search.text, "qQ?c [2J");
    assert_eq!(explorer.model.filter.line.text(), "img.shop");
    explorer.send(Event::Pressed(KeyCode::Enter.into()));
    explorer.send(Event::Pasted("q".to_owned()));
    assert_eq!(raw(&explorer).search.text, "qQ?c [2J", "the prompt is closed");
}

#[test]
fn a_search_goes_on_in_the_next_finding() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("gg<enter>[/originprotocol<enter>");
    let first = explorer.model.selected;
    explorer.keys("J");
    assert_ne!(explorer.model.selected, first);
    assert!(raw(&explorer).search.is_active());
    let origin = explorer.model.finding().unwrap().origin.id.as_str().to_owned();
    assert_eq!(raw(&explorer).tree.value(raw(&explorer).cursor)["Id"], origin.as_str());
    explorer.keys("K");
    assert_eq!(explorer.model.selected, first);
    explorer.keys("<esc>n");
    assert_ne!(explorer.model.selected, first, "without a search n is the next problem");
}

#[test]
fn the_list_moves_and_the_tree_scrolls_while_it_is_not_opened() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("gg[");
    assert_eq!(explorer.model.tab, Tab::Raw);
    let (before, top) = (explorer.model.selected, raw(&explorer).top);
    explorer.keys("J");
    assert_eq!((explorer.model.selected, raw(&explorer).top), (before, top + 1));
    explorer.keys("K");
    assert_eq!(raw(&explorer).top, top);
    explorer.keys("j");
    assert_ne!(explorer.model.selected, before);
    let id = explorer.model.finding().unwrap().distribution.id.as_str().to_owned();
    assert_eq!(raw(&explorer).tree.value(0)["DistributionSummary"]["Id"], id.as_str());
}

/// The reports of the demo, with every distribution changed.
fn read_again(change: impl Fn(&mut cf_tui::domain::distribution::Distribution)) -> Vec<Report> {
    let mut reports = demo_reports();
    for report in &mut reports {
        if let Report::Listed { distributions, .. } = report {
            distributions.iter_mut().for_each(&change);
        }
    }
    reports
}

#[test]
fn a_later_reading_shows_its_contents_and_leaves_folds_and_cursor() {
    let mut explorer = opened(120, 40);
    explorer.keys("jjjj<enter>");
    let (cursor, lines) = (path(&explorer), raw(&explorer).tree.lines().len());
    assert!(cursor.ends_with(".CustomHeaders"), "{cursor}");
    explorer.keys("R");
    let reports = read_again(|distribution| {
        distribution.comment = "read later".to_owned();
        distribution.aliases.insert(0, "new.example".to_owned());
    });
    let id = explorer.model.loads.last().map_or(LoadId(1), |loading| loading.id);
    explorer.send(Event::Reported(id, reports));
    explorer.send(Event::LoadEnded(id));
    explorer.draw();
    let tree = &raw(&explorer).tree;
    assert_eq!(tree.value(0)["DistributionSummary"]["Comment"], "read later");
    assert_eq!((path(&explorer), tree.lines().len()), (cursor, lines));
}

#[test]
fn a_huge_distribution_is_built_once_and_only_what_fits_is_drawn() {
    let mut explorer = Explorer::empty(120, 40);
    let mut reports = demo_reports();
    let listed = reports.iter_mut().find_map(|report| match report {
        Report::Listed { distributions, .. } => Some(distributions),
        _ => None,
    });
    let huge = &mut listed.unwrap()[0];
    let origin = huge.origins[0].clone();
    huge.origins = vec![origin; 100];
    for (at, origin) in huge.origins.iter_mut().enumerate() {
        origin.id = cf_tui::domain::ids::OriginId::new(format!("huge-{at}"));
    }
    let behavior = |at| Behavior {
        path: Some(format!("/{at}/*")),
        ..huge.default_behavior().unwrap().clone()
    };
    let more: Vec<Behavior> = (0..250).map(behavior).collect();
    huge.behaviors.extend(more);
    explorer.send(Event::Reported(LoadId(1), reports));
    explorer.send(Event::LoadEnded(LoadId(1)));
    explorer.keys("/huge-99<enter><enter>[");
    // Another tree would stand elsewhere while the old one is still there.
    let built = |explorer: &Explorer| raw(explorer).tree.nodes().as_ptr();
    let first = built(&explorer);
    assert!(raw(&explorer).tree.nodes().len() > 1_500);
    for key in
        ["+", "G", "k", "<pgup>", "<ctrl-u>", "gg", "j", "<enter>", "/pattern", "<enter>", "n"]
    {
        explorer.keys(key);
        assert_eq!(built(&explorer), first, "{key} built the tree again");
    }
    let screen = text_of(&explorer.draw());
    assert!(screen.contains("/pattern  2 of "), "{screen}");
}

#[test]
fn every_key_of_the_detail_means_something_in_the_raw_json() {
    let keymap = Keymap::embedded();
    for binding in keymap.bindings().iter().filter(|b| b.holds_in(Context::Detail)) {
        for keys in &binding.keys {
            let taken =
                keymap.bindings().iter().any(|b| b.holds_in(Context::Raw) && b.keys.contains(keys));
            assert!(taken, "{keys} ({}) does nothing in the raw JSON", binding.help);
        }
    }
}
