//! What a walk over the document carries along: the text, what was found wrong, and what must
//! not be shown.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use crate::config::mistake::{Found, Mistakes, position, render};
use crate::config::near::meant;
use crate::domain::text::escape;

/// The environment as the caller sees it.
pub(super) type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// More mistakes than this are counted and not shown.
const SHOWN: usize = 100;

pub(super) struct Walk<'a> {
    pub(super) text: &'a str,
    pub(super) env: Env<'a>,
    file: String,
    found: Vec<Found>,
    places: HashSet<(usize, usize)>,
    secrets: Vec<Range<usize>>,
    /// Where the syntax is broken: what follows was guessed by the parser, so nothing there is
    /// called a mistake, and nothing is called missing.
    broken_at: Option<usize>,
    /// Lines with a mistake in their syntax: what they were taken for says nothing new.
    broken_lines: Vec<Range<usize>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(path: &Path, text: &'a str, env: Env<'a>) -> Self {
        let file = escape(&path.display().to_string()).into_owned();
        let (found, secrets) = (Vec::new(), Vec::new());
        let (places, broken_lines) = (HashSet::new(), Vec::new());
        Self { text, env, file, found, places, secrets, broken_at: None, broken_lines }
    }

    /// Notes a mistake.
    pub(super) fn wrong(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if self.is_guessed(span.start) {
            return;
        }
        // One thing written once is one mistake, though every account may inherit it.
        if !self.places.insert((span.start, span.end)) {
            return;
        }
        self.found.push(Found { span, message: message.into(), hint: hint.into() });
    }

    /// Notes that something is missing, which only a whole document can prove.
    pub(super) fn missing(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if self.broken_at.is_none() {
            self.wrong(span, message, hint);
        }
    }

    /// Notes a mistake in the syntax of a line. From `guessed` on the parser guesses.
    pub(super) fn broken(&mut self, found: Found, line: Range<usize>, guessed: usize) {
        self.found.push(found);
        self.broken_at = Some(self.broken_at.map_or(guessed, |at| at.min(guessed)));
        self.broken_lines.push(line);
    }

    fn is_guessed(&self, at: usize) -> bool {
        let after = self.broken_lines.partition_point(|line| line.start <= at);
        let on_broken_line = after > 0 && at <= self.broken_lines[after - 1].end;
        on_broken_line || self.broken_at.is_some_and(|broken| at >= broken)
    }

    /// Keeps a part of the text from being shown.
    pub(super) fn hide(&mut self, span: Range<usize>) {
        self.secrets.push(span);
    }

    /// `fleet.toml:12:1`, harmless text.
    pub(super) fn place(&self, span: &Range<usize>) -> String {
        let (line, column) = position(self.text, span.start);
        format!("{}:{line}:{column}", self.file)
    }

    /// Notes a key of a fleet file that means nothing here, with the nearest that would.
    pub(super) fn unknown(&mut self, key: &str, span: Range<usize>, known: &[&str]) {
        match foreign(key).filter(|_| known.len() > 1) {
            Some(hint) => self.wrong(span, format!("unknown key `{key}`"), hint),
            None => self.stranger("key", key, span, known),
        }
    }

    /// Notes a word that is none of those known, with the nearest that is.
    pub(super) fn stranger(&mut self, what: &str, word: &str, span: Range<usize>, known: &[&str]) {
        self.wrong(span, format!("unknown {what} `{word}`"), meant(word, known));
    }

    /// What was read, or every mistake.
    pub(super) fn finish<T>(mut self, read: T) -> Result<T, Mistakes> {
        if self.found.is_empty() {
            return Ok(read);
        }
        self.found.sort_by_key(|found| found.span.start);
        let shown = self.found.iter().take(SHOWN);
        let list: Vec<_> = shown.map(|found| render(self.text, &self.secrets, found)).collect();
        let more = self.found.len() - list.len();
        Err(Mistakes { file: self.file, list, more })
    }
}

/// Keys of other tools' account files that people bring along.
fn foreign(key: &str) -> Option<&'static str> {
    Some(match key.to_ascii_lowercase().as_str() {
        "region" | "regions" => "CloudFront is global: no region is needed, leave it out",
        "role_arn" => "write `role`: it takes an ARN, a name, a template or a list",
        "mfa_serial" => "MFA belongs to the source profile in ~/.aws/config",
        "aws_access_key_id" | "aws_secret_access_key" | "aws_session_token" => {
            "keys do not belong in this file: name a profile with `source_profile`"
        }
        "id" | "account" => "did you mean `account_id`?",
        "session_name" => "did you mean `role_session_name`?",
        "duration" => "did you mean `duration_seconds`?",
        "concurrency" => "did you mean `max_concurrency`?",
        "attempts" | "retries" | "max_retries" => "did you mean `max_attempts`?",
        "timeout" => "did you mean `call_timeout`?",
        "disabled" => "write `enabled = false`",
        _ => return None,
    })
}
