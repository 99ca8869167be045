//! Events in, effects out: the model and the one place that changes it. Nothing here waits,
//! fails, or reads a clock, a file or the environment.

pub mod copied;
pub mod effect;
pub mod event;
pub mod filter;
pub mod index;
pub mod keymap;
pub mod marks;
pub mod model;
pub mod pairs;
pub mod pause;
pub mod places;
pub mod popup;
pub mod preflight;
pub mod saved;
pub mod store;
pub mod tab;
pub mod tags;
pub mod update;
