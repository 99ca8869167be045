//! The two numbers that every summary shows together: what was found, and of how much.

use serde::{Deserialize, Serialize};

use super::assessment::Assessment;
use super::verdict::{Lens, Verdict};

/// How an account stands after a load; the names are a contract of the JSON format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Every page, and every look-up that a verdict needs.
    Complete,
    /// Some rows, or all rows with a look-up denied.
    Partial,
    /// No row.
    Failed,
    /// Disabled in the fleet file.
    Skipped,
}

/// How much of the fleet was seen. Disabled accounts are outside of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Enabled accounts of the selection, whatever became of them.
    pub accounts: usize,
    /// Of these, wholly read.
    pub complete: usize,
    /// Of these, read in part.
    pub partial: usize,
    /// Of these, not read.
    pub failed: usize,
}

impl Coverage {
    /// Counts one account's state.
    pub fn add(&mut self, state: AccountState) {
        match state {
            AccountState::Skipped => return,
            AccountState::Complete => self.complete += 1,
            AccountState::Partial => self.partial += 1,
            AccountState::Failed => self.failed += 1,
        }
        self.accounts += 1;
    }

    /// Wholly read accounts in a hundred, one decimal; never rounded up to 100.
    pub fn percent(&self) -> f64 {
        percent(self.complete, self.accounts)
    }

    /// True only if every account was wholly read.
    pub fn is_whole(&self) -> bool {
        self.complete == self.accounts
    }
}

/// What was found, under one lens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Origins counted.
    pub origins: usize,
    /// Of these, nothing can flow in plaintext, weak TLS included.
    pub encrypted: usize,
    /// Of the encrypted, those that edge code could send elsewhere.
    pub edge: usize,
    counts: [usize; Verdict::BY_SEVERITY.len()],
}

impl Tally {
    /// Counts one origin.
    pub fn add(&mut self, assessment: &Assessment, lens: Lens) {
        self.origins += 1;
        self.encrypted += usize::from(assessment.is_encrypted());
        self.edge += usize::from(assessment.is_encrypted() && assessment.edge_rewrite);
        self.counts[slot(assessment.verdict(lens))] += 1;
    }

    /// Takes one origin out again, when its distribution is read anew.
    pub fn remove(&mut self, assessment: &Assessment, lens: Lens) {
        self.origins -= 1;
        self.encrypted -= usize::from(assessment.is_encrypted());
        self.edge -= usize::from(assessment.is_encrypted() && assessment.edge_rewrite);
        self.counts[slot(assessment.verdict(lens))] -= 1;
    }

    /// How many origins have this verdict.
    pub fn of(&self, verdict: Verdict) -> usize {
        self.counts[slot(verdict)]
    }

    /// What triage is about.
    pub fn problems(&self) -> usize {
        Verdict::BY_SEVERITY.into_iter().filter(|v| v.is_problem()).map(|v| self.of(v)).sum()
    }

    /// Encrypted origins in a hundred, one decimal; never rounded up to 100.
    pub fn percent_encrypted(&self) -> f64 {
        percent(self.encrypted, self.origins)
    }
}

fn slot(verdict: Verdict) -> usize {
    Verdict::BY_SEVERITY
        .iter()
        .position(|v| *v == verdict)
        .expect("BY_SEVERITY lists every verdict")
}

/// Rounded down, so that 99.96 never reads as 100. Nothing of nothing is 0.
fn percent(part: usize, whole: usize) -> f64 {
    match whole {
        0 => 0.0,
        _ => (part * 1000 / whole) as f64 / 10.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_is_only_all() {
        assert_eq!(percent(2999, 3000), 99.9);
        assert_eq!(percent(3000, 3000), 100.0);
        assert_eq!(percent(0, 0), 0.0);
    }
}
