//! How an account stands, as a shape and a word, so that colour is never the only sign.

use ratatui::style::Style;

use super::glyphs::Glyphs;
use super::theme::Theme;
use crate::app::store::{AccountEntry, Stage};
use crate::domain::fault::FaultKind;
use crate::domain::tally::AccountState;

/// The shape, the word of at most seven letters, and the style of an account's state. What is
/// being done now comes before how the last reading ended.
pub fn account_state(
    entry: &AccountEntry,
    theme: &Theme,
    glyphs: Glyphs,
) -> (char, &'static str, Style) {
    if !entry.account.enabled {
        return ('-', "OFF", theme.muted);
    }
    match (&entry.stage, &entry.ending) {
        (Some(Stage::Throttled { .. }), _) => ('~', "THROTTL", theme.warns),
        (Some(stage), _) => (glyphs.waiting(), under_way(stage), theme.muted),
        (None, None) => (glyphs.waiting(), "QUEUED", theme.muted),
        (None, Some(ending)) => match ending.state {
            AccountState::Complete if entry.distributions == 0 => {
                (glyphs.well(), "EMPTY", theme.passes)
            }
            AccountState::Complete => (glyphs.well(), "OK", theme.passes),
            AccountState::Partial => ('!', "PARTIAL", theme.warns),
            AccountState::Failed => {
                (glyphs.wrong(), failed(ending.fault.as_ref().map(|f| f.kind)), theme.fails)
            }
            AccountState::Skipped => ('-', "OFF", theme.muted),
        },
    }
}

fn under_way(stage: &Stage) -> &'static str {
    match stage {
        Stage::Queued => "QUEUED",
        Stage::Assuming => "ASSUME",
        Stage::Listing { .. } => "LISTING",
        Stage::LookingUp => "LOOKUP",
        Stage::Throttled { .. } => "THROTTL",
    }
}

fn failed(kind: Option<FaultKind>) -> &'static str {
    match kind {
        Some(FaultKind::Denied) => "DENIED",
        Some(FaultKind::Expired) => "EXPIRED",
        Some(FaultKind::WrongAccount) => "WRONGID",
        Some(FaultKind::Network) => "NETWORK",
        Some(FaultKind::Timeout) => "TIMEOUT",
        _ => "FAILED",
    }
}
