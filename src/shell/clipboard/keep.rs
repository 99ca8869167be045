//! The file that keeps a copied text: only for its owner, and never half written.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Writes `directory/name` (mode 0600) in a directory that only its owner may enter (0700), and
/// gives its path.
///
/// # Errors
/// If the directory or the file cannot be written.
pub(in crate::shell) fn keep(directory: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    fs::set_permissions(directory, Permissions::from_mode(0o700))?;
    let path = directory.join(name);
    let draft = directory.join(format!(".{name}.{}", std::process::id()));
    // Left over from a process of this number that was killed.
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = write(&draft, text).and_then(|()| fs::rename(&draft, &path));
    if let Err(error) = written {
        // The first error is the one to tell.
        let _ = fs::remove_file(&draft);
        return Err(error);
    }
    Ok(path)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_file_and_its_directory_are_the_owners_alone() {
        let root = tempfile::tempdir().unwrap();
        let directory = root.path().join("state/cf-tui");
        let path = keep(&directory, "fix.sh", "one\n").unwrap();
        assert_eq!((mode(&path), mode(&directory)), (0o600, 0o700));
        assert_eq!(fs::read_to_string(path).unwrap(), "one\n");
    }

    #[test]
    fn a_later_copy_replaces_the_file_and_leaves_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("elsewhere");
        fs::write(&target, "untouched").unwrap();
        let directory = root.path().join("state");
        fs::create_dir(&directory).unwrap();
        fs::set_permissions(&directory, Permissions::from_mode(0o755)).unwrap();
        std::os::unix::fs::symlink(&target, directory.join("fix.sh")).unwrap();
        let stale = directory.join(format!(".fix.sh.{}", std::process::id()));
        fs::write(stale, "left over").unwrap();

        let path = keep(&directory, "fix.sh", "two\n").unwrap();

        assert_eq!(fs::read_to_string(&path).unwrap(), "two\n");
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&directory), 0o700);
        // Through the symbolic link nothing was written.
        assert_eq!(fs::read_to_string(target).unwrap(), "untouched");
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
    }

    #[test]
    fn a_place_that_is_no_directory_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(keep(&file, "fix.sh", "text").is_err());
    }
}
