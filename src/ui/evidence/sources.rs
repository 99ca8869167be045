//! The calls that the inputs of a verdict came from, cited by number.

use ratatui::text::Span;

use crate::domain::distribution::{Distribution, Looked, Source};
use crate::domain::finding::Finding;
use crate::ui::sheet::{Sheet, say};
use crate::ui::theme::Theme;
use crate::ui::words;

/// The position of the listing among the sources.
pub(super) const LISTING: usize = 0;
/// The position of the look-up, where there was one.
pub(super) const LOOK_UP: usize = 1;

/// The calls that inputs came from, cited by number.
pub(super) struct Sources<'a>(Vec<&'a Source>);

impl<'a> Sources<'a> {
    pub(super) fn of(finding: &Finding<'a>) -> Self {
        let signing = finding.origin.s3.as_ref().and_then(|s3| came_from(&s3.signing));
        let endpoint = finding.origin.vpc.as_ref().and_then(|vpc| came_from(&vpc.endpoint));
        let listing = Some(&finding.distribution.source);
        Self([listing, signing.or(endpoint)].into_iter().flatten().collect())
    }

    /// The number by which an input cites its call.
    pub(super) fn cite(&self, at: usize, theme: &Theme) -> Span<'static> {
        say(format!(" [{}]", at + 1), theme.muted)
    }

    /// Every call with its request id, its time and, for the listing, the ETag.
    pub(super) fn list(&self, sheet: &mut Sheet<'_>, distribution: &Distribution) {
        let theme = sheet.theme;
        sheet.heading("Where it was read");
        for (at, source) in self.0.iter().enumerate() {
            let dot = sheet.glyphs.dot();
            let mut facts = vec![
                match source.call.is_empty() {
                    true => "the call was not told".to_owned(),
                    false => source.call.clone(),
                },
                match &source.request_id {
                    Some(id) => format!("request {id}"),
                    None => "no request id".to_owned(),
                },
                match source.read_at {
                    Some(at) => words::time(at),
                    None => "time not told".to_owned(),
                },
            ];
            if at == LISTING {
                facts.push(match &distribution.etag {
                    Some(etag) => format!("ETag {etag}"),
                    None => "this call gives no ETag".to_owned(),
                });
            }
            let text = facts.join(&format!(" {dot} "));
            sheet.indented(
                4,
                vec![say(format!("[{}] ", at + 1), theme.muted), say(text, theme.text)],
            );
        }
    }
}

fn came_from<T>(looked: &Looked<T>) -> Option<&Source> {
    match looked {
        Looked::Found { from, .. } => Some(from),
        Looked::NotNeeded | Looked::Missing | Looked::Failed(_) => None,
    }
}
