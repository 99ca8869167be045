//! The columns that a finding has: their names, what stands in them, and their order. Table,
//! sort, filter and facets all mean the same by a column.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::cells;
use crate::domain::endpoint;
use crate::domain::finding::Finding;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Column {
    /// The verdict under the lens in force.
    Verdict,
    /// The literal rule's answer and the gap mark.
    Rule,
    /// The mark of edge code.
    Edge,
    /// The account's name.
    Account,
    /// The account's twelve digits.
    AccountId,
    /// The distribution's id.
    Distribution,
    /// The first of the distribution's aliases.
    Alias,
    /// The origin's domain.
    Origin,
    /// The origin's id.
    OriginId,
    /// What kind of endpoint the origin is.
    Kind,
    /// How CloudFront speaks to the origin.
    Protocol,
    /// What viewers may speak on the behaviors that reach it.
    Viewer,
    /// The lowest TLS version to the origin.
    Tls,
    /// The behaviors that reach it.
    Paths,
    /// The account's variable `owner`.
    Owner,
    /// The distribution's status: `Deployed`, `InProgress`.
    Status,
    /// When the distribution was last changed.
    Modified,
    /// The distribution's comment.
    Comment,
}

impl Column {
    /// Every column, in the order in which a table shows them.
    pub const ALL: [Self; 18] = [
        Self::Verdict,
        Self::Rule,
        Self::Edge,
        Self::Account,
        Self::AccountId,
        Self::Distribution,
        Self::Alias,
        Self::Origin,
        Self::OriginId,
        Self::Kind,
        Self::Protocol,
        Self::Viewer,
        Self::Tls,
        Self::Paths,
        Self::Owner,
        Self::Status,
        Self::Modified,
        Self::Comment,
    ];

    /// The name by which filters, sorts and settings mean it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Rule => "d9",
            Self::Edge => "edge",
            Self::Account => "account",
            Self::AccountId => "account_id",
            Self::Distribution => "distribution",
            Self::Alias => "alias",
            Self::Origin => "origin",
            Self::OriginId => "origin_id",
            Self::Kind => "type",
            Self::Protocol => "protocol",
            Self::Viewer => "viewer",
            Self::Tls => "tls",
            Self::Paths => "path",
            Self::Owner => "owner",
            Self::Status => "status",
            Self::Modified => "modified",
            Self::Comment => "comment",
        }
    }

    /// The column of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Its heading in a table.
    pub fn title(self) -> &'static str {
        match self {
            Self::Verdict => "VERDICT",
            Self::Rule => "D9",
            Self::Edge => "",
            Self::Account => "ACCOUNT",
            Self::AccountId => "ACCOUNT ID",
            Self::Distribution => "DISTRIBUTION",
            Self::Alias => "ALIAS",
            Self::Origin => "ORIGIN",
            Self::OriginId => "ORIGIN ID",
            Self::Kind => "TYPE",
            Self::Protocol => "TO ORIGIN",
            Self::Viewer => "VIEWER",
            Self::Tls => "MIN TLS",
            Self::Paths => "PATHS",
            Self::Owner => "OWNER",
            Self::Status => "STATUS",
            Self::Modified => "MODIFIED",
            Self::Comment => "COMMENT",
        }
    }

    /// What stands in it, harmless to show; `-` where there is nothing. The verdict is its name
    /// without a glyph, the rule its answer without the gap mark.
    pub fn text<'a>(self, finding: &Finding<'a>, lens: Lens) -> Cow<'a, str> {
        let Finding { account, distribution, origin, assessment } = *finding;
        match self {
            Self::Verdict => assessment.verdict(lens).name().into(),
            Self::Rule => cells::d9_cell(assessment, true)[0].to_string().into(),
            Self::Edge => cells::edge_cell(assessment).to_string().into(),
            Self::Account => escape(&account.name),
            Self::AccountId => account.id.as_str().into(),
            Self::Distribution => escape(distribution.id.as_str()),
            Self::Alias => distribution.aliases.first().map_or("-".into(), |alias| escape(alias)),
            Self::Origin => cells::origin(finding),
            Self::OriginId => escape(origin.id.as_str()),
            Self::Kind => endpoint::service(origin).into(),
            Self::Protocol => cells::protocol(finding).into(),
            Self::Viewer => cells::viewer(finding),
            Self::Tls => cells::min_tls(finding).into(),
            Self::Paths => paths(finding).into(),
            Self::Owner => account.vars.get("owner").map_or("-".into(), |owner| escape(owner)),
            Self::Status => told(&distribution.status),
            Self::Modified => modified(finding).into(),
            Self::Comment => told(&distribution.comment),
        }
    }

    /// What sorts, groups and counts by it look at: its text, but the time in full, and the
    /// traffic's verdict.
    pub fn key<'a>(self, finding: &Finding<'a>) -> Cow<'a, str> {
        match self {
            Self::Modified => {
                let time = finding.distribution.last_modified;
                time.map_or("".into(), |at| format!("{at:.9}").into())
            }
            _ => self.text(finding, Lens::Traffic),
        }
    }

    /// How two keys of it, other than the verdict's, are ordered: as people read them, but the
    /// oldest TLS first.
    pub fn compare_keys(self, a: &str, b: &str) -> Ordering {
        match self {
            Self::Tls => tls_rank(a).cmp(&tls_rank(b)).then_with(|| a.cmp(b)),
            _ => a.cmp(b),
        }
    }

    /// How two findings are ordered by it: the verdict worst first, the rest as their keys.
    pub fn compare(self, a: &Finding<'_>, b: &Finding<'_>, lens: Lens) -> Ordering {
        match self {
            Self::Verdict => b.assessment.verdict(lens).cmp(&a.assessment.verdict(lens)),
            _ => self.compare_keys(&self.key(a), &self.key(b)),
        }
    }
}

impl From<Column> for &'static str {
    fn from(column: Column) -> Self {
        column.name()
    }
}

impl TryFrom<String> for Column {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| format!("there is no column {name:?}"))
    }
}

fn told(text: &str) -> Cow<'_, str> {
    if text.is_empty() { "-".into() } else { escape(text) }
}

/// The oldest protocol first; what is not known after all that are.
fn tls_rank(tls: &str) -> usize {
    cells::TLS_LOWEST_FIRST.iter().position(|known| *known == tls).unwrap_or(usize::MAX)
}

fn paths(finding: &Finding<'_>) -> String {
    let mut routes = finding.distribution.routes(finding.origin);
    match (routes.next(), routes.count()) {
        (None, _) => "-".to_owned(),
        (Some(only), 0) => escape(only.path()).into_owned(),
        (Some(first), more) => format!("{} +{more}", escape(first.path())),
    }
}

/// The day, in UTC.
fn modified(finding: &Finding<'_>) -> String {
    let time = finding.distribution.last_modified;
    time.map_or("-".to_owned(), |at| at.strftime("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_found_by_its_name_and_no_name_is_used_twice() {
        for column in Column::ALL {
            assert_eq!(Column::named(column.name()), Some(column));
        }
    }
}
