//! What the process is given from outside: variables and the terminals it talks to. Everything
//! else is told what it needs.

use std::io::{IsTerminal, stderr, stdout};

use crate::shell::Environment;

/// A variable of the environment; one that is not Unicode counts as unset.
#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// True if colours are welcome on stdout: a terminal, and nobody said otherwise.
pub(super) fn wants_colour() -> bool {
    stdout().is_terminal() && !Environment::read().no_color && !is_dumb()
}

/// True if a line on stderr can be written anew.
pub(super) fn can_rewrite() -> bool {
    stderr().is_terminal() && !is_dumb()
}

/// Cells across, if stdout is a terminal that tells.
pub(super) fn width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

fn is_dumb() -> bool {
    Environment::read().term.as_deref() == Some("dumb")
}
