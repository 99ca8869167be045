//! The three header lines: who have we seen, what did we see and of how much, where am I.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::fit::{Part, fit};
use super::glyphs::Glyphs;
use super::theme::Theme;
use crate::app::keymap::Action;
use crate::app::model::{Model, View};
use crate::app::store::AccountEntry;
use crate::domain::tally::{AccountState, Coverage, Tally};
use crate::domain::text::escape;
use crate::domain::verdict::{Lens, Verdict};
use crate::inventory::report::Stage;

/// The header for a width.
pub fn lines(model: &Model, theme: &Theme, glyphs: Glyphs, width: usize) -> [Line<'static>; 3] {
    [
        fit(fleet(model, theme, glyphs, width), "  ", width),
        fit(numbers(model, theme, glyphs, width), "  ", width),
        fit(place(model, theme, glyphs), "  ", width),
    ]
}

fn fleet(model: &Model, theme: &Theme, glyphs: Glyphs, width: usize) -> Vec<Part> {
    let coverage = model.store.coverage();
    let under_way: Vec<&AccountEntry> =
        model.store.accounts().iter().filter(|e| e.stage.is_some()).collect();
    let read = coverage.complete + coverage.partial + coverage.failed;
    let read = read.saturating_sub(under_way.iter().filter(|e| e.state().is_some()).count());
    let mut name = vec![Span::styled("cf-tui", theme.title)];
    let badge = match (model.start.replay, model.start.demo) {
        (true, _) => Some(" REPLAY "),
        (false, true) => Some(" DEMO "),
        (false, false) => None,
    };
    if let Some(badge) = badge {
        name.extend([Span::raw(" "), Span::styled(badge, theme.badge)]);
    }
    if model.is_private() {
        name.extend([Span::raw(" "), Span::styled(" PRIVACY ", theme.badge)]);
    }
    let cells = (width / 6).clamp(6, 40);
    let bar = glyphs.bar(read, coverage.accounts, cells);
    let mut parts = vec![
        Part::new(100, name),
        Part::new(20, vec![Span::styled("READ-ONLY", theme.muted)]),
        Part::new(
            60,
            vec![Span::styled("fleet", theme.muted), " ".into(), Span::styled(bar, theme.passes)],
        ),
        Part::new(95, vec![format!("{read}/{} accounts", coverage.accounts).into()]),
    ];
    if coverage.failed > 0 {
        let text = format!("{} {} failed", glyphs.verdict(Verdict::Fail), coverage.failed);
        parts.push(Part::new(90, vec![Span::styled(text, theme.alert)]));
    }
    if coverage.partial > 0 {
        let text = format!("! {} partial", coverage.partial);
        parts.push(Part::new(85, vec![Span::styled(text, theme.warns)]));
    }
    if let Some(waiting) = &model.paused {
        let text = format!("paused, +{} waiting", rows(waiting.rows()));
        parts.push(Part::new(92, vec![Span::styled(text, theme.warns)]));
    } else if !under_way.is_empty() {
        parts.push(Part::new(80, vec![loading(&under_way, glyphs).into()]));
        if let Some(time) = model.load_time() {
            parts.push(Part::new(
                30,
                vec![Span::styled(format!("{}s", time.as_secs()), theme.muted)],
            ));
        }
    }
    if !model.start.fleet.is_empty() {
        let file = escape(&model.start.fleet).into_owned();
        parts.push(Part::new(10, vec![Span::styled(file, theme.muted)]));
    }
    parts
}

fn loading(under_way: &[&AccountEntry], glyphs: Glyphs) -> String {
    let throttled =
        under_way.iter().filter(|e| matches!(e.stage, Some(Stage::Throttled { .. }))).count();
    match throttled {
        0 => format!("{}{} loading", glyphs.ellipsis(), under_way.len()),
        n => format!("{}{} loading ({n} throttled)", glyphs.ellipsis(), under_way.len()),
    }
}

