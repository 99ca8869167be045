//! Draws a model. Nothing is changed here; what the model must know of the layout is returned.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, Borders, Clear, Paragraph};

use super::glyphs::Glyphs;
use super::map::{self, Map};
use super::places::places;
use super::settle::settle;
use super::theme::Theme;
use super::{
    Pane, accounts, columns, detail, diagnosis, distributions, facets, footer, header, help,
    messages, palette, raw, settings, table, whichkey,
};
use crate::app::keymap::Action;
use crate::app::model::{Measured, Model, View};
use crate::app::popup::{Page, Popup};
use crate::domain::text::escape;

/// The eye loses its line in a longer one.
const READABLE: u16 = 180;

/// Draws the whole screen.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) -> Measured {
    let measured = draw(model, theme, frame);
    theme.fill(frame.buffer_mut());
    settle(frame.buffer_mut());
    measured
}

fn draw(model: &Model, theme: &Theme, frame: &mut Frame<'_>) -> Measured {
    let glyphs = Glyphs { ascii: model.start.ascii };
    let area = frame.area();
    let status = footer::status(model, theme, glyphs, area);
    let lines = u16::try_from(status.len()).unwrap_or(1);
    let Some(map) = map::map(area, model, lines) else {
        let (width, height) = map::SMALLEST;
        let says =
            format!("cf-tui needs {width}x{height} cells, here are {}x{}", area.width, area.height);
        frame.render_widget(Line::raw(says), area);
        return model.measured;
    };
    let width = usize::from(area.width);
    let lines = header::lines(model, theme, glyphs, width);
    frame.render_widget(Text::from(lines.to_vec()), map.header);
    frame.render_widget(Text::from(status), map.status);
    frame.render_widget(footer::hints(model, theme, width), map.footer);
    let (under, palette) = match &model.popup {
        Some(Popup::Palette(palette)) => (palette.under.as_deref(), Some(palette)),
        popup => (popup.as_ref(), None),
    };
    let measured = match under.and_then(|popup| Some((popup, popup.page()?))) {
        Some((popup, page)) => draw_page(model, theme, glyphs, &map, (popup, page), frame),
        None => draw_panes(model, theme, glyphs, &map, &lines[2], frame),
    };
    if let Some(Popup::Columns { at }) = under {
        draw_chooser(model, theme, glyphs, &map, *at, frame);
    }
    if let Some(palette) = palette {
        palette::draw(palette, theme, glyphs, &map, frame);
    }
    if let Some(prefix) = model.prefix.filter(|_| !map.bare) {
        whichkey::draw(model, prefix, theme, glyphs, &map, frame);
    }
    measured
}

/// The table and what is beside it; `place` is the header's last line.
fn draw_panes(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    place: &Line<'_>,
    frame: &mut Frame<'_>,
) -> Measured {
    let mut measured = unseen(model);
    if map.list.height > 0 {
        measured = draw_list(model, theme, glyphs, map, frame);
    }
    if let Some(area) = map.pane {
        (measured.pane_rows, measured.pane_lines) =
            draw_pane(model, theme, glyphs, map, area, frame);
    }
    if let Some(area) = map.side {
        draw_side(model, theme, glyphs, area, frame);
    }
    if let Some(area) = map.facets {
        draw_facets(model, theme, glyphs, area, map.bare, frame);
    }
    if model.start.mouse {
        let rows = if map.list.height > 0 { measured.list_rows } else { 0 };
        measured.places = places(model, theme, glyphs, map, rows, place);
    }
    measured
}

fn draw_facets(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    area: Rect,
    bare: bool,
    frame: &mut Frame<'_>,
) {
    let mut theme = theme.clone();
    if model.facets.focused {
        theme.border = theme.border_focused;
    }
    frame.render_widget(Clear, area);
    let title = Line::styled(" Facets ", theme.title);
    let inner = framed(title, &theme, glyphs, bare, area, frame);
    let lines = facets::lines(model, &theme, glyphs, usize::from(inner.height));
    frame.render_widget(Paragraph::new(lines), inner);
}

