//! The help: every key that works, from the keymap, those of the present place first, and what a
//! filter can say.

use ratatui::text::{Line, Span};

use super::Pane;
use super::glyphs::Glyphs;
use super::search::{Section, narrowed};
use super::theme::Theme;
use super::wrap::hanging;
use crate::app::filter::GRAMMAR;
use crate::app::keymap::Binding;
use crate::app::model::Model;
use crate::app::palette::{COMMANDS, Command, Takes, words};
use crate::domain::verdict::Verdict;

/// Columns of the keys, with the blanks around them.
const KEYS: usize = 18;

/// The lines of the help that hold what is searched for.
pub fn lines(model: &Model, search: &str, theme: &Theme, glyphs: Glyphs, width: u16) -> Pane {
    let here = model.context_under(None);
    let (works, elsewhere): (Vec<&Binding>, Vec<&Binding>) =
        model.keymap.bindings().iter().partition(|binding| binding.holds_in(here));
    let mut sections = vec![legend(theme, glyphs)];
    sections.extend(works.chunk_by(|a, b| a.group == b.group).map(|group| Section {
        heading: Some(Line::styled(group[0].group.clone(), theme.title)),
        lines: group.iter().map(|binding| line(binding, theme)).collect(),
    }));
    sections.push(Section {
        heading: Some(Line::styled("Elsewhere", theme.title)),
        lines: elsewhere.iter().map(|binding| placed(binding, theme)).collect(),
    });
    sections.push(grammar(theme));
    sections.push(Section {
        heading: Some(Line::styled("Commands, after :", theme.title)),
        lines: COMMANDS.iter().map(|command| of_command(command, theme)).collect(),
    });
    let pane = narrowed(sections, search, theme);
    pane.iter().flat_map(|line| hanging(line, hang(line), width)).collect()
}

/// Headings go on at the margin, the rest beside the keys.
fn hang(line: &Line<'_>) -> usize {
    let begins = line.iter().next().is_some_and(|span| span.content.starts_with(' '));
    if begins { KEYS } else { 0 }
}

/// What a filter can say.
fn grammar(theme: &Theme) -> Section {
    let widest = GRAMMAR.iter().map(|(example, _)| example.len()).max().unwrap_or(0);
    let line = |(example, means): &(&'static str, &'static str)| {
        Line::from(vec![
            Span::styled(format!("  {example:<widest$}  "), theme.code),
            Span::raw(*means),
        ])
    };
    Section {
        heading: Some(Line::styled("The filter", theme.title)),
        lines: GRAMMAR.iter().map(line).collect(),
    }
}

fn line(binding: &Binding, theme: &Theme) -> Line<'static> {
    let keys = binding.keys.join(", ");
    Line::from(vec![
        Span::styled(format!("  {keys:<15} "), theme.key),
        Span::raw(binding.help.clone()),
    ])
}

fn placed(binding: &Binding, theme: &Theme) -> Line<'static> {
    let mut line = line(binding, theme);
    line.push_span(Span::styled(format!("  (in {})", binding.places()), theme.muted));
    line
}

fn of_command(command: &Command, theme: &Theme) -> Line<'static> {
    let words = match command.takes {
        Takes::OneOf(choices) => format!(": {}", words(choices, ", ")),
        _ => String::new(),
    };
    let usage = format!("{} {}", command.name, command.argument());
    Line::from(vec![
        Span::styled(format!("  {usage:<16}"), theme.key),
        Span::raw(format!("{}{words}", command.help)),
    ])
}

fn legend(theme: &Theme, glyphs: Glyphs) -> Section {
    let verdict = |verdict: Verdict, means: &'static str| {
        let word = format!("  {} {:<14}", glyphs.verdict(verdict), verdict.word().trim());
        Line::from(vec![Span::styled(word, theme.verdict(verdict)), Span::raw(means)])
    };
    let mark = |mark: String, means: &'static str| {
        Line::from(vec![Span::styled(format!("  {mark:<16}"), theme.fails), Span::raw(means)])
    };
    let lines = vec![
        verdict(Verdict::Fail, "plaintext travels to the origin, or can"),
        verdict(Verdict::Unknown, "it could not be told; the evidence says what is missing"),
        verdict(
            Verdict::Warn,
            "nothing in plaintext now: no route to it, disabled, broken, or TLS before 1.2",
        ),
        verdict(Verdict::Pass, "nothing can travel in plaintext"),
        mark(
            "D9  P F -".to_owned(),
            "the rule D9.AWS.CRY.17 as written: pass, fail, not applicable",
        ),
        mark(glyphs.gap().to_string(), "a gap: the rule is content while plaintext travels"),
        mark(glyphs.edge().to_string(), "edge code may choose another origin or protocol"),
    ];
    Section { heading: Some(Line::styled("What the table says", theme.title)), lines }
}
