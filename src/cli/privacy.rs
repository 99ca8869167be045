//! The key of the privacy mask: 32 random bytes in the state directory, so that pseudonyms are the
//! same in every run.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use crate::app::privacy::{Privacy, Taping};
use crate::config::paths::state_dir;
use crate::domain::mask::Key;

/// Its name in the state directory.
const FILE: &str = "privacy-key";

/// The demo's fleet is everybody's, and so are its pseudonyms.
const DEMO: Key = Key::new(*b"the demo has names of nobody's..");

/// What to say where no key can be kept.
pub(super) const ONE_RUN: &str = "no privacy-key could be read or kept in the state directory: the pseudonyms are of this run alone";

/// What a command is to mask, and by which key.
pub(super) struct Wish {
    /// The mask is on from the start.
    pub(super) on: bool,
    pub(super) is_demo: bool,
    /// A recording is made.
    pub(super) is_recorded: bool,
}

impl Wish {
    /// The same, only where it is on from the start.
    pub(super) fn privacy_if_on(&self) -> Option<Privacy> {
        self.on.then(|| self.privacy())
    }

    /// Reads the key, and makes one where there is none; where none can be kept, the pseudonyms
    /// are of this run alone.
    pub(super) fn privacy(&self) -> Privacy {
        let taping = match (self.is_recorded, self.on) {
            (false, _) => Taping::No,
            (true, true) => Taping::Masked,
            (true, false) => Taping::Real,
        };
        let privacy = Privacy { on: self.on, key: DEMO, taping, lasting: true };
        if self.is_demo {
            return privacy;
        }
        // A recording of real names is no place for the key of all other sessions.
        let kept = match taping {
            Taping::Real => None,
            Taping::No | Taping::Masked => state_dir().and_then(|folder| kept(&folder).ok()),
        };
        let key = Key::new(kept.unwrap_or_else(random));
        Privacy { key, lasting: kept.is_some(), ..privacy }
    }
}

/// The key in a folder, made there if it is not.
fn kept(folder: &Path) -> io::Result<[u8; 32]> {
    let path = folder.join(FILE);
    match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        read => return of(&read?),
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let draft = folder.join(format!(".{FILE}.{}", std::process::id()));
    let key = random();
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft);
    let linked = made.and_then(|mut file| file.write_all(&key)).and_then(|()| {
        // Unlike a renamed file, a linked one takes the place of none: two that start at once
        // have the same key.
        fs::hard_link(&draft, &path)
    });
    // A draft that stays is of no consequence.
    let _ = fs::remove_file(&draft);
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => of(&fs::read(&path)?),
    }
}

fn of(bytes: &[u8]) -> io::Result<[u8; 32]> {
    bytes.try_into().map_err(|_| io::ErrorKind::InvalidData.into())
}

/// From the system; where its device cannot be read, from what the standard library keys its own
/// hash maps with.
fn random() -> [u8; 32] {
    let mut key = [0; 32];
    let device = File::open("/dev/urandom").and_then(|mut device| device.read_exact(&mut key));
    if device.is_err() {
        for piece in key.chunks_exact_mut(8) {
            piece.copy_from_slice(&RandomState::new().build_hasher().finish().to_le_bytes());
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_for_its_owner_alone() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("state/cf-tui");
        let key = kept(&folder).unwrap();
        assert_ne!(key, [0; 32]);
        assert_eq!(kept(&folder).unwrap(), key);
        let mode = fs::metadata(folder.join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_no_key_stays_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(FILE), "short").unwrap();
        assert!(kept(root.path()).is_err());
        assert_eq!(fs::read(root.path().join(FILE)).unwrap(), b"short");
    }
}
