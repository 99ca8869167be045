//! A clipboard program: fed, and waited for a bounded time.

use std::fmt;
use std::io;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// Why a way did not work, ready for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The program is not installed.
    Missing(&'static str),
    /// It ended with a failure: program and what it said.
    Refused(&'static str, String),
    /// It did not end in time, and was ended.
    Hung(&'static str, Duration),
    /// Others that did not end in time left it none.
    NoTime(&'static str),
    /// More than a terminal takes, in bytes.
    TooLong {
        /// Bytes that it is.
        size: usize,
        /// Bytes that it may be.
        limit: usize,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Missing(program) => write!(f, "{program} is not installed"),
            Failure::Refused(program, said) => write!(f, "{program}: {said}"),
            Failure::Hung(program, limit) => {
                write!(f, "{program} did not answer within {} ms", limit.as_millis())
            }
            Failure::NoTime(program) => write!(f, "no time was left for {program}"),
            Failure::TooLong { size, limit } => write!(
                f,
                "too long for OSC 52 ({} kB, terminals take {} kB)",
                size / 1000,
                limit / 1000
            ),
        }
    }
}

/// Runs a program, gives it the bytes and waits until it has ended; those that hold the selection
/// go on in the background by themselves.
///
/// It gets a process group of its own, so that it outlives the terminal, does not stop on our
/// Ctrl-z (every paste elsewhere would hang), and is ended together with what it started.
pub(super) async fn feed(
    command: &[&'static str],
    input: &[u8],
    limit: Duration,
) -> Result<(), Failure> {
    let (program, arguments) = command.split_first().expect("a command names its program");
    let spawned = Command::new(program)
        .args(arguments)
        // pbcopy takes its input for MacRoman where the locale does not say otherwise.
        .env("LC_CTYPE", "UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Failure::Missing(program));
        }
        Err(error) => return Err(Failure::Refused(program, error.to_string())),
    };
    let group = child.id();
    match timeout(limit, finish(&mut child, input)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(said)) => Err(Failure::Refused(program, said)),
        Err(_) => {
            end(group);
            Err(Failure::Hung(program, limit))
        }
    }
}

async fn finish(child: &mut Child, input: &[u8]) -> Result<(), String> {
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let written = stdin.write_all(input).await;
    drop(stdin);
    let status = child.wait().await.map_err(|error| error.to_string())?;
    if !status.success() {
        return Err(status.to_string());
    }
    written.map_err(|_| "did not take the text".to_owned())
}

/// Ends the whole group; tokio reaps the child.
fn end(group: Option<u32>) {
    let group = group.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(group) = group {
        // It may have ended by itself just now.
        let _ = kill_process_group(group, Signal::KILL);
    }
}
