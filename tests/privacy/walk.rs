//! A walk through every view, tab, popup and copy.

use cf_tui::app::effect::Effect;

use crate::explorer::Explorer;
use crate::names::{assert_masked, private};

/// Screens, each by the keys that lead there from the one before.
const WALK: &[&str] = &[
    "j",
    "jj",
    "l",
    "l",
    "l",
    "l",
    "l",
    "l",
    "l",
    "l",
    "w",
    "h",
    "s",
    "S",
    "n",
    "<enter>",
    "]",
    "]",
    "]",
    "]",
    "]",
    "J",
    "<tab>",
    "<tab>",
    "<tab>",
    "<tab>",
    "yc",
    "yt",
    "yf",
    "yp",
    "ym",
    "yj",
    "ya",
    "yr",
    "ec",
    "ej",
    "et",
    "o",
    "mx",
    "'",
    "x",
    "c",
    "]",
    "]",
    "+",
    "jjj",
    "yv",
    "yk",
    "/host<enter>",
    "n",
    "<esc>",
    "z",
    "<esc>",
    "q",
    "gg",
    "ga",
    "_",
    "_",
    "gd",
    "gc",
    "gn",
    "F",
    "j",
    "j",
    "<enter>",
    "!",
    "F",
    "<esc>",
    "/acc",
    "<tab>",
    "<tab>",
    "<enter>",
    "<esc>",
    "/account:",
    "<tab>",
    "<esc>",
    "/is:gap<enter>",
    "<esc>",
    "=",
    "<esc>",
    "f",
    "f",
    "L",
    "L",
    " ",
    " ",
    "c",
    "U",
    "2",
    "j",
    "j",
    "<enter>",
    "c",
    "ya",
    "l",
    "<ctrl-o>",
    "3",
    "j",
    "j",
    "G",
    "gg",
    "r",
    "yp",
    "yc",
    "<enter>",
    "1",
    "V",
    "gv",
    "x",
    "t",
    "?",
    "<esc>",
    ",",
    "<esc>",
    "M",
    "<esc>",
    ":acc",
    "<esc>",
    ":goto ",
    "<tab>",
    "<esc>",
    "C",
    "<esc>",
    "T",
    "T",
    "T",
    "T",
    "<ctrl-o>",
    "<ctrl-y>",
    "R",
    "x",
    "M",
    "<esc>",
];

fn walk(mut explorer: Explorer) {
    let mut copies = 0;
    for keys in WALK {
        let screen = explorer.screen(keys);
        assert_masked(&screen, keys);
        assert!(screen.contains("PRIVACY"), "after {keys}:\n{screen}");
        for effect in &explorer.effects {
            if let Effect::Copy { what, text, file } = effect {
                copies += 1;
                assert_masked(&format!("{what}\n{text}"), keys);
                assert_eq!(*file, None, "after {keys}");
            }
        }
    }
    assert!(copies > 6, "{copies}");
}

#[test]
fn no_real_name_is_seen_when_the_mask_was_put_on_before_the_load() {
    for (columns, rows) in [(80, 24), (200, 50)] {
        walk(private(columns, rows));
    }
}

#[test]
fn nor_when_it_is_put_on_later() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/shop<enter>c:account legacy<esc>P");
    walk(explorer);
}

#[test]
fn every_finding_is_masked_in_every_tab() {
    let mut explorer = private(200, 50);
    explorer.keys("gg<enter>");
    for _ in 0..20 {
        for _ in 0..6 {
            assert_masked(&explorer.screen("]"), "]");
        }
        explorer.keys("K");
        assert_masked(&explorer.screen("j"), "j");
    }
    // Every account's diagnosis.
    explorer.keys("<esc>3gg");
    for _ in 0..42 {
        assert_masked(&explorer.screen("j"), "j");
    }
}

