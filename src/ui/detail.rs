//! The detail of a finding: its tabs, and the evidence beside them where there is room.

use ratatui::text::{Line, Span};

use super::glyphs::Glyphs;
use super::theme::Theme;
use super::{distribution, evidence, frameworks, raw, remediation};
use crate::app::model::{Model, Tab};
use crate::domain::finding::Finding;

/// The tabs as they stand in the border.
pub fn tabs(model: &Model, theme: &Theme, glyphs: Glyphs, width: usize) -> Line<'static> {
    let mut line = Line::from(" ");
    for (at, tab) in Tab::ALL.into_iter().enumerate() {
        if at > 0 {
            line.push_span(Span::styled(glyphs.bar_between(), theme.border));
        }
        let title = if width < 70 { short(tab) } else { tab.title() };
        match tab == model.tab {
            true => line.push_span(Span::styled(format!("‹{title}›").replace(['‹', '›'], if glyphs.ascii { "*" } else { "" }), theme.title.patch(theme.key))),
            false => line.push_span(Span::styled(title, theme.muted)),
        }
    }
    line.push_span(" ");
    line
}

fn short(tab: Tab) -> &'static str {
    match tab {
        Tab::Evidence => "Evid",
        Tab::Remediation => "Fix",
        Tab::Distribution => "Dist",
        Tab::Frameworks => "Frmw",
        Tab::Raw => "JSON",
    }
}

/// The lines of the tab that is chosen.
pub fn lines(
    model: &Model,
    finding: &Finding<'_>,
    theme: &Theme,
    glyphs: Glyphs,
    width: usize,
) -> Vec<Line<'static>> {
    let lens = model.narrowing.lens;
    match model.tab {
        Tab::Evidence => evidence::evidence(finding, theme, glyphs, lens, width),
        Tab::Remediation => remediation::remediation(finding, model.form, theme, glyphs, width),
        Tab::Distribution => distribution::distribution(finding, theme, glyphs, lens, width),
        Tab::Frameworks => frameworks::frameworks(theme, glyphs, width),
        Tab::Raw => raw::raw(finding, theme, glyphs, width),
    }
}
