//! Which live rows have which origin domain, so that a fix can name who else uses the server.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{RowId, Store};
use crate::domain::finding::Finding;
use crate::domain::fix::Neighbours;

/// Kept in place as rows come, change and go.
#[derive(Clone, Debug, Default)]
pub(super) struct Domains {
    rows: HashMap<Arc<str>, BTreeSet<RowId>>,
    /// By row number: the key that it stands under.
    of_row: Vec<Option<Arc<str>>>,
}

impl Domains {
    /// Says which domain a row has now.
    pub(super) fn put(&mut self, row: RowId, domain: &str) {
        let key = key(domain);
        if self.of_row.get(row.index()).and_then(Option::as_deref) == Some(key.as_str()) {
            return;
        }
        self.remove(row);
        let key: Arc<str> = match self.rows.get_key_value(key.as_str()) {
            Some((known, _)) => Arc::clone(known),
            None => key.into(),
        };
        self.rows.entry(Arc::clone(&key)).or_default().insert(row);
        if self.of_row.len() <= row.index() {
            self.of_row.resize(row.index() + 1, None);
        }
        self.of_row[row.index()] = Some(key);
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, row: RowId) {
        let Some(key) = self.of_row.get_mut(row.index()).and_then(Option::take) else { return };
        if let Some(rows) = self.rows.get_mut(&key) {
            rows.remove(&row);
            if rows.is_empty() {
                self.rows.remove(&key);
            }
        }
    }

    /// The live rows with this domain, in the order in which they came.
    fn rows(&self, domain: &str) -> impl Iterator<Item = RowId> + '_ {
        self.rows.get(key(domain).as_str()).into_iter().flatten().copied()
    }
}

/// As DNS compares names.
fn key(domain: &str) -> String {
    domain.trim_end_matches('.').to_ascii_lowercase()
}

impl Store {
    /// The origins with the same domain as the finding's in other distributions of what was read.
    pub fn neighbours<'a>(&'a self, finding: &Finding<'_>) -> Neighbours<'a> {
        let own = |other: &Finding<'_>| {
            other.distribution.id == finding.distribution.id
                && other.account.id == finding.account.id
        };
        let same = self.domains.rows(&finding.origin.domain);
        let others = same.filter_map(|row| self.finding(row)).filter(|other| !own(other)).collect();
        Neighbours::new(others, self.coverage())
    }
}
