//! Files in, a [`Survey`] out: CSV, TSV, XLSX, JSON Lines, plain or gzip-compressed, described by a survey file or found out.

use crate::error::Hint;
use crate::types::Survey;
use std::path::{Path, PathBuf};

/// What to read and how to understand it: a survey file, or what the command line says of a bare file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SurveyPlan {
    /// The file with the answers.
    pub input: PathBuf,
    /// Title; the input's file stem if absent.
    pub title: Option<String>,
    /// Survey year.
    pub year: Option<i32>,
    /// Column of respondent ids; row numbers if absent.
    pub respondent_id: Option<String>,
    /// Open-ended columns with their wording; proposed from the data if empty.
    pub questions: Vec<PlannedQuestion>,
    /// Group columns.
    pub groups: Vec<String>,
    /// Column that says who may be quoted; everyone if absent.
    pub consent: Option<String>,
    /// Column of survey weights.
    pub weight: Option<String>,
    /// Template of a quote's attribution.
    pub attribution: Option<String>,
    /// Folder of the previous year's run.
    pub previous_run: Option<PathBuf>,
    /// Names that are never masked (organisations).
    pub allow: Vec<String>,
    /// Terms that are always masked.
    pub deny: Vec<String>,
    /// Encoding label, such as `windows-1252`; detected if absent.
    pub encoding: Option<String>,
    /// Sheet of a workbook; the only one with data if absent.
    pub sheet: Option<String>,
}

/// An open-ended column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedQuestion {
    /// Name of the column.
    pub column: String,
    /// The words that respondents saw.
    pub wording: Option<String>,
}

impl SurveyPlan {
    /// Reads a survey file (TOML).
    ///
    /// # Errors
    /// If the file cannot be read or does not have the form of a survey file; the message names line and column.
    pub fn from_toml(path: &Path) -> Result<Self, ReadError> {
        Err(ReadError::Todo(path.into()))
    }
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadOutcome {
    /// The answers.
    pub survey: Survey,
    /// How the input was understood, for `verbatim check`.
    pub summary: ReadSummary,
    /// Rows that could not be used.
    pub rejected: Vec<RejectedRow>,
    /// What the user ought to know, each one sentence; never holds answer text.
    pub warnings: Vec<String>,
}

/// How the input was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSummary {
    /// `csv`, `tsv`, `xlsx` or `jsonl`.
    pub format: String,
    /// Such as `UTF-8`.
    pub encoding: Option<String>,
    /// Delimiter of a CSV.
    pub delimiter: Option<char>,
    /// Export recognised: `MS Forms`, `SmartSurvey`, `Qualtrics`.
    pub recognised: Option<String>,
    /// Data rows in the input.
    pub rows: usize,
    /// Every column with what was done with it: question, id, group, consent, weight, dropped as personal, not used.
    pub columns: Vec<(String, String)>,
    /// sha256 of the rows that were read, the same for any order of rows.
    pub rows_sha256: String,
}

/// A row that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Row of the file, counted from 1 with the header.
    pub row: usize,
    /// Why, in one sentence.
    pub reason: String,
}

/// Why an input cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Not written yet.
    #[error("reading `{0}` is not written yet")]
    Todo(PathBuf),
}

impl Hint for ReadError {
    fn hint(&self) -> Option<String> {
        None
    }
}

/// Reads the input of `plan`.
///
/// # Errors
/// If the input cannot be read at all; rows that cannot be used are listed in the outcome instead.
pub fn read_survey(plan: &SurveyPlan) -> Result<ReadOutcome, ReadError> {
    Err(ReadError::Todo(plan.input.clone()))
}
