//! The lines of a recorded session: what the model was started with, then every event that
//! `update` was given. The same events lead to the same screens, so this is all that it takes.
//!
//! A recording holds what the screens hold: names, ids, domains, tags, and what was typed and
//! pasted. It never holds credentials, values of origin headers or external ids, which no event
//! carries, and of paths it keeps the file's name alone.

mod read;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(super) use self::read::parsed;
pub use self::read::{Mistake, Tape, read};
use super::event::{Event, Timed};
use super::model::Start;
use super::privacy::{Privacy, Taping};
use crate::domain::mask::{Key, Mask};

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u32 = 1;

/// The first line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    /// The version of the format; its name tells what the file is.
    pub cf_tui_recording: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// The terminal's columns and rows at the start.
    pub size: (u16, u16),
    /// The time of the start.
    pub at: Timestamp,
    /// What the model was started with.
    pub start: Start,
    /// What the privacy mask made pseudonyms with, in a recording of real names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask_key: Option<[u8; 32]>,
}

impl Header {
    /// The header of a session that begins, without what only its owner should see.
    pub fn new(start: &Start, size: (u16, u16), at: Timestamp) -> Self {
        let Privacy { key, taping, .. } = start.privacy;
        let mask_key = (taping == Taping::Real).then(|| key.bytes());
        let mut start = start.clone();
        start.fleet = file_name(&start.fleet).to_owned();
        for account in &mut start.accounts {
            // `…/fleet.toml:12:1`
            account.place = file_name(&account.place).to_owned();
        }
        if taping == Taping::Masked {
            let mask = Mask::new(key, &start.accounts);
            start.accounts = start.accounts.iter().map(|real| mask.account(real)).collect();
            (start.fleet, start.masked) = (String::new(), true);
        }
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Self { cf_tui_recording: VERSION, program, size, at, start, mask_key }
    }

    /// The privacy mask of a replay, so that it shows the pseudonyms that were shown.
    pub fn privacy(&self) -> Privacy {
        let key = self.mask_key.map(Key::new).unwrap_or_default();
        Privacy { key, lasting: true, ..Privacy::default() }
    }

    /// True if this very program drew the session, so that its layout is known to be the same.
    pub fn is_ours(&self) -> bool {
        self.program == env!("CARGO_PKG_VERSION")
    }
}

/// Every other line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happened {
    /// Milliseconds since the start, by a clock that never stands still, as the demo's does.
    pub ms: u64,
    /// When it happened, as `update` was told.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

impl Happened {
    /// The line of an event, without what only its owner should see.
    pub fn new(ms: u64, Timed { at, event }: Timed) -> Self {
        let event = match event {
            Event::Copied(mut copied) => {
                let name = |path: PathBuf| path.file_name().map(PathBuf::from);
                copied.file = copied.file.and_then(name);
                Event::Copied(copied)
            }
            other => other,
        };
        Self { ms, at, event }
    }
}

/// A value as a line.
///
/// # Errors
/// If it holds what JSON cannot, such as a file name that is no text.
pub fn line(value: &impl Serialize) -> Result<Vec<u8>, String> {
    let mut line = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    line.push(b'\n');
    Ok(line)
}

fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}
