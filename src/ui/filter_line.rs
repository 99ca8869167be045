//! The line in which the filter is typed, and below it where it cannot be read and why, or the
//! words that Tab goes through.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Pane;
use super::fit::{Part, fit};
use super::glyphs::Glyphs;
use super::theme::Theme;
use super::wrap::wrap;
use crate::app::filter::FilterError;
use crate::app::filter::complete::Completion;
use crate::app::model::Model;
use crate::domain::text::escape;

/// Lines of the screen that the header, the footer and one row of the table take.
const OTHERS: u16 = 5;

/// The filter as it is being typed, for a screen of this size.
pub fn lines(model: &Model, theme: &Theme, glyphs: Glyphs, area: Rect) -> Pane {
    let width = usize::from(area.width);
    let shown = Shown::of(model, glyphs, width);
    let room = usize::from(area.height.saturating_sub(OTHERS)).max(1);
    let mut lines = vec![shown.prompt(model, theme, glyphs, width)];
    match (&model.filter.completion, &model.filter.error) {
        (Some(completion), _) => lines.push(words(completion, theme, width)),
        (None, Some(error)) => {
            let whole = trouble(error, &shown, theme, area.width);
            let fits = whole.len() < room;
            let short =
                || trouble(&FilterError { hint: None, ..error.clone() }, &shown, theme, area.width);
            lines.extend(if fits { whole } else { short() });
        }
        (None, None) => {}
    }
    lines.truncate(room);
    lines
}

/// The part of the text that is shown: all of it, or what fits up to the cursor.
struct Shown {
    /// Characters before it.
    from: usize,
    text: Vec<char>,
    /// What stands before it: the slash, and the sign that something was cut.
    lead: String,
}

impl Shown {
    fn of(model: &Model, glyphs: Glyphs, width: usize) -> Self {
        let text: Vec<char> = model.filter.line.text().chars().collect();
        let cursor = model.filter.line.cursor();
        let cut = format!("/{}", glyphs.cut_sign());
        let room = |lead: &str| width.saturating_sub(lead.width() + 1);
        if cells(&text[..cursor]) <= room("/") {
            return Self { from: 0, text, lead: "/".to_owned() };
        }
        let fits = |from: &usize| cells(&text[*from..cursor]) <= room(&cut);
        let from = (0..=cursor).find(fits).unwrap_or(cursor);
        Self { from, text: text[from..].to_vec(), lead: cut }
    }

    /// The cell at which a character of the whole text stands; `None` where it is not shown.
    fn cell(&self, character: usize) -> Option<usize> {
        let before = self.text.get(..character.checked_sub(self.from)?)?;
        Some(self.lead.width() + cells(before))
    }

    fn prompt(&self, model: &Model, theme: &Theme, glyphs: Glyphs, width: usize) -> Line<'static> {
        let wrong = model.filter.error.is_some() && model.filter.completion.is_none();
        let (sign, style) = match wrong {
            true => (theme.alert, theme.alert),
            false => (theme.key, theme.text),
        };
        let (before, after) = self.text.split_at(model.filter.line.cursor() - self.from);
        let text = |chars: &[char]| Span::styled(chars.iter().collect::<String>(), style);
        let mut spans = vec![Span::styled(self.lead.clone(), sign), text(before)];
        match after.split_first() {
            None => spans.push(Span::styled(glyphs.cursor(), sign)),
            Some((under, after)) => {
                let cursor = style.add_modifier(Modifier::REVERSED);
                spans.push(Span::styled(under.to_string(), cursor));
                spans.push(text(after));
            }
        }
        let says = match wrong {
            true => "what is shown is from before".to_owned(),
            false => format!("{} shown", model.index.visible().len()),
        };
        let keys = if wrong { "Esc clears" } else { "Tab completes, Enter keeps, Esc clears" };
        let says = vec![Span::styled(says, if wrong { theme.alert } else { theme.muted })];
        let keys = vec![Span::styled(keys, theme.muted)];
        let used: usize = spans.iter().map(Span::width).sum();
        let mut line = Line::from(spans);
        let rest = fit(
            vec![Part::new(2, says), Part::new(1, keys)],
            "   ",
            width.saturating_sub(used + 2),
        );
        if !rest.spans.is_empty() {
            line.push_span("  ");
            line.extend(rest.spans);
        }
        line
    }
}

fn cells(chars: &[char]) -> usize {
    chars.iter().map(|c| c.width().unwrap_or(0)).sum()
}

/// Carets under the place, and the reason beside them where it fits, else below.
fn trouble(error: &FilterError, shown: &Shown, theme: &Theme, width: u16) -> Pane {
    let room = usize::from(width);
    let message = Span::styled(error.message.clone(), theme.alert);
    let mut says = Line::from(message);
    if let Some(hint) = &error.hint {
        says.push_span(Span::styled(format!("; {hint}"), theme.muted));
    }
    let Some(from) = shown.cell(error.column).filter(|cell| *cell < room) else {
        return wrap([says], width);
    };
    let to = shown.cell(error.column + error.length).unwrap_or(room).min(room);
    let carets = "^".repeat(to.saturating_sub(from).max(1));
    let carets = vec![Span::raw(" ".repeat(from)), Span::styled(carets, theme.alert)];
    let mut line = Line::from(carets);
    if line.width() + 1 + says.width() <= room {
        line.push_span(" ");
        line.extend(says.spans);
        return vec![line];
    }
    let mut lines = vec![line];
    lines.extend(wrap([says], width));
    lines
}

/// The words around the chosen one, as many as fit.
fn words(completion: &Completion, theme: &Theme, width: usize) -> Line<'static> {
    let count = completion.words.len();
    let parts = (0..count).map(|step| {
        // Those before the chosen one come last: the nearest ones to come matter most.
        let at = (completion.chosen + step) % count;
        let style = if step == 0 { theme.key } else { theme.muted };
        let rank = u8::try_from(count - step).unwrap_or(u8::MAX);
        Part::new(rank, vec![Span::styled(escape(&completion.words[at]).into_owned(), style)])
    });
    fit(parts.collect(), "  ", width)
}
