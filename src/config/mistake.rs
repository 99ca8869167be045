//! What is wrong in a file, and how it is shown: place, line, caret, hint.

mod render;

use std::fmt;

pub use render::Found;
pub(super) use render::{position, render};

/// One mistake. All text is harmless, and no external id's value is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, the first is 1.
    pub line: usize,
    /// The column in characters, the first is 1.
    pub column: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What was expected, or the next step; empty where the message says it all.
    pub hint: String,
    /// The source line, or the part of it around the mistake.
    pub source: String,
    /// Cells of `source` before the caret.
    pub indent: usize,
    /// Cells that the caret marks, at least 1.
    pub width: usize,
}

/// Everything that is wrong in one file, in the order of the file; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    /// The file as the user named it, harmless text.
    pub file: String,
    /// In the order of the file; the first hundred.
    pub list: Vec<Mistake>,
    /// How many there are beyond those.
    pub more: usize,
}

impl std::error::Error for Mistakes {}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.list {
            let Mistake { line, column, message, hint, source, indent, width } = mistake;
            writeln!(f, "{}:{line}:{column}: {message}", self.file)?;
            writeln!(f, "    {source}")?;
            writeln!(f, "    {}{}", " ".repeat(*indent), "^".repeat(*width))?;
            if !hint.is_empty() {
                writeln!(f, "    hint: {hint}")?;
            }
            writeln!(f)?;
        }
        match self.list.len() + self.more {
            1 => writeln!(f, "1 mistake in {}", self.file),
            count => writeln!(f, "{count} mistakes in {}", self.file),
        }
    }
}