#[test]
fn off_everything_is_as_before() {
    let mut explorer = Explorer::demo(120, 40);
    let before = explorer.screen("/shop-prod<enter>j");
    explorer.keys("P");
    assert!(!explorer.screen("").contains("shop-prod"));
    // The notice goes, and its line with it.
    let after = explorer.screen("P");
    assert!(after.contains("the real names are shown again"), "{after}");
    let without = |screen: &str| screen.lines().take(30).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(without(&after), without(&before));
    assert!(explorer.screen("M").contains("private: names are masked"), "it was said");
}

#[test]
fn a_filter_without_names_stays() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/is:gap<enter>P");
    assert_eq!(explorer.model.filter.line.text(), "is:gap");
    explorer.keys("<esc>P/E1A9<enter>P");
    assert_eq!(explorer.model.filter.line.text(), "");
    explorer.keys("P");
    assert_eq!(explorer.model.filter.line.text(), "E1A9");
}

#[test]
fn the_same_findings_have_the_same_verdicts() {
    let real = Explorer::demo(80, 24);
    let masked = private(80, 24);
    for lens in [cf_tui::domain::verdict::Lens::Traffic, cf_tui::domain::verdict::Lens::D9] {
        assert_eq!(real.model.store.tally(lens), masked.model.store.tally(lens));
    }
    for row in real.model.store.live_rows() {
        let (a, b) =
            (real.model.store.finding(row).unwrap(), masked.model.store.finding(row).unwrap());
        assert_eq!(a.assessment, b.assessment);
        assert!(b.origin.id.as_str().starts_with("origin-"), "{:?}", b.origin.id);
        assert!(b.distribution.id.as_str().starts_with("EMASKED"), "{:?}", b.distribution.id);
        assert!(b.account.id.as_str().starts_with("000"), "{:?}", b.account.id);
        assert_ne!(a.origin.domain, b.origin.domain);
        let service = cf_tui::domain::endpoint::service;
        assert_eq!(service(a.origin), service(b.origin), "{}", b.origin.domain);
    }
}

#[test]
fn a_masked_copy_says_so_and_is_not_waited_for() {
    let mut explorer = private(120, 40);
    for keys in ["yt", "yf", "yp", "ym", "yj", "ya", "yr", "c"] {
        explorer.keys(keys);
        let [Effect::Copy { what, text, file: None }] = explorer.effects.as_slice() else {
            panic!("{keys}: {:?}", explorer.effects);
        };
        assert_masked(&format!("{what}\n{text}"), keys);
    }
    assert!(explorer.model.copied.fixes.is_empty());
    let copied = cf_tui::app::event::Copied {
        what: "fix for origin-x".to_owned(),
        lines: 3,
        bytes: 30,
        way: Some("pbcopy".to_owned()),
        file: None,
        trouble: None,
    };
    explorer.send(cf_tui::app::event::Event::Copied(copied));
    let screen = explorer.screen("");
    assert!(screen.contains("masked names: this cannot be run"), "{screen}");
}

/// The facets are counted anew from the names that are shown then.
#[test]
fn the_facets_stay_where_they_are() {
    let mut explorer = Explorer::demo(200, 50);
    let before = explorer.screen("Fq");
    assert!(before.contains("billing-prod"), "{before}");
    let private = explorer.screen("P");
    assert!(!private.contains("billing-prod"), "{private}");
    let verdict = |screen: &str| screen.lines().find(|l| l.contains("✗ fail")).is_some();
    assert!(verdict(&before) && verdict(&private), "{private}");
    let after = explorer.screen("P");
    assert!(after.contains("billing-prod"), "{after}");
}

/// No verdict, rule or exposure depends on what a name looks like while it is masked.
#[test]
fn what_is_judged_is_the_real_thing() {
    let plain = Explorer::demo(120, 40);
    let private = private(120, 40);
    let rows: Vec<_> = plain.model.store.live_rows().collect();
    assert!(rows.len() > 300);
    for row in rows {
        assert_eq!(private.model.store.assessment(row), plain.model.store.assessment(row));
    }
}
