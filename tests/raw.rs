//! The Raw JSON tab: the tree, by itself and against the real jq, and its keys.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;
#[path = "raw/keys.rs"]
mod keys;
#[path = "raw/screens.rs"]
mod screens;
#[path = "raw/storm.rs"]
mod storm;
mod tools;
#[path = "raw/tree.rs"]
mod tree;
