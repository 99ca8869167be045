//! Can the themes be read? Contrast (WCAG 2's ratio) of each accent on its background and on the
//! selected row, in the palettes that usual terminals come with.

#![allow(clippy::unwrap_used, missing_docs)]

use cf_tui::domain::verdict::Verdict;
use cf_tui::ui::theme::Theme;
use ratatui::style::{Color, Modifier, Style};

/// The 16 ANSI colours with the default foreground and background.
struct Palette {
    name: &'static str,
    ansi: [u32; 16],
    text: u32,
    background: u32,
}

const XTERM: [u32; 16] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
    0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];
const GNOME: [u32; 16] = [
    0x171421, 0xc01c28, 0x26a269, 0xa2734c, 0x12488b, 0xa347ba, 0x2aa1b3, 0xd0cfcc, 0x5e5c64,
    0xf66151, 0x33da7a, 0xe9ad0c, 0x2a7bde, 0xc061cb, 0x33c7de, 0xffffff,
];
const SOLARIZED: [u32; 16] = [
    0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5, 0x002b36,
    0xcb4b16, 0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
];
const VSCODE_DARK: [u32; 16] = [
    0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5, 0x666666,
    0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xe5e5e5,
];
const VSCODE_LIGHT: [u32; 16] = [
    0x000000, 0xcd3131, 0x107c10, 0x949800, 0x0451a5, 0xbc05bc, 0x0598bc, 0x555555, 0x666666,
    0xcd3131, 0x14ce14, 0xb5ba00, 0x0451a5, 0xbc05bc, 0x0598bc, 0xa5a5a5,
];

const DARK: [Palette; 4] = [
    Palette { name: "xterm", ansi: XTERM, text: 0xe5e5e5, background: 0x000000 },
    Palette { name: "gnome", ansi: GNOME, text: 0xd0cfcc, background: 0x171421 },
    Palette { name: "solarized", ansi: SOLARIZED, text: 0x839496, background: 0x002b36 },
    Palette { name: "vscode", ansi: VSCODE_DARK, text: 0xcccccc, background: 0x1e1e1e },
];
const LIGHT: [Palette; 4] = [
    Palette { name: "xterm", ansi: XTERM, text: 0x000000, background: 0xffffff },
    Palette { name: "gnome", ansi: GNOME, text: 0x171421, background: 0xffffff },
    Palette { name: "solarized", ansi: SOLARIZED, text: 0x657b83, background: 0xfdf6e3 },
    Palette { name: "vscode", ansi: VSCODE_LIGHT, text: 0x333333, background: 0xffffff },
];

/// The cube of 256 colours, which is the same in every palette.
const STEPS: [u32; 6] = [0, 95, 135, 175, 215, 255];

fn rgb(palette: &Palette, color: Option<Color>, default: u32) -> u32 {
    let at = match color {
        None | Some(Color::Reset) => return default,
        Some(Color::Indexed(grey @ 232..)) => {
            return (u32::from(grey - 232) * 10 + 8) * 0x01_0101;
        }
        Some(Color::Indexed(cube @ 16..)) => {
            let step = |by: u8| STEPS[usize::from((cube - 16) / by % 6)];
            return step(36) << 16 | step(6) << 8 | step(1);
        }
        Some(Color::Red) => 1,
        Some(Color::Green) => 2,
        Some(Color::Yellow) => 3,
        Some(Color::Blue) => 4,
        Some(Color::Magenta) => 5,
        Some(Color::Cyan) => 6,
        Some(Color::LightRed) => 9,
        Some(Color::LightBlue) => 12,
        Some(Color::LightMagenta) => 13,
        Some(other) => panic!("{other:?} is no colour of a theme"),
    };
    palette.ansi[at]
}

