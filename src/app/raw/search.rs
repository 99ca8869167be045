//! What is searched for in the JSON: text, in whatever case, in keys and values as they are drawn.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::RawTree;

/// A search, and where it was found.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What stands in the prompt.
    pub text: String,
    /// Keys go into the prompt.
    pub editing: bool,
    /// The nodes that hold it, hidden ones too.
    pub found: Vec<usize>,
    /// Where the cursor was when the prompt opened.
    pub from: usize,
    pattern: Option<Regex>,
}

impl Search {
    /// True while something is searched for.
    pub fn is_active(&self) -> bool {
        self.pattern.is_some()
    }

    /// Searches anew.
    pub fn run(&mut self, tree: &RawTree) {
        let pattern = RegexBuilder::new(&regex::escape(&self.text)).case_insensitive(true).build();
        self.pattern = pattern.ok().filter(|_| !self.text.is_empty());
        self.found.clear();
        if let Some(pattern) = &self.pattern {
            let nodes = tree.nodes().iter().enumerate();
            let found = nodes.filter(|(_, n)| pattern.is_match(&format!("{}{}", n.label, n.value)));
            self.found.extend(found.map(|(at, _)| at));
        }
    }

    /// Where it stands in a text.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let pattern = self.pattern.as_ref();
        pattern.map(|p| p.find_iter(text).map(|m| m.range()).collect()).unwrap_or_default()
    }

    /// The first node at or after this one that holds it, round the end.
    pub fn at_or_after(&self, node: usize) -> Option<usize> {
        let at = self.found.partition_point(|found| *found < node);
        self.found.get(at).or(self.found.first()).copied()
    }

    /// The next node that holds it, round the end.
    pub fn after(&self, node: usize) -> Option<usize> {
        self.at_or_after(node + 1)
    }

    /// The node before this one that holds it, round the beginning.
    pub fn before(&self, node: usize) -> Option<usize> {
        let at = self.found.partition_point(|found| *found < node);
        self.found[..at].last().or(self.found.last()).copied()
    }

    /// Which of the places the node is, counted from one; `None` if it holds nothing.
    pub fn number(&self, node: usize) -> Option<usize> {
        self.found.binary_search(&node).ok().map(|at| at + 1)
    }
}
