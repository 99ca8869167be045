//! The table of distributions, and what is told of one: only the lines that fit are looked at.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::glyphs::Glyphs;
use super::sheet::{Sheet, say};
use super::table::{cut_middle, head_and_body, pad};
use super::theme::Theme;
use super::{Pane, distribution, follow_up};
use crate::app::distributions::Rolled;
use crate::app::model::Model;
use crate::app::store::{Counts, Held};
use crate::app::tab::Tab;
use crate::domain::rule::{self, RULE_ID, Rule};
use crate::domain::text::escape;
use crate::domain::verdict::{Lens, Verdict};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Verdict,
    Rule,
    Account,
    Distribution,
    Alias,
    Origins,
    Of(Verdict),
    Behaviors,
    Status,
    Modified,
    Comment,
}

impl Column {
    fn title(self) -> &'static str {
        match self {
            Self::Verdict => "VERDICT",
            Self::Rule => "D9",
            Self::Account => "ACCOUNT",
            Self::Distribution => "DISTRIBUTION",
            Self::Alias => "ALIAS",
            Self::Origins => "ORIGINS",
            Self::Of(verdict) => verdict.word().trim_end(),
            Self::Behaviors => "BEHAVIORS",
            Self::Status => "STATUS",
            Self::Modified => "MODIFIED",
            Self::Comment => "COMMENT",
        }
    }
}

/// Fewer cells say nothing of an alias.
const ALIAS: usize = 8;

/// The cursor's mark and a blank, as in the other tables.
const MARGIN: usize = 2;

/// The columns with their widths for a table of this width; accounts have names of this width.
/// One column takes what is left.
fn columns(width: usize, names: usize) -> Vec<(Column, usize)> {
    let most = match width {
        0..60 => 11,
        60..100 => 13,
        _ => 24,
    };
    let mut columns = vec![
        (Column::Verdict, 7),
        (Column::Rule, 2),
        (Column::Account, names.clamp(7, most)),
        (Column::Distribution, 14),
    ];
    if width >= 54 {
        columns.extend([(Column::Alias, 0), (Column::Origins, 8)]);
        columns
            .extend([Verdict::Fail, Verdict::Unknown, Verdict::Warn].map(|v| (Column::Of(v), 4)));
    }
    if width >= 100 {
        columns.extend([(Column::Behaviors, 9), (Column::Status, 10), (Column::Modified, 10)]);
    }
    let fixed = |columns: &[(Column, usize)]| -> usize {
        MARGIN + columns.iter().map(|(_, width)| width + 1).sum::<usize>()
    };
    for least in [Column::Of(Verdict::Warn), Column::Of(Verdict::Unknown), Column::Alias] {
        if fixed(&columns) + ALIAS > width {
            columns.retain(|(column, _)| *column != least);
        }
    }
    let left = width.saturating_sub(fixed(&columns));
    let comment = if left >= 60 { left / 2 } else { 0 };
    for (_, room) in columns.iter_mut().filter(|(column, _)| *column == Column::Alias) {
        *room = left - comment;
    }
    if comment > 0 {
        columns.push((Column::Comment, comment - 1));
    }
    columns
}

/// What stands in the border of the table.
pub fn title(model: &Model) -> String {
    let table = &model.distributions;
    let at = table.position().map_or("-".to_owned(), |at| (at + 1).to_string());
    format!(" Distributions {at}/{} ", table.lines().len())
}

