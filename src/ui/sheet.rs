//! A pane under construction. Every text that goes in is made harmless here.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::Pane;
use super::glyphs::Glyphs;
use super::theme::Theme;
use super::wrap;
use crate::domain::text::escape;

/// The column in which values begin.
const VALUES: usize = 15;

/// Under this width a value stands on the line below its label.
const NARROW: u16 = 34;

/// Text of anybody, made harmless and styled.
pub(super) fn say(text: impl AsRef<str>, style: Style) -> Span<'static> {
    Span::styled(escape(text.as_ref()).into_owned(), style)
}

/// Harmless text with blanks after it, so that the next column begins where it should.
pub(super) fn pad(text: &str, columns: usize, style: Style) -> Span<'static> {
    let mut text = escape(text).into_owned();
    let blanks = columns.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', blanks));
    Span::styled(text, style)
}

/// The columns that the widest of some texts takes up, but no more than `most`.
pub(super) fn widest<'t>(texts: impl Iterator<Item = &'t str>, most: usize) -> usize {
    texts.map(|t| escape(t).width()).max().unwrap_or(0).min(most)
}

/// A pane under construction.
pub(super) struct Sheet<'a> {
    pub(super) theme: &'a Theme,
    pub(super) glyphs: Glyphs,
    width: u16,
    lines: Pane,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(theme: &'a Theme, glyphs: Glyphs, width: u16) -> Self {
        Self { theme, glyphs, width, lines: Vec::new() }
    }

    pub(super) fn finish(self) -> Pane {
        self.lines
    }

    /// A heading, after an empty line where it is not the first.
    pub(super) fn heading(&mut self, text: &str) {
        self.heading_spans(vec![say(text, self.theme.title)]);
    }

    /// A heading of several styles.
    pub(super) fn heading_spans(&mut self, spans: Vec<Span<'static>>) {
        self.blank();
        self.spans(spans);
    }

    /// An empty line, unless nothing stands above it.
    pub(super) fn blank(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }

    /// A paragraph of one style.
    pub(super) fn text(&mut self, text: impl AsRef<str>, style: Style) {
        self.spans(vec![say(text, style)]);
    }

    /// A paragraph.
    pub(super) fn spans(&mut self, spans: Vec<Span<'static>>) {
        self.indented(0, spans);
    }

    /// A paragraph whose lines after the first are indented.
    pub(super) fn indented(&mut self, hang: usize, spans: Vec<Span<'static>>) {
        self.lines.extend(wrap::hanging(&Line::from(spans), hang, self.width));
    }

    /// A label and its value.
    pub(super) fn row(&mut self, label: &str, value: Vec<Span<'static>>) {
        if self.width < NARROW {
            self.text(label, self.theme.muted);
            let mut spans = vec![say("  ", self.theme.text)];
            spans.extend(value);
            return self.indented(2, spans);
        }
        let mut spans = vec![say(format!("{label:<VALUES$}"), self.theme.muted)];
        spans.extend(value);
        self.indented(VALUES, spans);
    }

    /// A label and a value of one style.
    pub(super) fn fact(&mut self, label: &str, value: impl AsRef<str>) {
        self.row(label, vec![say(value, self.theme.text)]);
    }

    /// A line of code: it is cut, never wrapped, and what goes on is marked.
    pub(super) fn code(&mut self, spans: Vec<Span<'static>>) {
        let mark = say(format!("{} ", self.glyphs.continued()), self.theme.muted);
        self.lines.extend(wrap::cut(&Line::from(spans), &mark, self.width));
    }
}
