//! Folds, lines, paths and searches of any JSON value.

use std::io::Write as _;
use std::process::{Command, Stdio};

use cf_tui::app::raw::{RawTree, Search};
use cf_tui::domain::text::is_plain;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::tools::found;

fn sample() -> RawTree {
    RawTree::new(json!({
        "Id": "E1",
        "Aliases": { "Quantity": 2, "Items": ["a.example", "b.example"] },
        "Empty": [],
        "Pair": { "Left": { "x": 1 }, "Right": { "y": null } },
    }))
}

fn shown(tree: &RawTree) -> Vec<String> {
    tree.lines().iter().map(|at| tree.path(*at)).collect()
}

fn at(tree: &RawTree, path: &str) -> usize {
    (0..tree.nodes().len()).find(|at| tree.path(*at) == path).unwrap()
}

#[test]
fn a_fold_hides_what_is_inside_and_nothing_else() {
    let mut tree = sample();
    let all = shown(&tree);
    assert_eq!(all.len(), tree.nodes().len());
    tree.fold(at(&tree, ".Aliases"));
    let left: Vec<_> = all.iter().filter(|path| !path.starts_with(".Aliases.")).cloned().collect();
    assert_eq!(shown(&tree), left);
    assert_eq!(tree.visible(at(&tree, ".Aliases.Items[1]")), at(&tree, ".Aliases"));
    tree.reveal(at(&tree, ".Aliases.Items[1]"));
    assert_eq!(shown(&tree), all);
}

#[test]
fn what_has_no_members_does_not_fold() {
    let mut tree = sample();
    let all = shown(&tree);
    for path in [".Id", ".Empty", ".Pair.Right.y"] {
        tree.fold(at(&tree, path));
    }
    assert_eq!(shown(&tree), all);
}

#[test]
fn a_mere_wrapper_is_unfolded_with_what_it_wraps_and_a_choice_is_left() {
    let mut tree = sample();
    tree.fold_all();
    assert_eq!(shown(&tree), [".", ".Id", ".Aliases", ".Empty", ".Pair"]);
    tree.unfold(at(&tree, ".Aliases"));
    assert!(shown(&tree).contains(&".Aliases.Items[1]".to_owned()));
    tree.unfold(at(&tree, ".Pair"));
    assert!(shown(&tree).contains(&".Pair.Left".to_owned()));
    assert!(!shown(&tree).contains(&".Pair.Left.x".to_owned()));
}

#[test]
fn a_search_finds_keys_and_values_in_any_case_and_goes_round() {
    let tree = sample();
    let mut search = Search::default();
    search.text = "EXAMPLE".to_owned();
    search.run(&tree);
    let paths: Vec<_> = search.found.iter().map(|at| tree.path(*at)).collect();
    assert_eq!(paths, [".Aliases.Items[0]", ".Aliases.Items[1]"]);
    let [first, second] = search.found[..] else { panic!() };
    assert_eq!((search.after(first), search.after(second)), (Some(second), Some(first)));
    assert_eq!((search.before(second), search.before(first)), (Some(first), Some(second)));
    assert_eq!((search.number(second), search.number(0)), (Some(2), None));
    search.text = "\"Id\": \"E1\"".to_owned();
    search.run(&tree);
    assert_eq!(search.found, [at(&tree, ".Id")], "as it is drawn, and no pattern: {search:?}");
    search.text = ".*".to_owned();
    search.run(&tree);
    assert!(search.is_active() && search.found.is_empty() && search.after(0).is_none());
    search.text.clear();
    search.run(&tree);
    assert!(!search.is_active());
}

/// What jq makes of a filter.
fn jq(filter: &str, input: &Value) -> Value {
    let mut child = Command::new("jq")
        .args(["-c", filter])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    write!(child.stdin.take().unwrap(), "{input}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "jq refused {filter}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// All paths are tried in one run of jq.
fn jq_agrees(value: Value) {
    let tree = RawTree::new(value.clone());
    let nodes = 0..tree.nodes().len();
    let paths: Vec<String> = nodes.clone().map(|node| tree.path(node)).collect();
    let values: Vec<&Value> = nodes.map(|node| tree.value(node)).collect();
    assert!(paths.iter().all(|path| is_plain(path) && !path.contains('\'')), "{paths:?}");
    assert_eq!(jq(&format!("[{}]", paths.join(", ")), &value), json!(values), "{paths:?}");
}

#[test]
fn jq_selects_by_every_path_the_value_that_is_shown() {
    if !found(&["jq"]) {
        return;
    }
    jq_agrees(sample().value(0).clone());
    jq_agrees(json!([[1, [2, {}]], { "and": true, "__loc__": 1, "a-b": 2, "0": 3, "": 4 }]));
    jq_agrees(json!({ "it's": 1, "say \"hi\"": { "\\(1+1)": [2] }, "\u{9b}\u{202e}\u{e0001}": 3 }));
    jq_agrees(json!({ "日本": { "a.b[0]": "x", "$__prog_args": "\n", "\u{0}\t": null } }));
    jq_agrees(json!("no container at all"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        // jq keeps no more than 53 bits of a number.
        any::<i32>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| Value::from(serde_json::Map::from_iter(members))),
        ]
    })
}

/// The lines that a value takes, counted in another way: from the value itself.
fn counted(tree: &RawTree, node: usize) -> usize {
    let members = if tree.node(node).folded { Vec::new() } else { tree.members(node).collect() };
    1 + members.into_iter().map(|member| counted(tree, member)).sum::<usize>()
}

fn nodes_in(value: &Value) -> usize {
    1 + match value {
        Value::Object(members) => members.values().map(nodes_in).sum(),
        Value::Array(items) => items.iter().map(nodes_in).sum::<usize>(),
        _ => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_value_folds_in_any_order(
        value in any_json(),
        steps in prop::collection::vec((0..6u8, any::<prop::sample::Index>()), 0..40),
    ) {
        let mut tree = RawTree::new(value.clone());
        prop_assert_eq!(tree.nodes().len(), nodes_in(&value));
        for (step, index) in steps {
            let node = index.index(tree.nodes().len());
            match step {
                0 => tree.fold(node),
                1 => tree.unfold(node),
                2 => tree.fold_all(),
                3 => tree.unfold_whole(node),
                _ => tree.reveal(node),
            }
            prop_assert_eq!(tree.lines().len(), counted(&tree, 0));
            prop_assert!(tree.lines().is_sorted());
            let seen = tree.visible(node);
            prop_assert!(seen <= node && tree.lines()[tree.line_of(node)] == seen);
            prop_assert!(step < 4 || seen == node, "what was revealed is hidden");
            prop_assert_eq!(tree.nearest(&tree.steps(node)), node);
            prop_assert!(is_plain(&tree.node(node).label) && is_plain(&tree.node(node).value));
        }
    }
}

#[test]
fn jq_selects_by_the_paths_of_any_value() {
    if !found(&["jq"]) {
        return;
    }
    let config = ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() };
    proptest!(config, |(value in any_json())| jq_agrees(value));
}