/// Draws the table; returns how many lines it had room for.
pub fn draw(
    model: &Model,
    theme: &Theme,
    glyphs: Glyphs,
    area: Rect,
    frame: &mut Frame<'_>,
) -> usize {
    let columns = columns(usize::from(area.width), model.longest_name());
    let [head, body] = head_and_body(area);
    let mut titles = " ".repeat(MARGIN);
    for (column, width) in &columns {
        titles += &(pad(column.title(), *width) + " ");
    }
    frame.render_widget(Line::styled(titles, theme.muted), head);
    let room = usize::from(body.height);
    let table = &model.distributions;
    for (y, line) in (body.y..).zip(table.lines().iter().skip(table.top).take(room)) {
        let Some(held) = model.store.held(line.ix) else { continue };
        let area = Rect { y, height: 1, ..body };
        let selected = table.selected == Some(line.ix);
        let cursor = if selected { glyphs.cursor() } else { " " };
        let mut cells = Line::from(vec![Span::styled(cursor, theme.key), Span::raw(" ")]);
        for (column, width) in &columns {
            let (text, style) = cell(model, line, &held, *column, theme, glyphs);
            let text = cut_middle(&text, *width, glyphs);
            cells.extend([Span::styled(pad(&text, *width), style), Span::raw(" ")]);
        }
        frame.render_widget(cells, area);
        if selected {
            frame.buffer_mut().set_style(area, theme.selected);
        }
    }
    if table.lines().is_empty() {
        frame.render_widget(Line::styled(nothing(model), theme.muted), body);
    }
    room
}

fn nothing(model: &Model) -> &'static str {
    let narrowed = !model.narrowing.filter.is_empty() || model.narrowing.problems;
    match (model.store.is_loading(), narrowed) {
        (true, true) => "  nothing yet that passes the filter; accounts are still being read",
        (true, false) => "  reading the accounts …",
        (false, true) => "  nothing passes: / and f narrow it down",
        (false, false) if model.store.coverage().is_whole() => "  no distribution in any account",
        (false, false) => "  nothing was read: 3 shows each account and why",
    }
}

fn cell<'a>(
    model: &Model,
    line: &Rolled,
    held: &Held<'a>,
    column: Column,
    theme: &Theme,
    glyphs: Glyphs,
) -> (Cow<'a, str>, Style) {
    let distribution = held.distribution;
    match column {
        Column::Verdict => {
            let text = format!("{} {}", glyphs.verdict(line.verdict), line.verdict.word());
            (text.into(), theme.verdict(line.verdict))
        }
        Column::Rule => rule_cell(model, line, held, theme, glyphs),
        Column::Account => (escape(&held.account.name), theme.text),
        Column::Distribution => (escape(distribution.id.as_str()), theme.text),
        Column::Alias => (alias(&distribution.aliases), theme.muted),
        Column::Origins => (of_all(line).into(), theme.text),
        Column::Of(verdict) => match line.counts.of(verdict) {
            0 => ("-".into(), theme.muted),
            count => (count.to_string().into(), theme.verdict(verdict)),
        },
        Column::Behaviors => (distribution.behaviors.len().to_string().into(), theme.muted),
        Column::Status => (status(held), theme.muted),
        Column::Modified => {
            let day = distribution.last_modified.map(|at| at.strftime("%Y-%m-%d").to_string());
            (day.map_or("-".into(), Cow::Owned), theme.muted)
        }
        Column::Comment => (escape(&distribution.comment), theme.muted),
    }
}

/// The rule's answer for the whole distribution, and the mark of a gap: it does not fail, yet
/// plaintext travels to one of the origins.
fn rule_cell(
    model: &Model,
    line: &Rolled,
    held: &Held<'_>,
    theme: &Theme,
    glyphs: Glyphs,
) -> (Cow<'static, str>, Style) {
    let (rule, _) = rule::of_distribution(held.distribution);
    let answer = match rule {
        _ if !held.distribution.defects.is_empty() => '?',
        Rule::Pass => 'P',
        Rule::Fail => 'F',
        Rule::NotApplicable => '-',
    };
    let plaintext = model.store.findings_in(line.ix).any(|f| f.assessment.is_plaintext());
    match plaintext && rule != Rule::Fail {
        true => (format!("{answer}{}", glyphs.gap()).into(), theme.fails),
        false => (answer.to_string().into(), theme.muted),
    }
}

