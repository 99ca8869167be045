//! What holds where the fleet file says nothing. Those of `[load]` are
//! [`LoadLimits::default`](super::fleet::LoadLimits).

use crate::domain::ids::Partition;

/// The role's name in every account: AWS's own job function for auditors goes by it.
pub const ROLE: &str = "SecurityAudit";

/// What CloudTrail shows as the session's name.
pub const ROLE_SESSION_NAME: &str = "cf-tui";

/// Seconds. The most that AWS grants where the base credentials are themselves a role.
pub const DURATION_SECONDS: i32 = 3600;

/// The commercial regions.
pub const PARTITION: Partition = Partition::Aws;
