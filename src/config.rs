//! The fleet file, flags and environment, layered into one validated value.

pub mod fleet;
