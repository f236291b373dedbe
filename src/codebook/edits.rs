//! The edits of `codebook.xlsx` read back.

use super::CodebookError;
use super::cells::{Cells, Row};
use super::check::check;
use super::workbook::{EDITABLE, PIN_COLUMNS, PINS, THEMES, example_column};
use crate::types::{Codebook, CodebookTheme, Pin, ThemeId, ThemeState};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// `codebook` with the edits of the workbook at `path`: names, statements, definitions, decisions, added themes and pins. All
/// else stays as it is in `codebook`; with it comes what the user ought to know of that.
///
/// # Errors
/// If the workbook cannot be read or a row does not fit `codebook`; the message names the sheet and the row.
pub fn edited_codebook(
    path: &Path,
    mut codebook: Codebook,
) -> Result<(Codebook, Option<String>), CodebookError> {
    let mut cells = Cells::open(path)?;
    let mut sheet = |name: &'static str, wanted: &[&str]| Sheet::new(path, name, cells.rows(name)?, wanted);
    let wanted: Vec<&str> = ["id", "question"].into_iter().chain(EDITABLE).collect();
    let themes = sheet(THEMES, &wanted)?;
    let pins = sheet(PINS, &PIN_COLUMNS)?;
    let left = edit_themes(&themes, &mut codebook)?;
    codebook.pins = read_pins(&pins)?;
    check(&mut codebook)?;
    Ok((codebook, left_words(&left)))
}

/// A table with its header and its rows, by their numbers in Excel.
struct Sheet<'a> {
    path: &'a Path,
    name: &'static str,
    columns: BTreeMap<String, usize>,
    rows: Vec<Row>,
}

impl<'a> Sheet<'a> {
    fn new(
        path: &'a Path,
        name: &'static str,
        rows: Vec<Row>,
        wanted: &[&str],
    ) -> Result<Self, CodebookError> {
        let mut rows = rows.into_iter();
        let is_header =
            |row: &[String]| wanted.iter().all(|name| row.iter().any(|cell| cell.trim() == *name));
        let header = rows.find(|(_, row)| is_header(row)).ok_or_else(|| CodebookError::Form {
            path: path.into(),
            reason: format!("sheet `{name}` has no row with the headers `{}`", wanted.join("`, `")),
        })?;
        let columns = header.1.iter().enumerate().map(|(n, name)| (name.trim().to_owned(), n)).collect();
        let rows = rows.filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        Ok(Self { path, name, columns, rows })
    }

    fn get<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        self.columns.get(column).and_then(|&n| row.get(n)).map_or("", String::as_str)
    }

    fn wrong(&self, row: usize, what: impl Into<String>) -> CodebookError {
        CodebookError::Row { path: self.path.into(), sheet: self.name, row, what: what.into() }
    }

    fn id(&self, number: usize, row: &[String], column: &str) -> Result<Option<ThemeId>, CodebookError> {
        let text = self.get(row, column).trim();
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|reason: String| self.wrong(number, format!("{column}: {reason}")))
    }

    fn yes(&self, number: usize, row: &[String], column: &str) -> Result<bool, CodebookError> {
        match self.get(row, column).trim().to_lowercase().as_str() {
            "" | "no" | "false" => Ok(false),
            "yes" | "true" => Ok(true),
            other => Err(self.wrong(number, format!("{column} is `{other}`, neither `yes` nor empty"))),
        }
    }
}

/// Says of which themes edited examples were left.
fn left_words(left: &[ThemeId]) -> Option<String> {
    let ids: Vec<String> = left.iter().map(ToString::to_string).collect();
    (!ids.is_empty()).then(|| {
        format!(
            "The examples of {} are not those of the codebook and were not taken over: those of a theme that a run has looked for are its quotes. To say what \
             belongs to a theme, write its `definition`; to choose its quotes, use `quotes-review.csv`",
            ids.join(", ")
        )
    })
}

