//! Whether the first row of a file is one person's answers rather than the names of the columns: what stands there would be printed as
//! the heading of a question.

use super::below::{Below, Sign};
use super::columns::ColumnError;
use super::error::ReadError;
use super::header::{Header, one_line};
use super::spoken::has_sure_heading;
use super::table::{Next, Table};
use csv::StringRecord;

/// Rows that are looked at: what a heading has in common with the cells below shows in a few.
const LOOKED_AT: usize = 1000;

/// Refuses a file whose first row is surely an answer. Where another column is called as only a column is, it is a warning.
pub(super) fn check_headings(
    table: &mut Table,
    header: &Header,
    file: &str,
) -> Result<Option<String>, ReadError> {
    if matches!(table, Table::JsonLines(_)) {
        return Ok(None);
    }
    let Some((column, sign)) = first_sign(table, header)? else { return Ok(None) };
    if has_sure_heading(header) {
        return Ok(Some(format!(
            "The first cell of column {} {}; check that the first row of `{file}` holds the names of the columns",
            column + 1,
            sign.seen()
        )));
    }
    Err(ColumnError::NoHeader { file: file.into(), column: column + 1, seen: sign.seen() }.into())
}

fn first_sign(table: &mut Table, header: &Header) -> Result<Option<(usize, Sign)>, ReadError> {
    let mut columns: Vec<Below> = header.columns.iter().map(|column| Below::new(&column.plain)).collect();
    let mut seen = 0;
    table.visit(&mut |row| {
        seen += 1;
        if seen > header.rows && !repeats(header, row.cells) {
            columns.iter_mut().zip(row.cells).for_each(|(column, cell)| column.take(cell));
        }
        Ok(if seen < header.rows + LOOKED_AT { Next::Go } else { Next::Stop })
    })?;
    Ok(columns.iter().enumerate().find_map(|(i, column)| Some((i, column.sign()?))))
}

/// Whether a row is the heading row once more, as where files were put one after the other.
pub(super) fn repeats(header: &Header, cells: &StringRecord) -> bool {
    let named = header.columns.iter().filter(|column| !column.plain.is_empty()).count();
    header.rows == 1
        && named > 1
        && header.fits(cells)
        && header.columns.iter().zip(cells).all(|(column, cell)| column.plain == one_line(cell))
}
