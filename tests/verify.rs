//! One distribution read again: from the real SDK over sockets to the row, the notice and the
//! cursor; and the rounds over copied fixes, on a clock that the tests turn.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, unreachable_pub)]

mod explorer;
mod fake;

#[path = "loader/harness.rs"]
#[allow(dead_code)]
mod harness;
#[path = "verify/keys.rs"]
mod keys;
#[path = "verify/pairs.rs"]
mod pairs;
#[path = "verify/rounds.rs"]
mod rounds;
#[path = "verify/source.rs"]
mod source;
#[path = "verify/tags.rs"]
mod tags;
