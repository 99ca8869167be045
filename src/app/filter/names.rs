//! The names that a filter knows: of columns, of states, and of what stands before a colon
//! besides.

use super::Row;
use crate::domain::exposure::Exposure;
use crate::domain::finding::Finding;
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
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) name: &'static str,
    pub(super) of: Of,
}

/// What a state is a state of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    /// Of the verdict under the lens in force.
    Verdict(fn(Verdict) -> bool),
    /// Of what is in the row.
    Finding(fn(&Finding<'_>) -> bool),
    /// Of its account, once that is told.
    Account(fn(AccountState) -> bool),
    /// Of the mark on it: it changes without the row.
    Mark,
}

impl State {
    /// True if the row is in it.
    pub(super) fn holds(self, row: &Row<'_>) -> bool {
        match self.of {
            Of::Verdict(holds) => holds(row.finding.assessment.verdict(row.lens)),
            Of::Finding(holds) => holds(&row.finding),
            Of::Account(holds) => row.account.is_some_and(holds),
            Of::Mark => row.marked,
        }
    }
}

const fn state(name: &'static str, of: Of) -> State {
    State { name, of }
}

/// What may follow `is:`.
pub(super) const STATES: [State; 19] = [
    state("problem", Of::Verdict(Verdict::is_problem)),
    state("fail", Of::Verdict(|verdict| verdict == Verdict::Fail)),
    state("unknown", Of::Verdict(|verdict| verdict == Verdict::Unknown)),
    state("warn", Of::Verdict(|verdict| verdict == Verdict::Warn)),
    state("pass", Of::Verdict(|verdict| verdict == Verdict::Pass)),
    state("not_applicable", Of::Verdict(|verdict| verdict == Verdict::NotApplicable)),
    state("gap", Of::Finding(|finding| finding.assessment.gap())),
    state("overcautious", Of::Finding(|finding| finding.assessment.overcautious())),
    state("plaintext", Of::Finding(|finding| finding.assessment.is_plaintext())),
    state("encrypted", Of::Finding(|finding| finding.assessment.is_encrypted())),
    state("latent", Of::Finding(|finding| finding.assessment.exposure == Exposure::Latent)),
    state("broken", Of::Finding(|finding| finding.assessment.exposure == Exposure::Broken)),
    state("weak_tls", Of::Finding(|finding| !finding.assessment.weak_tls.is_empty())),
    state("edge", Of::Finding(|finding| finding.assessment.edge_rewrite)),
    state("disabled", Of::Finding(|finding| !finding.distribution.enabled)),
    state("deploying", Of::Finding(|finding| !finding.distribution.is_deployed())),
    state("staging", Of::Finding(|finding| finding.distribution.staging)),
    state("multi_tenant", Of::Finding(|finding| finding.distribution.multi_tenant)),
    state("marked", Of::Mark),
];

/// What may follow `has:`.
pub(super) const HAVINGS: [State; 1] = [state(
    "error",
    Of::Account(|state| matches!(state, AccountState::Failed | AccountState::Partial)),
)];

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
