//! What several tests need.

pub(crate) mod report;
mod wordings;
