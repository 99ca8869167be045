//! Running copied text the way people do: in each shell, from its standard input, in a folder
//! of its own.

// Each test binary uses its own part of this.
#![allow(dead_code, unreachable_pub)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::tools;

/// The shells that a fix must work in.
pub const SHELLS: [&[&str]; 5] = [
    &["bash"],
    &["dash"],
    &["bash", "--posix"],
    &["zsh", "-i"],
    // As at a prompt: with history expansion.
    &["bash", "--norc", "--noprofile", "-i"],
];

/// How the text stands in a user's own script.
pub const WRAPPINGS: [(&str, &str); 4] =
    [("", ""), ("( ", " ) || :"), ("if ", "; then echo; fi"), ("set -eu\n", "")];

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    /// The status that the text itself ended with.
    pub status: Option<i32>,
    /// Files and folders in the working folder.
    pub files: Vec<String>,
    /// Folders in TMPDIR.
    pub kept: Vec<PathBuf>,
    /// Keeps the folders until the run was looked at.
    _place: TempDir,
}

/// True if everything that these tests run is there; else false, told on stderr.
#[track_caller]
pub fn ready() -> bool {
    tools::found(&["bash", "dash", "zsh", "jq", "aws"])
}

/// The path of a tool.
pub fn tool(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("{name} is not in PATH"))
}

/// Runs text in a shell that has just the environment given, besides PATH, HOME and TMPDIR.
pub fn run(shell: &[&str], text: &str, env: &[(String, String)]) -> Ran {
    let place = tempfile::tempdir().unwrap();
    let folder = |name: &str| {
        let folder = place.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        folder
    };
    let (home, work, temporary) = (folder("home"), folder("work"), folder("my tmp"));
    std::fs::write(home.join(".zshrc"), "").unwrap();
    let mut child = Command::new(tool(shell[0]))
        .args(&shell[1..])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", &home)
        .env("TMPDIR", &temporary)
        .env("LC_ALL", "C.UTF-8")
        .envs(env.iter().map(|(name, value)| (name, value)))
        .current_dir(&work)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text = format!("{text}\n");
    let mut input = child.stdin.take().unwrap();
    // Beside the reading: an interactive shell says much before it has read all.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(text.as_bytes()).unwrap());
        child.wait_with_output().unwrap()
    });
    Ran {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        status: output.status.code(),
        files: names(&work),
        kept: paths(&temporary),
        _place: place,
    }
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The names in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let name = |p: &PathBuf| p.file_name().unwrap().to_string_lossy().into_owned();
    paths(folder).iter().map(name).collect()
}

/// A PATH with these tools of the machine and no others, the stubs of a folder before them.
pub fn path_of(folder: &Path, tools: &[&str]) -> OsString {
    let bin = folder.join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    for name in tools {
        let link = bin.join(name);
        if !link.exists() {
            std::os::unix::fs::symlink(tool(name), link).unwrap();
        }
    }
    bin.into_os_string()
}
