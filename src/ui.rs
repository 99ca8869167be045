//! The map of the screen, the theme, and one file per pane.
//!
//! The contents of the detail tabs and of the account diagnosis are pure functions from domain
//! values to a [`Pane`]: styled lines that are already wrapped to the width they were asked for.

use ratatui::text::Line;

pub mod account_state;
pub mod accounts;
pub mod columns;
pub mod detail;
pub mod diagnosis;
pub mod distribution;
pub mod distributions;
pub mod evidence;
pub mod facets;
pub mod filter_line;
pub mod fit;
pub mod follow_up;
pub mod footer;
pub mod frameworks;
pub mod glyphs;
pub mod header;
pub mod help;
pub mod map;
mod messages;
mod pair;
mod palette;
mod places;
pub mod preflight;
pub mod raw;
pub mod remediation;
pub mod replay;
mod search;
pub mod settings;
mod settle;
mod sheet;
pub mod table;
pub mod theme;
pub mod view;
mod whichkey;
mod words;
pub mod wrap;

/// Lines of a pane, none wider than it; the view only scrolls them.
pub type Pane = Vec<Line<'static>>;
