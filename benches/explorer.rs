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
        std::iter::repeat_n(keys, times).collect::<Vec<_>>().concat()
    };
    let word = |word: &'static str| format!("/{word}<esc>");
    for (what, typed) in [
        ("next row", keys("j", 300)),
        ("next page", keys("<pgdn>", 300)),
        ("next problem", keys("n", 300)),
        ("last row, first row", keys("Ggg", 100)),
        ("other lens", keys("L", 100)),
        ("problems only", keys("f", 100)),
        ("a plain word", word("prod").repeat(40)),
        ("two words", word("prod elb").repeat(20)),
        ("a word that nothing has", word("zzzz").repeat(40)),
        ("one word or another, not", word("prod|dr !s3").repeat(15)),
        ("fuzzy: ~lgcyalb", word("~lgcyalb").repeat(20)),
        ("tls<1.2", word("tls<1.2").repeat(20)),
        ("account=shop-prod", word("account=shop-prod").repeat(10)),
        ("origin:^leg", word("origin:^leg").repeat(15)),
        ("alias:shop", word("alias:shop").repeat(15)),
        ("path:api", word("path:api").repeat(20)),
        ("!type:s3", word("!type:s3").repeat(20)),
        ("tag:env=prod", word("tag:env=prod").repeat(15)),
        ("modified>=2026-11", word("modified>=2026-11").repeat(10)),
        ("age>30d is:gap", word("age>30d is:gap").repeat(15)),
        ("Tab: a column's values", word("origin:<tab><tab>").repeat(20)),
        ("Tab: tags", word("tag:e<tab><tab>").repeat(20)),
        ("column, sorts by it", keys("lsss", 40) + &keys("hsss", 40)),
        ("sort by several", keys("hS", 60)),
        ("as wide as the text", keys("wl", 20) + &keys("wh", 20)),
        ("group, ungroup", keys("gagdgn", 30)),
        ("fold, unfold one", "ga".to_owned() + &keys("-+", 60) + "gn"),
        ("fold, unfold all", "gd".to_owned() + &keys("_", 60) + "gn"),
        ("a letter, with groups", "gd".to_owned() + &word("prod elb").repeat(20) + "gn"),
        ("facets", keys("FFFF", 20)),
        ("a letter, with facets", "F<esc>".to_owned() + &word("prod elb").repeat(20)),
        ("a term, with facets", word("account=shop-prod !type=s3").repeat(6)),
        ("sorts, with groups, facets", keys("gdlsss", 20)),
        ("all marked, and moves", "*".to_owned() + &keys("jk", 60) + "U"),
        ("open, tabs, back", keys("<enter>]]]]q", 40)),
        ("accounts and back", keys("3jjjq", 50)),
    ] {
        let keys = explorer::parsed(&typed);
        let measured = times(keys, |key| {
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
