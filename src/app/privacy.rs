//! The privacy mask of a session: how it was started, what is put aside while it is on, and how
//! what comes and goes is masked. The store masks what it holds itself (`store/masked.rs`).

use jiff::Timestamp;

use super::event::{Copied, Event};
use super::line::History;
use super::messages::Messages;
use super::model::Model;
use super::preflight::{OriginOf, Preflights};
use super::saved::SavedViews;
use super::settings::Setting;
use super::store::shown_ending;
use crate::domain::distribution::Distribution;
use crate::domain::fault::Fault;
use crate::domain::mask::{Key, Mask};
use crate::inventory::report::{Deployment, Paired, Report, Reread, Search, Tag, Tags};

/// How the program was started, as far as the mask goes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Privacy {
    /// The mask is on from the first frame.
    pub on: bool,
    /// What its pseudonyms are made with.
    pub key: Key,
    /// Whether the session is recorded, and how.
    pub taping: Taping,
    /// The key is kept: the next run has the same pseudonyms.
    pub lasting: bool,
}

/// Whether a session is recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taping {
    /// It is not.
    #[default]
    No,
    /// With real names. The key is one of this session alone, and is recorded too: else the mask
    /// would show other pseudonyms when it is played.
    Real,
    /// With masked names, so the mask stays on: what is typed would be recorded as well.
    Masked,
}

impl Model {
    /// True while the names that it holds are masked.
    pub fn is_private(&self) -> bool {
        self.store.mask().is_some() || self.start.masked
    }

    /// What to say of a copy, where its names are masked.
    pub(super) fn says_masked(&self, what: &str) -> &'static str {
        match what {
            _ if !self.is_private() => "",
            "JSON" | "ARN" | "row" => "; its names are masked",
            _ if what.starts_with("value ") || what.starts_with("path ") => {
                "; its names are masked"
            }
            _ => "; masked names: this cannot be run",
        }
    }
}

/// What is put aside while the mask is on, because it holds real names.
#[derive(Clone, Debug)]
pub(super) struct Aside {
    /// When the mask was put on.
    pub(super) since: Timestamp,
    pub(super) messages: Messages,
    pub(super) preflights: Preflights,
    pub(super) commands: Vec<String>,
    pub(super) views: SavedViews,
    pub(super) filters: History,
    /// The filter, where the mask took it away.
    pub(super) filter: Option<String>,
    pub(super) fleet: String,
    pub(super) settings: Vec<Setting>,
}

/// An event without a real name in it, as it is recorded.
pub fn masked(mask: &Mask, event: Event) -> Event {
    match event {
        Event::Reported(id, reports) => {
            Event::Reported(id, reports.into_iter().map(|one| report(mask, one)).collect())
        }
        Event::Verified { account, distribution, outcome } => {
            let outcome = match outcome {
                Reread::Found { distribution, fault } => {
                    let distribution = Box::new(mask.distribution(&distribution));
                    Reread::Found { distribution, fault: shown_fault(mask, fault) }
                }
                other => other,
            };
            shown(mask, Event::Verified { account, distribution, outcome })
        }
        other => shown(mask, other),
    }
}

/// An event as the model takes it while the mask is on. What the store keeps is real still: it
/// masks that itself.
pub(super) fn shown(mask: &Mask, event: Event) -> Event {
    match event {
        Event::Verified { account, distribution, outcome } => Event::Verified {
            account,
            distribution: mask.distribution_id(&distribution),
            outcome: match outcome {
                Reread::Failed(fault) => Reread::Failed(mask.fault(&fault)),
                Reread::Found { distribution, fault } => {
                    Reread::Found { distribution, fault: shown_fault(mask, fault) }
                }
                Reread::Gone => Reread::Gone,
            },
        },
        Event::TagsRead { account, distribution, tags } => Event::TagsRead {
            account,
            distribution: mask.distribution_id(&distribution),
            tags: shown_tags(mask, tags),
        },
        Event::PairSought { account, distribution, paired } => Event::PairSought {
            account,
            distribution: mask.distribution_id(&distribution),
            paired: shown_pair(mask, paired),
        },
        Event::Preflighted { origin, preflight } => Event::Preflighted {
            origin: OriginOf {
                account: origin.account,
                distribution: mask.distribution_id(&origin.distribution),
                origin: mask.origin_id(&origin.origin),
            },
            preflight: mask.preflight(&preflight),
        },
        Event::Copied(copied) => Event::Copied(Copied {
            file: copied.file.as_deref().and_then(|path| path.file_name()).map(Into::into),
            trouble: copied.trouble.as_deref().map(|text| mask.text(text)),
            ..copied
        }),
        Event::Failed(what) => Event::Failed(mask.text(&what)),
        other => other,
    }
}

fn report(mask: &Mask, report: Report) -> Report {
    match report {
        Report::Listed { account, distributions } => {
            let masked = |real: &Distribution| mask.distribution(real);
            Report::Listed { account, distributions: distributions.iter().map(masked).collect() }
        }
        Report::Ended { account, ending } => {
            Report::Ended { account, ending: shown_ending(mask, &ending) }
        }
        entered @ Report::Entered { .. } => entered,
    }
}

fn shown_fault(mask: &Mask, fault: Option<Fault>) -> Option<Fault> {
    fault.map(|fault| mask.fault(&fault))
}

/// AWS's own keys stay: one of them tells that CloudFormation owns the distribution.
fn shown_tags(mask: &Mask, tags: Tags) -> Tags {
    let masked = |tag: Tag| Tag {
        key: if tag.key.starts_with("aws:") { tag.key } else { mask.word("key", &tag.key) },
        value: mask.word("tag", &tag.value),
    };
    match tags {
        Ok(tags) => Ok(tags.into_iter().map(masked).collect()),
        Err(why) => Err(mask.text(&why)),
    }
}

fn shown_pair(mask: &Mask, paired: Paired) -> Paired {
    let masked = |found: Deployment| Deployment {
        primary: mask.distribution_id(&found.primary),
        staging: found.staging.iter().map(|name| mask.host(name)).collect(),
        ..found
    };
    match paired {
        Ok(search) => Ok(Search { found: search.found.map(masked), ..search }),
        Err(why) => Err(mask.text(&why)),
    }
}

/// Settings without names and paths of the person's.
pub(super) fn shown_setting(mask: &Mask, setting: &Setting) -> Setting {
    const NAMED: [&str; 3] = ["fleet file", "aws_profile", "aws_ca_bundle"];
    let hidden = setting.group == "Files" || NAMED.contains(&setting.name.as_str());
    Setting {
        value: if hidden { "(masked)".to_owned() } else { mask.text(&setting.value) },
        source: mask.text(&setting.source),
        ..setting.clone()
    }
}
