//! How the TLS pre-flight of an origin stands, above its remediation.

use jiff::{SignedDuration, Timestamp};

use super::Pane;
use super::glyphs::Glyphs;
use super::sheet::Sheet;
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::preflight::Standing;
use crate::domain::finding::Finding;
use crate::domain::preflight::Outcome;

/// A line or two; none where there is no pre-flight for such an origin, and none in the demo.
pub fn preflight(
    model: &Model,
    finding: &Finding<'_>,
    theme: &Theme,
    glyphs: Glyphs,
    width: u16,
) -> Pane {
    let Some(row) = model.selected.filter(|_| !model.start.demo) else { return Vec::new() };
    let mut sheet = Sheet::new(theme, glyphs, width);
    match model.preflights.standing(model.store.account_of(row), finding) {
        Standing::Impossible => return Vec::new(),
        Standing::NotMade(_) if !model.start.preflight.enabled => return Vec::new(),
        Standing::NotMade(target) => {
            let says = format!("t: TLS pre-flight, connects to {target} from this machine");
            sheet.text(says, theme.muted);
        }
        Standing::UnderWay(target) => {
            sheet.text(format!("TLS pre-flight: connecting to {target}"), theme.text);
        }
        Standing::Made(answer) => {
            let style = match answer.preflight.outcome {
                Outcome::Works(_) => theme.added,
                Outcome::Fails(_) => theme.alert,
                Outcome::Inconclusive(_) | Outcome::NotTried(_) => theme.text,
            };
            let says = answer.preflight.sentence();
            sheet.text(format!("{says} ({})", age(answer.at, model.now)), style);
        }
    }
    sheet.blank();
    sheet.finish()
}

fn age(at: Timestamp, now: Timestamp) -> String {
    let age = now.duration_since(at).max(SignedDuration::ZERO);
    match (age.as_hours(), age.as_mins()) {
        (0, 0) => "just now".to_owned(),
        (0, minutes) => format!("{minutes} min ago"),
        (hours, _) => format!("{hours} h ago"),
    }
}
