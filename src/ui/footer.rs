//! The status line and the key hints.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Pane;
use super::fit::{Part, fit};
use super::follow_up;
use super::glyphs::Glyphs;
use super::header::failed_accounts;
use super::map::is_split;
use super::table::cut_end;
use super::theme::Theme;
use super::wrap::wrap;
use crate::app::keymap::Context;
use crate::app::model::Model;
use crate::domain::finding::Finding;
use crate::domain::text::escape;

/// A notice, the filter line, the keys that may follow, or what is not in the numbers.
///
/// A notice takes the lines that it needs; everything else is one line.
pub fn status(model: &Model, theme: &Theme, glyphs: Glyphs, area: Rect) -> Pane {
    let width = area.width;
    if model.filter.editing {
        return vec![filter_line(model, theme, glyphs)];
    }
    if let Some(prefix) = model.prefix {
        let parts = model
            .keymap
            .continuations(prefix, model.context())
            .into_iter()
            .map(|(key, binding)| hint(90, key, &binding.help, theme));
        return vec![fit(parts.collect(), "   ", usize::from(width))];
    }
    if let Some(notice) = &model.notice {
        let style = if notice.alert { theme.alert } else { theme.title };
        return wrap([Line::styled(notice.text.clone(), style)], width);
    }
    if let Some(progress) = follow_up::progress(model) {
        let says = cut_end(&progress, usize::from(width), glyphs);
        return vec![Line::styled(says, theme.title)];
    }
    let mut says = match (model.finding(), model.context()) {
        (Some(finding), Context::Origins) if !is_split(area) => finding.reason(),
        (Some(finding), Context::Origins | Context::Detail) => path(model, &finding, glyphs),
        _ => String::new(),
    };
    if let Some(mark) = follow_up::copied(model).filter(|_| !says.is_empty()) {
        says = format!("{mark}  {says}");
    }
    vec![Line::styled(cut_end(&says, usize::from(width), glyphs), theme.muted)]
}

fn filter_line(model: &Model, theme: &Theme, glyphs: Glyphs) -> Line<'static> {
    let mut line = Line::from(vec![
        Span::styled("/", theme.key),
        Span::raw(model.filter.text.clone()),
        Span::styled(glyphs.cursor(), theme.key),
    ]);
    match &model.filter.error {
        Some(error) => line.push_span(Span::styled(
            format!("  {error}; what is shown is from before"),
            theme.alert,
        )),
        None => line.push_span(Span::styled(
            format!("  {} shown   Enter keeps, Esc clears", model.index.visible().len()),
            theme.muted,
        )),
    }
    line
}

/// Where a finding is, as a path.
fn path(model: &Model, finding: &Finding<'_>, glyphs: Glyphs) -> String {
    let at = model.position().map_or(0, |at| at + 1);
    let path = [
        format!("{at}/{}", model.index.visible().len()),
        escape(&finding.account.name).into_owned(),
        escape(finding.distribution.id.as_str()).into_owned(),
        escape(finding.origin.id.as_str()).into_owned(),
    ];
    path.join(&format!(" {} ", glyphs.step()))
}

/// What is not in the numbers; empty if everything is.
pub fn missing(model: &Model) -> String {
    match failed_accounts(model) {
        0 => String::new(),
        1 => " 1 account is not wholly in these numbers: 3 tells why ".to_owned(),
        n => format!(" {n} accounts are not wholly in these numbers: 3 tells why "),
    }
}

/// The keys that hold here, the most useful ones where it is narrow.
pub fn hints(model: &Model, theme: &Theme, width: usize) -> Line<'static> {
    let context = model.context();
    let mut bindings: Vec<_> = model
        .keymap
        .bindings()
        .iter()
        .filter(|b| b.holds_in(context) && (context != Context::Help || b.rank >= 60))
        .filter_map(|b| Some((b.rank, b.keys.first()?, b.hint.as_ref()?)))
        .collect();
    bindings.sort_by_key(|(rank, ..)| std::cmp::Reverse(*rank));
    let parts = bindings.into_iter().map(|(rank, key, word)| hint(rank, key, word, theme));
    fit(parts.collect(), "  ", width)
}

fn hint(rank: u8, key: &str, word: &str, theme: &Theme) -> Part {
    let key = Span::styled(key.to_owned(), theme.key);
    Part::new(rank, vec![key, Span::raw(" "), Span::styled(word.to_owned(), theme.muted)])
}
