//! `--account` and `--group`: the part of a fleet that a run is about.

use std::fmt::Write as _;

use super::fleet::Fleet;
use super::near::nearest;
use super::pattern::{Known, matches};
use crate::domain::account::Account;
use crate::domain::text::escape;

impl Fleet {
    /// Keeps the union of the named accounts (by name or id) and the accounts of the named
    /// groups, in the order of the file; all of them where nothing is named. A disabled account
    /// that is named stays disabled. The error names every unknown account and group, with the
    /// nearest known one; it is ready for a person, harmless text.
    pub fn select(&self, accounts: &[String], groups: &[String]) -> Result<Self, String> {
        if accounts.is_empty() && groups.is_empty() {
            return Ok(self.clone());
        }
        self.check(accounts, groups)?;
        let patterns: Vec<&String> =
            groups.iter().filter_map(|group| self.groups.get(group)).flatten().collect();
        let chosen = |account: &&Account| {
            accounts.iter().any(|wanted| is_named(account, wanted))
                || patterns.iter().any(|pattern| matches(pattern, known(account)))
        };
        let accounts = self.accounts.iter().filter(chosen).cloned().collect();
        Ok(Self { accounts, ..self.clone() })
    }

    fn check(&self, accounts: &[String], groups: &[String]) -> Result<(), String> {
        let mut unknown = String::new();
        for wanted in accounts {
            if !self.accounts.iter().any(|account| is_named(account, wanted)) {
                let names = self.accounts.iter().map(|a| a.name.as_str()).collect();
                let ids = self.accounts.iter().map(|a| a.id.as_str()).collect();
                describe(&mut unknown, "account", wanted, names, ids);
            }
        }
        for wanted in groups {
            if !self.groups.contains_key(wanted) {
                let names = self.groups.keys().map(String::as_str).collect();
                describe(&mut unknown, "group", wanted, names, Vec::new());
            }
        }
        if unknown.is_empty() { Ok(()) } else { Err(unknown) }
    }
}

fn is_named(account: &Account, wanted: &str) -> bool {
    account.name == wanted || account.id.as_str() == wanted
}

/// What group patterns look at.
fn known(account: &Account) -> Known<'_> {
    Known { id: account.id.as_str(), name: &account.name, tags: &account.tags }
}

/// How many names a message lists before it counts the rest.
const LISTED: usize = 8;

/// Says that a name is unknown; `ids` are other words for the same things, and are not listed.
fn describe(out: &mut String, what: &str, wanted: &str, mut names: Vec<&str>, ids: Vec<&str>) {
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = write!(out, "the fleet file has no {what} \"{}\"", escape(wanted));
    if let Some(name) = nearest(wanted, names.iter().chain(&ids).copied()) {
        let _ = write!(out, ": did you mean \"{}\"?", escape(name));
        return;
    }
    if names.is_empty() {
        let _ = write!(out, ": it has no {what} at all");
        return;
    }
    let rest = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    let _ = write!(out, ": it has {}", escape(&names.join(", ")));
    if rest > 0 {
        let _ = write!(out, " and {rest} more");
    }
}
