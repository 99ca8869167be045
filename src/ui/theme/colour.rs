//! Colours of theme files as the terminal can show them.

use ratatui::style::Color;

use crate::config::theme::Colour;

/// The sixteen by number.
const ANSI: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// A colour for a terminal that has 256, or true ones.
pub(super) fn shown(colour: Colour, true_colour: bool) -> Color {
    match colour {
        Colour::Default => Color::Reset,
        Colour::Ansi(at) => ANSI.get(usize::from(at)).copied().unwrap_or(Color::Reset),
        Colour::Indexed(at) => Color::Indexed(at),
        Colour::Rgb(r, g, b) if true_colour => Color::Rgb(r, g, b),
        Colour::Rgb(r, g, b) => Color::Indexed(nearest([r, g, b])),
    }
}

/// The steps of the cube's six.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of the colours that every palette has alike: the cube from 16 on and the greys from
/// 232 on.
fn nearest(rgb: [u8; 3]) -> u8 {
    let cube = (0..216u8).map(|at| (16 + at, [at / 36, at / 6 % 6, at % 6].map(step)));
    let greys = (0..24u8).map(|at| (232 + at, [8 + 10 * at; 3]));
    let near = cube.chain(greys).min_by_key(|(_, other)| distance(rgb, *other));
    near.map_or(16, |(at, _)| at)
}

fn step(at: u8) -> u8 {
    STEPS[usize::from(at)]
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_true_colour_becomes_the_nearest_that_every_palette_has() {
        let cases = [
            ([0, 0, 0], 16),
            ([255, 255, 255], 231),
            ([255, 95, 95], 203),
            ([250, 90, 100], 203),
            ([0x80, 0x80, 0x80], 244),
            ([8, 8, 8], 232),
        ];
        for (rgb, wanted) in cases {
            assert_eq!(nearest(rgb), wanted, "{rgb:?}");
        }
        assert_eq!(shown(Colour::Rgb(1, 2, 3), true), Color::Rgb(1, 2, 3));
        assert_eq!(shown(Colour::Ansi(15), false), Color::White);
    }
}
