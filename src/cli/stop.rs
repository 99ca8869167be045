//! Why a command ends before it is done.

use crate::cli::status;

/// An exit status and what to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    /// The exit status.
    pub(super) status: u8,
    /// For stderr, harmless text; empty where there is nothing to say.
    pub(super) message: String,
}

impl Stop {
    /// A mistake of the command line or the fleet file, or a file that cannot be written.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { status: status::USAGE, message: message.into() }
    }
}
