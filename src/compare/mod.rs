//! Shares with intervals; years and groups compared.

mod groups;
mod counts;
mod years;
mod runs;
mod lineage;

pub use counts::compare_counts;
pub use groups::{CodedQuestion, compare_groups};
pub use runs::{CompareError, PastRun, compare_runs};
pub use years::{PreviousQuestion, PreviousTheme, compare_years};

#[cfg(test)]
mod tests;
