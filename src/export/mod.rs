//! The files of a run.

use crate::error::Hint;
use crate::types::{CodedSegment, Report, Survey};
use std::path::{Path, PathBuf};

/// All that exports are made from.
#[derive(Clone, Copy)]
pub struct ExportInput<'a> {
    /// Findings, masked and protected.
    pub report: &'a Report,
    /// The survey, for ids and group values; its answers' text is never exported unmasked.
    pub survey: &'a Survey,
    /// Per question, every segment.
    pub coded: &'a [Vec<CodedSegment>],
    /// Counts per stage and settings, for `manifest.json`.
    pub manifest: &'a serde_json::Value,
}

/// Why a run cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A file or folder cannot be written.
    #[error("Cannot write `{path}`")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
}

impl Hint for ExportError {
    fn hint(&self) -> Option<String> {
        None
    }
}

/// Writes all files of a run into `folder`, replacing an earlier run whole or not at all.
///
/// # Errors
/// If a file cannot be written; the earlier run then stays as it was.
pub fn export_run(_input: ExportInput<'_>, folder: &Path) -> Result<(), ExportError> {
    Err(ExportError::Write { path: folder.into(), source: std::io::Error::other("not written yet") })
}
