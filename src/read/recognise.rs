use super::error::ReadError;
use super::header::{Header, name_columns, one_line};
use csv::StringRecord;

/// Rows that are looked at: three header rows and the first data row.
pub(super) const HEAD_ROWS: usize = 4;

/// Reads the header rows: as many as the plan says, else as the form of a known export has.
pub(super) fn read_header(
    file: &str,
    head: &[StringRecord],
    asked: Option<usize>,
) -> Result<Header, ReadError> {
    let row = |i: usize| head.get(i).cloned().unwrap_or_default();
    let first = row(0);
    let form = known_form(head);
    match (asked, form) {
        (None, Some((tool, 3))) | (Some(3), Some((tool, _))) => {
            qualtrics(file, &first, &row(1), 3, Some(tool))
        }
        (None, Some((tool @ QUALTRICS, 2))) => qualtrics(file, &first, &row(1), 2, Some(tool)),
        (Some(3), None) => qualtrics(file, &first, &row(1), 3, None),
        (None, Some((tool, 2))) => two_rows(file, &first, &row(1), Some(tool)),
        (Some(2), form) => two_rows(file, &first, &row(1), form.map(|(tool, _)| tool)),
        (_, form) => {
            let columns = name_columns(file, first.iter().map(|name| (name.to_owned(), None)))?;
            Ok(Header { columns, rows: 1, recognised: form.map(|(tool, _)| tool) })
        }
    }
}

pub(super) const QUALTRICS: &str = "Qualtrics";
/// The form of no tool in particular.
pub(super) const TWO_ROWS: &str = "two header rows";

/// The tool that made the file, and its number of header rows.
fn known_form(head: &[StringRecord]) -> Option<(&'static str, usize)> {
    let first: Vec<String> = head.first()?.iter().map(|name| one_line(name).to_lowercase()).collect();
    let has = |name: &str| first.iter().any(|column| column == name);
    let cell_of = |row: &StringRecord, test: &dyn Fn(&str) -> bool| row.iter().any(|cell| test(cell.trim()));
    if head.get(2).is_some_and(|row| cell_of(row, &|cell| cell.starts_with("{\"ImportId\""))) {
        return Some((QUALTRICS, 3));
    }
    let labels = |row: &StringRecord| cell_of(row, &|cell| matches!(cell, "Response ID" | "Recorded Date"));
    if (has("responseid") || has("recordeddate")) && has("startdate") {
        return Some((QUALTRICS, if head.get(1).is_some_and(labels) { 2 } else { 1 }));
    }
    if has("start time") && has("completion time") && (has("email") || has("id")) {
        return Some(("MS Forms", 1));
    }
    let two = head.get(1).is_some_and(|second| is_second_header(head, second));
    let tool = if has("collector id") && has("respondent id") {
        "SurveyMonkey"
    } else if (has("userid") || has("user id") || has("unique id"))
        && (has("started") || has("ended") || has("userno"))
    {
        "SmartSurvey"
    } else if two {
        TWO_ROWS
    } else {
        return None;
    };
    Some((tool, if two { 2 } else { 1 }))
}

/// Whether the second row goes on with the header: it is blank under the first column, where the first data row is not, and
/// stands under merged cells or says `Response`.
fn is_second_header(head: &[StringRecord], second: &StringRecord) -> bool {
    let blank = |row: Option<&StringRecord>, i: usize| {
        row.and_then(|row| row.get(i)).is_none_or(|cell| cell.trim().is_empty())
    };
    let (first, third) = (head.first(), head.get(2));
    let under_first = blank(Some(second), 0) && !blank(first, 0) && !blank(third, 0);
    let under_merged = (1..second.len()).any(|i| blank(first, i) && !blank(Some(second), i));
    under_first && (under_merged || second.iter().any(is_placeholder))
}

/// What exports write under a question that has a single column.
pub(super) fn is_placeholder(cell: &str) -> bool {
    matches!(
        one_line(cell).to_lowercase().as_str(),
        "response" | "open-ended response" | "open ended response" | "answer"
    )
}

/// Names in the first row, wordings in the second.
fn qualtrics(
    file: &str,
    names: &StringRecord,
    wordings: &StringRecord,
    rows: usize,
    recognised: Option<&'static str>,
) -> Result<Header, ReadError> {
    let pairs =
        names.iter().enumerate().map(|(i, name)| (name.to_owned(), wordings.get(i).map(str::to_owned)));
    Ok(Header { columns: name_columns(file, pairs)?, rows, recognised })
}

/// Questions in the first row, over several columns where cells were merged; their parts in the second.
fn two_rows(
    file: &str,
    questions: &StringRecord,
    parts: &StringRecord,
    recognised: Option<&'static str>,
) -> Result<Header, ReadError> {
    let mut question = String::new();
    let names = (0..questions.len().max(parts.len())).map(|i| {
        let own = questions.get(i).map(one_line).unwrap_or_default();
        let goes_on = own.is_empty();
        if !goes_on {
            question = own;
        }
        let part = parts.get(i).map(one_line).unwrap_or_default();
        let name = match (question.as_str(), part.as_str()) {
            (question, "") if goes_on => format!("{question} (continued)"),
            (question, part) if part.is_empty() || is_placeholder(part) || part == question => {
                question.to_owned()
            }
            ("", part) => part.to_owned(),
            (question, part) => format!("{question} – {part}"),
        };
        (name, None)
    });
    Ok(Header { columns: name_columns(file, names.collect::<Vec<_>>())?, rows: 2, recognised })
}
