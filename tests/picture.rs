//! The README's picture is drawn by the real renderer. If the screen changed on purpose:
//! `CF_TUI_BLESS=1 cargo test --test picture`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use explorer::Explorer;

const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/explorer.svg");

#[test]
fn the_readme_shows_the_real_screen() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/shop<enter>jjj]<tab>");
    let drawn = explorer::svg::svg(&explorer.draw());
    if std::env::var_os("CF_TUI_BLESS").is_some() {
        std::fs::write(PICTURE, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(PICTURE).unwrap_or_default();
    assert!(drawn == kept, "the screen changed: CF_TUI_BLESS=1 cargo test --test picture");
}