/// Rows in words.
pub fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// Every number stands beside how much of the fleet it is of.
fn numbers(model: &Model, theme: &Theme, glyphs: Glyphs, width: usize) -> Vec<Part> {
    let lens = model.narrowing.lens;
    let tally = model.store.tally(lens);
    let coverage = model.store.coverage();
    let origins = match tally.origins {
        1 => "1 origin".to_owned(),
        many => format!("{many} origins"),
    };
    let mut parts = vec![Part::new(70, vec![origins.into()])];
    for verdict in Verdict::BY_SEVERITY {
        let count = tally.of(verdict);
        if verdict == Verdict::NotApplicable && lens == Lens::Traffic {
            continue;
        }
        let text = format!("{} {count} {}", glyphs.verdict(verdict), verdict.word().trim());
        let rank = if verdict == Verdict::Pass { 72 } else { 90 };
        parts.push(Part::new(rank, vec![Span::styled(text, theme.verdict(verdict))]));
    }
    let seen = seen(tally, &coverage, width);
    let style = if coverage.is_whole() { theme.text } else { theme.alert };
    parts.push(Part::new(95, vec![Span::styled(seen, style)]));
    if model.paused.is_some() {
        parts.push(Part::new(93, vec![Span::styled("(paused)", theme.warns)]));
    } else if model.store.is_loading() {
        parts.push(Part::new(40, vec![Span::styled("(provisional)", theme.muted)]));
    } else if width >= 140 {
        let text = format!("{} of {} accounts wholly read", coverage.complete, coverage.accounts);
        parts.push(Part::new(30, vec![Span::styled(text, theme.muted)]));
    }
    if tally.edge > 0 {
        let text = format!("^ {} encrypted with edge code", tally.edge);
        parts.push(Part::new(25, vec![Span::styled(text, theme.muted)]));
    }
    parts
}

/// How much is encrypted, of how much of the fleet. Nothing judged is not 0 % encrypted.
fn seen(tally: &Tally, coverage: &Coverage, width: usize) -> String {
    let of = coverage.percent().floor();
    match (tally.origins, width) {
        (0, _) => format!("{of:.0}% of the fleet seen"),
        (_, 100..) => format!("{:.1}% encrypted of {of:.0}% seen", tally.percent_encrypted()),
        _ => format!("{:.0}% enc of {of:.0}% seen", tally.percent_encrypted().floor()),
    }
}

fn place(model: &Model, theme: &Theme, glyphs: Glyphs) -> Vec<Part> {
    let failed = failed_accounts(model);
    let is_shown = |view: View| model.view == view;
    let rank_of = |view: View| if is_shown(view) { 96 } else { 90 };
    let tab = |action: Action, name: &str, view: View| {
        let text = format!("{} {name}", model.keymap.key(action));
        match is_shown(view) {
            true => Span::styled(text, theme.title.add_modifier(Modifier::UNDERLINED)),
            false => Span::styled(text, theme.muted),
        }
    };
    let mut accounts = vec![tab(Action::ViewAccounts, "Accounts", View::Accounts)];
    if failed > 0 {
        let text = format!(" {}{failed}", glyphs.verdict(Verdict::Fail));
        accounts.push(Span::styled(text, theme.alert));
    }
    let (lens, rank) = match model.narrowing.lens {
        Lens::Traffic => (Span::styled("lens traffic", theme.muted), 60),
        Lens::D9 => (Span::styled("lens D9", theme.key), 92),
    };
    let mut parts = vec![
        Part::new(rank_of(View::Origins), vec![tab(Action::ViewOrigins, "Origins", View::Origins)]),
        Part::new(
            rank_of(View::Distributions),
            vec![tab(Action::ViewDistributions, "Distributions", View::Distributions)],
        ),
        Part::new(rank_of(View::Accounts), accounts),
        Part::new(95, filter(model, theme)),
        Part::new(if model.narrowing.problems { 93 } else { 70 }, vec![problems(model, theme)]),
        Part::new(rank, vec![lens]),
    ];
    if let Some(count) = model.marks.count(&model.store, &model.index) {
        parts.push(Part::new(93, vec![Span::styled(count.to_string(), theme.key)]));
    }
    if !model.narrowing.filter.is_empty() || model.narrowing.problems {
        let shown = format!("{} shown", shown(model));
        parts.push(Part::new(80, vec![Span::styled(shown, theme.muted)]));
    }
    parts
}

/// How many lines of the table the filter leaves.
pub fn shown(model: &Model) -> usize {
    match model.view {
        View::Distributions => model.distributions.lines().len(),
        View::Origins | View::Accounts => model.index.passing().len(),
    }
}

fn filter(model: &Model, theme: &Theme) -> Vec<Span<'static>> {
    let text = escape(model.filter.line.text()).into_owned();
    let style = if model.filter.error.is_some() { theme.alert } else { theme.key };
    match text.is_empty() {
        true => vec![Span::styled("/(none)", theme.muted)],
        false => vec![Span::styled("/", theme.muted), Span::styled(text, style)],
    }
}

fn problems(model: &Model, theme: &Theme) -> Span<'static> {
    let count = model.store.tally(model.narrowing.lens).problems();
    let key = model.keymap.key(Action::Problems);
    match model.narrowing.problems {
        true => Span::styled(format!("{key} problems only {count}"), theme.key),
        false => Span::styled(format!("{key} problems {count}"), theme.muted),
    }
}

/// Accounts of which some or all is missing from every number.
pub fn failed_accounts(model: &Model) -> usize {
    let not_whole =
        |e: &&AccountEntry| matches!(e.state(), Some(AccountState::Failed | AccountState::Partial));
    model.store.accounts().iter().filter(not_whole).count()
}
