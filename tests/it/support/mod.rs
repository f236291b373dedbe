//! What several tests need.

pub(crate) mod program;
pub(crate) mod report;
mod wordings;
pub(crate) mod vectors;
