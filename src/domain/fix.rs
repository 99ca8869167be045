//! What to do about a finding: a script that changes exactly that origin, or a plan, templates,
//! the portal's steps, a ticket, the change field by field, and what to know before.
//!
//! A fix is pasted into an administrator's shell, and its values are written by whoever can
//! write to CloudFront in a member account. So every value is quoted, no text is built at all
//! where a value holds a character that a terminal acts on, and what is no script is inert.

mod batch;
mod cases;
mod certificate;
mod cloudformation;
mod console;
mod neighbours;
mod notes;
mod plan;
mod script;
mod template;
mod terraform;
mod ticket;
mod ways;

use super::distribution::{Behavior, ViewerPolicy};
use super::finding::Finding;
use super::quote::single;
use super::rule::{RULE_ID, Rule};
use super::text::{escape, is_plain};

pub use batch::{Batch, batch};
pub use cases::{Case, Choice, Rank, case, cases};
pub use console::link as console_link;
pub use neighbours::Neighbours;
pub use notes::{Change, changes, notes};

/// The forms in which a fix is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The portal's steps.
    Console,
    /// A script for the AWS CLI, or a plan that prints itself.
    Cli,
    /// The changed parts for Terraform.
    Terraform,
    /// The changed parts for CloudFormation.
    CloudFormation,
    /// Markdown with evidence, reach and steps.
    Ticket,
}

impl Form {
    /// In the order of the screen.
    pub const ALL: [Self; 5] =
        [Self::Console, Self::Cli, Self::Terraform, Self::CloudFormation, Self::Ticket];
}

/// Text to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cli {
    /// Valid shell without a newline at the end: a script, or a plan that only prints itself.
    pub text: String,
    /// True if it changes something when run.
    pub is_script: bool,
    /// What it does, in one harmless line.
    pub title: String,
}

/// Why there is nothing to copy; harmless sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoFix {
    /// It passes, or something must be known first.
    NothingToFix(String),
    /// A value holds a character that a terminal acts on, or is not what AWS gives.
    NotCopyable(String),
}

impl NoFix {
    /// The sentence.
    pub fn reason(&self) -> &str {
        match self {
            Self::NothingToFix(why) | Self::NotCopyable(why) => why,
        }
    }
}

/// The fix in one of its forms: what is shown, copied and printed, byte for byte, without a
/// newline at its end. It holds the first fix of the origin; the others follow it, marked, in
/// every form but the command.
///
/// # Errors
/// Where nothing is to be fixed, and where no command or template may be built from the values.
pub fn text(finding: &Finding<'_>, form: Form) -> Result<String, NoFix> {
    match form {
        Form::Console => console(finding).map(|lines| lines.join("\n")),
        Form::Cli => cli(finding).map(|cli| cli.text),
        Form::Terraform => template::text(finding, &terraform::LANGUAGE),
        Form::CloudFormation => template::text(finding, &cloudformation::LANGUAGE),
        Form::Ticket => ticket::ticket(finding),
    }
}

/// The fix as shell text: a script for custom origins and for the behaviors that lead to an S3
/// origin, else a plan that prints itself.
///
/// # Errors
/// Where nothing is to be fixed, and where no command may be built from the values.
pub fn cli(finding: &Finding<'_>) -> Result<Cli, NoFix> {
    let case = fixable(finding)?;
    command(finding, case)
}

/// A fix after the first, as it is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// What it does, in one harmless line.
    pub title: String,
    /// How it stands to the first, and why it is offered; a harmless sentence.
    pub why: String,
    /// Its text, or why none may be built.
    pub cli: Result<Cli, NoFix>,
}

/// The fixes after the first. Their texts stand in the ticket, byte for byte, and are never copied
/// with the first: pasted together both would run.
pub fn others(finding: &Finding<'_>) -> Vec<Other> {
    let other = |choice: &Choice| Other {
        title: title(finding, choice.case),
        why: escape(&template::introduced(choice)).into_owned(),
        cli: command(finding, choice.case),
    };
    cases(finding).iter().skip(1).map(other).collect()
}

/// One of the fixes of an origin as shell text.
fn command(finding: &Finding<'_>, case: Case) -> Result<Cli, NoFix> {
    copyable(finding, case)?;
    let (text, is_script) = match script::edit(finding, case) {
        Some(edit) => (script::script(finding, edit), true),
        None => {
            let lines = ways::lines(finding, case).unwrap_or_else(|| plan::lines(finding, case));
            (plan::inert(&lines), false)
        }
    };
    Ok(Cli { text, is_script, title: title(finding, case) })
}

/// The portal's steps with this origin's values, one line each, harmless text. They are shown
/// also where a value keeps a command from being built.
///
/// # Errors
/// Where nothing is to be fixed.
pub fn console(finding: &Finding<'_>) -> Result<Vec<String>, NoFix> {
    let case = fixable(finding)?;
    let mut lines = console::lines(finding, case);
    lines.extend(template::staging(finding).map(str::to_owned));
    for choice in cases(finding).iter().skip(1) {
        lines.push(template::introduced(choice));
        lines.extend(console::steps(finding, choice.case).iter().map(|step| format!("   {step}")));
    }
    Ok(lines.iter().map(|line| escape(line).into_owned()).collect())
}

