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
use crate::app::keymap::{Action, Context, Key};
use crate::app::model::{Model, View};
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
        return may_follow(model, prefix, theme, usize::from(width));
    }
    if let Some(question) = &model.preflights.question {
        let says = format!(
            "connect to {} from this machine? y once and for this session / n",
            question.target
        );
        return wrap([Line::styled(says, theme.key)], width);
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

/// Every key that may follow the one that was pressed, on as many lines as that takes.
fn may_follow(model: &Model, prefix: Key, theme: &Theme, width: usize) -> Pane {
    let mut lines = vec![Line::default()];
    for (key, means) in following(model, prefix) {
        let keys = Span::styled(key, theme.key);
        let means = Span::styled(format!(" {means}   "), theme.muted);
        let last = lines.last_mut().expect("it began with one line");
        if last.width() + keys.width() + means.width() > width + 3 {
            lines.push(Line::from(vec![keys, means]));
        } else {
            last.extend([keys, means]);
        }
    }
    lines
}

/// Keys and what they do; in the place of "any letter", the views that there are.
fn following(model: &Model, prefix: Key) -> Vec<(String, String)> {
    let mut following = Vec::new();
    for (key, binding) in model.keymap.continuations(prefix, model.context()) {
        if binding.action == Action::RecallView && !model.views.is_empty() {
            let views = model.views.iter();
            following.extend(views.map(|(name, view)| (name.to_string(), view.words())));
        } else {
            following.push((key.to_owned(), binding.help.clone()));
        }
    }
    following
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

/// What is not in the numbers, and the key that tells why; empty if everything is.
pub fn missing(model: &Model) -> String {
    let who = match failed_accounts(model) {
        0 => return String::new(),
        1 => "1 account is".to_owned(),
        n => format!("{n} accounts are"),
    };
    let why = if model.view == View::Accounts { "" } else { ": 3 tells why" };
    format!(" {who} not wholly in these numbers{why} ")
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
