//! Everything that can happen to the explorer. Closed and serialisable, so that a session can be
//! recorded and played again.

use std::path::PathBuf;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::model::Measured;
use super::preflight::OriginOf;
use crate::domain::ids::DistributionId;
use crate::domain::preflight::Preflight;
use crate::inventory::report::{AccountIx, LoadId, Paired, Report, Reread, Tags};

/// An event and when it happened: `update` never reads a clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timed {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// What happened, in the past tense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A key was pressed (or repeated; releases are dropped by the shell).
    Pressed(KeyEvent),
    /// The terminal told its background.
    Background {
        /// It is a light one.
        light: bool,
    },
    /// Text came in one piece.
    Pasted(String),
    /// The left button of the mouse went down.
    Clicked {
        /// The cell, from the left.
        column: u16,
        /// The cell, from the top.
        row: u16,
    },
    /// The mouse moved with its left button down.
    Dragged {
        /// The cell, from the left.
        column: u16,
        /// The cell, from the top.
        row: u16,
    },
    /// The wheel of the mouse turned by one step.
    Scrolled {
        /// The cell, from the left.
        column: u16,
        /// The cell, from the top.
        row: u16,
        /// Towards the person.
        down: bool,
    },
    /// The terminal has this size now; also the first event of every session.
    Resized {
        /// Cells across.
        columns: u16,
        /// Cells down.
        rows: u16,
    },
    /// What the drawn frame had room for; sent when it changed.
    Measured(Measured),
    /// The time that `Effect::WakeAt` asked for has come.
    Ticked,
    /// Reports of one load, in order; a batch per turn of the loop.
    Reported(LoadId, Vec<Report>),
    /// Every account of the load has ended, or the load was cancelled.
    LoadEnded(LoadId),
    /// A distribution was read again, one way or another.
    Verified {
        /// Its account.
        account: AccountIx,
        /// Its id.
        distribution: DistributionId,
        /// What came of it.
        outcome: Reread,
    },
    /// The tags of a distribution were read, one way or another.
    TagsRead {
        /// Its account.
        account: AccountIx,
        /// Its id.
        distribution: DistributionId,
        /// What came of it.
        tags: Tags,
    },
    /// The pair of a staging distribution and its primary was looked for.
    PairSought {
        /// The account.
        account: AccountIx,
        /// The one of the two that was looked at.
        distribution: DistributionId,
        /// What came of it.
        paired: Paired,
    },
    /// A copy was done, one way or another.
    Copied(Copied),
    /// A TLS pre-flight came to its end.
    Preflighted {
        /// The origin that it was of.
        origin: OriginOf,
        /// Its answer.
        preflight: Preflight,
    },
    /// Something that was asked for could not be done; ready for a person.
    Failed(String),
}

/// What became of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// What it was, in the user's words: `fix`, `JSON`, `ARN`, `row`.
    pub what: String,
    /// Lines of the text.
    pub lines: usize,
    /// Bytes of the text.
    pub bytes: usize,
    /// The way it went, ready for a person: `tmux buffer`, `wl-copy`, `OSC 52 (SSH)`; `None` if
    /// every way failed.
    pub way: Option<String>,
    /// The file that holds the text too, where one was written.
    pub file: Option<PathBuf>,
    /// What did not work on the way, ready for a person.
    pub trouble: Option<String>,
}