fn fixable(finding: &Finding<'_>) -> Result<Case, NoFix> {
    match case(finding) {
        Case::NotKnown => Err(NoFix::NothingToFix(format!(
            "what to fix is not known, because it could not be judged: {}",
            finding.reason()
        ))),
        Case::Nothing => {
            let mut why = format!("nothing to fix: {}", finding.reason());
            if finding.assessment.rule == Rule::Fail {
                why += &format!(
                    "; {RULE_ID} fails it all the same, as it looks at the default behavior and at custom origins only"
                );
            }
            Err(NoFix::NothingToFix(why))
        }
        case => Ok(case),
    }
}

/// Refuses values that a terminal would act on, and ids that CloudFront does not give.
fn copyable(finding: &Finding<'_>, case: Case) -> Result<(), NoFix> {
    let distribution = finding.distribution;
    let id = distribution.id.as_str();
    if !(1..=64).contains(&id.len()) || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let why = format!(
            "no command is built: the distribution id {} is not one that CloudFront gives",
            escape(id)
        );
        return Err(NoFix::NotCopyable(why));
    }
    let values = values(finding, case);
    if let Some((name, value)) = values.iter().find(|(_, value)| !is_plain(value)) {
        return Err(NoFix::NotCopyable(format!(
            "no command is built: the {name} holds a character that a terminal acts on or nobody can see: {}",
            escape(value)
        )));
    }
    match values.iter().find(|(_, value)| single(value).len() > plan::LONGEST) {
        None => Ok(()),
        Some((name, value)) => Err(NoFix::NotCopyable(format!(
            "no command is built: the {name} has {} characters, more than CloudFront takes and a terminal may cut",
            value.chars().count()
        ))),
    }
}

/// Every text of others that a command or a template for the fix may hold, and what it is.
fn values<'a>(finding: &Finding<'a>, case: Case) -> Vec<(&'static str, &'a str)> {
    let distribution = finding.distribution;
    let mut values = vec![
        ("origin id", finding.origin.id.as_str()),
        ("origin domain", finding.origin.domain.as_str()),
    ];
    values.extend(finding.account.fix_profile.as_deref().map(|p| ("fix_profile", p)));
    values.extend(finding.ssl_protocols().iter().map(|p| ("SSL protocol", p.as_str())));
    if !matches!(case, Case::HttpsOnly { .. } | Case::StrongTls) {
        values.push(("origin path", finding.origin.path.as_str()));
        values.push(("distribution ARN", distribution.arn.as_str()));
        values.extend(distribution.routes(finding.origin).map(|b| ("path pattern", b.path())));
        values.extend(groups(finding).map(|group| ("origin group id", group)));
        if let Some(vpc) = &finding.origin.vpc {
            values.push(("VPC origin id", vpc.vpc_origin_id.as_str()));
            values.extend(vpc.owner.as_deref().map(|o| ("owner of the VPC origin", o)));
            values.extend(vpc.endpoint.found().map(|e| ("VPC endpoint ARN", e.arn.as_str())));
        }
    }
    values
}

fn title(finding: &Finding<'_>, case: Case) -> String {
    let what = match case {
        Case::HttpsOnly { .. } => {
            format!("{} → https-only", finding.protocol().unwrap_or("its protocol policy"))
        }
        Case::StrongTls => "only TLSv1.2 to the origin".to_owned(),
        Case::RedirectViewers { .. } if script::edit(finding, case).is_some() => {
            "allow-all → redirect-to-https on just the behaviors that reach it".to_owned()
        }
        Case::RedirectViewers { .. } => "plan: make viewers use HTTPS".to_owned(),
        Case::SignAlways => "plan: a new origin access control that always signs".to_owned(),
        Case::Remove => "plan: delete the origin, as nothing routes to it".to_owned(),
        Case::LeaveWebsite { .. } => {
            "plan: from the S3 website endpoint to the REST endpoint with an OAC".to_owned()
        }
        Case::ReplaceVpcOrigin { .. } => "plan: a second VPC origin with https-only".to_owned(),
        Case::StrongTlsVpc => "plan: a second VPC origin with only TLSv1.2".to_owned(),
        Case::NotKnown | Case::Nothing => String::new(),
    };
    let preventive =
        if is_preventive(case) { " (preventive: nothing is sent there now)" } else { "" };
    let (origin, distribution) = (finding.origin.id.as_str(), finding.distribution.id.as_str());
    escape(&format!("{origin} of {distribution}: {what}{preventive}")).into_owned()
}

fn is_preventive(case: Case) -> bool {
    matches!(
        case,
        Case::HttpsOnly { preventive: true }
            | Case::RedirectViewers { preventive: true }
            | Case::ReplaceVpcOrigin { preventive: true }
    )
}

/// The behaviors that let plain HTTP through to the origin: what block C changes, no more.
fn open_behaviors<'a>(finding: &Finding<'a>) -> Vec<&'a Behavior> {
    let routes = finding.distribution.routes(finding.origin);
    routes.filter(|behavior| behavior.viewer == ViewerPolicy::AllowAll).collect()
}

/// Ids of the origin groups that have the origin.
fn groups<'a>(finding: &Finding<'a>) -> impl Iterator<Item = &'a str> + 'a {
    let origin = &finding.origin.id;
    let groups = finding.distribution.groups.iter();
    groups.filter(move |group| group.members.contains(origin)).map(|group| group.id.as_str())
}
