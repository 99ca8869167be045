//! Every screen at every size of the terminal: nothing panics, and nothing is drawn in vain.
//!
//! The whole grid from 1×1 to 220×60 takes minutes without optimisation, so usually each width
//! and each height is drawn with a few of the other. The whole of it:
//! `CF_TUI_SIZES=all cargo test --release --test sizes`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use explorer::{Explorer, text_of};

const WIDEST: u16 = 220;
const HIGHEST: u16 = 60;

/// Where the layout changes, and around it.
const WIDTHS: [u16; 6] = [1, 39, 59, 80, 109, 180];
const HEIGHTS: [u16; 6] = [1, 7, 11, 24, 33, 43];

/// Keys that lead to each view, tab, popup and state.
const SCREENS: [&str; 26] = [
    "jj",
    "jj  v",
    "ga_",
    "lllsSw",
    "F",
    "C",
    "/shop alb",
    "/tls<new",
    "/acc<tab>",
    "/nothing at all<enter>",
    "jj<enter>",
    "jj<enter>]",
    "jj<enter>]<tab>",
    "jj<enter>]]",
    "jj<enter>]]]",
    "jj<enter>]]]]",
    "jj<enter>]]]]/policy",
    "2jj",
    "2jj<enter>",
    "3j",
    "y",
    ":sort",
    "?",
    "?/copy",
    "M",
    ",",
];

fn sizes() -> Vec<(u16, u16)> {
    let all = (1..=WIDEST).flat_map(|width| (1..=HIGHEST).map(move |height| (width, height)));
    if std::env::var("CF_TUI_SIZES").is_ok_and(|which| which == "all") {
        return all.collect();
    }
    all.filter(|(width, height)| {
        let (across, down) = (usize::from(*width), usize::from(*height));
        // Each width with one of the heights, each height with one of the widths.
        *height == HEIGHTS[across % HEIGHTS.len()] || *width == WIDTHS[down % WIDTHS.len()]
    })
    .collect()
}

#[test]
fn every_screen_is_drawn_at_every_size() {
    let half = SCREENS.len() / 2;
    std::thread::scope(|scope| {
        for screens in [&SCREENS[..half], &SCREENS[half..]] {
            scope.spawn(|| screens.iter().for_each(|keys| draw_at_every_size(keys)));
        }
    });
}

fn draw_at_every_size(keys: &str) {
    let mut explorer = Explorer::demo(80, 24);
    explorer.keys(keys);
    for (width, height) in sizes() {
        explorer.resize(width, height);
        let screen = text_of(&explorer.draw());
        assert!(!screen.trim().is_empty(), "{keys:?} at {width}x{height} is empty");
    }
}
