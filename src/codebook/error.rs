use crate::error::Hint;
use std::path::PathBuf;

/// Why a codebook cannot be used. Nothing is written when it is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CodebookError {
    /// It cannot be read.
    #[error("Cannot read the codebook `{path}`")]
    Open {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// What a codebook cannot do without is not beside it.
    #[error("There is no `{path}`, which a codebook needs beside it")]
    Alone {
        /// The file that is missing.
        path: PathBuf,
    },
    /// What stands beside it is another codebook's.
    #[error("`{path}` belongs to another codebook")]
    Foreign {
        /// The file that is in the way.
        path: PathBuf,
    },
    /// It cannot be written.
    #[error("Cannot write `{path}`: {reason}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// It does not have the form of a codebook.
    #[error("`{path}` is not a codebook: {reason}")]
    Form {
        /// The file.
        path: PathBuf,
        /// The reason, with its place.
        reason: String,
    },
    /// A newer program wrote it.
    #[error(
        "`{path}` was written by a newer version: its schema is {found}, this version reads up to {known}"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// Newest schema that is read.
        known: u32,
    },
    /// Its vectors come from another model.
    #[error("The codebook's vectors were made with the model `{theirs}`, this run uses `{ours}`")]
    OtherModel {
        /// The codebook's model.
        theirs: String,
        /// This run's model.
        ours: String,
    },
    /// A row of a workbook cannot be understood.
    #[error("`{path}`, sheet `{sheet}`, row {row}: {what}")]
    Row {
        /// The workbook.
        path: PathBuf,
        /// The sheet.
        sheet: &'static str,
        /// The row, as Excel numbers it.
        row: usize,
        /// What is wrong.
        what: String,
    },
    /// A theme was added to a question before a run has found its themes.
    #[error(
        "The theme `{name}` was added to the question `{question}`, of which the codebook has no themes yet"
    )]
    AddedTooSoon {
        /// Name of the theme.
        name: String,
        /// Column of the question.
        question: String,
    },
    /// Its rows do not fit together.
    #[error("The codebook does not fit together: {0}")]
    Inconsistent(String),
}

impl Hint for CodebookError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Newer { .. } => Some("Use the version of `verbatim` that wrote it, or a later one".into()),
            Self::OtherModel { .. } => Some(
                "Vectors of different models cannot be compared: run last year's survey again with this model, or use the \
                 model that the codebook names"
                    .into(),
            ),
            Self::Inconsistent(_) => {
                Some("Mend the row that is named; to remove a theme, set `drop` instead of deleting its row".into())
            }
            Self::Row { .. } => Some("Mend the row and save the workbook; the codebook was not changed".into()),
            Self::AddedTooSoon { .. } => {
                Some("Run the survey without it once, then add it to the codebook of that run".into())
            }
            Self::Form { .. } => Some("The form is described in `docs/codebook.md`".into()),
            Self::Alone { .. } => {
                Some("Copy it from the folder of the run that the codebook is of: they only work together".into())
            }
            Self::Foreign { .. } => {
                Some("Write the codebook into another folder, or delete the file if no codebook there needs it: the vectors must \
                 stand beside their codebook".into())
            }
            Self::Open { .. } | Self::Write { .. } => None,
        }
    }
}