/// At the right, over the list and what is below it, so that verdict and account stay seen.
fn draw_chooser(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    at: usize,
    frame: &mut Frame<'_>,
) {
    let lines = columns::lines(model, at, theme, glyphs);
    let room = map.status.y - map.list.y;
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(room);
    let width = (columns::WIDTH + 2).min(map.list.width);
    let area = Rect { x: map.list.right() - width, y: map.list.y, width, height };
    frame.render_widget(Clear, area);
    let title = Line::styled(" Columns  J K moves one ", theme.title);
    let inner = framed(title, theme, glyphs, map.bare, area, frame);
    let top = (at + 1).saturating_sub(usize::from(inner.height));
    let shown: Pane = lines.into_iter().skip(top).collect();
    frame.render_widget(Paragraph::new(shown), inner);
}

fn draw_list(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    frame: &mut Frame<'_>,
) -> Measured {
    let title = match model.view {
        View::Origins => table::title(model, glyphs),
        View::Distributions => distributions::title(model),
        View::Accounts => accounts::title(model, glyphs),
    };
    let mut title = Line::styled(title, theme.title);
    if let Some(waiting) = &model.paused {
        let says = format!("+{} waiting ", header::rows(waiting.rows()));
        title.push_span(Span::styled(says, theme.warns));
    }
    let inner = framed(title, theme, glyphs, map.bare, map.list, frame);
    let missing = footer::missing(model);
    if !missing.is_empty() && !map.bare {
        in_border(Line::styled(missing, theme.alert), map.list, frame);
    }
    match model.view {
        View::Origins => table::draw(model, theme, glyphs, inner, frame),
        View::Distributions => {
            let list_rows = distributions::draw(model, theme, glyphs, inner, frame);
            Measured { list_rows, ..unseen(model) }
        }
        View::Accounts => {
            let list_rows = accounts::draw(model, theme, glyphs, inner, frame);
            Measured { list_rows, ..unseen(model) }
        }
    }
}

/// What was measured of a table that is not drawn now stands.
fn unseen(model: &Model) -> Measured {
    Measured { pane_rows: 0, pane_lines: 0, ..model.measured }
}

/// Returns the lines that fit and the lines that there are.
fn draw_pane(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    area: Rect,
    frame: &mut Frame<'_>,
) -> (usize, usize) {
    let width = usize::from(area.width);
    if let Some(raw) = raw::shown(model) {
        let tabs = detail::tabs(model, theme, glyphs, width);
        let inner = framed(tabs, theme, glyphs, map.bare, area, frame);
        if !map.bare {
            in_border(raw::place(model, raw, theme, glyphs, width), area, frame);
        }
        return raw::draw(model, raw, theme, glyphs, inner, frame);
    }
    let room = area.width.saturating_sub(if map.bare { 0 } else { 2 }).min(READABLE);
    let (title, lines) = match model.view {
        View::Origins => {
            let tabs = detail::tabs(model, theme, glyphs, width);
            let lines =
                model.finding().map(|f| detail::lines(model, model.tab, &f, theme, glyphs, room));
            (tabs, lines.unwrap_or_else(|| vec![Line::styled(no_finding(model), theme.muted)]))
        }
        View::Distributions => (
            distributions::heading(model, theme),
            distributions::lines(model, theme, glyphs, room, map.side.is_none()),
        ),
        View::Accounts => diagnosed(model, theme, glyphs, room),
    };
    framed(title, theme, glyphs, map.bare, area, frame);
    scrolled(lines, model.scroll, model, theme, area, map.bare, frame)
}

fn no_finding(model: &Model) -> &'static str {
    match model.header {
        Some(_) => "a group: Enter folds it, j goes on to its findings",
        None => "the finding under the cursor is shown here",
    }
}

fn diagnosed(model: &Model, theme: &Theme, glyphs: Glyphs, width: u16) -> (Line<'static>, Pane) {
    let Some(entry) = model.selected_account.map(|ix| &model.store.accounts()[ix]) else {
        return (Line::default(), Vec::new());
    };
    let name = format!(" {} ", escape(&entry.account.name));
    (Line::styled(name, theme.title), diagnosis::diagnosis(entry, model.now, theme, glyphs, width))
}

