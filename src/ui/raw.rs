//! The Raw JSON tab: a tree of which just the lines that fit are made. A line that is too long is
//! cut; under the cursor its value stands whole in the status line.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span, Text};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::glyphs::Glyphs;
use super::sheet::say;
use super::theme::Theme;
use super::{Pane, map, wrap};
use crate::app::keymap::Context;
use crate::app::model::{Model, View};
use crate::app::raw::{Kind, Node, Raw, RawTree, Search, Step};
use crate::app::tab::Tab;
use crate::domain::text::escape;

/// The column before the tree, in which the cursor stands.
const MARGIN: usize = 1;

/// A value that its line has no room for is shown on no more lines than this.
const MOST: u16 = 4;

/// Under this width a level of the tree is one column.
const NARROW: u16 = 60;

/// The tree, where the tab is shown.
pub fn shown(model: &Model) -> Option<&Raw> {
    let is_shown = model.view == View::Origins && model.tab == Tab::Raw;
    model.raw.as_ref().filter(|_| is_shown && model.finding().is_some())
}

/// Draws what fits; returns the lines that there was room for, and the lines that there are.
pub fn draw(
    model: &Model,
    raw: &Raw,
    theme: &Theme,
    glyphs: Glyphs,
    area: Rect,
    frame: &mut Frame<'_>,
) -> (usize, usize) {
    let (rows, count) = (usize::from(area.height), raw.tree.lines().len());
    let top = raw.top.min(count.saturating_sub(rows));
    let shown = lines(&raw.tree, &raw.search, top, rows, theme, glyphs, area.width);
    frame.render_widget(Text::from(shown), area);
    let below = raw.line().checked_sub(top).filter(|below| *below < rows && model.opened);
    if let Some(below) = below {
        let y = area.y + u16::try_from(below).unwrap_or(u16::MAX);
        let line = Rect { y, height: 1, ..area };
        frame.render_widget(Span::styled(glyphs.cursor(), theme.key), line);
        frame.buffer_mut().set_style(line, theme.selected);
    }
    (rows, count)
}

/// So many lines of a tree from one on, none wider than the width.
pub fn lines(
    tree: &RawTree,
    search: &Search,
    top: usize,
    rows: usize,
    theme: &Theme,
    glyphs: Glyphs,
    width: u16,
) -> Pane {
    let nodes = tree.lines().iter().skip(top).take(rows);
    let line = |node: &usize| whole(tree, *node, search, theme, glyphs, width);
    nodes.map(|node| cut(line(node), width, theme, glyphs)).collect()
}

/// The line of a node, however wide.
fn whole(
    tree: &RawTree,
    at: usize,
    search: &Search,
    theme: &Theme,
    glyphs: Glyphs,
    width: u16,
) -> Line<'static> {
    let node = tree.node(at);
    let level = if width < NARROW { 1 } else { 2 };
    let indent = MARGIN + (node.depth * level).min(usize::from(width / 2));
    let sign = if node.members > 0 { glyphs.fold(node.folded) } else { ' ' };
    let mut line = Line::from(say(format!("{:indent$}{sign} ", ""), theme.muted));
    line.extend(found(&written(node, theme), search, theme));
    if node.members > 0 {
        line.push_span(say(members(node, glyphs), theme.muted));
    }
    if let Some(first) = first_text(tree, at).filter(|_| node.folded) {
        line.push_span(say(format!("  {}{}", first.label, first.value), theme.muted));
    }
    line
}

/// The label and the value, which are searched.
fn written(node: &Node, theme: &Theme) -> [(String, Style); 2] {
    let label = if matches!(node.step, Some(Step::Item(_))) { theme.muted } else { theme.key };
    let value = if node.kind == Kind::Text { theme.code } else { theme.text };
    [(node.label.clone(), label), (node.value.clone(), value)]
}

/// The same text with every match marked: by a colour, and by a line under it.
fn found(parts: &[(String, Style); 2], search: &Search, theme: &Theme) -> Vec<Span<'static>> {
    let text: String = parts.iter().map(|(text, _)| text.as_str()).collect();
    let places = search.places(&text);
    let mut edges = vec![0, parts[0].0.len(), text.len()];
    edges.extend(places.iter().flat_map(|place| [place.start, place.end]));
    edges.sort_unstable();
    let pieces = edges.windows(2).filter(|edge| edge[0] < edge[1]);
    let span = |edge: &[usize]| {
        let style = if edge[0] < parts[0].0.len() { parts[0].1 } else { parts[1].1 };
        let is_found = places.iter().any(|place| place.contains(&edge[0]));
        let mark = theme.warns.add_modifier(Modifier::UNDERLINED);
        say(&text[edge[0]..edge[1]], if is_found { style.patch(mark) } else { style })
    };
    pieces.map(span).collect()
}

/// How many members there are; what is hidden begins with a sign for it.
fn members(node: &Node, glyphs: Glyphs) -> String {
    let hidden = if node.folded { format!("{} ", glyphs.cut_sign()) } else { String::new() };
    let many = if node.members == 1 { "" } else { "s" };
    match node.kind {
        Kind::Array => format!("[{hidden}{} item{many}]", node.members),
        _ => format!("{{{hidden}{} key{many}}}", node.members),
    }
}

