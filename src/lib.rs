//! cf-tui: which CloudFront origins are still reached in plaintext, across every AWS account.
//!
//! Layers, from the bottom: `domain`, `config`, `inventory`, `export`, `app`, `ui`, `shell`,
//! `cli`. Imports point only down; `tests/layers.rs` reads the sources and fails on an upward
//! one. ARCHITECTURE.md tells the whole of it.

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod export;
pub mod inventory;
pub mod shell;
pub mod ui;
