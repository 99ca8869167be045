//! From a key or a report to its frame, on 100,000 origins: `cargo bench`.
//!
//! Each line is the median, the 99th percentile and the worst of many, in milliseconds. The bar
//! is 16 ms at the 99th percentile, a frame at 60 a second.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, missing_docs)]

#[path = "../tests/explorer/mod.rs"]
mod explorer;

use std::time::Instant;

use cf_tui::app::event::Event;
use cf_tui::inventory::demo::Settings;
use cf_tui::inventory::report::LoadId;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use explorer::{Explorer, reports};

fn main() {
    let settings = Settings { latency_ms: 0, ..Settings::sized(Some(1_000), None, Some(100_000)) };
    let reports = reports(settings);
    let mut explorer = Explorer::on(settings, 200, 50);
    let arrivals = times(reports, |report| {
        explorer.send(Event::Reported(LoadId(1), vec![report]));
        explorer.draw();
    });
    show("a report, alone in its turn", arrivals);
    explorer.send(Event::LoadEnded(LoadId(1)));
    let rows = explorer.model.index.visible().len();
    println!("{rows} origins");
    let keys = |keys: &'static str, times: usize| {
        explorer::parsed(&std::iter::repeat_n(keys, times).collect::<Vec<_>>().concat())
    };
    // Typed letter by letter, and cleared.
    let words = |filter: &str, times: usize| {
        let letter = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        let typed = [letter('/')].into_iter().chain(filter.chars().map(letter));
        let typed: Vec<KeyEvent> = typed.chain(explorer::parsed("<esc>")).collect();
        typed.repeat(times)
    };
    for (what, typed) in [
        ("next row", keys("j", 300)),
        ("next page", keys("<pgdn>", 300)),
        ("next problem", keys("n", 300)),
        ("last row, first row", keys("Ggg", 100)),
        ("other lens", keys("L", 100)),
        ("problems only", keys("f", 100)),
        ("a plain word", words("prod", 40)),
        ("two words", words("prod elb", 20)),
        ("a word that nothing has", words("zzzz", 40)),
        ("one word or another, not", words("prod|dr !s3", 15)),
        ("fuzzy: ~lgcyalb", words("~lgcyalb", 20)),
        ("tls<1.2", words("tls<1.2", 20)),
        ("account=shop-prod", words("account=shop-prod", 10)),
        ("origin:^leg", words("origin:^leg", 15)),
        ("alias:shop", words("alias:shop", 15)),
        ("path:api", words("path:api", 20)),
        ("!type:s3", words("!type:s3", 20)),
        ("tag:env=prod", words("tag:env=prod", 15)),
        ("modified>=2026-11", words("modified>=2026-11", 10)),
        ("age>30d is:gap", words("age>30d is:gap", 15)),
        ("Tab: a column's values", keys("/origin:<tab><tab><esc>", 20)),
        ("Tab: tags", keys("/tag:e<tab><tab><esc>", 20)),
        ("column, sorts by it", [keys("lsss", 40), keys("hsss", 40)].concat()),
        ("sort by several", keys("hS", 60)),
        ("as wide as the text", [keys("wl", 20), keys("wh", 20)].concat()),
        ("group, ungroup", keys("gagdgn", 30)),
        ("fold, unfold one", [keys("ga", 1), keys("-+", 60), keys("gn", 1)].concat()),
        ("fold, unfold all", [keys("gd", 1), keys("_", 60), keys("gn", 1)].concat()),
        ("a letter, with groups", [keys("gd", 1), words("prod elb", 20), keys("gn", 1)].concat()),
        ("facets", keys("FFFF", 20)),
        ("a letter, with facets", [keys("F<esc>", 1), words("prod elb", 20)].concat()),
        ("a term, with facets", words("account=shop-prod !type=s3", 6)),
        ("sorts, with groups, facets", keys("gdlsss", 20)),
        ("all marked, and moves", [keys("*", 1), keys("jk", 60), keys("U", 1)].concat()),
        ("open, tabs, back", keys("<enter>]]]]q", 40)),
        ("accounts and back", keys("3jjjq", 50)),
        ("distributions and back", keys("2jjjq", 50)),
        ("their next row", [keys("2", 1), keys("j", 300)].concat()),
        ("their other lens", keys("L", 100)),
        ("their problems only", keys("f", 100)),
        ("a letter of their filter", keys("/prod elb<esc>", 30)),
        ("their origins and back", keys("l<ctrl-o>", 30)),
    ] {
        let measured = times(typed, |key| {
            explorer.send(Event::Pressed(key));
            explorer.draw();
        });
        show(what, measured);
    }
}

fn times<T>(each: Vec<T>, mut run: impl FnMut(T)) -> Vec<f64> {
    each.into_iter()
        .map(|one| {
            let began = Instant::now();
            run(one);
            began.elapsed().as_secs_f64() * 1000.0
        })
        .collect()
}

fn show(what: &str, mut measured: Vec<f64>) {
    measured.sort_by(f64::total_cmp);
    let at = |part: f64| measured[((measured.len() - 1) as f64 * part) as usize];
    println!(
        "{what:<28} {:>8.3} {:>8.3} {:>8.3}  ({})",
        at(0.5),
        at(0.99),
        at(1.0),
        measured.len()
    );
}
