//! Draws a model. Nothing is changed here; what the model must know of the layout is returned.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, Borders, Clear, Paragraph};

use super::glyphs::Glyphs;
use super::map::{self, Map};
use super::places::places;
use super::settle::settle;
use super::theme::Theme;
use super::{Pane, accounts, detail, diagnosis, footer, header, help, table};
use crate::app::model::{Measured, Model, View};
use crate::app::popup::Popup;
use crate::domain::text::escape;

/// Draws the whole screen.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) -> Measured {
    let measured = draw(model, theme, frame);
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
    if let Some(Popup::Help { scroll }) = &model.popup {
        return draw_help(model, theme, glyphs, &map, *scroll, frame);
    }
    let mut measured = Measured { list_rows: model.measured.list_rows, ..Measured::default() };
    if map.list.height > 0 {
        measured.list_rows = draw_list(model, theme, glyphs, &map, frame);
    }
    if let Some(area) = map.pane {
        (measured.pane_rows, measured.pane_lines) =
            draw_pane(model, theme, glyphs, &map, area, frame);
    }
    if let Some(area) = map.side {
        draw_side(model, theme, glyphs, area, frame);
    }
    if model.start.mouse {
        let rows = if map.list.height > 0 { measured.list_rows } else { 0 };
        measured.places = places(model, theme, glyphs, &map, rows, &lines[2]);
    }
    measured
}

fn draw_list(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    frame: &mut Frame<'_>,
) -> usize {
    let title = match model.view {
        View::Origins => {
            let at = model.position().map_or("-".to_owned(), |at| (at + 1).to_string());
            let marks = model.marks.count(&model.store, &model.index);
            let marks = marks.map_or(String::new(), |count| format!(" {count} "));
            format!(" Origins {at}/{} {marks}", model.index.visible().len())
        }
        View::Accounts => format!(" Accounts {} ", model.store.accounts().len()),
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
        View::Accounts => accounts::draw(model, theme, glyphs, inner, frame),
    }
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
    let room = area.width.saturating_sub(if map.bare { 0 } else { 2 });
    let (title, lines) = match model.view {
        View::Origins => {
            let tabs = detail::tabs(model, theme, glyphs, width);
            let lines =
                model.finding().map(|f| detail::lines(model, model.tab, &f, theme, glyphs, room));
            (
                tabs,
                lines.unwrap_or_else(|| {
                    vec![Line::styled("the finding under the cursor is shown here", theme.muted)]
                }),
            )
        }
        View::Accounts => diagnosed(model, theme, glyphs, room),
    };
    let inner = framed(title, theme, glyphs, map.bare, area, frame);
    scrolled(lines, model.scroll, theme, inner, area, map.bare, frame)
}

fn diagnosed(model: &Model, theme: &Theme, glyphs: Glyphs, width: u16) -> (Line<'static>, Pane) {
    let Some(entry) = model.selected_account.map(|ix| &model.store.accounts()[ix]) else {
        return (Line::default(), Vec::new());
    };
    let name = format!(" {} ", escape(&entry.account.name));
    (Line::styled(name, theme.title), diagnosis::diagnosis(entry, theme, glyphs, width))
}

fn draw_side(model: &Model, theme: &Theme, glyphs: Glyphs, area: Rect, frame: &mut Frame<'_>) {
    let tab = detail::beside(model.tab);
    let title = Line::styled(format!(" {} ", tab.title()), theme.title);
    let inner = framed(title, theme, glyphs, false, area, frame);
    if let Some(finding) = model.finding() {
        let lines = detail::lines(model, tab, &finding, theme, glyphs, inner.width);
        frame.render_widget(Text::from(lines), inner);
    }
}

fn draw_help(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    map: &Map,
    scroll: usize,
    frame: &mut Frame<'_>,
) -> Measured {
    let bottom = map.status.y;
    let area = Rect { height: bottom - map.header.bottom(), y: map.header.bottom(), ..map.header };
    frame.render_widget(Clear, area);
    let title = Line::styled(" Help ", theme.title);
    let inner = framed(title, theme, glyphs, map.bare, area, frame);
    let lines = help::lines(model, theme, glyphs, inner.width);
    let (pane_rows, pane_lines) = scrolled(lines, scroll, theme, inner, area, map.bare, frame);
    let list_rows = model.measured.list_rows;
    Measured { list_rows, pane_rows, pane_lines, ..Measured::default() }
}

/// Draws what fits, and in the border how much there is above and below.
fn scrolled(
    lines: Vec<Line<'static>>,
    scroll: usize,
    theme: &Theme,
    inner: Rect,
    outer: Rect,
    bare: bool,
    frame: &mut Frame<'_>,
) -> (usize, usize) {
    let (room, count) = (usize::from(inner.height), lines.len());
    let scroll = scroll.min(count.saturating_sub(room));
    let last = (scroll + room).min(count);
    if count > room && !bare && outer.height > 1 {
        let says = format!(" {}-{last} of {count}  J K scroll ", scroll + 1);
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
