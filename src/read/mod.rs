//! Files in, a [`Survey`] out: CSV, TSV, XLSX, JSON Lines, plain or gzip-compressed, described by a survey file or found out.

mod plan;
mod survey_file;
mod nearest;
mod bytes;
mod encoding;
mod text;
mod quotes;
mod delimited;
mod table;
mod header;
mod personal;
mod columns;
mod tidy;
mod respondents;
mod collect;
mod error;

pub use bytes::FileError;
pub use columns::ColumnError;
pub use error::ReadError;
pub use plan::{GranularitySetting, PlannedQuestion, Settings, SurveyPlan, ThemeCount};
pub use survey_file::SurveyFileError;
pub use text::TextError;

use crate::types::{GroupColumn, Survey};
use bytes::InputFile;
use collect::Collector;
use columns::Roles;
use delimited::Delimited;
use table::Table;

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadOutcome {
    /// The answers.
    pub survey: Survey,
    /// How the input was understood, for `verbatim check`.
    pub summary: ReadSummary,
    /// Rows that could not be used, in the order of the file.
    pub rejected: Vec<RejectedRow>,
    /// What the user ought to know, each one sentence; never holds answer text.
    pub warnings: Vec<String>,
}

/// How the input was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSummary {
    /// `csv`, `tsv`, `xlsx` or `jsonl`.
    pub format: String,
    /// Such as `UTF-8`; `None` for a workbook.
    pub encoding: Option<String>,
    /// Delimiter of a CSV; `None` where it has one column.
    pub delimiter: Option<char>,
    /// Export recognised: `MS Forms`, `SmartSurvey`, `Qualtrics`.
    pub recognised: Option<String>,
    /// Data rows in the input: respondents and rejected rows together.
    pub rows: usize,
    /// Every column with what was done with it: question, respondent id, group, consent, weight, dropped as personal, not used.
    pub columns: Vec<(String, String)>,
    /// sha256 of the rows that were read, the same for any order of rows.
    pub rows_sha256: String,
}

/// A row that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Row of the file, counted from 1 with the header, as a spreadsheet shows it.
    pub row: usize,
    /// Why: half a sentence that goes on from "row 7:".
    pub reason: String,
}

/// Reads the input of `plan`.
///
/// Every data row becomes a respondent or a rejected row. Respondents come sorted by id, so that nothing depends on the order
/// of rows.
///
/// # Errors
/// If the input cannot be read at all; rows that cannot be used are listed in the outcome instead.
pub fn read_survey(plan: &SurveyPlan) -> Result<ReadOutcome, ReadError> {
    columns::check_attribution(plan)?;
    let file = InputFile::open(&plan.input)?;
    let name = file.name.clone();
    let allowance = file.allowance();
    let (mut table, mut summary, mut warnings) = open_table(file, plan)?;
    let head = table.head(4)?;
    let header = match head.first() {
        Some(first) => header::single(&name, first)?,
        None => return Err(FileError::Empty { file: name }.into()),
    };
    let roles = columns::find_roles(plan, &header, &name)?;
    let mut collector = Collector::new(&name, &header, &roles, allowance);
    collector.read(&mut table)?;
    table.file().check_unchanged()?;
    warnings.extend(collector.warnings());
    summary.rows = collector.rows;
    summary.recognised = header.recognised.map(str::to_owned);
    summary.columns = roles.describe(&header);
    let rejected = std::mem::take(&mut collector.rejected);
    let (respondents, ids, rows_sha256) = std::mem::take(&mut collector.respondents).finish();
    summary.rows_sha256 = rows_sha256;
    if roles.id.is_some() && ids.blank > 0 {
        warnings.push(format!(
            "{} respondents without an id are called by their row, such as `row-2`",
            ids.blank
        ));
    }
    if ids.repeated > 0 {
        warnings.push(format!(
            "{} respondents have an id that another has too; all are kept, with `-2`, `-3` and so on after the id",
            ids.repeated
        ));
    }
    let survey = survey(plan, &header, &roles, respondents);
    Ok(ReadOutcome { survey, summary, rejected, warnings })
}

fn survey(
    plan: &SurveyPlan,
    header: &header::Header,
    roles: &Roles,
    respondents: Vec<crate::types::Respondent>,
) -> Survey {
    let stem = || plan.input.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let group = |column: &usize| {
        header.columns.get(*column).map(|column| GroupColumn { column: column.name.clone() })
    };
    Survey {
        title: plan.title.clone().unwrap_or_else(stem),
        year: plan.year,
        questions: roles.questions.iter().map(|(_, question)| question.clone()).collect(),
        groups: roles.groups.iter().filter_map(group).collect(),
        attribution: plan.attribution.clone(),
        respondents,
    }
}

/// Finds out what kind of table a file is.
fn open_table(file: InputFile, plan: &SurveyPlan) -> Result<(Table, ReadSummary, Vec<String>), ReadError> {
    let mut warnings = Vec::new();
    let encoding = encoding::detect(&file, plan.encoding.as_deref())?;
    if encoding.guessed {
        warnings.push(format!(
            "`{}` does not say its encoding and was read as {}; if letters such as £ or ’ look wrong, say `--encoding`",
            file.name,
            encoding.name()
        ));
    }
    let delimited = Delimited::open(file, encoding)?;
    let summary = ReadSummary {
        format: if delimited.delimiter() == Some('\t') { "tsv" } else { "csv" }.into(),
        encoding: Some(encoding.name()),
        delimiter: delimited.delimiter(),
        ..ReadSummary::default()
    };
    Ok((Table::Delimited(delimited), summary, warnings))
}
