//! How far a load is, on stderr: one line written anew on a terminal, a line per ended account
//! elsewhere.

use std::io::{Write, stderr};

use super::environment::can_rewrite;
use super::output::tell;
use crate::app::store::Store;
use crate::domain::mask::Mask;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;
use crate::inventory::report::{AccountIx, Report, Stage};

/// The line, and what it said last.
#[derive(Debug)]
pub(super) struct Progress {
    how: How,
    shown: String,
    mask: Option<Mask>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Silent,
    Line,
    Lines,
}

impl Progress {
    /// Nothing is shown yet.
    pub(super) fn new() -> Self {
        let how = if can_rewrite() { How::Line } else { How::Lines };
        Self { how, shown: String::new(), mask: None }
    }

    /// The same, with masked names.
    pub(super) fn masked(self, mask: Option<Mask>) -> Self {
        Self { mask, ..self }
    }

    /// A line on a terminal, and nothing elsewhere.
    pub(super) fn on_terminal() -> Self {
        let how = if can_rewrite() { How::Line } else { How::Silent };
        Self { how, shown: String::new(), mask: None }
    }

    /// Tells what a report changed; the store has taken it in already.
    pub(super) fn told(&mut self, store: &Store, told: Told) {
        match (self.how, told) {
            (How::Line, _) => self.rewrite(&line(store)),
            (How::Lines, Told::Ended(account)) => {
                tell(&ended(store, account, self.mask.as_ref()));
            }
            (How::Lines, Told::Further) | (How::Silent, _) => {}
        }
    }

    /// Takes the line away, so that what follows starts on an empty one.
    pub(super) fn clear(&mut self) {
        if self.how == How::Line {
            self.rewrite("");
        }
    }

    fn rewrite(&mut self, line: &str) {
        if line != self.shown {
            // Progress that nobody can read is no reason to stop.
            let _ = write!(stderr().lock(), "\r\x1b[K{line}");
            line.clone_into(&mut self.shown);
        }
    }
}

/// The part of a report that progress is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// An account got further.
    Further,
    /// An account ended.
    Ended(AccountIx),
}

impl From<&Report> for Told {
    fn from(report: &Report) -> Self {
        match report {
            Report::Ended { account, .. } => Self::Ended(*account),
            Report::Entered { .. } | Report::Listed { .. } => Self::Further,
        }
    }
}

/// Short enough for 80 cells, so that it can be written anew.
fn line(store: &Store) -> String {
    let enabled = store.accounts().iter().filter(|entry| entry.account.enabled);
    let (mut all, mut ended, mut failed, mut throttled) = (0, 0, 0, 0);
    for entry in enabled {
        all += 1;
        ended += usize::from(entry.ending.is_some());
        failed += usize::from(entry.fault().is_some());
        throttled += usize::from(matches!(entry.stage, Some(Stage::Throttled { .. })));
    }
    let mut line =
        format!("{ended}/{all} accounts, {} origins", store.tally(Lens::Traffic).origins);
    if failed > 0 {
        line += &format!(", {failed} not whole");
    }
    if throttled > 0 {
        line += &format!(", {throttled} throttled");
    }
    line
}

fn ended(store: &Store, account: AccountIx, mask: Option<&Mask>) -> String {
    let enabled = store.accounts().iter().filter(|entry| entry.account.enabled);
    let (all, done) =
        enabled.fold((0, 0), |(all, done), e| (all + 1, done + usize::from(e.ending.is_some())));
    let entry = &store.accounts()[account];
    let how = match entry.state() {
        Some(AccountState::Complete) => "complete",
        Some(AccountState::Partial) => "partial",
        Some(AccountState::Failed) => "failed",
        Some(AccountState::Skipped) | None => "not read",
    };
    let masked = mask.map(|mask| mask.account(&entry.account));
    let account = masked.as_ref().unwrap_or(&entry.account);
    let name = escape(&account.name);
    format!("{done}/{all} {name} ({}): {how}, {} origins", account.id, entry.origins)
}
