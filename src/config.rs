//! The files that people write: the fleet file, and a person's own keys, themes and settings. Each
//! becomes one validated value, or every mistake in it with its place.

pub mod defaults;
pub mod fleet;
pub mod keys;
pub mod mistake;
pub mod near;
pub mod notes;
pub mod parse;
pub mod paths;
mod pattern;
pub mod person;
mod select;
pub mod starter;
pub mod theme;
