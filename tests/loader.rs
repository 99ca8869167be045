//! The loader end to end: the real SDK over real sockets against the fake AWS.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub
)]

mod fake;

#[path = "loader/faults.rs"]
mod faults;
#[path = "loader/harness.rs"]
mod harness;
#[path = "loader/lookups.rs"]
mod lookups;
#[path = "loader/odd.rs"]
mod odd;
#[path = "loader/profiles.rs"]
mod profiles;
#[path = "loader/sessions.rs"]
mod sessions;
#[path = "loader/whole.rs"]
mod whole;
#[path = "loader/wire.rs"]
mod wire;