fn draw_side(model: &Model, theme: &Theme, glyphs: Glyphs, area: Rect, frame: &mut Frame<'_>) {
    if model.view == View::Distributions {
        let title = Line::styled(" Distribution ", theme.title);
        let inner = framed(title, theme, glyphs, false, area, frame);
        let lines = distributions::beside(model, theme, glyphs, inner.width);
        return frame.render_widget(Text::from(lines), inner);
    }
    let tab = detail::beside(model.tab);
    let title = Line::styled(format!(" {} ", tab.title()), theme.title);
    let inner = framed(title, theme, glyphs, false, area, frame);
    if let Some(finding) = model.finding() {
        let lines = detail::lines(model, tab, &finding, theme, glyphs, inner.width);
        frame.render_widget(Text::from(lines), inner);
    }
}

/// A text that has all the room between the header and the status line.
fn draw_page(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    (popup, page): (&Popup, &Page),
    frame: &mut Frame<'_>,
) -> Measured {
    let area = map.body();
    frame.render_widget(Clear, area);
    let title = match popup {
        Popup::Messages(_) => format!(" Messages {}, times in UTC ", model.messages.count()),
        Popup::Settings(_) => " Settings in force ".to_owned(),
        _ => " Help ".to_owned(),
    };
    let title = Line::styled(title, theme.title);
    let inner = framed(title, theme, glyphs, map.bare, area, frame);
    let (search, width) = (page.search.text(), inner.width);
    let lines = match popup {
        Popup::Messages(_) => messages::lines(model, search, theme, width),
        Popup::Settings(_) => settings::lines(model, search, theme, glyphs, width),
        _ => help::lines(model, search, theme, glyphs, width),
    };
    let (pane_rows, pane_lines) = scrolled(lines, page.scroll, model, theme, area, map.bare, frame);
    Measured { pane_rows, pane_lines, ..unseen(model) }
}

/// Draws what fits, and in the border how much there is above and below.
fn scrolled(
    lines: Vec<Line<'static>>,
    scroll: usize,
    model: &Model,
    theme: &Theme,
    outer: Rect,
    bare: bool,
    frame: &mut Frame<'_>,
) -> (usize, usize) {
    let inner = if bare { outer } else { outer.inner(Margin::new(1, 1)) };
    let (room, count) = (usize::from(inner.height), lines.len());
    let scroll = scroll.min(count.saturating_sub(room));
    let last = (scroll + room).min(count);
    if count > room && !bare && outer.height > 1 {
        let key = |action| model.keymap.key(action);
        let (down, up) = (key(Action::ScrollDown), key(Action::ScrollUp));
        let says = format!(" {}-{last} of {count}  {down} {up} scroll ", scroll + 1);
        in_border(Line::styled(says, theme.muted), outer, frame);
    }
    let shown: Vec<Line<'static>> = lines.into_iter().skip(scroll).take(room).collect();
    frame.render_widget(Paragraph::new(shown), inner);
    (room, count)
}

/// Writes into the lower border, to the right.
fn in_border(says: Line<'static>, outer: Rect, frame: &mut Frame<'_>) {
    let width = u16::try_from(says.width()).unwrap_or(u16::MAX).min(outer.width.saturating_sub(4));
    let x = outer.right().saturating_sub(width + 2);
    frame.render_widget(says, Rect { x, y: outer.bottom() - 1, width, height: 1 });
}

/// As [`framed`], for what lies over other frames and has the keys.
pub(super) fn framed_over(
    title: Line<'static>,
    theme: &Theme,
    glyphs: Glyphs,
    bare: bool,
    area: Rect,
    frame: &mut Frame<'_>,
) -> Rect {
    let theme = Theme { border: theme.border_focused, ..theme.clone() };
    frame.render_widget(Clear, area);
    framed(title, &theme, glyphs, bare, area, frame)
}

/// Draws a frame, where there is room for one; returns what is inside.
fn framed(
    title: Line<'static>,
    theme: &Theme,
    glyphs: Glyphs,
    bare: bool,
    area: Rect,
    frame: &mut Frame<'_>,
) -> Rect {
    if bare {
        return area;
    }
    let block = Block::new()
        .borders(Borders::ALL)
        .border_set(glyphs.border())
        .border_style(theme.border)
        .title(title);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}
