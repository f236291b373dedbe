//! One file and one function per command.

pub(crate) mod agree;
pub(crate) mod cache;
pub(crate) mod check;
pub(crate) mod codebook;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod model;
pub(crate) mod quotes;
pub(crate) mod run;
