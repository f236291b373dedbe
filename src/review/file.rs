//! The file, also after a spreadsheet saved it: other letters for the same text, `;` between the cells, columns in another order.

use super::{Review, ReviewError, letters};
use crate::files;
use crate::files::cells::{delimiter, is_workbook, place, plain};
use crate::read::decode_text;
use crate::types::{Decision, ReviewRow};
use std::collections::BTreeMap;
use std::path::Path;

/// Largest review that is read, in bytes.
const LARGEST: u64 = 100 << 20;

const COLUMNS: [&str; 9] =
    ["question", "theme_id", "respondent_id", "start", "end", "text", "marks", "risks", "decision"];

/// Reads the decisions of a `quotes-review.csv`. Rows without a decision are passed over.
///
/// # Errors
/// If the file cannot be read, lacks a column, or has a row with a decision that cannot be used.
pub fn read_review(path: &Path) -> Result<Review, ReviewError> {
    let unreadable = |reason: String| ReviewError::Read { path: path.into(), reason };
    let bytes = files::read(path, LARGEST).map_err(|error| unreadable(files::reason(error).to_string()))?;
    if is_workbook(&bytes) {
        return Err(ReviewError::Workbook { path: path.into() });
    }
    let text = decode_text(&bytes);
    let delimiter = delimiter(text.lines().next().unwrap_or_default());
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| unreadable(error.to_string()))?.clone();
    let mut places = [0; COLUMNS.len()];
    for (found, column) in places.iter_mut().zip(COLUMNS) {
        *found =
            place(header.iter(), column).ok_or_else(|| ReviewError::Column { path: path.into(), column })?;
    }
    let mut rows = Vec::new();
    let mut decided = BTreeMap::new();
    for (row, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|error| unreadable(error.to_string()))?;
        let cells = places.map(|place| plain(record.get(place).unwrap_or_default().trim()));
        let read = read_row(cells).and_then(|found| match found {
            Some(found) => check_twice(&mut decided, &found, row).map(|()| Some(found)),
            None => Ok(None),
        });
        rows.extend(read.map_err(|reason| ReviewError::Row { path: path.into(), row, reason })?);
    }
    Ok(Review::new(rows))
}

/// `None` where nothing was decided.
fn read_row(cells: [&str; COLUMNS.len()]) -> Result<Option<ReviewRow>, String> {
    let [question, theme, respondent_id, start, end, text, marks, risks, decision] = cells;
    let Some(decision) = decision_of(decision)? else { return Ok(None) };
    let number =
        |name: &str, cell: &str| cell.parse::<usize>().map_err(|_| format!("`{name}` is not a whole number"));
    let (start, end) = (number("start", start)?, number("end", end)?);
    if start >= end {
        return Err(format!("`end` ({end}) does not come after `start` ({start})"));
    }
    for (name, cell) in [("question", question), ("respondent_id", respondent_id), ("text", text)] {
        if cell.is_empty() {
            return Err(format!("`{name}` is empty"));
        }
    }
    let list = |cell: &str, between: &str| {
        cell.split(between).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    Ok(Some(ReviewRow {
        question: question.into(),
        theme: theme.parse().map_err(|_: String| "`theme_id` is not a theme id such as `T07`")?,
        respondent_id: respondent_id.into(),
        start,
        end,
        text: text.into(),
        marks: list(&marks.replace("] [", "]\n["), "\n"),
        risks: list(risks, "; "),
        decision: Some(decision),
    }))
}

fn decision_of(cell: &str) -> Result<Option<Decision>, String> {
    match cell.to_lowercase().as_str() {
        "" => Ok(None),
        "approve" | "approved" => Ok(Some(Decision::Approve)),
        "reject" | "rejected" => Ok(Some(Decision::Reject)),
        // What stands there may be a remark on the writer.
        _ => Err("`decision` holds neither `approve` nor `reject`".into()),
    }
}

/// The words are part of it: a spreadsheet may have made one id of several.
type Key = (String, String, usize, usize, String);

/// The same words may be shown in two themes, but not approved in one and rejected in the other.
fn check_twice(
    decided: &mut BTreeMap<Key, (usize, Option<Decision>)>,
    row: &ReviewRow,
    number: usize,
) -> Result<(), String> {
    let key = (row.question.clone(), row.respondent_id.clone(), row.start, row.end, letters(&row.text));
    let (first, decision) = *decided.entry(key).or_insert((number, row.decision));
    if decision == row.decision {
        return Ok(());
    }
    Err(format!("row {first} decides otherwise about the same words"))
}
