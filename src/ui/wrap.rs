//! Styled lines broken to a width, in display cells.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// Fewer columns than this on a line are not worth beginning an over-long word in.
const STUB: usize = 8;

/// Breaks lines at blanks; what a line goes on in is indented as the line itself. A word that is
/// wider than the width is cut. Nothing but blanks at a break is lost.
pub fn wrap(lines: impl IntoIterator<Item = Line<'static>>, width: u16) -> Vec<Line<'static>> {
    lines
        .into_iter()
        .flat_map(|line| {
            let hang = line.iter().flat_map(|s| s.content.chars()).take_while(|c| *c == ' ');
            let hang = hang.count();
            hanging(&line, hang, width)
        })
        .collect()
}

/// Breaks one line at blanks; what it goes on in is indented by `hang` columns, and by no more
/// than half of the width.
pub fn hanging(line: &Line<'static>, hang: usize, width: u16) -> Vec<Line<'static>> {
    if fits(line, width) {
        return vec![line.clone()];
    }
    let mut rows = Rows::new(hang, width);
    let mut word: Vec<Cell<'_>> = Vec::new();
    for cell in cells(line) {
        if cell.symbol == " " {
            rows.put_word(&mut word);
            rows.blanks.push(cell);
        } else {
            word.push(cell);
        }
    }
    rows.put_word(&mut word);
    rows.finish(line)
}

/// Cuts a line of code wherever it must be cut, blanks kept, and marks what goes on: a reader
/// must see what is one line.
pub fn cut(line: &Line<'static>, mark: &Span<'static>, width: u16) -> Vec<Line<'static>> {
    if fits(line, width) {
        return vec![line.clone()];
    }
    let width = usize::from(width).max(mark.width() + 2);
    let mut rows = vec![Vec::new()];
    let mut used = 0;
    for cell in cells(line) {
        if used + cell.width > width {
            rows.push(vec![Cell {
                symbol: mark.content.as_ref(),
                style: mark.style,
                width: mark.width(),
            }]);
            used = mark.width();
        }
        used += cell.width;
        rows.last_mut().expect("it began with one row").push(cell);
    }
    rows.into_iter().map(|row| joined(&row, line.style)).collect()
}

/// The short way for most lines. Only ASCII's width is the sum of its parts' for sure.
fn fits(line: &Line<'_>, width: u16) -> bool {
    let ascii = line.iter().all(|span| span.content.is_ascii());
    ascii && line.iter().map(|span| span.content.len()).sum::<usize>() <= usize::from(width)
}

/// A grapheme with its style, as it takes up cells of the screen.
#[derive(Clone)]
struct Cell<'a> {
    symbol: &'a str,
    style: Style,
    width: usize,
}

fn cells<'a>(line: &'a Line<'static>) -> impl Iterator<Item = Cell<'a>> {
    let graphemes = line.iter().flat_map(|span| span.styled_graphemes(Style::new()));
    graphemes.flat_map(|grapheme| {
        let style = grapheme.style;
        pieces(grapheme.symbol).map(move |symbol| Cell { symbol, style, width: symbol.width() })
    })
}

/// A grapheme; one of many marks, which may be wider than any line, in its characters.
fn pieces(symbol: &str) -> impl Iterator<Item = &str> {
    let is_broken = symbol.width() > 2;
    let ends = symbol.char_indices().map(|(at, c)| at + c.len_utf8());
    let ends = ends.filter(move |end| is_broken || *end == symbol.len());
    ends.scan(0, |from, end| Some(&symbol[std::mem::replace(from, end)..end]))
}

struct Rows<'a> {
    width: usize,
    hang: usize,
    rows: Vec<Vec<Cell<'a>>>,
    row: Vec<Cell<'a>>,
    used: usize,
    /// Blanks that count only if a word follows them on the same row.
    blanks: Vec<Cell<'a>>,
    /// The row holds more than its indentation.
    begun: bool,
}

impl<'a> Rows<'a> {
    fn new(hang: usize, width: u16) -> Self {
        // A wide character needs two columns.
        let width = usize::from(width).max(2);
        Self {
            width,
            hang: hang.min(width / 2).min(width - 2),
            rows: Vec::new(),
            row: Vec::new(),
            used: 0,
            blanks: Vec::new(),
            begun: false,
        }
    }

    fn put_word(&mut self, word: &mut Vec<Cell<'a>>) {
        if word.is_empty() {
            return;
        }
        let wide: usize = word.iter().map(|c| c.width).sum();
        let blank = self.blanks.len();
        let left = self.width.saturating_sub(self.used + blank);
        let fits_alone = wide <= self.width - self.hang;
        if wide > left && self.begun && (fits_alone || left < STUB) {
            self.break_row();
        }
        if self.used + self.blanks.len() < self.width {
            self.used += self.blanks.len();
            self.row.append(&mut self.blanks);
        }
        self.blanks.clear();
        match self.used + wide <= self.width {
            true => self.put_cells(word),
            false => {
                let mut rest = std::mem::take(word);
                while !rest.is_empty() {
                    let mut piece = rest;
                    rest = piece.split_off(piece_end(&piece));
                    self.put_piece(piece);
                }
            }
        }
        self.begun = true;
    }

    /// A piece of an over-long word; only a piece that is over-long itself is cut inside.
    fn put_piece(&mut self, mut piece: Vec<Cell<'a>>) {
        let wide: usize = piece.iter().map(|c| c.width).sum();
        let left = self.width.saturating_sub(self.used);
        if wide > left && wide <= self.width - self.hang {
            self.break_row();
        }
        self.put_cells(&mut piece);
    }

    fn put_cells(&mut self, cells: &mut Vec<Cell<'a>>) {
        for cell in cells.drain(..) {
            if self.used + cell.width > self.width {
                self.break_row();
            }
            self.used += cell.width;
            self.row.push(cell);
        }
    }

    fn break_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.row));
        self.blanks.clear();
        let blank = Cell { symbol: " ", style: Style::new(), width: 1 };
        self.row = vec![blank; self.hang];
        self.used = self.hang;
        self.begun = false;
    }

    fn finish(mut self, line: &Line<'static>) -> Vec<Line<'static>> {
        self.rows.push(self.row);
        self.rows.iter().map(|row| joined(row, line.style)).collect()
    }
}

/// Domains, ARNs and addresses are best broken where they are made of parts.
fn piece_end(word: &[Cell<'_>]) -> usize {
    let end = word.iter().position(|c| matches!(c.symbol, "." | "/" | ":" | "=" | ","));
    end.map_or(word.len(), |at| at + 1)
}

/// Neighbours of one style become one span.
fn joined(row: &[Cell<'_>], style: Style) -> Line<'static> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    for cell in row {
        match spans.last_mut() {
            Some(span) if span.style == cell.style => span.content.to_mut().push_str(cell.symbol),
            _ => spans.push(Span::styled(cell.symbol.to_owned(), cell.style)),
        }
    }
    Line::from(spans).style(style)
}
