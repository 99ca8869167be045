//! A JSON value as lines that fold. Nodes stand in the order of the text, so what is inside a
//! node comes right after it, and a node and those that hold it are found without a search.

use std::collections::HashMap;

use serde_json::Value;

use super::path;
use crate::domain::text::escape_json;

/// From a container to a member.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A member of an object.
    Key(String),
    /// An item of an array.
    Item(usize),
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// A string.
    Text,
    /// A number, true, false or null.
    Word,
}

/// One value of the tree: one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// How one comes here from the parent; `None` for the whole.
    pub step: Option<Step>,
    /// How many hold it.
    pub depth: usize,
    /// What it is.
    pub kind: Kind,
    /// What stands before the value: `"Id": ` or `[0]: `, harmless text.
    pub label: String,
    /// The value as JSON, harmless text; nothing for a container.
    pub value: String,
    /// How many members it has.
    pub members: usize,
    /// Its members are hidden.
    pub folded: bool,
    /// What it is a member of; itself for the whole.
    pub parent: usize,
    /// One past the last node inside it.
    end: usize,
}

/// A JSON value as lines that fold.
#[derive(Clone, Debug, PartialEq)]
pub struct RawTree {
    value: Value,
    nodes: Vec<Node>,
    lines: Vec<usize>,
}

impl RawTree {
    /// The tree of a value, everything open.
    pub fn new(value: Value) -> Self {
        let mut nodes = Vec::new();
        plant(&mut nodes, &value, None, 0, 0);
        let lines = (0..nodes.len()).collect();
        Self { value, nodes, lines }
    }

    /// Every node, hidden ones too.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A node.
    pub fn node(&self, at: usize) -> &Node {
        &self.nodes[at]
    }

    /// The nodes that are not hidden: the lines, in their order.
    pub fn lines(&self) -> &[usize] {
        &self.lines
    }

    /// The line of a node, or of the folded one that hides it.
    pub fn line_of(&self, node: usize) -> usize {
        self.lines.partition_point(|line| *line <= node) - 1
    }

    /// The node itself, or the folded one that hides it.
    pub fn visible(&self, node: usize) -> usize {
        self.lines[self.line_of(node)]
    }

    /// The members of a container.
    pub fn members(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[of].end;
        let first = (of + 1 < end).then_some(of + 1);
        std::iter::successors(first, move |at| Some(self.nodes[*at].end).filter(|at| *at < end))
    }

    /// The way from the whole to a node.
    pub fn steps(&self, node: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = node;
        while let Some(step) = &self.nodes[at].step {
            steps.push(step.clone());
            at = self.nodes[at].parent;
        }
        steps.reverse();
        steps
    }

    /// The way to a node as jq writes it.
    pub fn path(&self, node: usize) -> String {
        path::jq(&self.steps(node))
    }

    /// The value of a node.
    pub fn value(&self, node: usize) -> &Value {
        self.steps(node).iter().fold(&self.value, |value, step| match step {
            Step::Key(key) => &value[key],
            Step::Item(at) => &value[at],
        })
    }

    /// The node at the end of a way, or the last one that is there.
    pub fn nearest(&self, steps: &[Step]) -> usize {
        let mut at = 0;
        for step in steps {
            match self.members(at).find(|member| self.nodes[*member].step.as_ref() == Some(step)) {
                Some(member) => at = member,
                None => break,
            }
        }
        at
    }

    /// Hides the members of a node, if it has any.
    pub fn fold(&mut self, node: usize) {
        self.nodes[node].folded = self.nodes[node].members > 0;
        self.line_up();
    }

    /// Shows the members of a node. What holds only one container is a mere wrapper of it, as
    /// `Quantity` and `Items` are, so that one is unfolded too.
    pub fn unfold(&mut self, node: usize) {
        let mut next = Some(node);
        while let Some(at) = next {
            self.nodes[at].folded = false;
            let mut containers = self.members(at).filter(|at| self.nodes[*at].members > 0);
            next = containers.next().filter(|_| containers.next().is_none());
        }
        self.line_up();
    }

    /// Shows all that is inside a node.
    pub fn unfold_whole(&mut self, node: usize) {
        let end = self.nodes[node].end;
        self.nodes[node..end].iter_mut().for_each(|node| node.folded = false);
        self.line_up();
    }

    /// Folds everything but the whole.
    pub fn fold_all(&mut self) {
        for node in &mut self.nodes {
            node.folded = node.members > 0 && node.step.is_some();
        }
        self.line_up();
    }

    /// Unfolds everything that hides a node.
    pub fn reveal(&mut self, node: usize) {
        let mut at = node;
        while at != 0 {
            at = self.nodes[at].parent;
            self.nodes[at].folded = false;
        }
        self.line_up();
    }

    /// Folds what is folded in an earlier reading; what is new in this one stays as it is.
    pub(super) fn fold_as(&mut self, before: &Self) {
        let folds: HashMap<Vec<Step>, bool> =
            (0..before.nodes.len()).map(|at| (before.steps(at), before.nodes[at].folded)).collect();
        for at in 0..self.nodes.len() {
            if let Some(folded) = folds.get(&self.steps(at)) {
                self.nodes[at].folded = *folded && self.nodes[at].members > 0;
            }
        }
        self.line_up();
    }

    fn line_up(&mut self) {
        self.lines.clear();
        let mut at = 0;
        while let Some(node) = self.nodes.get(at) {
            self.lines.push(at);
            at = if node.folded { node.end } else { at + 1 };
        }
    }
}

/// Appends a value and all that is inside it.
fn plant(nodes: &mut Vec<Node>, value: &Value, step: Option<Step>, parent: usize, depth: usize) {
    let at = nodes.len();
    let (kind, members) = match value {
        Value::Object(members) => (Kind::Object, members.len()),
        Value::Array(items) => (Kind::Array, items.len()),
        Value::String(_) => (Kind::Text, 0),
        Value::Null | Value::Bool(_) | Value::Number(_) => (Kind::Word, 0),
    };
    let label = match &step {
        Some(Step::Key(key)) => format!("{}: ", json(&Value::from(key.as_str()))),
        Some(Step::Item(at)) => format!("[{at}]: "),
        None => String::new(),
    };
    let value_text = if members > 0 { String::new() } else { json(value) };
    nodes.push(Node {
        step,
        depth,
        kind,
        label,
        value: value_text,
        members,
        folded: false,
        parent,
        end: at + 1,
    });
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                plant(nodes, member, Some(Step::Key(key.clone())), at, depth + 1);
            }
        }
        Value::Array(items) => {
            for (item, member) in items.iter().enumerate() {
                plant(nodes, member, Some(Step::Item(item)), at, depth + 1);
            }
        }
        _ => {}
    }
    nodes[at].end = nodes.len();
}

/// JSON on one line, harmless text.
fn json(value: &Value) -> String {
    escape_json(&value.to_string()).into_owned()
}
