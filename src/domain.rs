//! What is judged and how: accounts, distributions, origins, the rule D9.AWS.CRY.17,
//! the exposure, the verdict and the fix. No I/O, no clock, no terminal, and nothing here
//! can fail: what could not be judged is a verdict, not an error.

pub mod account;
pub mod assessment;
pub mod distribution;
pub mod endpoint;
pub mod exposure;
pub mod fault;
pub mod finding;
pub mod fix;
pub mod ids;
pub mod mask;
pub mod preflight;
pub mod quote;
pub mod reason;
pub mod rule;
pub mod tally;
pub mod text;
pub mod verdict;
pub mod way_in;
