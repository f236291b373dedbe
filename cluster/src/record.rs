//! What is known of a part that was done: `parts/NAME.json`, written after `parts/NAME.parquet`. A part with a record that still fits
//! is not done again.

use crate::output;
use crate::parts::{Facts, Part, sha256_of};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Rows that were not written, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rejected {
    /// Every cell that is read is blank.
    pub(crate) empty: u64,
    /// Of no year: the year is not a whole number.
    pub(crate) no_year: u64,
}

impl Rejected {
    pub(crate) fn total(self) -> u64 {
        self.empty + self.no_year
    }
}

/// A part that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The part's name.
    pub(crate) part: String,
    /// What was asked for: see `Request::key` in `assign`.
    pub(crate) request: String,
    /// sha256 of the input file.
    pub(crate) input_sha256: String,
    /// Rows of the input file.
    pub(crate) rows: u64,
    /// Rows of it that were written, each at least once.
    pub(crate) written: u64,
    /// The others.
    pub(crate) rejected: Rejected,
    /// Segments written.
    pub(crate) segments: u64,
    /// sha256 of the file that was written.
    pub(crate) output_sha256: String,
}

/// Where a part is written in the folder of the parts.
pub(crate) fn output_path(folder: &Path, part: &str) -> PathBuf {
    folder.join(format!("{part}.parquet"))
}

fn record_path(folder: &Path, part: &str) -> PathBuf {
    folder.join(format!("{part}.json"))
}

impl Record {
    /// The record of a part, if there is one that can be read.
    pub(crate) fn read(folder: &Path, part: &str) -> Option<Self> {
        serde_json::from_slice(&fs_err::read(record_path(folder, part)).ok()?).ok()
    }

    /// Whether the part was done just so: the same request, the same input, and what was written is still there byte for byte.
    pub(crate) fn fits(&self, folder: &Path, part: &Part, facts: &Facts, request: &str) -> bool {
        self.request == request
            && self.input_sha256 == facts.sha256
            && sha256_of(&output_path(folder, &part.name)).is_ok_and(|sha256| sha256 == self.output_sha256)
    }

    pub(crate) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        output::write_json(&record_path(folder, &self.part), self)
    }
}
