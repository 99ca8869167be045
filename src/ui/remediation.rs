//! temp
use super::{Pane, glyphs::Glyphs, theme::Theme};
use crate::app::tab::RemediationTab;
use crate::domain::finding::Finding;
/// t
pub fn remediation(_: &Finding<'_>, _: RemediationTab, _: &Theme, _: Glyphs, _: u16) -> Pane {
    vec![]
}
