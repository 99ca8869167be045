//! The fleet file, flags and environment, layered into one validated value.

pub mod defaults;
pub mod fleet;
pub mod mistake;
pub mod near;
pub mod notes;
pub mod parse;
pub mod paths;
mod pattern;
mod select;
pub mod starter;
