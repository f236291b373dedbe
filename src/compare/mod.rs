//! Shares with intervals; years and groups compared.

mod groups;
mod years;

pub use groups::{CodedQuestion, compare_groups};
pub use years::{PreviousQuestion, PreviousTheme, compare_years};

#[cfg(test)]
mod tests;
