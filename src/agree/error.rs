use crate::error::Hint;
use std::path::PathBuf;

/// Why a run cannot be compared with a sample.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AgreeError {
    /// A file cannot be read.
    #[error("Cannot read `{path}`: {reason}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// A workbook under the name of a CSV.
    #[error("`{path}` is a workbook, not a CSV file")]
    Workbook {
        /// The file.
        path: PathBuf,
    },
    /// A column is missing.
    #[error("`{path}` has no column `{column}`")]
    Column {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// The sample names no question, the run has several.
    #[error("The sample has no column `question`, and the run has the questions `{0}`")]
    WhichQuestion(String),
    /// No answer was coded by both.
    #[error("No answer of the sample is in the run")]
    NothingShared,
}

impl Hint for AgreeError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Read { .. } => None,
            Self::Workbook { .. } => Some("Open it in Excel and save it as CSV (UTF-8)".into()),
            Self::Column { .. } => Some(
                "A sample has the columns `respondent_id`, `code` and, for several questions, `question`"
                    .into(),
            ),
            Self::WhichQuestion(_) => Some("Add a column `question` with the names of the columns".into()),
            Self::NothingShared => {
                Some("Compare the respondents' ids and the names of the questions in both files".into())
            }
        }
    }
}
