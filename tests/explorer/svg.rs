//! A screen as an SVG picture, for the README.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

pub(super) const CELL: (f32, f32) = (8.4, 18.0);
pub(super) const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d5d8de";

/// The picture of a screen in a dark terminal.
pub fn svg(buffer: &Buffer) -> String {
    let (width, height) =
        (f32::from(buffer.area.width) * CELL.0, f32::from(buffer.area.height) * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{BACKGROUND}\"/>\n",
        width + 16.0,
        height + 16.0,
    );
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let cells = run(buffer, x, y);
            write_run(&mut svg, buffer, x, y, cells);
            x += cells;
        }
    }
    svg + "</svg>\n"
}

/// How many cells from here on look alike.
pub(super) fn run(buffer: &Buffer, x: u16, y: u16) -> u16 {
    let first = &buffer[(x, y)];
    let alike =
        |cell: &Cell| (cell.fg, cell.bg, cell.modifier) == (first.fg, first.bg, first.modifier);
    let end = (x..buffer.area.width).find(|x| !alike(&buffer[(*x, y)]));
    end.unwrap_or(buffer.area.width) - x
}

/// The text of so many cells.
pub(super) fn text(buffer: &Buffer, x: u16, y: u16, cells: u16) -> String {
    let mut text = String::new();
    let mut covered = 0;
    for at in x..x + cells {
        let symbol = buffer[(at, y)].symbol();
        if covered == 0 {
            text.push_str(symbol);
            covered = symbol.width().max(1);
        }
        covered -= 1;
    }
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The colours of a cell: of its text, and behind it.
pub(super) fn colours(style: &Cell) -> (String, String) {
    match style.modifier.contains(Modifier::REVERSED) {
        true => (BACKGROUND.to_owned(), colour(style.fg, FOREGROUND)),
        false => (colour(style.fg, FOREGROUND), colour(style.bg, BACKGROUND)),
    }
}

/// How a cell's text looks besides its colour, and the CSS of that, which is also an attribute.
pub(super) const LOOKS: [(Modifier, &str, &str); 3] = [
    (Modifier::BOLD, "font-weight", "bold"),
    (Modifier::DIM, "opacity", "0.65"),
    (Modifier::UNDERLINED, "text-decoration", "underline"),
];

fn write_run(svg: &mut String, buffer: &Buffer, x: u16, y: u16, cells: u16) {
    let style = &buffer[(x, y)];
    let text = text(buffer, x, y, cells);
    let (left, top) = (f32::from(x) * CELL.0 + 8.0, f32::from(y) * CELL.1 + 8.0);
    let width = f32::from(cells) * CELL.0;
    let (front, back) = colours(style);
    if back != BACKGROUND {
        let _ = writeln!(
            svg,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{back}\"/>",
            CELL.1
        );
    }
    if text.trim().is_empty() {
        return;
    }
    let mut look = String::new();
    for (_, name, value) in LOOKS.iter().filter(|(modifier, ..)| style.modifier.contains(*modifier))
    {
        let _ = write!(look, " {name}=\"{value}\"");
    }
    let _ = writeln!(
        svg,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{front}\"{look}>{text}</text>",
        top + 13.5
    );
}

/// What a terminal would show.
fn colour(colour: Color, default: &str) -> String {
    let fixed = match colour {
        Color::Red => "#cd4a4a",
        Color::LightRed => "#ff6b68",
        Color::Green => "#7cb36b",
        Color::Yellow => "#d6a94a",
        Color::Cyan => "#4fb8c9",
        Color::LightBlue => "#7aa7ff",
        Color::LightMagenta => "#d08cff",
        Color::Reset => return default.to_owned(),
        // The grey ramp is the same in every palette.
        Color::Indexed(grey @ 232..) => {
            let level = 8 + 10 * (grey - 232);
            return format!("#{level:02x}{level:02x}{level:02x}");
        }
        other => panic!("the picture has no colour for {other:?}"),
    };
    fixed.to_owned()
}
