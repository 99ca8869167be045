//! One script for many findings: every distribution is read once and written once, however many
//! of its origins are fixed, and one that fails does not keep the others from being tried.

mod shell;

use std::collections::BTreeSet;

use super::script::{self, Edit};
use super::{Case, copyable, fixable, title};
use crate::domain::account::Account;
use crate::domain::distribution::Distribution;
use crate::domain::finding::Finding;
use crate::domain::text::escape;

/// A text for several findings at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Valid shell without a newline at the end: one command that changes the distributions one
    /// after the other, or, where nothing may be scripted, one that only prints why.
    pub text: String,
    /// The findings that were asked for.
    pub marked: usize,
    /// Those of them that the script fixes.
    pub scripted: usize,
    /// Distributions that it changes, each by one update.
    pub distributions: usize,
    /// The findings that it does not fix, each with the reason; harmless lines.
    pub left_out: Vec<String>,
}

/// What is changed of one distribution, by one update.
struct Group<'a> {
    account: &'a Account,
    distribution: &'a Distribution,
    changes: Vec<(Finding<'a>, &'static Edit)>,
}

/// The script for these findings, whatever their order and accounts.
pub fn batch(findings: &[Finding<'_>]) -> Batch {
    let mut findings = findings.to_vec();
    findings.sort_by(|a, b| place(a).cmp(&place(b)));
    let judged: Vec<_> = findings.iter().map(|finding| (*finding, scriptable(finding))).collect();
    let fixed = judged.iter().filter(|(_, edit)| edit.is_ok());
    let accounts: BTreeSet<_> = fixed.map(|(finding, _)| &finding.account.id).collect();
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut left_out = Vec::new();
    for (finding, edit) in &judged {
        match edit {
            Err(why) => left_out.push(line(finding, why)),
            Ok(_) if accounts.len() > 1 && finding.account.fix_profile.is_none() => {
                left_out.push(line(finding, "its account has no fix_profile in the fleet file, and a script over several accounts needs one for each"));
            }
            Ok(edit) => add(&mut groups, *finding, edit),
        }
    }
    let scripted = groups.iter().map(|group| group.changes.len()).sum();
    let text = match scripted {
        0 => shell::inert(&left_out),
        _ => shell::script(&groups, &left_out, findings.len()),
    };
    let (marked, distributions) = (findings.len(), groups.len());
    Batch { text, marked, scripted, distributions, left_out }
}

/// By account, distribution and origin, so that what belongs together stands together.
fn place<'a>(finding: &Finding<'a>) -> [&'a str; 4] {
    let Finding { account, distribution, origin, .. } = *finding;
    [&account.name, account.id.as_str(), distribution.id.as_str(), origin.id.as_str()]
}

/// The change that a script may make for a finding, or why there is none; a harmless sentence.
fn scriptable(finding: &Finding<'_>) -> Result<&'static Edit, String> {
    let case: Case = fixable(finding).map_err(|none| none.reason().to_owned())?;
    copyable(finding, case).map_err(|none| none.reason().to_owned())?;
    script::edit(finding, case).ok_or_else(|| {
        format!("its fix is a plan, which is copied alone ({})", title(finding, case))
    })
}

/// Findings come sorted, so that one of the same distribution is the one before.
fn add<'a>(groups: &mut Vec<Group<'a>>, finding: Finding<'a>, edit: &'static Edit) {
    let Finding { account, distribution, .. } = finding;
    match groups.last_mut() {
        Some(group)
            if (&group.account.id, &group.distribution.id) == (&account.id, &distribution.id) =>
        {
            group.changes.push((finding, edit));
        }
        _ => groups.push(Group { account, distribution, changes: vec![(finding, edit)] }),
    }
}

fn line(finding: &Finding<'_>, why: &str) -> String {
    let Finding { account, distribution, origin, .. } = *finding;
    let line = format!(
        "not in this script: {} of {} in account {} ({}): {why}",
        origin.id.as_str(),
        distribution.id.as_str(),
        account.name,
        account.id
    );
    escape(&line).into_owned()
}
