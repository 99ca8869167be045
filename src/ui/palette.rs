//! The command palette: the line, and what it may mean.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::Pane;
use super::glyphs::Glyphs;
use super::map::Map;
use super::sheet::pad;
use super::table::cut_end;
use super::theme::Theme;
use super::view::framed_over;
use super::wrap::wrap;
use crate::app::palette::{Deed, Offer, Palette};

/// More than this is not wanted beside each other.
const WIDEST: u16 = 110;

/// Offers that are seen at once.
const MOST: usize = 18;

/// Columns of the names; the help follows.
const NAMES: usize = 24;

/// Draws it at the top of the panes.
pub(super) fn draw(
    palette: &Palette,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    frame: &mut Frame<'_>,
) {
    let body = map.body();
    let edges = if map.bare { 0 } else { 2 };
    let width = body.width.min(WIDEST);
    let inside = width.saturating_sub(edges);
    let room = usize::from(body.height.saturating_sub(edges + 1)).min(MOST);
    let offers = offered(palette, theme, glyphs, inside, room);
    let lines = u16::try_from(offers.len() + 1).unwrap_or(u16::MAX);
    let area = Rect {
        x: body.x + (body.width - width) / 2,
        width,
        height: (lines + edges).min(body.height),
        ..body
    };
    let title = match palette.offers.len() {
        0 => " Command ".to_owned(),
        count => format!(" Command {}/{count} ", palette.chosen + 1),
    };
    let inner = framed_over(Line::styled(title, theme.title), theme, glyphs, map.bare, area, frame);
    let mut shown = vec![line(palette, theme, glyphs, usize::from(inner.width))];
    shown.extend(offers);
    frame.render_widget(Paragraph::new(shown), inner);
}

/// The end of a long line is what is being typed.
fn line(palette: &Palette, theme: &Theme, glyphs: Glyphs, width: usize) -> Line<'static> {
    let mut text = palette.line.text();
    while text.width() + 2 > width {
        let first = text.chars().next().map_or(0, char::len_utf8);
        text = &text[first..];
    }
    Line::from(vec![
        Span::styled(":", theme.key),
        Span::raw(text.to_owned()),
        Span::styled(glyphs.cursor(), theme.key),
    ])
}

/// The offers around the chosen one, or why there are none.
fn offered(palette: &Palette, theme: &Theme, glyphs: Glyphs, width: u16, room: usize) -> Pane {
    if palette.offers.is_empty() {
        let style = if palette.refused { theme.alert } else { theme.muted };
        let mut lines = wrap([Line::styled(palette.trouble.clone(), style)], width);
        lines.truncate(room);
        return lines;
    }
    let first = (palette.chosen + 1).saturating_sub(room);
    let shown = palette.offers.iter().enumerate().skip(first).take(room);
    let keys = palette.offers.iter().map(|offer| offer.key.width()).max().unwrap_or(0);
    let columns = (keys, usize::from(width));
    shown.map(|(at, offer)| row(offer, at == palette.chosen, theme, glyphs, columns)).collect()
}

fn row(
    offer: &Offer,
    chosen: bool,
    theme: &Theme,
    glyphs: Glyphs,
    (keys, width): (usize, usize),
) -> Line<'static> {
    let cursor = if chosen { glyphs.cursor() } else { " " };
    let key = format!("{:>keys$} ", offer.key);
    let room = width.saturating_sub(cursor.width() + key.width() + 1);
    // As in menus: what asks for more before it does something.
    let asks = if offer.deed == Deed::Ask { glyphs.cut_sign() } else { "" };
    let name = format!("{}{asks}", offer.text);
    let names = NAMES.min(room / 2).max(name.width() + 1).min(room);
    let name = cut_end(&name, names.saturating_sub(1), glyphs);
    let help = cut_end(&offer.help, room.saturating_sub(names), glyphs);
    let line = Line::from(vec![
        Span::styled(cursor, theme.key),
        pad(&name, names, theme.text),
        pad(&help, room.saturating_sub(names) + 1, theme.muted),
        Span::styled(key, theme.key),
    ]);
    line.style(if chosen { theme.selected } else { Style::new() })
}
