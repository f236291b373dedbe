//! Files in, a [`Survey`] out: CSV, TSV, XLSX, JSON Lines, plain or gzip-compressed, described by a survey file or found out.

mod plan;
mod survey_file;
mod nearest;
mod bytes;
mod format;
mod encoding;
mod text;
mod quotes;
mod delimited;
mod json_lines;
mod archive;
mod values;
mod workbook;
mod table;
mod header;
mod recognise;
mod personal;
mod columns;
mod propose;
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
pub use workbook::WorkbookError;

use crate::types::{GroupColumn, Respondent, Survey};
use bytes::InputFile;
use collect::Collector;
use columns::Roles;
use format::Opened;
use header::Header;
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
    let watched = file.clone();
    let result = read_file(file, plan);
    // What went wrong in a file that somebody writes to is not worth telling.
    watched.check_unchanged()?;
    result
}

fn read_file(file: InputFile, plan: &SurveyPlan) -> Result<ReadOutcome, ReadError> {
    let name = file.name.clone();
    let allowance = file.allowance();
    let Opened { mut table, mut summary, mut warnings } = format::open_table(file, plan)?;
    let head = table.head(recognise::HEAD_ROWS)?;
    if head.is_empty() {
        return Err(FileError::Empty { file: name }.into());
    }
    let header = recognise::read_header(&name, &head, plan.header_rows)?;
    let mut roles = columns::find_roles(plan, &header, &name)?;
    if roles.questions.is_empty() {
        propose_questions(&mut table, &header, &mut roles, &name)?;
        let names: Vec<&str> = roles.questions.iter().map(|(_, question)| question.column.as_str()).collect();
        warnings.push(format!(
            "No question was named; open-ended columns by their content: `{}`",
            names.join("`, `")
        ));
    }
    let mut collector = Collector::new(&name, &header, &roles, allowance);
    collector.read(&mut table)?;
    summary.columns = roles.describe(&header);
    warnings.extend(dropped(&summary.columns));
    warnings.extend(collector.warnings());
    let Collector { rows, rejected, respondents, address_ids, .. } = collector;
    let (respondents, mut ids, rows_sha256) = respondents.finish();
    ids.blank -= address_ids;
    if roles.id.is_some() {
        warnings.extend(ids.warnings());
    }
    summary.rows = rows;
    summary.recognised = header.recognised.map(str::to_owned);
    summary.rows_sha256 = rows_sha256;
    Ok(ReadOutcome { survey: survey(plan, &header, &roles, respondents), summary, rejected, warnings })
}

/// Says which columns were left out as personal.
fn dropped(columns: &[(String, String)]) -> Option<String> {
    let names: Vec<&str> =
        columns.iter().filter(|(_, used)| used == columns::DROPPED).map(|(name, _)| name.as_str()).collect();
    (!names.is_empty())
        .then(|| format!("Columns with personal details were dropped: `{}`", names.join("`, `")))
}

/// `1 answer`, `2 answers`.
fn count_of(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// Chooses the open-ended columns of a file that comes without a survey file.
fn propose_questions(
    table: &mut Table,
    header: &Header,
    roles: &mut Roles,
    file: &str,
) -> Result<(), ReadError> {
    let (open, addresses) = propose::propose(table, header, roles)?;
    if open.is_empty() {
        let columns = header.columns.iter().map(|column| column.name.clone()).collect();
        return Err(ColumnError::NoQuestion { file: file.into(), columns }.into());
    }
    roles.questions =
        open.into_iter().map(|column| (column, columns::question(header, column, None))).collect();
    roles.addresses = addresses;
    Ok(())
}

fn survey(plan: &SurveyPlan, header: &Header, roles: &Roles, respondents: Vec<Respondent>) -> Survey {
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
