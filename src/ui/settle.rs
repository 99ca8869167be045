//! The last touch on a drawn screen: wide characters, about which terminals disagree.
//!
//! A flag is two cells in some terminals and four in others, an emoji with a variation selector
//! one or two: every such row would be out of line. They are drawn by what all agree on.

use ratatui::buffer::Buffer;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Makes every cell one that all terminals draw alike.
pub(super) fn settle(buffer: &mut Buffer) {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol().to_owned();
            let width = symbol.width();
            if let Some(cells) = disputed(&symbol, width) {
                for (at, cell) in (x..area.right()).zip(&cells) {
                    buffer[(at, y)].set_symbol(cell);
                }
                x += u16::try_from(cells.len()).unwrap_or(1);
                continue;
            }
            // The hidden part is not blank but nothing: so it is drawn again when a narrow
            // character takes the place, which not every terminal clears by itself.
            let next = x.saturating_add(u16::try_from(width).unwrap_or(u16::MAX).max(1));
            for hidden in x + 1..next.min(area.right()) {
                buffer[(hidden, y)].set_symbol("");
            }
            x = next;
        }
    }
}

/// What stands in the cells of a cluster that terminals disagree about: the letters of a flag,
/// else the first character without what follows it.
fn disputed(symbol: &str, width: usize) -> Option<Vec<String>> {
    let letters: Vec<String> = symbol.chars().filter_map(letter).map(String::from).collect();
    if !letters.is_empty() {
        return Some(letters);
    }
    let summed: usize = symbol.chars().map(|c| c.width().unwrap_or(0)).sum();
    let first = symbol.chars().next()?;
    let rest = if first.width() == Some(width) { "" } else { " " };
    (summed != width).then(|| {
        let mut cells = vec![first.to_string()];
        cells.resize(width.max(1), rest.to_owned());
        cells
    })
}

/// The letter that a regional indicator, half of a flag, stands for.
fn letter(c: char) -> Option<char> {
    let offset = u32::from(c).checked_sub(0x1f1e6).filter(|o| *o < 26)?;
    char::from_u32(u32::from('A') + offset)
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    fn settled(text: &str) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, Style::new());
        settle(&mut buffer);
        buffer.content.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn flags_are_letters_and_selectors_are_dropped() {
        assert_eq!(settled("a🇧🇷b"), "aBRb");
        assert_eq!(settled("a❤\u{fe0f}b"), "a❤ b");
        assert_eq!(settled("👍🏽!"), "👍!");
    }

    #[test]
    fn what_all_agree_on_stays() {
        assert_eq!(settled("日本 cafe\u{301} 🚀"), "日本 cafe\u{301} 🚀");
    }
}