/// What tells an item of an array from the others: the first text in it, mostly its id.
fn first_text(tree: &RawTree, at: usize) -> Option<&Node> {
    let is_item = matches!(tree.node(at).step, Some(Step::Item(_)));
    let mut members = tree.members(at).map(|member| tree.node(member));
    members.find(|member| is_item && member.kind == Kind::Text)
}

fn cut(line: Line<'static>, width: u16, theme: &Theme, glyphs: Glyphs) -> Line<'static> {
    if line.width() <= usize::from(width) {
        return line;
    }
    let sign = say(glyphs.cut_sign(), theme.muted);
    let room = width.saturating_sub(u16::try_from(sign.width()).unwrap_or(1));
    let mut line = wrap::cut(&line, &Span::default(), room).swap_remove(0);
    line.push_span(sign);
    line
}

/// What the lower border says: the path under the cursor and which line that is; beside the
/// list, which lines are shown.
pub fn place(
    model: &Model,
    raw: &Raw,
    theme: &Theme,
    glyphs: Glyphs,
    width: usize,
) -> Line<'static> {
    let count = raw.tree.lines().len();
    if !model.opened {
        let first = raw.top + 1;
        let last = (raw.top + model.measured.pane_rows).min(count);
        return Line::styled(format!(" {first}-{last} of {count}  J K scroll "), theme.muted);
    }
    let at = format!("  {}/{count} ", raw.line() + 1);
    let path = cut_start(&raw.tree.path(raw.cursor), width.saturating_sub(at.len() + 5), glyphs);
    Line::from(vec![say(format!(" {path}"), theme.title), say(at, theme.muted)])
}

/// The search as it is being typed.
pub fn prompt(model: &Model, theme: &Theme, glyphs: Glyphs) -> Option<Line<'static>> {
    let raw = shown(model).filter(|raw| raw.search.editing)?;
    Some(Line::from(vec![
        say("/", theme.key),
        say(&raw.search.text, theme.text),
        say(glyphs.cursor(), theme.key),
        hits(raw, theme),
        say("   Enter keeps, Esc clears", theme.muted),
    ]))
}

/// What the status line says of the cursor: the search that is kept; where there is no border,
/// the path; else a value that its line has no room for.
pub fn status(model: &Model, theme: &Theme, glyphs: Glyphs, area: Rect) -> Option<Pane> {
    let raw = shown(model).filter(|_| model.context() == Context::Raw)?;
    let mut lines = Pane::new();
    if raw.search.is_active() {
        lines.push(Line::from(vec![
            say("/", theme.key),
            say(&raw.search.text, theme.text),
            hits(raw, theme),
            say("   n N go on, Esc clears", theme.muted),
        ]));
    }
    if !map::is_bare(area) {
        lines.extend(too_long(model, raw, theme, glyphs, area));
    } else if lines.is_empty() {
        let path = cut_start(&raw.tree.path(raw.cursor), usize::from(area.width), glyphs);
        lines.push(Line::from(say(path, theme.text)));
    }
    (!lines.is_empty()).then_some(lines)
}

/// The value under the cursor, if its own line is too short for it.
fn too_long(model: &Model, raw: &Raw, theme: &Theme, glyphs: Glyphs, area: Rect) -> Pane {
    let Some(pane) = map::map(area, model, 1).and_then(|map| map.pane) else { return Pane::new() };
    let width = pane.width.saturating_sub(2);
    let line = whole(&raw.tree, raw.cursor, &raw.search, theme, glyphs, width);
    let node = raw.tree.node(raw.cursor);
    if node.members > 0 || line.width() <= usize::from(width) {
        return Pane::new();
    }
    let value = Line::from(say(&node.value, theme.code));
    let value = cut(value, area.width.saturating_mul(MOST), theme, glyphs);
    wrap::cut(&value, &Span::default(), area.width)
}

fn hits(raw: &Raw, theme: &Theme) -> Span<'static> {
    let count = raw.search.found.len();
    match raw.search.number(raw.cursor) {
        _ if !raw.search.is_active() => Span::default(),
        _ if count == 0 => say("  no match", theme.alert),
        Some(number) => say(format!("  {number} of {count}"), theme.muted),
        None => say(format!("  {count} found"), theme.muted),
    }
}

/// The end of a text that is too wide: of a path that says most.
fn cut_start(text: &str, width: usize, glyphs: Glyphs) -> String {
    let text = escape(text);
    if text.width() <= width {
        return text.into_owned();
    }
    let mut room = width.saturating_sub(glyphs.cut_sign().width());
    let fits = |(_, c): &(usize, char)| {
        let wide = c.width().unwrap_or(0);
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        fits
    };
    let from = text.char_indices().rev().take_while(fits).last();
    format!("{}{}", glyphs.cut_sign(), from.map_or("", |(at, _)| &text[at..]))
}
