//! From a span of bytes to a line with a caret under it.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::Mistake;
use crate::domain::text::escape;

/// A mistake as it is found: a span of the text and raw words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where in the text.
    pub span: Range<usize>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What was expected, or the next step.
    pub hint: String,
}

/// The cells that a shown line may take.
const CELLS: usize = 100;
/// The cells shown before the caret where a line is cut.
const BEFORE: usize = 40;

/// Shows a mistake on its line. `secrets` are spans whose text is replaced by an ellipsis.
pub(in crate::config) fn render(text: &str, secrets: &[Range<usize>], found: &Found) -> Mistake {
    let start = boundary(text, found.span.start);
    let (line, column) = position(text, start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let span = start..found.span.end.clamp(start, line_end);
    let near = near(text, start, line_start..line_end);
    let cut = (near.start > line_start, near.end < line_end);
    let cells = cells(text, near, secrets);
    let (source, indent, width) = around(&cells, &span, cut);
    let plain = |words: &str| escape(words).into_owned();
    Mistake {
        line,
        column,
        message: plain(&found.message),
        hint: plain(&found.hint),
        source,
        indent,
        width,
    }
}

/// The part of a line that may be shown at all: a line may be as long as the file.
fn near(text: &str, start: usize, line: Range<usize>) -> Range<usize> {
    let before = text[line.start..start].char_indices().rev().nth(2 * CELLS);
    let after = text[start..line.end].char_indices().nth(2 * CELLS);
    before.map_or(line.start, |(at, _)| line.start + at)
        ..after.map_or(line.end, |(at, _)| start + at)
}

/// Line and column in characters of a byte offset, both from 1. A byte order mark is no column.
pub(in crate::config) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..boundary(text, offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    (line, column)
}

/// The nearest start of a character at or before the offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A character as it is shown, and the byte that it stood at.
struct Cell {
    at: usize,
    shown: String,
    width: usize,
}

fn cells(text: &str, line: Range<usize>, secrets: &[Range<usize>]) -> Vec<Cell> {
    let crosses = |span: &&Range<usize>| span.start < line.end && span.end > line.start;
    let secrets: Vec<&Range<usize>> = secrets.iter().filter(crosses).collect();
    let mut shown = Vec::new();
    let mut hidden = false;
    for (offset, c) in text[line.clone()].char_indices() {
        let at = line.start + offset;
        let secret = secrets.iter().any(|span| span.contains(&at));
        let piece = match c {
            _ if secret && hidden => String::new(),
            _ if secret => "…".to_owned(),
            '\u{feff}' | '\r' => String::new(),
            '\t' => "    ".to_owned(),
            c => escape(c.encode_utf8(&mut [0; 4])).into_owned(),
        };
        hidden = secret;
        let width = piece.width();
        shown.push(Cell { at, shown: piece, width });
    }
    shown
}

/// The shown line, cut to what fits around the span, with the caret's place and width. `cut`
/// says whether the line goes on before and after the cells.
fn around(cells: &[Cell], span: &Range<usize>, cut: (bool, bool)) -> (String, usize, usize) {
    let width = |part: &[Cell]| part.iter().map(|cell| cell.width).sum::<usize>();
    let caret = cells.partition_point(|cell| cell.at < span.start);
    let end = cells.partition_point(|cell| cell.at < span.end).max(caret);
    let first = if width(cells) > CELLS { before(&cells[..caret]) } else { 0 };
    let mut last = first;
    let mut used = 0;
    while last < cells.len() && used + cells[last].width <= CELLS {
        used += cells[last].width;
        last += 1;
    }
    let head = if first > 0 || cut.0 { "…" } else { "" };
    let tail = if last < cells.len() || cut.1 { "…" } else { "" };
    let body: String = cells[first..last].iter().map(|cell| cell.shown.as_str()).collect();
    let indent = head.width() + width(&cells[first..caret]);
    let marked = width(&cells[caret..end.min(last).max(caret)]).max(1);
    (format!("{head}{}{tail}", body.trim_end()), indent, marked)
}

/// The first of the cells that are shown before the caret where a line is cut.
fn before(cells: &[Cell]) -> usize {
    let mut used = 0;
    let mut first = cells.len();
    while first > 0 && used + cells[first - 1].width <= BEFORE {
        first -= 1;
        used += cells[first].width;
    }
    first
}
