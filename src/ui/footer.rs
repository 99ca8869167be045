//! The status line and the key hints.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Pane;
use super::distributions::sentence;
use super::filter_line;
use super::fit::{Part, fit};
use super::follow_up;
use super::glyphs::Glyphs;
use super::header::failed_accounts;
use super::map::{is_bare, is_split};
use super::raw;
use super::table::cut_end;
use super::theme::Theme;
use super::whichkey::following;
use super::wrap::wrap;
use crate::app::keymap::{Action, Binding, Context, Key};
use crate::app::model::{Model, View};
use crate::app::popup::{Page, Popup};
use crate::domain::finding::Finding;
use crate::domain::text::escape;

/// A notice, the filter line, the keys that may follow, or what is not in the numbers.
///
/// A notice takes the lines that it needs, and so does a filter that cannot be read.
pub fn status(model: &Model, theme: &Theme, glyphs: Glyphs, area: Rect) -> Pane {
    let width = area.width;
    if model.filter.editing {
        return filter_line::lines(model, theme, glyphs, area);
    }
    if let Some(line) = raw::prompt(model, theme, glyphs) {
        return vec![line];
    }
    let page = model.popup.as_ref().and_then(Popup::page);
    if let Some(page) = page.filter(|page| page.searching || !page.search.text().is_empty()) {
        return vec![search_line(page, theme, glyphs)];
    }
    if let Some(prefix) = model.prefix.filter(|_| is_bare(area)) {
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
    if let Some(lines) = raw::status(model, theme, glyphs, area) {
        return lines;
    }
    let mut says = match (model.finding(), model.context()) {
        (Some(finding), Context::Origins) if !is_split(area) => finding.reason(),
        (Some(finding), Context::Origins | Context::Detail | Context::Raw) => {
            path(model, &finding, glyphs)
        }
        (_, Context::Distributions) => distribution_path(model, glyphs),
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

fn search_line(page: &Page, theme: &Theme, glyphs: Glyphs) -> Line<'static> {
    let (cursor, keys) = match page.searching {
        true => (glyphs.cursor(), "  Enter keeps, Esc clears"),
        false => ("", "  Esc shows everything"),
    };
    Line::from(vec![
        Span::styled("/", theme.key),
        Span::raw(page.search.text().to_owned()),
        Span::styled(cursor, theme.key),
        Span::styled(keys, theme.muted),
    ])
}

/// Where a finding is, as a path.
fn path(model: &Model, finding: &Finding<'_>, glyphs: Glyphs) -> String {
    let at = model.position().map_or(0, |at| at + 1);
    let path = [
        format!("{at}/{}", model.index.passing().len()),
        escape(&finding.account.name).into_owned(),
        escape(finding.distribution.id.as_str()).into_owned(),
        escape(finding.origin.id.as_str()).into_owned(),
    ];
    path.join(&format!(" {} ", glyphs.step()))
}

/// Where a distribution is, as a path, and what its origins come to.
fn distribution_path(model: &Model, glyphs: Glyphs) -> String {
    let table = &model.distributions;
    let (Some(held), Some(at)) = (model.distribution(), table.position()) else {
        return String::new();
    };
    let path = [
        format!("{}/{}", at + 1, table.lines().len()),
        escape(&held.account.name).into_owned(),
        escape(held.distribution.id.as_str()).into_owned(),
    ];
    let says = sentence(&table.lines()[at].counts, model.narrowing.lens);
    format!("{}: {says}", path.join(&format!(" {} ", glyphs.step())))
}

/// What is not in the numbers, and the key that tells why; empty if everything is.
pub fn missing(model: &Model) -> String {
    let who = match failed_accounts(model) {
        0 => return String::new(),
        1 => "1 account is".to_owned(),
        n => format!("{n} accounts are"),
    };
    let why = match model.view {
        View::Accounts => String::new(),
        View::Origins | View::Distributions => {
            format!(": {} tells why", model.keymap.key(Action::ViewAccounts))
        }
    };
    format!(" {who} not wholly in these numbers{why} ")
}

/// The keys that hold here, the most useful ones where it is narrow.
pub fn hints(model: &Model, theme: &Theme, width: usize) -> Line<'static> {
    let context = model.context();
    if context == Context::Palette {
        let keys = [("Enter", "run"), ("Esc", "close"), ("Up Down", "choose"), ("Tab", "complete")];
        let parts =
            keys.iter().zip((0..4).rev()).map(|((k, word), rank)| hint(rank, k, word, theme));
        return fit(parts.collect(), "  ", width);
    }
    let mut bindings: Vec<_> = model
        .keymap
        .bindings()
        .iter()
        .filter(|b| b.holds_in(context) && is_hinted(b, context))
        .filter_map(|b| Some((b.rank, b.keys.first()?, b.hint.as_ref()?)))
        .collect();
    bindings.sort_by_key(|(rank, ..)| std::cmp::Reverse(*rank));
    let parts = bindings.into_iter().map(|(rank, key, word)| hint(rank, key, word, theme));
    fit(parts.collect(), "  ", width)
}

/// In what lies over the screen its own keys count, and of the others those that lead out of it.
fn is_hinted(binding: &Binding, context: Context) -> bool {
    match context {
        Context::Help | Context::Messages | Context::Columns | Context::Facets => {
            !binding.contexts.is_empty() || binding.rank >= 60
        }
        _ => true,
    }
}

fn hint(rank: u8, key: &str, word: &str, theme: &Theme) -> Part {
    let key = Span::styled(key.to_owned(), theme.key);
    Part::new(rank, vec![key, Span::raw(" "), Span::styled(word.to_owned(), theme.muted)])
}
