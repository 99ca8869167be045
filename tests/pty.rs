//! The shell in a real pty: what it leaves behind, what it shows, what it copies.
//!
//! The program in the terminal is `tests/pty/probe.rs`, which drives the real `shell::explore`.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

#[path = "pty/background.rs"]
mod background;
#[path = "pty/broken.rs"]
mod broken;
#[path = "pty/browser.rs"]
mod browser;
#[path = "pty/copies.rs"]
mod copies;
#[path = "pty/leaving.rs"]
mod leaving;
#[path = "pty/mouse.rs"]
mod mouse;
#[path = "pty/osc_52.rs"]
mod osc_52;
#[path = "pty/product.rs"]
mod product;
#[path = "pty/record.rs"]
mod record;
#[path = "pty/screen.rs"]
mod screen;
#[path = "pty/terminal.rs"]
mod terminal;
mod tools;
