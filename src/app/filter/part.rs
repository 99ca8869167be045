//! What a filter looks at in a row, cut where rows differ: texts that many rows share.

use std::borrow::Cow;

use super::names::{Of, STATES};
use crate::domain::finding::Finding;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;
use crate::export::column::Column;

/// A text of a row, a line for each thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Part {
    /// In lower case, what the searched text says of the account.
    Account,
    /// In lower case, what it says of the distribution.
    Distribution,
    /// In lower case, what it says of the origin.
    Origin,
    /// Every alias, as the terms on the column look at them.
    Aliases,
    /// What the column shows of the paths, and every path.
    Paths,
    /// The names of the states that the row is in by itself.
    States,
}

impl Part {
    /// All of them.
    pub(in crate::app) const ALL: [Self; 6] =
        [Self::Account, Self::Distribution, Self::Origin, Self::Aliases, Self::Paths, Self::States];

    /// The lines of [`super::text_of`], each in one of these.
    pub(super) const OF_TEXT: [Self; 3] = [Self::Account, Self::Distribution, Self::Origin];

    /// The text for a row.
    pub(in crate::app) fn text(self, finding: &Finding<'_>) -> String {
        use Column as C;
        let Finding { account, distribution, origin, .. } = *finding;
        match self {
            Self::Account => {
                let more = account.tags.iter().chain(account.vars.values());
                lines(finding, &[C::Account, C::AccountId], more.map(|text| escape(text)))
            }
            Self::Distribution => {
                let more = [&distribution.domain].into_iter();
                let more = more.chain(distribution.aliases.iter().skip(1));
                let columns = [C::Distribution, C::Alias, C::Comment];
                lines(finding, &columns, more.map(|text| escape(text)))
            }
            Self::Origin => {
                let columns = [C::OriginId, C::Origin, C::Kind, C::Protocol, C::Viewer, C::Tls];
                lines(finding, &columns, std::iter::empty())
            }
            Self::Aliases => {
                let first = C::Alias.text(finding, Lens::Traffic).to_lowercase();
                let more = distribution.aliases.iter().skip(1).map(|alias| escape(alias));
                joined([first.into()].into_iter().chain(more))
            }
            Self::Paths => {
                let shown = C::Paths.text(finding, Lens::Traffic);
                let paths = distribution.routes(origin).map(|route| escape(route.path()));
                joined([shown].into_iter().chain(paths))
            }
            Self::States => joined(STATES.iter().filter_map(|state| match state.of {
                Of::Finding(holds) if holds(finding) => Some(state.name.into()),
                _ => None,
            })),
        }
    }
}

fn lines<'a>(
    finding: &Finding<'a>,
    columns: &[Column],
    more: impl Iterator<Item = Cow<'a, str>>,
) -> String {
    let cells = columns.iter().map(|column| column.text(finding, Lens::Traffic));
    joined(cells.chain(more)).to_lowercase()
}

fn joined<'a>(lines: impl Iterator<Item = Cow<'a, str>>) -> String {
    let mut text = String::new();
    for (at, line) in lines.enumerate() {
        if at > 0 {
            text.push('\n');
        }
        text.push_str(&line);
    }
    text
}
