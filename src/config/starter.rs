//! The commented fleet file that `cf-tui init` writes.

/// Every setting, explained, with one account; the settings that are not commented out equal
/// the built-in ones, which a test proves.
pub const STARTER: &str = include_str!("../../config.example.toml");