fn luminance(rgb: u32) -> f64 {
    let channel = |shift: u32| {
        let part = f64::from(rgb >> shift & 0xff) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}

fn contrast(a: u32, b: u32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Every role that text is written in.
fn inks(theme: &Theme) -> Vec<(&'static str, Style)> {
    vec![
        ("text", theme.text),
        ("muted", theme.muted),
        ("title", theme.title),
        ("fails", theme.fails),
        ("warns", theme.warns),
        ("unknown", theme.unknown),
        ("passes", theme.passes),
        ("not_applicable", theme.not_applicable),
        ("key", theme.key),
        ("link", theme.link),
        ("code", theme.code),
        ("added", theme.added),
        ("removed", theme.removed),
        ("alert", theme.alert),
        ("badge", theme.badge),
    ]
}

fn borders(theme: &Theme) -> [(&'static str, Style); 2] {
    [("border", theme.border), ("border_focused", theme.border_focused)]
}

/// What stands in the rows of tables, and so on the selected one too.
const IN_ROWS: [&str; 7] =
    ["text", "fails", "warns", "unknown", "passes", "not_applicable", "alert"];

/// The contrast of a style on the theme's ground, and on its selected row.
fn on_grounds(theme: &Theme, style: Style, palette: &Palette) -> (f64, f64) {
    let default = rgb(palette, theme.text.fg, palette.text);
    let ground = rgb(palette, theme.text.bg, palette.background);
    let ink = rgb(palette, style.fg, default);
    let plain = contrast(ink, rgb(palette, style.bg, ground));
    let in_row = if theme.selected.fg.is_some() { theme.selected } else { style };
    let ink = rgb(palette, in_row.fg, default);
    (plain, contrast(ink, rgb(palette, theme.selected.bg, ground)))
}

/// WCAG 2 asks 4.5:1 of text. The dark and the light theme take what the terminal's palette has,
/// and where that keeps no such distance less is let pass: every verdict has its word and its mark
/// besides. Of borders and other shapes WCAG asks 3:1. On the selected
/// row, which is bold, less is let pass: Solarized has no red that is farther from a background.
/// Whoever needs more has the high-contrast theme.
#[test]
fn the_dark_and_the_light_theme_read_in_usual_palettes() {
    let mut faint = Vec::new();
    for (theme, palettes) in [(Theme::dark(), DARK), (Theme::light(), LIGHT)] {
        for palette in &palettes {
            let selected = rgb(palette, theme.selected.bg, palette.background);
            let shown = contrast(selected, palette.background);
            if shown < 1.15 {
                faint.push(format!("{} the selection itself: {shown:.2}", palette.name));
            }
            for (role, style) in inks(&theme) {
                let (plain, in_row) = on_grounds(&theme, style, palette);
                if plain < wanted(palette.name, role) {
                    faint.push(format!("{} {role}: {plain:.2}", palette.name));
                }
                if IN_ROWS.contains(&role) && in_row < 2.4 {
                    faint.push(format!("{} {role} selected: {in_row:.2}", palette.name));
                }
            }
            for (role, style) in borders(&theme) {
                let (plain, _) = on_grounds(&theme, style, palette);
                if plain < 3.0 {
                    faint.push(format!("{} {role}: {plain:.2}", palette.name));
                }
            }
        }
    }
    assert!(faint.is_empty(), "{faint:#?}");
}

/// What a palette can give: Solarized keeps 4.13:1 for its own text, and the brightest blue and
/// the yellow of two others fall a little short.
fn wanted(palette: &str, role: &str) -> f64 {
    match (palette, role) {
        ("solarized", _) => 3.2,
        ("xterm" | "gnome", "key" | "link" | "code") | ("gnome", "warns") => 4.25,
        _ => 4.5,
    }
}

/// WCAG 2's enhanced contrast: 7:1 for every text, the selected row's too, in whatever palette.
#[test]
fn the_high_contrast_theme_keeps_seven_to_one_in_every_palette() {
    let theme = Theme::high_contrast();
    let all = inks(&theme).into_iter().chain(borders(&theme));
    for (role, style) in all {
        for palette in DARK.iter().chain(&LIGHT) {
            let (plain, in_row) = on_grounds(&theme, style, palette);
            assert!(plain >= 7.0 && in_row >= 7.0, "{} {role}: {plain:.2}", palette.name);
        }
    }
}

#[test]
fn verdicts_differ_in_each_theme_and_mono_has_no_colour() {
    for name in ["dark", "light", "high-contrast"] {
        let theme = Theme::named(name).unwrap();
        let styles = Verdict::BY_SEVERITY.map(|v| theme.verdict(v));
        for (at, style) in styles.iter().enumerate() {
            assert!(!styles[..at].contains(style), "{name}: two verdicts look the same");
        }
    }
    let mono = Theme::named("mono").unwrap();
    let selected = mono.selected;
    assert!(selected.add_modifier.contains(Modifier::REVERSED));
    let all = inks(&mono).into_iter().chain(borders(&mono));
    for (role, style) in all.chain([("selected", selected)]) {
        assert_eq!((style.fg, style.bg), (None, None), "{role}");
        let reversed = style.add_modifier.contains(Modifier::REVERSED);
        assert_eq!(reversed, role == "selected", "{role}: reverse video is the selection's");
    }
    assert_eq!(Theme::named("pink"), None);
}
