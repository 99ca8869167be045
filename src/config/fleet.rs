//! The validated fleet: accounts, groups and limits.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::account::Account;

/// Everything that a load needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// In the order of the file, disabled ones too.
    pub accounts: Vec<Account>,
    /// Group name to patterns of account names, ids or `tag:` terms.
    pub groups: BTreeMap<String, Vec<String>>,
    /// How hard to load.
    pub load: LoadLimits,
    /// Whether and how origins may be connected to.
    pub preflight: PreflightRules,
    /// The file it was read from; `None` for the demo.
    pub path: Option<PathBuf>,
}

/// `[load]` of the fleet file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadLimits {
    /// Accounts in flight.
    pub max_concurrency: usize,
    /// Tries per call.
    pub max_attempts: u32,
    /// The longest that one call may take.
    pub call_timeout: Duration,
}

impl Default for LoadLimits {
    fn default() -> Self {
        Self { max_concurrency: 64, max_attempts: 8, call_timeout: Duration::from_secs(20) }
    }
}

/// `[preflight]` of the fleet file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreflightRules {
    /// False: no origin is ever connected to.
    pub enabled: bool,
    /// Addresses that are not public are connected to as well.
    pub allow_private: bool,
    /// The longest that one pre-flight may take.
    pub timeout: Duration,
}

impl Default for PreflightRules {
    fn default() -> Self {
        Self { enabled: true, allow_private: false, timeout: Duration::from_secs(5) }
    }
}
