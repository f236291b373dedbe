use crate::error::Hint;
use std::path::PathBuf;

/// Why a reviewed list of quotes cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The file cannot be opened or is no table.
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
    /// A row cannot be used.
    #[error("Row {row} of `{path}` cannot be used: {reason}")]
    Row {
        /// The file.
        path: PathBuf,
        /// The row as a spreadsheet numbers it: the header is row 1.
        row: usize,
        /// The reason.
        reason: String,
    },
}

impl Hint for ReviewError {
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Read { .. } => {
                "Give the `quotes-review.csv` of an earlier run with `--review`, saved as CSV"
            }
            Self::Workbook { .. } => "Open it in Excel and save it as CSV (UTF-8)",
            Self::Column { .. } => "Keep the columns of `quotes-review.csv` and write only into `decision`",
            Self::Row { .. } => {
                "Write `approve` or `reject` into `decision`, or leave it empty, and leave the other columns as they are"
            }
        };
        Some(hint.into())
    }
}
