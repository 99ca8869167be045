//! The Raw JSON tab: the tree of one distribution, where the cursor is in it, and what is
//! searched for. It is built when a distribution is looked at, not when it is drawn.

mod path;
mod search;
mod tree;

pub use self::search::Search;
pub use self::tree::{Kind, Node, RawTree, Step};
use super::store::RowId;
use crate::domain::distribution::{Distribution, Origin};
use crate::domain::finding::Finding;
use crate::export::raw::raw_value;

/// Lines above an origin that is scrolled to.
const CONTEXT: usize = 2;

/// The distribution of a finding as a tree, and the place in it.
#[derive(Clone, Debug)]
pub struct Raw {
    /// What was read.
    pub tree: RawTree,
    /// The node that the cursor is on; never a hidden one.
    pub cursor: usize,
    /// Lines scrolled away.
    pub top: usize,
    /// What is searched for.
    pub search: Search,
    row: RowId,
    of: Distribution,
}

impl Raw {
    /// The tree of a finding's distribution, open at the finding's origin.
    pub fn new(row: RowId, finding: &Finding<'_>) -> Self {
        let tree = RawTree::new(raw_value(finding.distribution));
        let of = finding.distribution.clone();
        let mut raw = Self { tree, cursor: 0, top: 0, search: Search::default(), row, of };
        raw.show_origin(finding);
        raw
    }

    /// The tree for this finding: the same one while the contents are the same, open at the
    /// origin if that is another one. After a later reading of the same finding folds and cursor
    /// stay. A search goes on in what comes.
    #[must_use]
    pub fn followed(mut self, row: RowId, finding: &Finding<'_>) -> Self {
        match (self.row == row, self.of == *finding.distribution) {
            (true, true) => {}
            (false, true) => {
                self.row = row;
                self.show_origin(finding);
            }
            (same, false) => {
                let before = self;
                self = Self::new(row, finding);
                if same {
                    self.tree.fold_as(&before.tree);
                    let place = self.tree.nearest(&before.tree.steps(before.cursor));
                    self.cursor = self.tree.visible(place);
                    self.top = before.top;
                }
                self.search = before.search;
                self.search.from = self.cursor;
                self.search.run(&self.tree);
            }
        }
        self
    }

    /// Puts the cursor on the finding's origin, unfolds that and what was looked up of it, and
    /// folds everything else.
    fn show_origin(&mut self, finding: &Finding<'_>) {
        let origins = &finding.distribution.origins;
        let at = origins.iter().position(|origin| std::ptr::eq(origin, finding.origin));
        let steps = ["DistributionSummary", "Origins", "Items"].map(key).into_iter();
        let origin = self.tree.nearest(&steps.chain(at.map(Step::Item)).collect::<Vec<_>>());
        self.tree.fold_all();
        for node in self.looked_up(finding.origin).chain([origin]) {
            self.tree.unfold_whole(node);
            self.tree.reveal(node);
        }
        self.cursor = origin;
        self.top = self.tree.line_of(origin).saturating_sub(CONTEXT);
    }

    /// The nodes of what was looked up of an origin.
    fn looked_up(&self, origin: &Origin) -> impl Iterator<Item = usize> + use<> {
        let control = origin.s3.as_ref().and_then(|s3| s3.access_control.as_deref());
        let vpc = origin.vpc.as_ref().map(|vpc| vpc.vpc_origin_id.as_str());
        let named = |list: &str, id: Option<&str>| {
            let list = self.tree.nearest(&[key(list)]);
            self.tree.members(list).find(|item| {
                let item = &self.tree.value(*item)["Id"];
                item.is_string() && item.as_str() == id
            })
        };
        [named("OriginAccessControls", control), named("VpcOrigins", vpc)].into_iter().flatten()
    }

    /// The line that the cursor is on.
    pub fn line(&self) -> usize {
        self.tree.line_of(self.cursor)
    }

    /// Moves the cursor to a line, or as far as there are lines.
    pub fn go_to(&mut self, line: usize) {
        let lines = self.tree.lines();
        self.cursor = lines[line.min(lines.len() - 1)];
    }

    /// Puts the cursor on a node; what hides it is unfolded.
    pub fn show(&mut self, node: usize) {
        self.tree.reveal(node);
        self.cursor = node;
    }

    /// Folds or unfolds what the cursor is on.
    pub fn toggle(&mut self) {
        match self.tree.node(self.cursor).folded {
            true => self.tree.unfold(self.cursor),
            false => self.tree.fold(self.cursor),
        }
    }

    /// Unfolds what the cursor is on; where it is open, goes to its first member.
    pub fn go_in(&mut self) {
        let node = self.tree.node(self.cursor);
        match (node.members, node.folded) {
            (0, _) => {}
            (_, true) => self.tree.unfold(self.cursor),
            (_, false) => self.cursor += 1,
        }
    }

    /// Folds what the cursor is on; where there is nothing to fold, goes to what it is part of.
    pub fn go_out(&mut self) {
        let node = self.tree.node(self.cursor);
        match node.members > 0 && !node.folded {
            true => self.tree.fold(self.cursor),
            false => self.cursor = node.parent,
        }
    }

    /// Folds everything but the outermost; the cursor goes to what it is part of.
    pub fn fold_all(&mut self) {
        self.tree.fold_all();
        self.cursor = self.tree.visible(self.cursor);
    }

    /// Scrolls no further than there are lines.
    pub fn settle(&mut self, rows: usize) {
        if rows > 0 {
            self.top = self.top.min(self.tree.lines().len().saturating_sub(rows));
        }
    }

    /// Scrolls so far that the cursor is seen.
    pub fn keep_in_sight(&mut self, rows: usize) {
        if rows > 0 {
            let line = self.line();
            self.top = self.top.min(line).max((line + 1).saturating_sub(rows));
        }
        self.settle(rows);
    }
}

fn key(key: &str) -> Step {
    Step::Key(key.to_owned())
}
