//! What is recorded plays again: every event comes back from its line as it was, a replay shows
//! the same screens, no secret is in a file, and no file makes a replay panic.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, unreachable_pub)]

mod explorer;
mod fake;
#[allow(dead_code, reason = "the loader's tests use the rest")]
#[path = "loader/harness.rs"]
mod harness;
#[path = "record/lines.rs"]
mod lines;
#[path = "record/mistakes.rs"]
mod mistakes;
#[path = "record/same.rs"]
mod same;
#[path = "record/script.rs"]
mod script;
#[path = "record/secrets.rs"]
mod secrets;
#[path = "record/stage.rs"]
mod stage;
