//! A place in a JSON value as jq writes it.

use serde_json::Value;

use super::Step;
use crate::domain::text::escape_json;

/// A jq filter that selects just this place: `.Origins.Items[0].Id`.
pub(super) fn jq(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) if is_name(key) => path.extend([".", key]),
            Step::Key(key) => path.extend([".", &quoted(key)]),
            Step::Item(at) if path.is_empty() => path = format!(".[{at}]"),
            Step::Item(at) => path += &format!("[{at}]"),
        }
    }
    if path.is_empty() { ".".to_owned() } else { path }
}

/// What jq takes after a dot without quotes.
fn is_name(key: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    key.starts_with(|c: char| inside(c) && !c.is_ascii_digit()) && key.chars().all(inside)
}

/// A key as a string of jq's, in which no quote ends the shell's quotes around the filter.
fn quoted(key: &str) -> String {
    escape_json(&Value::from(key).to_string()).replace('\'', "\\u0027")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Step {
        Step::Key(key.to_owned())
    }

    #[test]
    fn plain_keys_are_bare_and_odd_ones_are_quoted() {
        assert_eq!(jq(&[]), ".");
        assert_eq!(jq(&[key("Origins"), key("Items"), Step::Item(0)]), ".Origins.Items[0]");
        assert_eq!(jq(&[Step::Item(3), key("a_1")]), ".[3].a_1");
        assert_eq!(jq(&[key("a b"), key("1a"), key("")]), r#"."a b"."1a"."""#);
        assert_eq!(jq(&[key("a\"b\\(c)'\u{9b}")]), r#"."a\"b\\(c)\u0027\u009b""#);
    }
}
