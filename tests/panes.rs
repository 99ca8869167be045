//! The detail tabs and the account diagnosis as text, at three widths, and what holds for any
//! text that AWS or a fleet file may hold.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

mod panes {
    mod accounts;
    mod findings;
    mod hostile;
    mod snapshots;
}
