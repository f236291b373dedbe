use super::delimited::Delimited;
use super::error::ReadError;
use super::json_lines::JsonLines;
use super::workbook::Workbook;
use csv::StringRecord;

/// Most data rows; each costs some 200 bytes besides its text.
pub(super) const MAX_ROWS: usize = 2_000_000;
/// Most columns.
pub(super) const MAX_COLUMNS: usize = 2000;

/// A row as it stands in the file, header rows included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Counted from 1, as a spreadsheet shows it.
    pub(super) number: usize,
    /// Line of a text file where it begins, from 1.
    pub(super) line: Option<u64>,
    /// Its cells.
    pub(super) cells: &'a StringRecord,
    /// Why it cannot be used, if so.
    pub(super) problem: Option<&'static str>,
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Go,
    Stop,
}

/// What is called for each row.
pub(super) type Visitor<'a> = &'a mut dyn FnMut(Row<'_>) -> Result<Next, ReadError>;

/// A file that is a table, read row by row, as often as needed.
#[derive(Debug)]
pub(super) enum Table {
    Delimited(Delimited),
    Workbook(Box<Workbook>),
    JsonLines(JsonLines),
}

impl Table {
    /// Calls `each` for every row in the order of the file until it says stop.
    pub(super) fn visit(&mut self, each: Visitor<'_>) -> Result<(), ReadError> {
        match self {
            Self::Delimited(table) => table.visit(each),
            Self::Workbook(table) => table.visit(each),
            Self::JsonLines(table) => table.visit(each),
        }
    }

    /// What the user ought to know once all rows are read.
    pub(super) fn remark(&self) -> Option<String> {
        match self {
            Self::Delimited(table) => table.remark(),
            Self::Workbook(_) | Self::JsonLines(_) => None,
        }
    }

    /// The table as it would be read if the first rows of a text file were a title; `None` where they have the form of the others.
    pub(super) fn below_title(&self) -> Option<Self> {
        match self {
            Self::Delimited(table) => table.below_title().map(Self::Delimited),
            Self::Workbook(_) | Self::JsonLines(_) => None,
        }
    }

    /// The first rows, at most `n`.
    pub(super) fn head(&mut self, n: usize) -> Result<Vec<StringRecord>, ReadError> {
        let mut rows = Vec::with_capacity(n);
        self.visit(&mut |row| {
            rows.push(row.cells.clone());
            Ok(if rows.len() < n { Next::Go } else { Next::Stop })
        })?;
        Ok(rows)
    }
}
