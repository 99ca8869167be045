//! Findings as text in each format. No files.

pub mod raw;
