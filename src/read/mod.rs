//! Files in, a [`Survey`] out: CSV, TSV, XLSX, JSON Lines, plain or gzip-compressed, described by a survey file or found out.
//!
//! # What is read
//!
//! The content decides, not the name; a name that says otherwise raises a warning.
//!
//! | form | how it is read |
//! | --- | --- |
//! | CSV, TSV | delimiter `,` `;` or tab found from the first 64 KB, or said by a first line `sep=;`; line ends of any kind; quoted cells may hold line breaks |
//! | XLSX, XLSM | the only visible sheet with data, or the one named; cells as shown, dates as `2023-11-01`, errors such as `#REF!` as blank; macros are not run |
//! | JSON Lines | an object per line; keys are columns, absent keys and `null` are blank |
//!
//! Text is UTF-8 with or without a byte order mark, UTF-16, or, where the bytes are no UTF-8, Windows-1252 with a warning.
//! Parquet, OpenDocument, `.xls`, web pages and files with a password are refused by name.
//!
//! Exports of MS Forms, Qualtrics (three header rows), SmartSurvey and SurveyMonkey (two) are recognised. Columns that say who
//! somebody is (e-mail, name, telephone, IP address, place) are dropped, and so are columns full of e-mail addresses and, where no question is named, those that
//! ask for names or contact details.
//!
//! # The survey file
//!
//! ```toml
//! [survey]
//! input = "responses-2023.csv"          # beside this file; the only key that must be there
//! title = "Social Prescribing Link Worker Survey"
//! year = 2023
//! respondent_id = "respondent_id"       # else a column with a usual name, else `row-N`
//! groups = ["employer", "contract"]
//! consent = "quote_consent"             # quotes only from "yes"
//! weight = "weight"                     # survey weights above 0
//! attribution = "SPLW, {employer}, {year}"
//! encoding = "windows-1252"             # else found
//! sheet = "Answers"                     # else the only visible one with data
//! header_rows = 2                       # else found
//!
//! [[question]]                          # none at all: open-ended columns are found
//! column = "enjoy_most"
//! wording = "What do you enjoy most in your role as an SPLW?"
//!
//! [previous]
//! run = "../out/splw-2022"
//!
//! [privacy]
//! allow = ["Grace House"]               # never masked
//! deny = ["Project Falcon"]             # always masked
//! disclosure = "suppress"               # or "nhs", "none"
//! min_group = 10                        # smallest group that an attribution names
//!
//! [settings]
//! themes = "auto"                       # or a number
//! granularity = "medium"                # or "coarse", "fine"
//! seed = 42
//! common_share = 0.05                   # all themes from this share on are common ones; else the eight most frequent of those
//! quotes = 5                            # most per theme
//! sample = 50000                        # most distinct texts that themes are fitted on
//! ```
//!
//! A column is found by its exact name, else by its name or wording with spaces, quotation marks, dashes, letter case and a
//! question number left aside. Where a name stands twice, ` (column N)` after it tells the columns apart.
//!
//! A file without a header is refused where that is sure: one person's answers would be the names of its columns. It is sure where a
//! heading also stands in rows below it among other values, is an e-mail address, is an id or a date like all cells below it, is a
//! number that those count on from, or is a question's and a sentence in which somebody speaks of themselves; not where another column
//! is called `id` or the like, and not where `header_rows` is said.
//!
//! A file whose header stands further down is refused as well, with the rows: the first row, a title or headings of several columns, leaves
//! columns blank that are used, and a row below fills them, is no answer, and bears two of three signs: twice as many cells, a cell that
//! only a heading is, cells unlike those below. With too few signs it is a warning.
//!
//! # What becomes of rows
//!
//! Every data row is a respondent or a rejected row with its reason: empty, with more or fewer cells than the header, without
//! a usable weight, a preview that Qualtrics marks as one, the header once more. Where over a tenth of the rows do not fit, the file is refused. A
//! respondent without an id is called `row-N`; several with one id are all kept, the others as `id-2`, `id-3`. Answers stay as
//! written, but for NUL characters and `_x000D_`, which programs leave and nobody types.
//!
//! # Limits
//!
//! 500 MB on disk, 2,000,000 rows, 2,000 columns, 16 MB in a cell; a row with an answer of over 2 MB is left out. What unpacks
//! from gzip or a workbook, and the answers that are kept, may have 30 times the size of the file and 32 MB, at most 2 GB, counted
//! as it comes out: no size that a file declares is believed. A file under 10 MB may hold 400,000 answers that are not blank, a larger one
//! one for every 25 bytes. So a file under 10 MB never takes over 1 GB of memory.

