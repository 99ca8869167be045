//! What to do about a finding: a script that changes exactly that origin, or a plan, the portal's
//! steps, the change field by field, and what to know before.
//!
//! A fix is pasted into an administrator's shell, and its values are written by whoever can
//! write to CloudFront in a member account. So every value is quoted, no text is built at all
//! where a value holds a character that a terminal acts on, and what is no script is inert.

mod batch;
mod certificate;
mod console;
mod neighbours;
mod notes;
mod plan;
mod script;

use super::distribution::{Behavior, ViewerPolicy};
use super::endpoint::OriginKind;
use super::exposure::Exposure;
use super::finding::Finding;
use super::quote::single;
use super::rule::{RULE_ID, Rule};
use super::text::{escape, is_plain};

pub use batch::{Batch, batch};
pub use neighbours::Neighbours;
pub use notes::{Change, changes, notes};

/// Which fix it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// A custom origin goes to https-only. Nothing is sent there now where it is preventive.
    HttpsOnly {
        /// The finding is latent.
        preventive: bool,
    },
    /// An S3 REST origin: viewers are redirected to HTTPS on the behaviors that reach it.
    RedirectViewers {
        /// The finding is latent.
        preventive: bool,
    },
    /// An S3 website endpoint, which has no TLS: it must move to the REST endpoint.
    LeaveWebsite {
        /// CloudFront cannot reach it as configured, and answers 502.
        broken: bool,
    },
    /// A VPC origin cannot be changed while in use: a second one takes its place.
    ReplaceVpcOrigin {
        /// The finding is latent.
        preventive: bool,
    },
    /// A custom origin is encrypted, and may negotiate less than TLS 1.2.
    StrongTls,
    /// A VPC origin is encrypted, and may negotiate less than TLS 1.2.
    StrongTlsVpc,
    /// The origin could not be judged.
    NotKnown,
    /// It passes.
    Nothing,
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

/// Decides which fix it is; the only place that does.
pub fn case(finding: &Finding<'_>) -> Case {
    let assessment = finding.assessment;
    let preventive = assessment.exposure == Exposure::Latent;
    match (assessment.exposure, assessment.kind) {
        (Exposure::Unknown, _) => Case::NotKnown,
        (Exposure::Broken, _) => Case::LeaveWebsite { broken: true },
        (Exposure::Plaintext | Exposure::PlaintextPossible | Exposure::Latent, kind) => {
            match kind {
                OriginKind::Custom => Case::HttpsOnly { preventive },
                OriginKind::S3 => Case::RedirectViewers { preventive },
                OriginKind::S3Website => Case::LeaveWebsite { broken: false },
                OriginKind::Vpc => Case::ReplaceVpcOrigin { preventive },
                OriginKind::Unknown => Case::NotKnown,
            }
        }
        (Exposure::Encrypted | Exposure::EncryptedByViewer, kind) => {
            match (assessment.weak_tls.is_empty(), kind) {
                (false, OriginKind::Custom) => Case::StrongTls,
                (false, OriginKind::Vpc) => Case::StrongTlsVpc,
                _ => Case::Nothing,
            }
        }
    }
}

/// The fix as shell text: a script for custom origins and for the behaviors that lead to an S3
/// origin, else a plan that prints itself.
///
/// # Errors
/// Where nothing is to be fixed, and where no command may be built from the values.
pub fn cli(finding: &Finding<'_>) -> Result<Cli, NoFix> {
    let case = fixable(finding)?;
    copyable(finding, case)?;
    let (text, is_script) = match script::edit(finding, case) {
        Some(edit) => (script::script(finding, edit), true),
        None => (plan::inert(&plan::lines(finding, case)), false),
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
    let lines = console::lines(finding, case);
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
    let mut values = vec![
        ("origin id", finding.origin.id.as_str()),
        ("origin domain", finding.origin.domain.as_str()),
    ];
    values.extend(finding.account.fix_profile.as_deref().map(|p| ("fix_profile", p)));
    if !matches!(case, Case::HttpsOnly { .. } | Case::StrongTls) {
        values.push(("distribution ARN", &distribution.arn));
        values.extend(distribution.routes(finding.origin).map(|b| ("path pattern", b.path())));
        values.extend(groups(finding).map(|group| ("origin group id", group)));
        if let Some(vpc) = &finding.origin.vpc {
            values.push(("VPC origin id", &vpc.vpc_origin_id));
            values.extend(vpc.owner.as_deref().map(|o| ("owner of the VPC origin", o)));
            values.extend(vpc.endpoint.found().map(|e| ("VPC endpoint ARN", e.arn.as_str())));
        }
    }
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
