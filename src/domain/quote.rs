//! Text of other people as one word of a shell.

/// One word in single quotes, inside of which bash, dash, zsh and every POSIX shell take every
/// character for itself, history expansion included. A quote in the text closes, stands escaped,
/// and opens again. Also right under zsh's `RC_QUOTES`, because two quotes never meet inside.
///
/// The text must be plain (see [`super::text::is_plain`]): quoting does not keep a terminal from
/// acting on a control character that is pasted.
pub fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::single;

    #[test]
    fn a_quote_closes_stands_and_opens() {
        assert_eq!(single(""), "''");
        assert_eq!(single("a b"), "'a b'");
        assert_eq!(single("it's"), r"'it'\''s'");
        assert_eq!(single("'"), r"''\'''");
        assert_eq!(single("$(x) `y` \\ ! \" *"), "'$(x) `y` \\ ! \" *'");
    }
}
