//! `assignments.csv` of a run, and the sample.

use super::{AgreeError, Coding};
use crate::files;
use crate::files::cells::{self, delimiter, is_workbook, plain};
use crate::read::decode_text;
use std::path::Path;

/// Themes of every answer in a run's `assignments.csv`: the primary one first, then the others in the order of the answer.
///
/// # Errors
/// If the file cannot be read or lacks a column.
pub fn read_run(path: &Path) -> Result<Coding, AgreeError> {
    let mut coding = Coding::new();
    each_row(path, &["respondent_id", "question", "theme", "primary"], &["second_theme"], |fields| {
        let key = (plain(fields[0]).to_owned(), plain(fields[1]).to_owned());
        let themes = coding.entry(key).or_default();
        let theme = plain(fields[2]).to_owned();
        if theme.is_empty() {
            return;
        }
        if fields[3] == "true" {
            themes.retain(|known| *known != theme);
            themes.insert(0, theme);
        } else {
            add(themes, theme);
        }
        add(themes, plain(fields[4]).to_owned());
    })?;
    Ok(coding)
}

/// Codes of a sample: a CSV with `respondent_id`, `code` and, if it is about several questions, `question`; a row per code. A
/// row with an empty code says that a person found none to fit.
///
/// # Errors
/// If the file cannot be read or lacks a column.
pub fn read_human(path: &Path) -> Result<Coding, AgreeError> {
    let mut coding = Coding::new();
    each_row(path, &["respondent_id", "code"], &["question"], |fields| {
        let [id, code, question] = [fields[0], fields[1], fields[2]].map(|cell| plain(cell).to_owned());
        add(coding.entry((id, question)).or_default(), code);
    })?;
    Ok(coding)
}

fn add(themes: &mut Vec<String>, theme: String) {
    if !theme.is_empty() && !themes.contains(&theme) {
        themes.push(theme);
    }
}

fn each_row(
    path: &Path,
    required: &[&'static str],
    optional: &[&'static str],
    mut see: impl FnMut(&[&str]),
) -> Result<(), AgreeError> {
    let wrong = |reason: String| AgreeError::Read { path: path.into(), reason };
    let bytes = files::read(path, u64::MAX).map_err(|error| wrong(files::reason(error).to_string()))?;
    if is_workbook(&bytes) {
        return Err(AgreeError::Workbook { path: path.into() });
    }
    // A sample that people have coded was saved by a spreadsheet.
    let text = decode_text(&bytes);
    let delimiter = delimiter(text.lines().next().unwrap_or_default());
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let place = |name: &str| cells::place(header.iter(), name);
    let mut places = Vec::new();
    for column in required {
        places.push(Some(place(column).ok_or_else(|| AgreeError::Column { path: path.into(), column })?));
    }
    places.extend(optional.iter().map(|column| place(column)));
    for record in reader.records() {
        let record = record.map_err(|error| wrong(error.to_string()))?;
        let fields: Vec<&str> =
            places.iter().map(|place| place.and_then(|i| record.get(i)).unwrap_or_default().trim()).collect();
        see(&fields);
    }
    Ok(())
}
