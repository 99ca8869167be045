//! Text of other people on its way out of the program: nothing that a terminal acts on gets
//! through, in any field, on any screen, in any format; and no value of an origin header does.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, unreachable_pub, dead_code)]

mod fake;
#[path = "pty/osc_52.rs"]
mod osc_52;
#[path = "cli/run.rs"]
mod run;
#[path = "hostile/screens.rs"]
mod screens;
#[path = "hostile/stage.rs"]
mod stage;
#[path = "pty/terminal.rs"]
mod terminal;
#[path = "hostile/texts.rs"]
mod texts;
