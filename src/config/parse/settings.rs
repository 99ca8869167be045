//! The settings that `[defaults]` and every account share.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::role::{Role, role};
use super::session;
use super::values::{integer, string};
use super::walk::Walk;
use crate::domain::account::ExternalId;
use crate::domain::ids::Partition;

/// What was written; nothing is filled in yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) source_profile: Option<String>,
    pub(super) role: Option<Role>,
    pub(super) role_session_name: Option<String>,
    pub(super) duration_seconds: Option<Spanned<i32>>,
    pub(super) external_id: Option<ExternalId>,
    pub(super) partition: Option<Spanned<Partition>>,
    /// The keys that were written, with what was wrong too.
    pub(super) written: Vec<(String, Range<usize>)>,
}

/// The keys that [`Settings::take`] knows.
pub(super) const KEYS: [&str; 6] =
    ["source_profile", "role", "role_session_name", "duration_seconds", "external_id", "partition"];

impl Settings {
    /// Takes a setting; false if the key is none.
    pub(super) fn take(
        &mut self,
        walk: &mut Walk<'_>,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> bool {
        let name = key.get_ref().as_ref();
        match name {
            "source_profile" => {
                self.source_profile = string(walk, name, value).map(Spanned::into_inner);
            }
            "role" => self.role = role(walk, name, value),
            "role_session_name" => {
                self.role_session_name = session::name(walk, name, value).map(Spanned::into_inner);
            }
            "duration_seconds" => self.duration_seconds = duration(walk, name, value),
            "external_id" => self.external_id = session::external_id(walk, name, value),
            "partition" => self.partition = partition(walk, name, value),
            _ => return false,
        }
        self.written.push((name.to_owned(), key.span()));
        true
    }
}

fn duration(walk: &mut Walk<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Spanned<i32>> {
    let hint = "seconds, a limit of AWS; more than 3600 fails where the base credentials are \
                themselves a role (SSO)";
    let seconds = integer(walk, key, value, 900..=43200, hint)?;
    i32::try_from(seconds).ok().map(|seconds| Spanned::new(value.span(), seconds))
}

fn partition(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Spanned<DeValue<'_>>,
) -> Option<Spanned<Partition>> {
    let text = string(walk, key, value)?;
    let partition = Partition::parse(text.get_ref());
    if partition.is_none() {
        let message =
            format!("`{key}` is \"{}\", and must be \"aws\" or \"aws-cn\"", text.get_ref());
        walk.wrong(value.span(), message, "CloudFront exists in these two partitions");
    }
    partition.map(|partition| Spanned::new(value.span(), partition))
}
