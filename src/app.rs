//! Events in, effects out: the model and the one place that changes it. Nothing here waits,
//! fails, or reads a clock, a file or the environment.

pub mod columns;
pub mod copied;
pub mod distributions;
pub mod effect;
pub mod event;
pub mod facets;
pub mod filter;
pub mod filter_term;
pub mod fuzzy;
pub mod history;
pub mod index;
pub mod keymap;
pub mod line;
pub mod marks;
pub mod messages;
pub mod model;
pub mod pairs;
pub mod palette;
pub mod player;
pub mod popup;
pub mod preflight;
pub mod privacy;
pub mod prompt;
pub mod raw;
pub mod recording;
pub mod script;
pub mod settings;
pub mod sort;
pub mod store;
pub mod tab;
pub mod tags;
pub mod themes;
pub mod update;
