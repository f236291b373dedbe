//! The cells of a workbook that came from anywhere: counted before they are kept.

use super::CodebookError;
use crate::files;
use crate::files::archive::{self, Fault};
use crate::panics::caught;
use calamine::{DataRef, Reader, Xlsx};
use std::io::Cursor;
use std::path::Path;

/// Largest workbook that is read, in bytes.
const LARGEST: u64 = 50 << 20;
/// Most bytes that it may unpack to.
const LARGEST_UNPACKED: u64 = 200 << 20;
/// Most columns of a sheet.
const MAX_COLUMNS: u32 = 1_000;
/// Most cells of a sheet; a codebook has about twenty per theme.
const MAX_CELLS: usize = 1_000_000;

/// A row with a value: its number as Excel shows it, and its cells from the first column on.
pub(super) type Row = (usize, Vec<String>);

/// A workbook whose size is known to be harmless.
pub(super) struct Cells<'a> {
    path: &'a Path,
    book: Xlsx<Cursor<Vec<u8>>>,
}

impl<'a> Cells<'a> {
    pub(super) fn open(path: &'a Path) -> Result<Self, CodebookError> {
        let open =
            |source: std::io::Error| CodebookError::Open { path: path.into(), source: files::reason(source) };
        let form = |reason: String| CodebookError::Form { path: path.into(), reason };
        let bytes = files::read(path, LARGEST).map_err(open)?;
        inspect(&bytes).map_err(form)?;
        let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| form(error.to_string()))?;
        Ok(Self { path, book })
    }

    /// The rows of a sheet that hold anything. Only stored cells cost memory, however far apart they are.
    pub(super) fn rows(&mut self, sheet: &str) -> Result<Vec<Row>, CodebookError> {
        let form = |reason: String| CodebookError::Form { path: self.path.into(), reason };
        let book = &mut self.book;
        let mut cells = caught(|| book.worksheet_cells_reader(sheet))
            .ok_or_else(|| form(format!("sheet `{sheet}` ends before it begins")))?
            .map_err(|error| form(error.to_string()))?;
        let mut rows: Vec<Row> = Vec::new();
        let mut held = 0;
        while let Some(cell) = cells.next_cell().map_err(|error| form(error.to_string()))? {
            let (row, column) = cell.get_position();
            let number = row as usize + 1;
            let text = match cell.get_value() {
                DataRef::Empty | DataRef::Error(_) => continue,
                value => calamine::Data::from(value.clone()).to_string(),
            };
            if column >= MAX_COLUMNS {
                return Err(form(format!("sheet `{sheet}` has a value in column {}", column + 1)));
            }
            if rows.last().is_none_or(|(last, _)| *last != number) {
                if rows.last().is_some_and(|(last, _)| *last > number) {
                    return Err(form(format!("row {number} of sheet `{sheet}` comes after a later one")));
                }
                rows.push((number, Vec::new()));
            }
            if let Some((_, row)) = rows.last_mut() {
                let before = row.len();
                row.resize(before.max(column as usize + 1), String::new());
                held += row.len() - before;
                if let Some(place) = row.get_mut(column as usize) {
                    *place = text;
                }
            }
            if held > MAX_CELLS {
                return Err(form(format!("sheet `{sheet}` has more than a million cells")));
            }
        }
        Ok(rows)
    }
}

/// Refuses what would cost the parser more than a codebook is worth: the sizes that a workbook declares are not believed.
fn inspect(bytes: &[u8]) -> Result<(), String> {
    match archive::inspect(Cursor::new(bytes), LARGEST_UNPACKED) {
        Ok(_) => Ok(()),
        Err(Fault::Damaged(what)) => Err(what),
        Err(Fault::OtherKind(kind)) => Err(format!("it is {kind}, not a workbook (XLSX)")),
        Err(Fault::TooLarge) => Err(format!("it unpacks to more than {} MB", LARGEST_UNPACKED >> 20)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::Workbook;
    use std::io::Write;

    fn rows(last_row: u32, last_column: u16) -> Result<Vec<Row>, CodebookError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "id").unwrap();
        sheet.write_string(last_row, last_column, "far").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.xlsx");
        workbook.save(&path).unwrap();
        Cells::open(&path)?.rows("Sheet1")
    }

    #[test]
    fn cells_at_the_ends_of_a_sheet_cost_nothing_or_are_refused() {
        assert_eq!(rows(1_048_575, 1).unwrap()[1], (1_048_576, vec![String::new(), "far".into()]));
        assert!(rows(1_048_575, 16_383).unwrap_err().to_string().ends_with("has a value in column 16384"));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_by_what_comes_out() {
        let zeros = vec![0; 1 << 20];
        let bytes = packed("xl/workbook.xml", |part| (0..201).for_each(|_| part.write_all(&zeros).unwrap()));
        assert!(bytes.len() < 1 << 20);
        assert_eq!(inspect(&bytes), Err("it unpacks to more than 200 MB".into()));
    }

    #[test]
    fn a_reference_that_the_parser_could_not_count_is_refused() {
        let sheet = br#"<worksheet><sheetData><row r="1"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>"#;
        let bytes = packed("xl/worksheets/sheet1.xml", |part| part.write_all(sheet).unwrap());
        let words = "xl/worksheets/sheet1.xml refers to a cell that no sheet has";
        assert_eq!(inspect(&bytes), Err(words.into()));
    }

    fn packed(name: &str, fill: impl FnOnce(&mut dyn Write)) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in ["[Content_Types].xml", name] {
            archive.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        }
        fill(&mut archive);
        archive.finish().unwrap().into_inner()
    }
}
