//! Where distributions come from: AWS or the demo. Sources report; they judge nothing.

pub mod aws;
pub mod demo;
pub mod load;
pub mod preflight;
pub mod report;
