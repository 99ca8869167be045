//! When something was read: the store is told the time, the sources are not.

use jiff::Timestamp;

use crate::domain::distribution::{Distribution, Looked};

/// Writes the time of arrival into every source, so that evidence can say when it was read.
pub(super) fn stamped(mut distribution: Distribution, at: Timestamp) -> Distribution {
    distribution.source.read_at = Some(at);
    for origin in &mut distribution.origins {
        if let Some(Looked::Found { from, .. }) = origin.s3.as_mut().map(|s3| &mut s3.signing) {
            from.read_at = Some(at);
        }
        if let Some(Looked::Found { from, .. }) = origin.vpc.as_mut().map(|vpc| &mut vpc.endpoint) {
            from.read_at = Some(at);
        }
    }
    distribution
}
