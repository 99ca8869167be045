//! Source text reduced to what runs: no comments, no strings, no tests.

use std::sync::LazyLock;

use regex::Regex;

static TEST_MODULE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)#\[cfg\(test\)\]\s*(?:pub(?:\([a-z]+\))?\s+)?mod\s+(\w+)\s*;").unwrap()
});

/// A file and its path from `src`, such as `app/store.rs`.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Source {
    /// The layer that it is in: its first folder, or the file that stands for it.
    pub(crate) fn layer(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    /// Its module, from the crate's root.
    pub(crate) fn module(&self) -> Vec<String> {
        let path = self.name.trim_end_matches(".rs");
        let root = ["lib", "main"].contains(&path);
        if root { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
    }

    /// The code that runs, at the same offsets as the text.
    pub(crate) fn code(&self) -> String {
        without_tests(&bare(&self.text))
    }

    /// The line of an offset, the first is 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.text[..offset].matches('\n').count() + 1
    }
}

/// Blanks comments, strings and characters, byte for byte.
pub(crate) fn bare(text: &str) -> String {
    let mut out = text.as_bytes().to_vec();
    let mut at = 0;
    while at < text.len() {
        let end = skip(text, at);
        if end > at {
            for byte in &mut out[at..end] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
            at = end;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    String::from_utf8(out).expect("whole characters were blanked")
}

/// Where the comment, string or character that begins here ends; the same place if none does.
fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let after = |found: Option<usize>, more: usize| found.map_or(text.len(), |i| at + i + more);
    if rest.starts_with("//") {
        return after(rest.find('\n'), 0);
    }
    if rest.starts_with("/*") {
        return at + block(rest);
    }
    let word = text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    if let Some(hashes) = raw(rest).filter(|_| !word) {
        let open = rest.find('"').expect("a raw string has a quote") + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        return rest[open..].find(&close).map_or(text.len(), |i| at + open + i + close.len());
    }
    if rest.starts_with('"') {
        return at + quoted(rest, '"');
    }
    let mut next = rest.chars().skip(1);
    match (rest.starts_with('\''), next.next(), next.next()) {
        (true, Some('\\'), _) => at + quoted(rest, '\''),
        // Not a lifetime.
        (true, Some(c), Some('\'')) => at + 2 + c.len_utf8(),
        _ => at,
    }
}

/// The number of `#` of the raw string that begins here.
fn raw(rest: &str) -> Option<usize> {
    let rest = rest.strip_prefix(['b', 'c']).unwrap_or(rest).strip_prefix('r')?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// The length of a block comment; they nest.
fn block(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of a string or character with its quotes and escapes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

const TEST: &str = "#[cfg(test)]";

/// Blanks what stands under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find(TEST) {
        let end = start + TEST.len() + under(&out[start + TEST.len()..]);
        let blank: String =
            out[start..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// The length of the declaration that begins here: to its semicolon or its closing brace.
fn under(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// The modules in other files that a file declares under `#[cfg(test)]`, as paths from `src`.
pub(crate) fn test_modules(source: &Source) -> Vec<String> {
    let code = bare(&source.text);
    let mut folder = source.module();
    let names = TEST_MODULE.captures_iter(&code).map(|found| found[1].to_owned());
    names
        .map(|name| {
            folder.push(name);
            let path = folder.join("/");
            folder.pop();
            path
        })
        .collect()
}
