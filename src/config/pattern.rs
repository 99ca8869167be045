//! Patterns of groups: a glob of names and ids, or `tag:KEY`, `tag:KEY:VALUE`, `tag:KEY=VALUE`.

/// What an account is known by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) tags: &'a [String],
}

/// Why a text is no pattern; `None` if it is one.
pub(super) fn malformed(pattern: &str) -> Option<&'static str> {
    if pattern.is_empty() {
        return Some("a pattern is empty");
    }
    let term = pattern.strip_prefix("tag:")?;
    (term.is_empty() || term.starts_with([':', '='])).then_some("a tag pattern names no key")
}

/// True if the pattern means this account. Case counts.
pub(super) fn matches(pattern: &str, known: Known<'_>) -> bool {
    match pattern.strip_prefix("tag:") {
        Some(term) => known.tags.iter().any(|tag| tag_matches(term, tag)),
        None => glob(pattern, known.name) || glob(pattern, known.id),
    }
}

/// A tag is written `key:value`, split at its first colon, or is a bare word.
fn tag_matches(term: &str, tag: &str) -> bool {
    let (key, value) = match tag.split_once(':') {
        Some((key, value)) => (key, Some(value)),
        None => (tag, None),
    };
    match term.split_once([':', '=']) {
        Some((want, pattern)) => want == key && value.is_some_and(|v| glob(pattern, v)),
        None => term == key,
    }
}

/// `*` is any text, `?` any one character; the whole text must match.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // Where to go on if the last star takes one more character: never needs a second star.
    let mut retry = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(&c) if c == '?' || c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((star, taken)) => {
                    retry = Some((star, taken + 1));
                    (p, t) = (star + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let tags = ["env:prod".to_owned(), "url:a:b".to_owned(), "legacy".to_owned()];
        let known = Known { id: "111122223333", name: "shop-prod", tags: &tags };
        let cases = [
            ("shop-prod", true),
            ("*-prod", true),
            ("shop-*", true),
            ("*", true),
            ("sh?p-prod", true),
            ("*o*r*d", true),
            ("shop", false),
            ("Shop-prod", false),
            ("111122223333", true),
            ("1111*", true),
            ("tag:env:prod", true),
            ("tag:env=prod", true),
            ("tag:env", true),
            ("tag:env:pro*", true),
            ("tag:env:dev", false),
            ("tag:url:a:b", true),
            ("tag:legacy", true),
            ("tag:legacy:x", false),
            ("tag:en", false),
        ];
        for (pattern, expected) in cases {
            assert_eq!(matches(pattern, known), expected, "{pattern}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!glob(&"*a".repeat(200), &"a".repeat(150)));
    }
}
