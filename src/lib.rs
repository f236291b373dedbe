//! `verbatim` turns open-ended survey answers into labelled themes with representative quotes: offline, and the same every time.
//!
//! The modules are the stages, in the order of the data:
//!
//! 1. [`read`] a survey file or a bare CSV, XLSX or JSON Lines file into respondents and answers
//! 2. [`clean`]: which answers say something
//! 3. [`redact`]: where personal details stand
//! 4. [`segment`]: spans that hold one idea
//! 5. [`embed`]: a vector for each distinct masked text
//! 6. [`smooth`]: blend each vector with its neighbours'
//! 7. [`cluster`]: themes, their stability, sub-themes
//! 8. [`label`]: names and statements
//! 9. [`quote`]: representative quotes
//! 10. [`compare`]: years and groups, with intervals
//! 11. [`disclose`]: small counts hidden
//! 12. [`export`]: the files of a run
//!
//! [`pipeline`] is the only module that knows them all.

pub mod types;
pub mod error;
pub mod progress;
pub mod panics;
mod files;
pub mod maths;
mod grammar;

pub mod read;
pub mod clean;
pub mod redact;
pub mod segment;
pub mod embed;
pub mod smooth;
pub mod cluster;
pub mod label;
pub mod quote;
pub mod compare;
pub mod disclose;
pub mod export;

pub mod codebook;
pub mod review;
pub mod agree;

pub mod pipeline;

pub use error::{Error, Hint};
