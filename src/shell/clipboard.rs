//! Copies: by the way that works here, and into a file.
//!
//! A copy never waits for a tool that hangs, and says which way it went: a person who pastes an
//! old clipboard into a shell has been let down by silence.

pub(super) mod keep;
mod tool;
mod ways;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use self::tool::Failure;
use self::ways::{Tool, Way};
use super::environment::Environment;
use crate::app::event::Copied;

/// All tools together, and the file, may take this long.
const LIMIT: Duration = Duration::from_millis(700);

/// One tool may take this long, so that a second one still has a chance.
const TOOL_LIMIT: Duration = Duration::from_millis(450);

/// With less than this left, a tool is not started: it would only be ended again.
const WORTH_TRYING: Duration = Duration::from_millis(50);

/// The most bytes of text in one OSC 52 sequence. hterm takes sequences of 100,000 bytes, and others
/// took that over: 8 of frame, 99,992 of base64. A terminal that gets more drops it or cuts it.
const OSC_52_LIMIT: usize = 74_994;

/// What is to be copied.
#[derive(Clone, Debug)]
pub(super) struct Copy {
    /// What it is, in the user's words.
    pub(super) what: String,
    /// The text.
    pub(super) text: String,
    /// The file that keeps it too.
    pub(super) file: Option<&'static str>,
}

/// What became of a copy.
#[derive(Debug, PartialEq)]
pub(super) struct Delivery {
    /// What the explorer is told.
    pub(super) copied: Copied,
    /// An escape sequence that has yet to be written to the terminal, between two frames.
    pub(super) escape: Option<String>,
}

/// The ways that there are from here.
#[derive(Debug)]
pub(super) struct Clipboard {
    ways: Vec<Way>,
    directory: Option<PathBuf>,
    turn: Mutex<()>,
}

impl Clipboard {
    /// Copies also go to files in `directory`; without one, no file is ever written.
    pub(super) fn new(environment: &Environment, directory: Option<PathBuf>) -> Self {
        Self { ways: ways::ways(environment), directory, turn: Mutex::new(()) }
    }

    /// Copies. One at a time, in the order of the calls: the later one is what gets pasted.
    pub(super) async fn copy(self: Arc<Self>, copy: Copy) -> Delivery {
        let _turn = self.turn.lock().await;
        let Copy { what, text, file } = copy;
        let (kept, sent) = tokio::join!(self.keep(file, &text), self.send(&text));
        let (file, file_trouble) = match kept {
            Ok(path) => (path, None),
            Err(trouble) => (None, Some(trouble)),
        };
        let mut troubles = sent.troubles;
        troubles.extend(file_trouble);
        let copied = Copied {
            what,
            lines: text.lines().count(),
            bytes: text.len(),
            way: sent.way.map(str::to_owned),
            file,
            trouble: (!troubles.is_empty()).then(|| troubles.join("; ")),
        };
        Delivery { copied, escape: sent.escape }
    }

    async fn keep(
        &self,
        file: Option<&'static str>,
        text: &str,
    ) -> Result<Option<PathBuf>, String> {
        let (Some(directory), Some(name)) = (self.directory.clone(), file) else {
            return Ok(None);
        };
        let text = text.to_owned();
        let writing = tokio::task::spawn_blocking(move || keep::keep(&directory, name, &text));
        match timeout(LIMIT, writing).await {
            Ok(Ok(Ok(path))) => Ok(Some(path)),
            Ok(Ok(Err(error))) => Err(format!("{name} could not be written: {error}")),
            Ok(Err(_)) => Err(format!("{name} could not be written: the writer stopped")),
            Err(_) => Err(format!("{name} could not be written in time")),
        }
    }

    async fn send(&self, text: &str) -> Sent {
        let deadline = Instant::now() + LIMIT;
        let mut failures = Vec::new();
        for way in &self.ways {
            match way {
                Way::Tool(tool) => match run(tool, text, deadline).await {
                    Ok(()) => return Sent::by_tool(tool.name, &failures),
                    Err(failure) => failures.push(failure),
                },
                Way::Osc52 { name } => match osc_52(text) {
                    Ok(escape) => return Sent::by_terminal(name, escape, &failures),
                    Err(failure) => failures.push(failure),
                },
            }
        }
        Sent { way: None, escape: None, troubles: told(&failures) }
    }
}

struct Sent {
    way: Option<&'static str>,
    escape: Option<String>,
    troubles: Vec<String>,
}

impl Sent {
    /// That another tool is missing is of no interest once one has worked.
    fn by_tool(name: &'static str, failures: &[Failure]) -> Self {
        let failures: Vec<Failure> =
            failures.iter().filter(|f| !matches!(f, Failure::Missing(_))).cloned().collect();
        Sent { way: Some(name), escape: None, troubles: told(&failures) }
    }

    fn by_terminal(name: &'static str, escape: String, failures: &[Failure]) -> Self {
        Sent { way: Some(name), escape: Some(escape), troubles: told(failures) }
    }
}

fn told(failures: &[Failure]) -> Vec<String> {
    failures.iter().map(Failure::to_string).collect()
}

/// Tries a tool's commands until one works; one that hung is not tried in another form.
async fn run(tool: &Tool, text: &str, deadline: Instant) -> Result<(), Failure> {
    let input = tool.encoding.encode(text);
    let mut last = Failure::Missing(tool.commands[0][0]);
    for command in tool.commands {
        let left = deadline.saturating_duration_since(Instant::now());
        if left < WORTH_TRYING {
            return Err(Failure::NoTime(command[0]));
        }
        match tool::feed(command, &input, left.min(TOOL_LIMIT)).await {
            Ok(()) => return Ok(()),
            Err(failure @ Failure::Refused(..)) => last = failure,
            Err(failure) => return Err(failure),
        }
    }
    Err(last)
}

fn osc_52(text: &str) -> Result<String, Failure> {
    if text.len() > OSC_52_LIMIT {
        return Err(Failure::TooLong { size: text.len(), limit: OSC_52_LIMIT });
    }
    let mut escape = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut escape)
        .expect("writing to a String cannot fail");
    Ok(escape)
}

#[cfg(test)]
mod tests;
