use super::error::ReadError;
use super::table::MAX_COLUMNS;
use super::text::TextError;
use csv::StringRecord;
use std::collections::BTreeMap;

/// A column of the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Column {
    /// Unique name: as written, spaces tidied, with ` (column N)` where several columns have the same.
    pub(super) name: String,
    /// The name before it was made unique.
    pub(super) plain: String,
    /// The words that respondents saw, where the export has them apart from the name.
    pub(super) wording: Option<String>,
}

impl Column {
    /// Whether `test` holds of its name or of its wording.
    pub(super) fn is_by_heading(&self, test: impl Fn(&str) -> bool) -> bool {
        test(&self.name) || self.wording.as_deref().is_some_and(test)
    }
}

/// What the first rows say of the columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
    /// Number of header rows.
    pub(super) rows: usize,
    /// The tool that exported the file, if its form is known.
    pub(super) recognised: Option<&'static str>,
}

impl Header {
    /// Whether a row has a cell for each column and, beyond them, nothing but the blanks that delimiters at the end of a line make.
    pub(super) fn fits(&self, cells: &StringRecord) -> bool {
        cells.len() >= self.columns.len()
            && cells.iter().skip(self.columns.len()).all(|cell| cell.trim().is_empty())
    }
}

/// Gives each column a unique name.
pub(super) fn name_columns(
    file: &str,
    names: impl IntoIterator<Item = (String, Option<String>)>,
) -> Result<Vec<Column>, ReadError> {
    let names: Vec<_> = names.into_iter().map(|(name, wording)| (one_line(&name), wording)).collect();
    if names.len() > MAX_COLUMNS {
        return Err(
            TextError::TooManyColumns { file: file.into(), found: names.len(), limit: MAX_COLUMNS }.into()
        );
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in &names {
        *seen.entry(name).or_default() += 1;
    }
    let unique = |i: usize, name: &str| match name {
        "" => format!("column {}", i + 1),
        name if seen.get(name).is_some_and(|n| *n > 1) => format!("{name} (column {})", i + 1),
        name => name.to_owned(),
    };
    Ok(names
        .iter()
        .enumerate()
        .map(|(i, (name, wording))| Column {
            name: unique(i, name),
            plain: name.clone(),
            wording: wording.as_deref().map(one_line).filter(|wording| !wording.is_empty()),
        })
        .collect())
}

/// White space of any kind and length as one space; none at the ends.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
