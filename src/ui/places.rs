//! What was drawn where, for the mouse.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::detail;
use super::glyphs::Glyphs;
use super::map::{Map, is_split};
use super::theme::Theme;
use crate::app::model::{Model, View};
use crate::app::places::{Area, Places};

/// The places of a frame; `place` is the header's last line.
pub(super) fn places(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    rows: usize,
    place: &Line<'_>,
) -> Places {
    let edge = u16::from(!map.bare);
    let list = map.list;
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(list.height);
    let body = Rect { y: list.bottom().saturating_sub(edge + height), height, ..list };
    let mut places = Places { list: area(list), rows: area(body), ..Places::default() };
    places.views = views(place, Rect { y: map.header.y + 2, height: 1, ..map.header });
    let Some(pane) = map.pane else { return places };
    places.pane = area(pane);
    let border = Rect { height: 1, ..pane };
    if model.view == View::Origins && !map.bare {
        let title = detail::tabs(model, theme, glyphs, usize::from(pane.width));
        places.tabs = tabs(&title, border);
        if model.view == View::Origins && list.height > 0 && is_split(whole(map)) {
            places.border = area(border);
        }
    }
    places
}

fn whole(map: &Map) -> Rect {
    Rect { height: map.footer.bottom() - map.header.y, ..map.header }
}

/// A view's name begins with its digit.
fn views(line: &Line<'_>, on: Rect) -> [Area; 9] {
    let mut views = [Area::default(); 9];
    for (text, area) in spans(line, on.x, on) {
        let digit = text.split_once(' ').and_then(|(digit, _)| digit.parse::<usize>().ok());
        let view = digit.and_then(|digit| views.get_mut(digit.checked_sub(1)?));
        if let Some(view) = view.filter(|view| view.width == 0) {
            *view = area;
        }
    }
    views
}

fn tabs(line: &Line<'_>, border: Rect) -> [Area; 5] {
    let mut tabs = [Area::default(); 5];
    let titles = spans(line, border.x + 1, border)
        .into_iter()
        .filter(|(text, _)| text.contains(char::is_alphanumeric));
    for (tab, (_, area)) in tabs.iter_mut().zip(titles) {
        *tab = area;
    }
    tabs
}

/// Each part of a line with its place.
fn spans<'a>(line: &'a Line<'_>, from: u16, on: Rect) -> Vec<(&'a str, Area)> {
    let mut left = from;
    let place = |span: &'a ratatui::text::Span<'_>| {
        let width = u16::try_from(span.width()).unwrap_or(u16::MAX);
        let area = Area { left, top: on.y, width, height: 1 };
        left = left.saturating_add(width);
        (span.content.as_ref(), area)
    };
    line.spans.iter().map(place).collect()
}

fn area(rect: Rect) -> Area {
    Area { left: rect.x, top: rect.y, width: rect.width, height: rect.height }
}
