//! The files of `--record` and `--replay`.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use jiff::Timestamp;

use super::args;
use super::output::shown;
use super::stop::Stop;
use crate::app::model::Start;
use crate::app::privacy::{Privacy, Taping};
use crate::app::recording::{self, Header, Mistake};
use crate::domain::mask::Mask;
use crate::domain::text::escape;
use crate::shell::Recorder;
use crate::shell::record::Writing;

/// What is to be played, and how fast.
pub(super) struct Playing {
    pub(super) tape: recording::Tape,
    pub(super) speed: f64,
}

impl Playing {
    /// Reads the file of `--replay`, if one is given.
    pub(super) fn of(wanted: &args::Tape) -> Result<Option<Self>, Stop> {
        let Some(path) = &wanted.replay else { return Ok(None) };
        let bytes = fs::read(path)
            .map_err(|error| Stop::usage(format!("cannot read {}: {error}", shown(path))))?;
        let tape = recording::read(&bytes).map_err(|Mistake { line, what }| {
            Stop::usage(format!("{}:{line}: cannot be played: {}", shown(path), escape(&what)))
        })?;
        Ok(Some(Self { tape, speed: wanted.speed.unwrap_or(1.0) }))
    }
}

/// Refuses a file that is there, before anything is read or anybody is asked for credentials.
pub(super) fn refuse_existing(wanted: &args::Tape) -> Result<(), Stop> {
    match &wanted.record {
        Some(path) if path.symlink_metadata().is_ok() => Err(is_there(path)),
        _ => Ok(()),
    }
}

/// Begins a recording in a file that is not there yet.
pub(super) fn begin(
    path: &Path,
    start: &Start,
    now: Timestamp,
) -> Result<(Recorder, Writing), Stop> {
    let size = crate::shell::size()
        .map_err(|error| Stop::usage(format!("the terminal tells no size: {error}")))?;
    let header = Header::new(start, size, now);
    let Privacy { key, taping, .. } = start.privacy;
    let mask = (taping == Taping::Masked).then(|| Mask::new(key, &start.accounts));
    Recorder::create_masked(path, &header, mask).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => is_there(path),
        _ => Stop::usage(format!("cannot record to {}: {error}", shown(path))),
    })
}

fn is_there(path: &Path) -> Stop {
    let path = shown(path);
    Stop::usage(format!(
        "{path} is there already, and a recording replaces nothing: name another file"
    ))
}
