//! The profiles of `~/.aws`, read for what the SDK does not tell: it ignores `mfa_serial`
//! silently, and says of a missing profile only that it is missing.

use std::path::PathBuf;

use aws_config::profile::{Profile, ProfileSet};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};

/// The files to read: the usual ones, or one file in their place.
pub(super) fn files(instead: Option<&PathBuf>) -> EnvConfigFiles {
    match instead {
        Some(path) => EnvConfigFiles::builder().with_file(EnvConfigFileKind::Config, path).build(),
        None => EnvConfigFiles::default(),
    }
}

/// Reads them; an error is the SDK's sentence about the file.
pub(super) async fn read(files: &EnvConfigFiles) -> Result<ProfileSet, String> {
    aws_config::profile::load(&Fs::real(), &Env::real(), files, None)
        .await
        .map_err(|error| super::trouble::chain(&error))
}

/// What is wrong with a profile before anything is tried.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// There is no such profile; the nearest names.
    Missing { name: String, near: Vec<String> },
    /// The profile wants an MFA code, which the SDK never asks for.
    Mfa { profile: String, serial: String },
}

/// Follows `source_profile` from a profile and finds the first flaw. Loops are left to the SDK.
pub(super) fn flaw(profiles: &ProfileSet, name: &str) -> Option<Flaw> {
    let mut visited: Vec<&str> = Vec::new();
    let mut next = name;
    while !visited.contains(&next) {
        visited.push(next);
        let Some(profile) = profiles.get_profile(next) else {
            return Some(Flaw::Missing { name: next.to_owned(), near: near(profiles, next) });
        };
        if let (Some(serial), Some(_)) = (profile.get("mfa_serial"), profile.get("role_arn")) {
            let serial = serial.to_owned();
            return Some(Flaw::Mfa { profile: next.to_owned(), serial });
        }
        match profile.get("source_profile") {
            Some(source) if profile.get("role_arn").is_some() => next = source,
            _ => return None,
        }
    }
    None
}

/// The serial of the MFA device of a user profile with long-lived keys: the calls go out without
/// MFA, and policies that ask for it deny them.
pub(super) fn user_mfa<'a>(profiles: &'a ProfileSet, name: &str) -> Option<&'a str> {
    profiles.get_profile(name).filter(|p| p.get("aws_access_key_id").is_some())?.get("mfa_serial")
}

/// The profile that signs in by SSO, following `source_profile`.
pub(super) fn sso_profile<'a>(profiles: &'a ProfileSet, name: &'a str) -> Option<&'a str> {
    let is_sso = |p: &Profile| p.get("sso_session").or(p.get("sso_start_url")).is_some();
    let profile = profiles.get_profile(name)?;
    if is_sso(profile) {
        return Some(profile.name());
    }
    let source = profiles.get_profile(profile.get("source_profile")?)?;
    is_sso(source).then(|| source.name())
}

/// Up to three profiles whose names differ little, the nearest first.
fn near(profiles: &ProfileSet, wanted: &str) -> Vec<String> {
    let mut names: Vec<(usize, &str)> =
        profiles.profiles().map(|name| (distance(wanted, name), name)).collect();
    names.sort_unstable();
    let limit = wanted.chars().count().div_ceil(2).max(2);
    names.into_iter().filter(|(d, _)| *d <= limit).take(3).map(|(_, n)| n.to_owned()).collect()
}

/// Levenshtein's distance, letter case aside.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn set(text: &str) -> ProfileSet {
        let files =
            EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, text).build();
        read(&files).await.unwrap()
    }

    #[tokio::test]
    async fn a_missing_profile_names_its_neighbours() {
        let set = set("[profile audit]\n[profile audit-eu]\n[profile zebra-crossing]\n").await;
        let Some(Flaw::Missing { name, near }) = flaw(&set, "adit") else { panic!("found") };
        assert_eq!((name.as_str(), near), ("adit", vec!["audit".to_owned()]));
        assert_eq!(flaw(&set, "audit"), None);
    }

    #[tokio::test]
    async fn mfa_is_found_behind_links_and_loops_end() {
        let set = set("[profile a]\nrole_arn=r\nsource_profile=b\n\
             [profile b]\nrole_arn=r\nsource_profile=c\nmfa_serial=arn:aws:iam::1:mfa/me\n\
             [profile c]\naws_access_key_id=k\n\
             [profile d]\nrole_arn=r\nsource_profile=e\n[profile e]\nrole_arn=r\nsource_profile=d\n\
             [profile f]\nrole_arn=r\nsource_profile=gone\n\
             [profile g]\naws_access_key_id=k\nmfa_serial=s\n")
        .await;
        assert!(matches!(flaw(&set, "a"), Some(Flaw::Mfa { profile, .. }) if profile == "b"));
        assert_eq!(flaw(&set, "d"), None);
        assert!(matches!(flaw(&set, "f"), Some(Flaw::Missing { name, .. }) if name == "gone"));
        assert_eq!(flaw(&set, "g"), None);
        assert_eq!(user_mfa(&set, "g"), Some("s"));
        assert_eq!(user_mfa(&set, "c"), None);
    }

    #[tokio::test]
    async fn the_profile_that_signs_in_is_found() {
        let set = set("[profile sso]\nsso_start_url=u\n\
             [profile role]\nrole_arn=r\nsource_profile=sso\n[profile k]\n")
        .await;
        assert_eq!(sso_profile(&set, "role"), Some("sso"));
        assert_eq!(sso_profile(&set, "sso"), Some("sso"));
        assert_eq!(sso_profile(&set, "k"), None);
    }
}
