//! Panics of crates at damaged files, which are caught and made errors.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

/// What `work` gives; `None` if it panicked. What it was doing is not gone on with.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Whether a panic is of a crate whose panics at damaged files are caught: the error that is made of it says enough, so that a program may
/// have its panic hook keep quiet.
pub fn is_caught(info: &PanicHookInfo<'_>) -> bool {
    const CRATES: [&str; 5] = ["arrow-", "parquet-", "rten-", "tokenizers-", "calamine-"];
    // The folder of a crate's sources is called by its name and version.
    let is_of = |part: &str| CRATES.iter().any(|name| part.starts_with(name));
    info.location().is_some_and(|at| at.file().split(['/', '\\']).any(is_of))
}
