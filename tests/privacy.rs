//! The privacy mask: no real name of the fleet on a screen, in a copy, an export or a recording
//! while it is on, and everything as before once it is off.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, unreachable_pub)]

#[path = "privacy/effects.rs"]
mod effects;
mod explorer;
#[path = "privacy/files.rs"]
mod files;
#[path = "privacy/names.rs"]
mod names;
#[path = "privacy/walk.rs"]
mod walk;
