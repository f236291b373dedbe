//! Whether the header stands further down, under a title or under headings that each span several columns: the title would be taken for
//! the name of a column, and the header for a respondent.

use super::below::Below;
use super::columns::ColumnError;
use super::error::ReadError;
use super::header::{Header, one_line};
use super::recognise::{TWO_ROWS, is_placeholder};
use super::spoken::is_surely_a_heading;
use super::table::{Next, Table};

/// Rows among which the header is looked for.
const HEADER_AMONG: usize = 20;
/// Rows that are looked at, and characters of each cell: enough to tell a heading, whatever the size of the file.
const LOOKED_AT: usize = 200;
const LOOKED_INTO: usize = 200;
/// Rows from which on it is no accident that each line of a file with one column has as many commas.
const NO_ACCIDENT: usize = 10;

/// A row as far as it is looked at.
struct Looked {
    number: usize,
    cells: Vec<String>,
}

impl Looked {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty())
    }

    fn has_sure_heading(&self) -> bool {
        self.filled().any(is_surely_a_heading)
    }
}

/// What was found.
enum Found {
    /// Place of the row that is surely the header.
    Surely(usize),
    /// Place of one that may be it.
    Perhaps(usize),
}

/// Refuses a file whose header surely stands below its first row; where it only may, it is a warning.
pub(super) fn check_title(
    table: &mut Table,
    header: &Header,
    file: &str,
) -> Result<Option<String>, ReadError> {
    // What exports of known tools write into their first rows is known.
    if matches!(table, Table::JsonLines(_)) || header.recognised.is_some_and(|form| form != TWO_ROWS) {
        return Ok(None);
    }
    // Quotation marks that only this delimiter opens are no fault of the file.
    if let Some(mut below) = table.below_title()
        && let Ok(rows) = look(&mut below)
    {
        let warning = told(&rows, file)?;
        if rows.len() > NO_ACCIDENT && warning.is_some() {
            return Ok(warning);
        }
    }
    let rows = look(table)?;
    told(&rows, file)
}

fn look(table: &mut Table) -> Result<Vec<Looked>, ReadError> {
    let mut rows = Vec::new();
    table.visit(&mut |row| {
        let cell = |cell: &str| one_line(&cell.chars().take(LOOKED_INTO).collect::<String>());
        rows.push(Looked { number: row.number, cells: row.cells.iter().map(cell).collect() });
        Ok(if rows.len() < LOOKED_AT { Next::Go } else { Next::Stop })
    })?;
    Ok(rows)
}

fn told(rows: &[Looked], file: &str) -> Result<Option<String>, ReadError> {
    let number = |place: usize| rows.get(place).map_or(0, |row| row.number);
    match header_below(rows) {
        None => Ok(None),
        Some(Found::Surely(place)) => {
            Err(ColumnError::TitleAbove { file: file.into(), first: number(0), header: number(place) }.into())
        }
        Some(Found::Perhaps(place)) => Ok(Some(format!(
            "Row {} of `{file}` leaves columns without a name that are filled below; if row {} is the header, delete the rows above it",
            number(0),
            number(place)
        ))),
    }
}

/// The first row that fills the columns which the first one leaves blank, and is no answer: nothing in it has the form of the cells below.
fn header_below(rows: &[Looked]) -> Option<Found> {
    let (first, rest) = rows.split_first()?;
    let used = used_columns(rest);
    let nameless: Vec<usize> = used.iter().copied().filter(|column| first.cell(*column).is_empty()).collect();
    let fills = |row: &Looked| {
        let left = used.iter().filter(|column| row.cell(**column).is_empty()).count();
        // A column of numbers of rows has no name in many tables.
        left <= usize::from(used.len() > 2) && nameless.iter().any(|column| !row.cell(*column).is_empty())
    };
    // Titles hold dates and numbers alone, headers do not.
    let is_worded = |row: &Looked| row.filled().all(|cell| cell.contains(char::is_alphabetic));
    let mut among = rows.iter().enumerate().take(HEADER_AMONG).skip(1);
    let (place, row) = among.find(|(_, row)| fills(row) && is_worded(row))?;
    let columns = columns_below(row, rows.get(place + 1..).unwrap_or_default());
    if columns.iter().any(|column| column.sign().is_some()) {
        return None;
    }
    let is_narrow = first.filled().count() * 2 <= row.filled().count();
    let needed = if first.has_sure_heading() { 3 } else { 2 };
    if usize::from(is_narrow) + signs(row, &columns) >= needed {
        return Some(Found::Surely(place));
    }
    is_narrow.then_some(Found::Perhaps(place))
}

/// Columns that a tenth of the rows fill: a note beside the table is none.
fn used_columns(rows: &[Looked]) -> Vec<usize> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let filled = |column: usize| rows.iter().filter(|row| !row.cell(column).is_empty()).count();
    (0..width).filter(|column| filled(*column) * 10 >= rows.len().max(1)).collect()
}

/// What the cells of `row` have in common with those below; the row once more, where files were put one after the other, tells nothing.
fn columns_below(row: &Looked, below: &[Looked]) -> Vec<Below> {
    let mut columns: Vec<Below> = row.cells.iter().map(|cell| Below::new(cell)).collect();
    for other in below.iter().filter(|other| other.cells != row.cells) {
        columns.iter_mut().zip(&other.cells).for_each(|(column, cell)| column.take(cell));
    }
    columns
}

/// How many signs of a header a row bears by itself: a cell that only a heading is, and one unlike those below it. What exports write in
/// the second row of their header is unlike them too.
fn signs(row: &Looked, columns: &[Below]) -> usize {
    let is_unlike = columns.iter().any(Below::is_unlike) && !row.filled().any(is_placeholder);
    usize::from(row.has_sure_heading()) + usize::from(is_unlike)
}
