//! The built program as scripts meet it: arguments, output, exit statuses.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, unreachable_pub)]

#[path = "cli/demo.rs"]
mod demo;
mod fake;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/fleet.rs"]
mod fleet;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/manual.rs"]
mod manual;
#[path = "cli/run.rs"]
mod run;
mod tools;
