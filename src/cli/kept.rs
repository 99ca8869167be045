//! What earlier sessions left in the state directory. A file that cannot be used is told of on the
//! screen, and never stops the explorer.

use std::fs;
use std::io;
use std::path::Path;

use super::output::shown;
use crate::app::saved::{
    LastSession, SESSION_FILE, SavedViews, VIEWS_FILE, read_session, read_views,
};

/// What earlier sessions left.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) views: SavedViews,
    pub(super) session: Option<LastSession>,
    /// What could not be used, ready for a person.
    pub(super) trouble: Option<String>,
}

/// Reads the saved views and, where it is wanted, the last session.
pub(super) fn kept(directory: Option<&Path>, resume: bool) -> Kept {
    let Some(directory) = directory else {
        let trouble = resume.then(|| "there is no last session to go on with here".to_owned());
        return Kept { trouble, ..Kept::default() };
    };
    let mut troubles = Vec::new();
    let views = match read(&directory.join(VIEWS_FILE), read_views) {
        Ok(views) => views.unwrap_or_default(),
        Err(trouble) => {
            troubles.push(format!("{trouble}; saving a view replaces the file"));
            SavedViews::default()
        }
    };
    let mut session = None;
    if resume {
        let path = directory.join(SESSION_FILE);
        match read(&path, read_session) {
            Ok(Some(last)) => session = Some(last),
            Ok(None) => troubles.push(format!(
                "there is no last session to go on with: {} is not there yet",
                shown(&path)
            )),
            Err(trouble) => troubles.push(format!("the last session is not resumed: {trouble}")),
        }
    }
    Kept { views, session, trouble: (!troubles.is_empty()).then(|| troubles.join("; ")) }
}

/// A file that is not there is no trouble.
fn read<T>(path: &Path, parse: fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    let place = shown(path);
    match fs::read_to_string(path) {
        Ok(text) => parse(&text).map(Some).map_err(|said| {
            let said = crate::domain::text::escape(&said).into_owned();
            format!("{place} cannot be used: {said}")
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{place} cannot be read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_cannot_be_used_are_told_of_and_the_rest_counts() {
        let place = tempfile::tempdir().unwrap();
        let nothing = kept(Some(place.path()), false);
        assert!(nothing.trouble.is_none() && nothing.views.is_empty());
        let said = kept(Some(place.path()), true).trouble.unwrap();
        assert!(said.contains("session.toml is not there yet"), "{said}");

        fs::write(place.path().join(VIEWS_FILE), "[views.a]\nfilter = \"shop\"\n").unwrap();
        fs::write(place.path().join(SESSION_FILE), b"\xff\x1b[31m").unwrap();
        let half = kept(Some(place.path()), true);
        assert_eq!(half.views[&'a'].filter, "shop");
        assert!(half.session.is_none() && half.trouble.unwrap().contains("session.toml"));

        fs::write(place.path().join(VIEWS_FILE), "[views.\u{1b}[31m").unwrap();
        let said = kept(Some(place.path()), false).trouble.unwrap();
        assert!(said.contains("views.toml cannot be used"), "{said}");
        assert!(!said.contains('\u{1b}'), "{said:?}");
    }
}