mod plan;
mod survey_tables;
mod survey_file;
mod nearest;
mod input;
mod format;
mod encoding;
mod text;
mod quotes;
mod sniff;
mod delimited;
mod json_lines;
mod values;
mod workbook;
mod table;
mod header;
mod below;
mod headless;
mod spoken;
mod title;
mod recognise;
mod personal;
mod columns;
mod propose;
mod cells;
mod tidy;
mod respondents;
mod collect;
mod consent;
mod run;
mod error;

pub use cells::{answer_text, group_value, respondent_id};
pub use columns::ColumnError;
pub use encoding::{decode_text, unscrambled};
pub use error::ReadError;
pub use input::FileError;
pub use plan::{PlannedQuestion, Settings, SurveyPlan, ThemeCount};
pub use run::{RunError, read_report};
pub use survey_file::SurveyFileError;
pub use text::TextError;
pub use workbook::WorkbookError;

use crate::types::{GroupColumn, Respondent, Survey};
use collect::Collector;
use columns::Roles;
use format::Opened;
use header::Header;
use input::InputFile;
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
    /// Whether the survey is called by the name of its file, which people choose for themselves and not for a report.
    pub title_is_file_name: bool,
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
    let keepable = file.keepable();
    let Opened { mut table, mut summary, mut warnings } = format::open_table(file, plan)?;
    let head = table.head(recognise::HEAD_ROWS)?;
    if head.is_empty() {
        return Err(FileError::Empty { file: name }.into());
    }
    let header = recognise::read_header(&name, &head, plan.header_rows)?;
    if header.columns.is_empty() {
        // No line of JSON could be understood: that is the reason, not a column that is missing.
        Collector::new(&name, &header, &Roles::default(), keepable).read(&mut table)?;
    }
    // Whoever says how many rows the header has has looked.
    if plan.header_rows.is_none() {
        warnings.extend(title::check_title(&mut table, &header, &name)?);
        warnings.extend(headless::check_headings(&mut table, &header, &name)?);
    }
    let mut roles = columns::find_roles(plan, &header, &name).or_else(|error| {
        // A column that is not there may be one of a header that is not there, whose place a person's answers have.
        if plan.header_rows.is_none() {
            spoken::check_first_row(&header, &name)?;
        }
        Err(error)
    })?;
    if roles.questions.is_empty() {
        propose_questions(&mut table, &header, &mut roles, &name)?;
        warnings.push(format!(
            "No question was named; open-ended columns by their content: {}",
            columns::told(&header, roles.questions.iter().map(|(column, _)| *column))
        ));
    }
    if plan.header_rows.is_none() {
        warnings.extend(spoken::check_spoken(&header, &roles, &name)?);
    }
    let mut collector = Collector::new(&name, &header, &roles, keepable);
    collector.read(&mut table)?;
    summary.columns = roles.describe(&header);
    warnings.extend(dropped(&header, &summary.columns));
    if roles.consent.is_none() {
        warnings.extend(overlooked_consent(&header, &summary.columns));
    }
    warnings.extend(collector.warnings());
    warnings.extend(table.remark());
    let Collector { rows, rejected, respondents, address_ids, .. } = collector;
    let (respondents, mut ids, rows_sha256) = respondents.finish();
    ids.blank -= address_ids;
    if roles.id.is_some() {
        warnings.extend(ids.warnings());
    }
    summary.rows = rows;
    summary.title_is_file_name = plan.title.is_none();
    summary.recognised = header.recognised.map(str::to_owned);
    summary.rows_sha256 = rows_sha256;
    Ok(ReadOutcome { survey: survey(plan, &header, &roles, respondents), summary, rejected, warnings })
}

/// Says which columns were left out as personal.
fn dropped(header: &Header, columns: &[(String, String)]) -> Option<String> {
    let places: Vec<usize> =
        (0..columns.len()).filter(|place| columns[*place].1 == columns::DROPPED).collect();
    (!places.is_empty())
        .then(|| format!("Columns with personal details were dropped: {}", columns::told(header, places)))
}

/// Says that a column that is not used seems to tell who may be quoted, by its name or its wording.
fn overlooked_consent(header: &Header, columns: &[(String, String)]) -> Option<String> {
    let (column, _) = header.columns.iter().zip(columns).find(|(column, (_, used))| {
        used == columns::UNUSED && column.is_by_heading(consent::asks_about_quoting)
    })?;
    let (seems, first) = if column.is_by_heading(consent::may_ask_who_objects) {
        (
            "seems to say who does not want to be quoted",
            "make a column that says `yes` for those who may be, and ",
        )
    } else {
        ("looks like consent to be quoted", "")
    };
    Some(format!(
        "Column `{}` {seems} and is not used, so anybody may be quoted; {first}name it with `--consent` or `consent` in the survey file",
        column.name
    ))
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
        attribution: columns::attribution(plan, header, &roles.groups),
        respondents,
    }
}
