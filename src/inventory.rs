//! Where distributions come from: AWS or the demo. Sources report; they judge nothing.

pub mod demo;
pub mod report;
