//! The files of a run, all made from the [`Report`] and the coded segments.
//!
//! Findings, for publication once the quotes are reviewed: `report.html`, `report.docx`,
//! `report.md`, `tables.xlsx`, and `themes.json`, from which the others are made. Record-level files, for the team:
//! `assignments.csv`, `coded-answers.xlsx`, `mentions.csv`, `mentions.parquet`, `quotes.csv`, `quotes.xlsx`,
//! `quotes-review.csv`. `manifest.json` is written last and holds the sha256 of every other file. Each file's form is specified where it is written.
//!
//! A missing value is an empty cell (`null` in JSON), a hidden one `[c]`; neither is ever 0. Nothing depends on the clock, the
//! machine or the number of threads.

mod error;
mod lock;
mod folder;
mod kept;
mod inert;
mod figures;
mod statement;
mod findings;
mod charts;
mod run;
mod json;
mod assignments;
mod mentions;
mod quotes;
mod review;
mod markdown;
mod html;
mod docx;
mod xlsx;
mod parquet;
mod quote_set;
mod comparison;

pub use comparison::{TableFormat, write_comparison};
pub use error::ExportError;
pub(crate) use figures::{NOT_REVIEWED, REVIEW_ADVICE};
pub(crate) use inert::{cell, clean, markdown, markdown_line};
pub use quote_set::{ChosenQuote, QuoteFormat, QuoteSet, write_quote_set};

use crate::files::manifest::MANIFEST;
use crate::types::{CodedSegment, Report, ReviewRow, Survey};
use folder::Staging;
use rayon::prelude::*;
use run::Run;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Name of the program, by which the manifest of a run is known.
const PROGRAM: &str = "verbatim";

/// All that exports are made from.
#[derive(Clone, Copy)]
pub struct ExportInput<'a> {
    /// Findings, masked and protected.
    pub report: &'a Report,
    /// The survey, for ids and group values; its answers' text is never exported.
    pub survey: &'a Survey,
    /// Group columns, by index, of which no row of a person may show a value, since the report hides a count of them.
    pub hidden_groups: &'a [usize],
    /// Per question of the report, every segment in the order of respondents, then of their place in the answer.
    pub coded: &'a [Vec<CodedSegment>],
    /// What a reviewer should read, with what there is to know of it.
    pub review: &'a [ReviewRow],
    /// Files that other stages made and that belong to the run, such as `codebook.toml`.
    pub attachments: &'a [Attachment],
    /// Model, settings, input and counts per stage, for `manifest.json`; a JSON object.
    pub manifest: &'a serde_json::Value,
}

/// A file that is written as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name in the folder, without a path.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

type Fill = fn(&Run<'_>, &mut (dyn Write + Send)) -> io::Result<()>;

/// The files that are made here, in the order of their names.
const FILES: &[(&str, Fill)] = &[
    ("assignments.csv", assignments::write),
    ("coded-answers.xlsx", xlsx::write_coded),
    ("mentions.csv", mentions::write),
    ("mentions.parquet", parquet::write),
    ("quotes-review.csv", review::write),
    ("quotes.csv", quotes::write),
    ("quotes.xlsx", xlsx::write_quotes),
    ("report.docx", docx::write),
    ("report.html", html::write),
    ("report.md", markdown::write),
    ("tables.xlsx", xlsx::write_tables),
    ("themes.json", json::write),
];

/// Whether a run can be written into `folder`; asked before the long work, so that a bad path fails in the first second.
///
/// # Errors
/// As [`export_run`], where it shows without writing.
pub fn check_folder(folder: &Path) -> Result<(), ExportError> {
    folder::check(folder)
}

/// Writes all files of a run into `folder`, replacing an earlier run whole or not at all. Files there that were edited or that no
/// run wrote are kept in its folder `kept`. Only the user may look into the folder.
///
/// # Errors
/// If a file cannot be written, if `folder` holds something else than a run, or if another run is being written into it. What
/// was in the folder then stays as it was.
pub fn export_run(input: ExportInput<'_>, folder: &Path) -> Result<(), ExportError> {
    export(input, &FILES.iter().collect::<Vec<_>>(), folder)
}

/// The files that hold findings and nothing of a single person but quotes.
const FINDINGS: [&str; 5] = ["report.docx", "report.html", "report.md", "tables.xlsx", "themes.json"];

/// Writes only the findings of a report, for counts that were made without a survey at hand, as [`export_run`] writes a run.
///
/// # Errors
/// As [`export_run`].
pub fn export_findings(
    report: &Report,
    attachments: &[Attachment],
    folder: &Path,
) -> Result<(), ExportError> {
    let input = ExportInput {
        report,
        survey: &Survey::default(),
        hidden_groups: &[],
        coded: &[],
        review: &[],
        attachments,
        manifest: &serde_json::Value::Null,
    };
    let made: Vec<_> = FILES.iter().filter(|(name, _)| FINDINGS.contains(name)).collect();
    export(input, &made, folder)
}

fn export(input: ExportInput<'_>, made: &[&(&str, Fill)], folder: &Path) -> Result<(), ExportError> {
    let staging = Staging::begin(folder)?;
    let run = Run::new(input);
    let mut files = BTreeMap::new();
    for attachment in input.attachments {
        let entry = staging.write(&attachment.name, |out| out.write_all(&attachment.content))?;
        files.insert(attachment.name.as_str(), entry);
    }
    let written: Vec<_> =
        made.par_iter().map(|(name, fill)| (*name, staging.write(name, |out| fill(&run, out)))).collect();
    for (name, sha256) in written {
        files.insert(name, sha256?);
    }
    let manifest = manifest(input, &files);
    staging.write(MANIFEST, |out| json::pretty(&manifest, out))?;
    staging.commit()
}

/// What `manifest.json` holds: the object of the pipeline, and of this stage `program`, `version`, `schema`, and `files`,
/// the sha256 of each other file by its name.
fn manifest(input: ExportInput<'_>, files: &BTreeMap<&str, String>) -> serde_json::Value {
    let mut manifest = input.manifest.as_object().cloned().unwrap_or_default();
    manifest.insert("program".into(), PROGRAM.into());
    manifest.insert("version".into(), input.report.run.version.clone().into());
    manifest.insert("schema".into(), input.report.schema.into());
    manifest.insert("files".into(), serde_json::json!(files));
    manifest.into()
}
