//! What an update changed of a stored configuration.

#![allow(unreachable_pub, clippy::unwrap_used)]

/// A document as lines `path=text`, so that order of elements and namespaces do not count.
fn canonical(xml: &str) -> Vec<String> {
    fn walk(node: roxmltree::Node<'_, '_>, path: &str, lines: &mut Vec<String>) {
        let children: Vec<_> = node.children().filter(|c| c.is_element()).collect();
        if children.is_empty() {
            lines.push(format!("{path}={}", node.text().unwrap_or_default()));
        }
        let is_list = node.tag_name().name() == "Items";
        for (at, child) in children.into_iter().enumerate() {
            let number = if is_list { at.to_string() } else { String::new() };
            walk(child, &format!("{path}/{}{number}", child.tag_name().name()), lines);
        }
    }
    let document = roxmltree::Document::parse(xml).unwrap();
    let mut lines = Vec::new();
    walk(document.root_element(), "", &mut lines);
    lines.sort();
    lines
}

/// Lines of only the first, and of only the second.
pub fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let (before, after) = (canonical(before), canonical(after));
    let only = |a: &[String], b: &[String]| a.iter().filter(|l| !b.contains(l)).cloned().collect();
    (only(&before, &after), only(&after, &before))
}
