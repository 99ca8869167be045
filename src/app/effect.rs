//! What the model wants done, as data. Its outcome comes back as an event.

use jiff::Timestamp;

use super::preflight::OriginOf;
use crate::domain::ids::DistributionId;
use crate::domain::preflight::Target;
use crate::inventory::report::{AccountIx, LoadId};

/// A wish of the model, in the imperative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read these accounts; reports come back under the id.
    Load {
        /// The id that reports carry.
        id: LoadId,
        /// Which accounts.
        accounts: Vec<AccountIx>,
    },
    /// Stop a load; nothing of it matters any more.
    Cancel(LoadId),
    /// Read one distribution again.
    Verify {
        /// Its account.
        account: AccountIx,
        /// Its id.
        distribution: DistributionId,
    },
    /// Read the tags of one distribution.
    ReadTags {
        /// Its account.
        account: AccountIx,
        /// Its id.
        distribution: DistributionId,
        /// Its ARN, by which AWS is asked.
        arn: String,
    },
    /// Look for the other one of a staging distribution and its primary.
    SeekPair {
        /// The account.
        account: AccountIx,
        /// The one that is looked at.
        distribution: DistributionId,
        /// The primaries to ask, the likeliest first.
        primaries: Vec<DistributionId>,
        /// The domain name of the staging distribution, where that is the one looked at.
        staging: Option<String>,
    },
    /// Put a text on the clipboard.
    Copy {
        /// What it is, in the user's words.
        what: String,
        /// The text.
        text: String,
        /// The file name in the state directory that keeps it too (mode 0600), such as `fix.sh`.
        file: Option<&'static str>,
    },
    /// Open a page of the AWS console; where no browser can be opened, copy its address.
    OpenBrowser(String),
    /// Connect to an origin, and make a TLS handshake and nothing else.
    Preflight {
        /// The origin that the answer is for.
        origin: OriginOf,
        /// What to ask.
        target: Target,
        /// The time that certificates are judged by.
        now: Timestamp,
    },
    /// Keep a text in the state directory (mode 0600), in the place of what was there.
    KeepFile {
        /// The file's name there.
        name: &'static str,
        /// What it holds.
        text: String,
    },
    /// Send `Ticked` at this time; a later wish replaces an earlier one.
    WakeAt(Timestamp),
    /// Ask the terminal for its background; the answer is `Event::Background`, if one comes.
    AskBackground,
    /// Give the terminal back and stop until continued (Ctrl-z).
    Suspend,
    /// Draw every cell again (Ctrl-l).
    Repaint,
    /// Leave.
    Quit,
}
