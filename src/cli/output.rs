//! Where results go: stdout, or a file that is there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::stop::Stop;
use crate::domain::text::escape;

/// An open place for results, made before the load so that a bad path is told at once.
#[derive(Debug)]
pub(super) enum Output {
    /// The standard output.
    Stdout,
    /// A device or a pipe: there is nothing to rename.
    Stream { path: PathBuf, file: File },
    /// A file beside the wanted one, renamed onto it when it is whole.
    Replacing { path: PathBuf, draft: Draft, file: File },
}

/// A file that is removed unless it was put in its place.
#[derive(Debug)]
pub(super) struct Draft {
    path: Option<PathBuf>,
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // Nothing can be done about a draft that does not go away, and nothing is lost.
            let _ = fs::remove_file(path);
        }
    }
}

impl Output {
    /// Opens the wanted file, or stdout.
    pub(super) fn open(wanted: Option<&Path>) -> Result<Self, Stop> {
        let Some(wanted) = wanted else { return Ok(Self::Stdout) };
        // A link keeps its place: what it points to is replaced.
        let path = fs::canonicalize(wanted).unwrap_or_else(|_| wanted.to_owned());
        let opened = match fs::metadata(&path) {
            Ok(there) if there.is_dir() => Err(io::Error::from(ErrorKind::IsADirectory)),
            Ok(there) if !there.is_file() => OpenOptions::new()
                .write(true)
                .open(&path)
                .map(|file| Self::Stream { path: path.clone(), file }),
            _ => draft_of(&path),
        };
        opened.map_err(|error| cannot_write(wanted, &error))
    }

    /// True for stdout.
    pub(super) fn is_stdout(&self) -> bool {
        matches!(self, Self::Stdout)
    }

    /// Writes everything. A reader that went away is no error: it has what it wanted.
    pub(super) fn write(self, text: &str) -> Result<(), Stop> {
        match self {
            Self::Stdout => print(text),
            Self::Stream { path, mut file } => {
                quiet_pipe(file.write_all(text.as_bytes())).map_err(|e| cannot_write(&path, &e))
            }
            Self::Replacing { path, mut draft, mut file } => {
                let put = file
                    .write_all(text.as_bytes())
                    .and_then(|()| file.sync_all())
                    .and_then(|()| draft.become_file(&path));
                put.map_err(|error| cannot_write(&path, &error))
            }
        }
    }
}

impl Draft {
    fn become_file(&mut self, path: &Path) -> io::Result<()> {
        if let Some(draft) = &self.path {
            fs::rename(draft, path)?;
        }
        self.path = None;
        Ok(())
    }
}

fn draft_of(path: &Path) -> io::Result<Output> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    let mut draft_name = std::ffi::OsString::from(".");
    draft_name.push(name);
    draft_name.push(format!(".{}.tmp", std::process::id()));
    let draft = path.with_file_name(draft_name);
    let file = match create_private(&draft) {
        // Left by a run that was killed: in a container every run may have the same id.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(&draft)?;
            create_private(&draft)?
        }
        created => created?,
    };
    let draft = Draft { path: Some(draft) };
    Ok(Output::Replacing { path: path.to_owned(), draft, file })
}

/// Makes a new file that its owner alone can read; what is there already is an error.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Writes to stdout, byte for byte. A reader that went away is no error.
pub(super) fn print(text: &str) -> Result<(), Stop> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    quiet_pipe(written).map_err(|error| Stop::usage(format!("cannot write to stdout: {error}")))
}

/// Writes a line to stderr. If nobody can read it there is nobody to tell.
pub(super) fn tell(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        let _ = stderr.write_all(b"\n");
    }
}

fn quiet_pipe(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Stop {
    Stop::usage(format!("cannot write {}: {error}", shown(path)))
}

/// A path for people.
pub(super) fn shown(path: &Path) -> String {
    escape(&path.display().to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_a_killed_run_left_is_no_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        let killed = draft_of(&path).unwrap();
        let output = draft_of(&path).unwrap();
        output.write("whole").unwrap();
        drop(killed);
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
