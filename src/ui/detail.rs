//! The detail of a finding: its tabs, and the evidence beside them where there is room.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::glyphs::Glyphs;
use super::theme::Theme;
use super::{Pane, distribution, evidence, follow_up, frameworks, preflight, remediation};
use crate::app::model::Model;
use crate::app::tab::Tab;
use crate::domain::finding::Finding;

/// The tabs as they stand in the border.
pub fn tabs(model: &Model, theme: &Theme, glyphs: Glyphs, width: usize) -> Line<'static> {
    let mut line = Line::from(" ");
    for (at, tab) in Tab::ALL.into_iter().enumerate() {
        if at > 0 {
            line.push_span(Span::styled(if glyphs.ascii { " | " } else { " │ " }, theme.border));
        }
        let title = if width < 70 { short(tab) } else { tab.title() };
        let style = if tab == model.tab {
            theme.key.add_modifier(Modifier::UNDERLINED)
        } else {
            theme.muted
        };
        line.push_span(Span::styled(title, style));
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

/// What stands beside a tab where there is room: the evidence, beside which the remediation.
pub fn beside(tab: Tab) -> Tab {
    match tab {
        Tab::Evidence => Tab::Remediation,
        _ => Tab::Evidence,
    }
}

/// The lines of a tab.
pub fn lines(
    model: &Model,
    tab: Tab,
    finding: &Finding<'_>,
    theme: &Theme,
    glyphs: Glyphs,
    width: u16,
) -> Pane {
    let mut lines = follow_up::above(model, tab, theme, glyphs, width);
    lines.extend(own_lines(model, tab, finding, theme, glyphs, width));
    lines.extend(follow_up::below(model, tab, theme, glyphs, width));
    lines
}

fn own_lines(
    model: &Model,
    tab: Tab,
    finding: &Finding<'_>,
    theme: &Theme,
    glyphs: Glyphs,
    width: u16,
) -> Pane {
    let lens = model.narrowing.lens;
    match tab {
        Tab::Evidence => evidence::evidence(finding, theme, glyphs, lens, width),
        Tab::Remediation => {
            let neighbours = model.store.neighbours(finding);
            let form = model.form;
            let mut lines = preflight::preflight(model, finding, theme, glyphs, width);
            lines.extend(remediation::remediation(
                finding,
                &neighbours,
                form,
                theme,
                glyphs,
                width,
            ));
            lines
        }
        Tab::Distribution => distribution::distribution(finding, theme, glyphs, lens, width),
        Tab::Frameworks => frameworks::frameworks(theme, glyphs, width),
        // It draws just the lines that fit: `raw::draw`.
        Tab::Raw => Pane::new(),
    }
}