/// The first alias, and how many there are besides.
fn alias(aliases: &[String]) -> Cow<'_, str> {
    match aliases {
        [] => "-".into(),
        [only] => escape(only),
        [first, others @ ..] => format!("{} +{}", escape(first), others.len()).into(),
    }
}

/// All of its origins, or how many of them pass the filter.
fn of_all(line: &Rolled) -> String {
    match (line.shown, line.counts.origins()) {
        (shown, all) if shown == all => all.to_string(),
        (shown, all) => format!("{shown} of {all}"),
    }
}

fn status<'a>(held: &Held<'a>) -> Cow<'a, str> {
    match (held.distribution.enabled, held.distribution.status.as_str()) {
        (false, "Deployed") => "disabled".into(),
        (_, "") => "-".into(),
        (_, status) => escape(status),
    }
}

/// What stands in the border of the pane.
pub fn heading(model: &Model, theme: &Theme) -> Line<'static> {
    let Some(held) = model.distribution() else { return Line::default() };
    let id = escape(held.distribution.id.as_str());
    Line::styled(format!(" {id}  {} ", escape(&held.account.name)), theme.title)
}

/// The distribution under the cursor: what its origins come to, where requests go, and then what
/// stands [`beside`] that where there is room.
pub fn lines(model: &Model, theme: &Theme, glyphs: Glyphs, width: u16, is_alone: bool) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    let (Some(line), Some(held)) = (model.distributions.current(), model.distribution()) else {
        sheet.text("the distribution under the cursor is shown here", theme.muted);
        return sheet.finish();
    };
    let lens = model.narrowing.lens;
    let word = format!("{} {}  ", glyphs.verdict(line.verdict), line.verdict.word().trim_end());
    let said = sentence(&line.counts, lens);
    sheet.spans(vec![say(word, theme.verdict(line.verdict)), say(said, theme.text)]);
    if line.shown < line.counts.origins() {
        sheet.text(format!("{} of its origins pass the filter", of_all(line)), theme.muted);
    }
    distribution::routes(&mut sheet, held.distribution, None, lens);
    let mut lines = sheet.finish();
    if is_alone {
        lines.push(Line::default());
        lines.extend(beside(model, theme, glyphs, width));
    }
    lines
}

/// The rule's answer for the distribution under the cursor, what it is, and its tags.
pub fn beside(model: &Model, theme: &Theme, glyphs: Glyphs, width: u16) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    if let Some(held) = model.distribution() {
        distribution::rule_answer(&mut sheet, held.distribution);
        sheet.blank();
        distribution::facts(&mut sheet, held.account, held.distribution);
    }
    let mut lines = sheet.finish();
    lines.extend(follow_up::below(model, Tab::Distribution, theme, glyphs, width));
    lines
}

/// What the origins of a distribution come to.
pub fn sentence(counts: &Counts, lens: Lens) -> String {
    let all = counts.origins();
    let rule = |verb: &str| format!("{verb} {RULE_ID}");
    let (fails, fail) = match lens {
        Lens::Traffic => ("lets plaintext through".to_owned(), "let plaintext through".to_owned()),
        Lens::D9 => (rule("fails"), rule("fail")),
    };
    let verbs = [
        (Verdict::Fail, fails.as_str(), fail.as_str()),
        (Verdict::Unknown, "could not be judged", "could not be judged"),
        (Verdict::Warn, "is a warning", "are warnings"),
        (Verdict::Pass, "passes", "pass"),
        (Verdict::NotApplicable, "is left out by the rule", "are left out by the rule"),
    ];
    let told: Vec<String> = verbs
        .into_iter()
        .filter(|(verdict, ..)| counts.of(*verdict) > 0)
        .map(|(verdict, one, more)| match counts.of(verdict) {
            1 if all == 1 => format!("its one origin {one}"),
            count if count == all => format!("all {all} origins {more}"),
            1 => format!("1 {one}"),
            count => format!("{count} {more}"),
        })
        .collect();
    match told.len() {
        1 => told.join(""),
        _ => format!("of {all} origins {}", told.join(", ")),
    }
}