/// Takes over the rows, and returns the themes whose examples were edited though they are only shown.
fn edit_themes(sheet: &Sheet<'_>, codebook: &mut Codebook) -> Result<Vec<ThemeId>, CodebookError> {
    let mut seen = BTreeSet::new();
    let mut left = Vec::new();
    for (number, row) in &sheet.rows {
        let Some(id) = sheet.id(*number, row, "id")? else {
            let added = added_theme(sheet, *number, row)?;
            codebook.themes.push(added);
            continue;
        };
        if !seen.insert(id) {
            return Err(sheet.wrong(*number, format!("the id {id} stands in a second row")));
        }
        let Some(theme) = codebook.themes.iter_mut().find(|theme| theme.id == Some(id)) else {
            let what = format!("the codebook has no theme {id}; a new theme is written without an id");
            return Err(sheet.wrong(*number, what));
        };
        if sheet.get(row, "question") != theme.question {
            return Err(
                sheet.wrong(*number, format!("theme {id} belongs to the question `{}`", theme.question))
            );
        }
        edit(sheet, *number, row, theme)?;
        let written = examples(sheet, row);
        if theme.state == ThemeState::Added {
            theme.examples = written;
        } else if !same_words(&written, &theme.examples) {
            left.push(id);
        }
    }
    let deleted = codebook.themes.iter().filter_map(|theme| theme.id).find(|id| !seen.contains(id));
    match deleted {
        Some(id) => Err(CodebookError::Inconsistent(format!("the row of theme {id} was deleted"))),
        None => Ok(left),
    }
}

/// Whether the texts are the same but for spaces and line ends, which a spreadsheet may write otherwise.
fn same_words(a: &[String], b: &[String]) -> bool {
    let words = |texts: &[String]| -> Vec<Vec<String>> {
        let words = |text: &String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        texts.iter().map(words).filter(|words| !words.is_empty()).collect()
    };
    words(a) == words(b)
}

fn edit(
    sheet: &Sheet<'_>,
    number: usize,
    row: &[String],
    theme: &mut CodebookTheme,
) -> Result<(), CodebookError> {
    sheet.get(row, "name").clone_into(&mut theme.name);
    sheet.get(row, "statement").clone_into(&mut theme.statement);
    sheet.get(row, "definition").clone_into(&mut theme.definition);
    theme.merge_into = sheet.id(number, row, "merge_into")?;
    theme.split = sheet.yes(number, row, "split")?;
    theme.drop = sheet.yes(number, row, "drop")?;
    theme.keep = sheet.yes(number, row, "keep")?;
    if theme.name.trim().is_empty() {
        return Err(sheet.wrong(number, "the theme has no name"));
    }
    Ok(())
}

fn added_theme(sheet: &Sheet<'_>, number: usize, row: &[String]) -> Result<CodebookTheme, CodebookError> {
    let mut theme = CodebookTheme {
        question: sheet.get(row, "question").trim().to_owned(),
        examples: examples(sheet, row),
        ..CodebookTheme::default()
    };
    edit(sheet, number, row, &mut theme)?;
    if theme.question.is_empty() || theme.examples.is_empty() {
        let what = "a theme without an id is a new one, and that needs a question and an example";
        return Err(sheet.wrong(number, what));
    }
    Ok(theme)
}

fn examples(sheet: &Sheet<'_>, row: &[String]) -> Vec<String> {
    (1..=sheet.columns.len())
        .map(|number| sheet.get(row, &example_column(number)))
        .filter(|example| !example.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

fn read_pins(sheet: &Sheet<'_>) -> Result<Vec<Pin>, CodebookError> {
    let pin = |(number, row): &(usize, Vec<String>)| {
        let segment = sheet.get(row, "segment").trim();
        let segment =
            match segment {
                "" => None,
                text => Some(text.parse().map_err(|_| {
                    sheet.wrong(*number, format!("segment is `{text}`, no whole number from 0"))
                })?),
            };
        Ok(Pin {
            question: sheet.get(row, "question").to_owned(),
            respondent_id: sheet.get(row, "respondent_id").to_owned(),
            segment,
            theme: sheet
                .id(*number, row, "theme")?
                .ok_or_else(|| sheet.wrong(*number, "the pin names no theme"))?,
            away: sheet.yes(*number, row, "away")?,
        })
    };
    sheet.rows.iter().map(pin).collect()
}
