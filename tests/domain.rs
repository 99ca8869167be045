//! The rule, the exposure and the verdict, against the design's own words: the truth table cell
//! by cell, each override and caveat by example, and what must hold of any distribution.

#![allow(clippy::disallowed_methods, clippy::type_complexity, clippy::unwrap_used)]

#[path = "domain/answers.rs"]
mod answers;
#[path = "domain/arbitrary.rs"]
mod arbitrary;
#[path = "domain/made.rs"]
mod made;
#[path = "domain/properties.rs"]
mod properties;
#[path = "domain/table.rs"]
mod table;
