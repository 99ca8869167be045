//! The README's pictures are drawn by the real renderer. If the screen changed on purpose:
//! `CF_TUI_BLESS=1 cargo test --test picture`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::recording::{Tape, read};
use explorer::Explorer;
use explorer::film::Film;

/// GitHub shows no picture of more than this.
const LARGEST: usize = 1_000_000;

#[track_caller]
fn is_kept(name: &str, drawn: &str) {
    let path = format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("CF_TUI_BLESS").is_some() {
        std::fs::write(&path, drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(drawn == kept, "the screen changed: CF_TUI_BLESS=1 cargo test --test picture");
}

#[test]
fn the_readme_shows_the_real_screen() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/shop<enter>jjj]<tab>");
    is_kept("explorer.svg", &explorer::svg::svg(&explorer.draw()));
}

#[test]
fn the_readme_shows_the_tour() {
    let tour = include_bytes!("../assets/tour.jsonl");
    let Ok(Tape::Script(script)) = read(tour) else { panic!("the tour is a script") };
    let keys = script.len();
    let film = Film::of(script, 112, 34);
    assert!(film.len() > keys / 2, "{} frames of {keys} keys", film.len());
    let drawn = film.svg();
    assert!(drawn.len() < LARGEST, "{} bytes", drawn.len());
    let parsed = roxmltree::Document::parse(&drawn).unwrap();
    let ids: Vec<&str> = parsed.descendants().filter_map(|node| node.attribute("id")).collect();
    for node in parsed.descendants().filter(|node| node.has_tag_name("use")) {
        let line = node.attribute("href").unwrap().trim_start_matches('#');
        assert!(ids.contains(&line), "no line {line}");
    }
    is_kept("tour.svg", &drawn);
}
