//! The help: every key that works, from the keymap.

use ratatui::text::{Line, Span};

use super::glyphs::Glyphs;
use super::theme::Theme;
use crate::app::keymap::Binding;
use crate::app::model::Model;

/// The whole help for a width.
pub fn lines(model: &Model, theme: &Theme, glyphs: Glyphs, width: u16) -> Vec<Line<'static>> {
    let mut lines = marks(theme, glyphs);
    let mut group = "";
    for binding in model.keymap.bindings() {
        if binding.group != group {
            group = &binding.group;
            lines.push(Line::default());
            lines.push(Line::styled(group.to_owned(), theme.title));
        }
        lines.push(line(binding, theme));
    }
    super::wrap::wrap(lines, width)
}

fn line(binding: &Binding, theme: &Theme) -> Line<'static> {
    let keys = binding.keys.join(", ");
    Line::from(vec![
        Span::styled(format!("  {keys:<15} "), theme.key),
        Span::raw(binding.help.clone()),
    ])
}

fn marks(theme: &Theme, glyphs: Glyphs) -> Vec<Line<'static>> {
    use crate::domain::verdict::Verdict;
    let verdict = |verdict: Verdict, means: &'static str| {
        let word = format!("  {} {:<14}", glyphs.verdict(verdict), verdict.word().trim());
        Line::from(vec![Span::styled(word, theme.verdict(verdict)), Span::raw(means)])
    };
    let mark = |mark: String, means: &'static str| {
        Line::from(vec![Span::styled(format!("  {mark:<16}"), theme.fails), Span::raw(means)])
    };
    vec![
        Line::styled("What the table says", theme.title),
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
    ]
}
