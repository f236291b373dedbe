use super::ReadSummary;
use super::delimited::Delimited;
use super::encoding;
use super::error::ReadError;
use super::input::{FileError, InputFile};
use super::json_lines::JsonLines;
use super::plan::SurveyPlan;
use super::table::Table;
use super::workbook::{Workbook, WorkbookError};
use crate::files::cells::{OLD_OFFICE, ZIP};
use std::io::Read;

/// A table that was opened, what is known of it so far, and what the user ought to know.
pub(super) struct Opened {
    pub(super) table: Table,
    pub(super) summary: ReadSummary,
    pub(super) warnings: Vec<String>,
}

/// First bytes of files that are not read, and what they are.
const FOREIGN: [(&[u8], &str); 9] = [
    (b"%PDF", "a PDF document"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "a rich-text document"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
];

/// Finds out from the content, not the name, what kind of table a file is, and opens it.
pub(super) fn open_table(file: InputFile, plan: &SurveyPlan) -> Result<Opened, ReadError> {
    let head = file.head.as_slice();
    if head.starts_with(ZIP) || head.starts_with(b"PK\x05\x06") {
        return open_workbook(file, plan);
    }
    if head.starts_with(OLD_OFFICE) {
        return Err(old_office(&file));
    }
    if let Some((_, kind)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(FileError::Unsupported { file: file.name, kind }.into());
    }
    let start: Vec<u8> = head
        .iter()
        .copied()
        .filter(|b| b.is_ascii() && *b != 0 && !b.is_ascii_whitespace())
        .take(64)
        .collect();
    if start.first() == Some(&b'<') {
        let html = [&b"<html"[..], b"<!doctypehtml", b"<table", b"<meta", b"<head"];
        let start = start.to_ascii_lowercase();
        let is_html = html.iter().any(|tag| start.starts_with(tag));
        let kind = if is_html { "a web page (HTML)" } else { "XML" };
        return Err(FileError::Unsupported { file: file.name, kind }.into());
    }
    if start.starts_with(b"[{") {
        return Err(FileError::Unsupported { file: file.name, kind: "a JSON array, not JSON Lines" }.into());
    }
    open_text(file, plan, start.starts_with(b"{\""))
}

fn open_workbook(file: InputFile, plan: &SurveyPlan) -> Result<Opened, ReadError> {
    let mut misnamed = None;
    if !matches!(file.extension().as_str(), "xlsx" | "xlsm") {
        misnamed =
            Some(format!("`{}` is an XLSX workbook in spite of its name and was read as one", file.name));
    }
    let (workbook, mut warnings) = Workbook::open(file, plan.sheet.as_deref())?;
    warnings.splice(0..0, misnamed);
    let summary = ReadSummary { format: "xlsx".into(), ..ReadSummary::default() };
    Ok(Opened { table: Table::Workbook(Box::new(workbook)), summary, warnings })
}

fn open_text(file: InputFile, plan: &SurveyPlan, is_json: bool) -> Result<Opened, ReadError> {
    let mut warnings = Vec::new();
    if matches!(file.extension().as_str(), "xlsx" | "xlsm" | "xls") {
        warnings.push(format!("`{}` is a text file in spite of its name and was read as one", file.name));
    }
    let encoding = encoding::detect(&file, plan.encoding.as_deref())?;
    if encoding.guessed {
        warnings.push(format!(
            "`{}` does not say its encoding and was read as {}; if signs such as £ and ’ look wrong, name it with `--encoding`",
            file.name,
            encoding.name()
        ));
    }
    if plan.sheet.is_some() {
        warnings.push(format!("`{}` is no workbook, so the sheet that was named is left aside", file.name));
    }
    let mut summary = ReadSummary { encoding: Some(encoding.name()), ..ReadSummary::default() };
    let table = if is_json {
        summary.format = "jsonl".into();
        Table::JsonLines(JsonLines::open(file, encoding)?)
    } else {
        let table = Delimited::open(file, encoding)?;
        summary.delimiter = table.delimiter();
        summary.format = if summary.delimiter == Some('\t') { "tsv" } else { "csv" }.into();
        Table::Delimited(table)
    };
    Ok(Opened { table, summary, warnings })
}

/// The container of Office before 2007, which also wraps workbooks with a password.
fn old_office(file: &InputFile) -> ReadError {
    let wanted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut bytes = Vec::new();
    let protected = file
        .raw()
        .ok()
        .and_then(|raw| raw.take(64 << 20).read_to_end(&mut bytes).ok())
        .is_some_and(|_| bytes.windows(wanted.len()).any(|window| window == wanted));
    if protected {
        return WorkbookError::Protected { file: file.name.clone() }.into();
    }
    FileError::Unsupported { file: file.name.clone(), kind: "in the format of Office before 2007 (.xls)" }
        .into()
}
