//! The names that a filter knows: of columns, of states, and of what stands before a colon
//! besides.

use super::Row;
use crate::domain::exposure::Exposure;
use crate::domain::tally::AccountState;
use crate::domain::verdict::Verdict;
use crate::export::cells::TLS_LOWEST_FIRST;
use crate::export::column::Column;

/// What stands before `:`, `=` or another comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A column.
    Column(Column),
    /// How long ago the distribution was last changed.
    Age,
    /// A tag of the account.
    Tag,
    /// A variable of the account.
    Var,
    /// A state.
    Is,
    /// A state of the account.
    Has,
}

/// Those that are no columns.
pub(super) const OTHERS: [(&str, Name); 5] = [
    ("age", Name::Age),
    ("tag", Name::Tag),
    ("var", Name::Var),
    ("is", Name::Is),
    ("has", Name::Has),
];

/// Other words for columns: the names of the JSON format, and what people say.
const ALIASES: [(&str, Column); 16] = [
    ("account_name", Column::Account),
    ("acct", Column::Account),
    ("aliases", Column::Alias),
    ("cname", Column::Alias),
    ("dist", Column::Distribution),
    ("distribution_id", Column::Distribution),
    ("domain", Column::Origin),
    ("origin_domain", Column::Origin),
    ("kind", Column::Kind),
    ("service", Column::Kind),
    ("min_tls", Column::Tls),
    ("last_modified", Column::Modified),
    ("origin_protocol", Column::Protocol),
    ("paths", Column::Paths),
    ("rule", Column::Rule),
    ("viewers", Column::Viewer),
];

/// What a name means. Case, and the choice between `-` and `_`, are no difference.
pub(super) fn named(name: &str) -> Option<Name> {
    let name = folded(name);
    let other = OTHERS.iter().find(|(known, _)| *known == name).map(|(_, means)| *means);
    let alias = || ALIASES.iter().find(|(known, _)| *known == name).map(|(_, column)| *column);
    other.or_else(|| Column::named(&name).or_else(alias).map(Name::Column))
}

/// Every name, those of columns first.
pub(super) fn all() -> impl Iterator<Item = &'static str> + Clone {
    Column::ALL.into_iter().map(Column::name).chain(OTHERS.iter().map(|(name, _)| *name))
}

/// A name as the tables have it.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// A state that a row is in or not.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) name: &'static str,
    holds: fn(&Row<'_>) -> bool,
}

impl State {
    /// True if the row is in it.
    pub(super) fn holds(self, row: &Row<'_>) -> bool {
        (self.holds)(row)
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const fn state(name: &'static str, holds: fn(&Row<'_>) -> bool) -> State {
    State { name, holds }
}

/// The state of a marked row: it changes without the row.
pub(super) const MARKED: &str = "marked";

/// What may follow `is:`.
pub(super) const STATES: [State; 19] = [
    state("problem", |row| verdict(row).is_problem()),
    state("fail", |row| verdict(row) == Verdict::Fail),
    state("unknown", |row| verdict(row) == Verdict::Unknown),
    state("warn", |row| verdict(row) == Verdict::Warn),
    state("pass", |row| verdict(row) == Verdict::Pass),
    state("not_applicable", |row| verdict(row) == Verdict::NotApplicable),
    state("gap", |row| row.finding.assessment.gap()),
    state("overcautious", |row| row.finding.assessment.overcautious()),
    state("plaintext", |row| row.finding.assessment.is_plaintext()),
    state("encrypted", |row| row.finding.assessment.is_encrypted()),
    state("latent", |row| row.finding.assessment.exposure == Exposure::Latent),
    state("broken", |row| row.finding.assessment.exposure == Exposure::Broken),
    state("weak_tls", |row| !row.finding.assessment.weak_tls.is_empty()),
    state("edge", |row| row.finding.assessment.edge_rewrite),
    state("disabled", |row| !row.finding.distribution.enabled),
    state("deploying", |row| !row.finding.distribution.is_deployed()),
    state("staging", |row| row.finding.distribution.staging),
    state("multi_tenant", |row| row.finding.distribution.multi_tenant),
    state(MARKED, |row| row.marked),
];

/// What may follow `has:`.
pub(super) const HAVINGS: [State; 1] = [state("error", |row| {
    matches!(row.account, Some(AccountState::Failed | AccountState::Partial))
})];

fn verdict(row: &Row<'_>) -> Verdict {
    row.finding.assessment.verdict(row.lens)
}

/// The verdict of a name, as formats and tables write it.
pub(super) fn verdict_named(name: &str) -> Option<Verdict> {
    let name = folded(name);
    let is = |v: &Verdict| v.name() == name || v.word().trim().to_lowercase() == name;
    Verdict::BY_SEVERITY.into_iter().find(is)
}

/// How new a version of TLS is: `1.2`, `TLSv1.2`, `SSLv3`. CloudFront offers none above 1.2 to
/// origins, but people ask for what is below.
pub(super) fn tls_named(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let version = name.trim_start_matches("tls").trim_start_matches('v');
    match version {
        "ssl" | "ssl3" | "sslv3" => Some(0),
        "1" | "1.0" => Some(1),
        "1.1" => Some(2),
        "1.2" => Some(3),
        "1.3" => Some(TLS_LOWEST_FIRST.len()),
        _ => None,
    }
}
