//! Screens by keys: the whole explorer, from key to cells, without a terminal.
#![allow(clippy::unwrap_used, missing_docs, clippy::print_stdout)]

mod explorer;

use explorer::Explorer;

#[test]
fn look() {
    for (w, h) in [(80, 24), (120, 40), (200, 50)] {
        let mut e = Explorer::demo(w, h);
        println!("{}", e.screen(""));
        println!("{}", e.screen("jj<enter>"));
        println!("{}", e.screen("]"));
        println!("{}", e.screen("q3"));
        println!("{}", e.screen("?"));
    }
}
