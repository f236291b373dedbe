use super::columns::ColumnError;
use super::input::FileError;
use super::run::RunError;
use super::survey_file::SurveyFileError;
use super::text::TextError;
use super::workbook::WorkbookError;
use crate::error::Hint;
use std::io;

/// Why an input cannot be read. Every message names the file, and the row and column where they apply.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The survey file is not in the form of a survey file.
    #[error(transparent)]
    SurveyFile(#[from] SurveyFileError),
    /// The input cannot be opened, is no regular file, or breaks a limit.
    #[error(transparent)]
    File(#[from] FileError),
    /// The text of the input is not in an encoding or form that can be read.
    #[error(transparent)]
    Text(#[from] TextError),
    /// No sheet of the workbook can be read.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// The columns are not those that were asked for.
    #[error(transparent)]
    Columns(#[from] ColumnError),
    /// A run cannot be read back.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl ReadError {
    /// Whether the request is at fault rather than the input: an unknown key, a bad value, a column named twice.
    /// The command line ends with exit code 2 then, and with 1 otherwise.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::SurveyFile(error) => error.is_usage(),
            Self::Columns(error) => error.is_usage(),
            Self::Text(error) => error.is_usage(),
            Self::File(_) | Self::Workbook(_) | Self::Run(_) => false,
        }
    }
}

/// What to do where the system refuses a file.
pub(super) fn hint_on(source: &io::Error) -> Option<String> {
    match source.kind() {
        io::ErrorKind::NotFound => Some(
            "Check its name and folder; a path in a survey file begins where the survey file lies".into(),
        ),
        io::ErrorKind::PermissionDenied => Some("Ask whoever owns it for the right to read it".into()),
        _ => None,
    }
}

impl Hint for ReadError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::SurveyFile(error) => error.hint(),
            Self::File(error) => error.hint(),
            Self::Text(error) => error.hint(),
            Self::Workbook(error) => error.hint(),
            Self::Columns(error) => error.hint(),
            Self::Run(error) => error.hint(),
        }
    }
}
