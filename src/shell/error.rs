//! Why the explorer could not be opened, or had to end.

use std::fmt;
use std::io;

/// What the shell could not do, ready for a person.
#[derive(Debug)]
pub enum ShellError {
    /// Standard input or output is a file or a pipe.
    NotATerminal(&'static str),
    /// `TERM=dumb`: no cursor movement.
    DumbTerminal,
    /// The terminal, a signal or the runtime could not be set up or used.
    Io {
        /// What was being done.
        doing: &'static str,
        /// Why it failed.
        error: io::Error,
    },
}

impl ShellError {
    /// The exit status that goes with it: 2 for a wrong use, 1 for everything else.
    pub fn exit_status(&self) -> u8 {
        match self {
            ShellError::NotATerminal(_) | ShellError::DumbTerminal => 2,
            ShellError::Io { .. } => 1,
        }
    }

    pub(super) fn doing(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |error| ShellError::Io { doing, error }
    }
}

impl fmt::Display for ShellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShellError::NotATerminal(stream) => write!(
                f,
                "the explorer needs a terminal, and {stream} is not one; \
                 `cf-tui scan` writes the same findings to a file or a pipe"
            ),
            ShellError::DumbTerminal => write!(
                f,
                "the explorer needs a terminal that can move its cursor, and TERM is `dumb`; \
                 use `cf-tui scan`, or set TERM to what the terminal is, such as `xterm-256color`"
            ),
            ShellError::Io { doing, error } => write!(f, "could not {doing}: {error}"),
        }
    }
}

impl std::error::Error for ShellError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ShellError::Io { error, .. } => Some(error),
            ShellError::NotATerminal(_) | ShellError::DumbTerminal => None,
        }
    }
}
