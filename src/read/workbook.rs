use super::count_of;
use super::error::ReadError;
use super::input::{FileError, InputFile};
use super::nearest::nearest;
use super::table::{MAX_COLUMNS, Next, Row, Visitor};
use super::text::TextError;
use super::values::cell_text;
use crate::error::Hint;
use crate::files::archive::{self, Fault, Feature};
use crate::panics::caught;
use calamine::{DataRef, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError};
use csv::StringRecord;
use std::collections::BTreeSet;
use std::fmt;
use std::io::{BufReader, Read, Seek};

/// Why no sheet of a workbook can be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookError {
    /// A workbook that only opens with a password.
    #[error("`{file}` is protected with a password")]
    Protected {
        /// Name of the file.
        file: String,
    },
    /// The sheet that was asked for is not there.
    #[error("Sheet `{sheet}` was not found in `{file}`")]
    NoSuchSheet {
        /// What was asked for.
        sheet: String,
        /// Name of the file.
        file: String,
        /// The nearest name that there is.
        near: Option<String>,
        /// The sheets that there are.
        sheets: Vec<String>,
    },
    /// No sheet has a cell with a value.
    #[error("`{file}` has no sheet with data")]
    NoData {
        /// Name of the file.
        file: String,
        /// Hidden sheets with data.
        hidden: Vec<String>,
    },
    /// Several sheets have data.
    #[error("`{file}` has {} sheets with data", sheets.len())]
    SeveralSheets {
        /// Name of the file.
        file: String,
        /// Their names.
        sheets: Vec<String>,
    },
}

impl Hint for WorkbookError {
    fn hint(&self) -> Option<String> {
        let list = |names: &[String]| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        Some(match self {
            Self::Protected { .. } => {
                "Open it in Excel and save it without a password, or as CSV (UTF-8)".into()
            }
            Self::NoSuchSheet { near: Some(near), .. } => format!("Did you mean `{near}`?"),
            Self::NoSuchSheet { sheets, .. } => format!("The sheets are {}", list(sheets)),
            Self::NoData { hidden, .. } if hidden.is_empty() => "Export the answers again".into(),
            Self::NoData { hidden, .. } => {
                format!("To read a hidden one, name it with `--sheet`: {}", list(hidden))
            }
            Self::SeveralSheets { sheets, .. } => format!("Name one with `--sheet`: {}", list(sheets)),
        })
    }
}

/// Most text in a row; one long text may be named by many cells.
const MAX_ROW_TEXT: usize = 32 << 20;

/// One sheet of an XLSX workbook, read cell by cell.
pub(super) struct Workbook {
    file: InputFile,
    parsed: Xlsx<BufReader<fs_err::File>>,
    sheet: String,
    /// Columns up to the last one with a value.
    width: usize,
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workbook")
            .field("file", &self.file)
            .field("sheet", &self.sheet)
            .finish_non_exhaustive()
    }
}

impl Workbook {
    /// Checks every part of the file, then chooses the sheet: the one called `sheet`, else the only visible one with data.
    /// Gives besides what the user ought to know.
    pub(super) fn open(file: InputFile, sheet: Option<&str>) -> Result<(Self, Vec<String>), ReadError> {
        if file.is_gzip() {
            return Err(
                FileError::Unsupported { file: file.name, kind: "a workbook compressed with gzip" }.into()
            );
        }
        let features = archive::inspect(BufReader::new(file.raw()?), file.allowance())
            .map_err(|fault| refused(&file, fault))?;
        let parsed = Xlsx::new(BufReader::new(file.raw()?)).map_err(|error| damaged(&file.name, &error))?;
        let mut opened = Self { file, parsed, sheet: String::new(), width: 0 };
        let mut warnings = opened.choose_sheet(sheet)?;
        let errors = opened.measure()?;
        warnings.extend(opened.remarks(&features, errors));
        Ok((opened, warnings))
    }

    fn choose_sheet(&mut self, wanted: Option<&str>) -> Result<Vec<String>, ReadError> {
        let file = self.file.name.clone();
        let sheets: Vec<Sheet> = self.parsed.sheets_metadata().to_vec();
        let worksheets = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        if let Some(wanted) = wanted {
            let names: Vec<String> = worksheets().map(|sheet| sheet.name.clone()).collect();
            if !names.iter().any(|name| name == wanted) {
                let near = nearest(wanted, names.iter().map(String::as_str)).map(str::to_owned);
                return Err(
                    WorkbookError::NoSuchSheet { sheet: wanted.into(), file, near, sheets: names }.into()
                );
            }
            self.sheet = wanted.into();
            return Ok(Vec::new());
        }
        let (mut visible, mut hidden) = (Vec::new(), Vec::new());
        for sheet in worksheets() {
            if self.has_data(&sheet.name)? {
                let list = if sheet.visible == SheetVisible::Visible { &mut visible } else { &mut hidden };
                list.push(sheet.name.clone());
            }
        }
        let warning = match hidden.len() {
            0 => None,
            1 => Some(format!(
                "`{file}` has a hidden sheet with data, `{}`, which is not read",
                hidden.join("`, `")
            )),
            n => Some(format!(
                "`{file}` has {n} hidden sheets with data, `{}`, which are not read",
                hidden.join("`, `")
            )),
        };
        match visible.as_slice() {
            [one] => self.sheet.clone_from(one),
            [] => return Err(WorkbookError::NoData { file, hidden }.into()),
            _ => return Err(WorkbookError::SeveralSheets { file, sheets: visible }.into()),
        }
        Ok(warning.into_iter().collect())
    }

    fn has_data(&mut self, sheet: &str) -> Result<bool, ReadError> {
        let file = self.file.name.clone();
        let mut cells = cells_of(&mut self.parsed, sheet, &file)?;
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&file, &error))? {
            if !matches!(cell.get_value(), DataRef::Empty) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Finds the width of the sheet, and counts cells that hold an error such as `#REF!`.
    fn measure(&mut self) -> Result<usize, ReadError> {
        let (mut width, mut errors) = (0, 0);
        self.cells(&mut |_, column, value| {
            match value {
                DataRef::Empty => return Ok(Next::Go),
                DataRef::Error(_) => errors += 1,
                _ => {}
            }
            width = width.max(column + 1);
            Ok(Next::Go)
        })?;
        self.width = width;
        if width > MAX_COLUMNS {
            let file = self.file.name.clone();
            return Err(TextError::TooManyColumns { file, found: width, limit: MAX_COLUMNS }.into());
        }
        Ok(errors)
    }

    fn remarks(&self, features: &BTreeSet<Feature>, errors: usize) -> Vec<String> {
        let file = &self.file.name;
        let said = |feature: &Feature| match feature {
            Feature::MergedCells => {
                format!("`{file}` has merged cells; only the first cell of each holds its value")
            }
            Feature::HiddenRows => {
                format!("`{file}` has hidden or filtered rows; they are read like the others")
            }
            Feature::OpenFormulas => format!(
                "`{file}` has formulas whose results are not stored, which are read as blank; open it in Excel and save it once"
            ),
            Feature::Macros => format!("`{file}` holds macros; they are not run"),
        };
        let mut remarks: Vec<String> = features.iter().map(said).collect();
        if errors > 0 {
            remarks.push(format!(
                "{} of `{file}` with an error such as `#REF!` read as blank",
                count_of(errors, "cell")
            ));
        }
        remarks
    }

    /// Calls `each` with row, column (both from 0) and value of each stored cell.
    fn cells(
        &mut self,
        each: &mut dyn FnMut(u32, usize, &DataRef<'_>) -> Result<Next, ReadError>,
    ) -> Result<(), ReadError> {
        let file = self.file.name.clone();
        let mut cells = cells_of(&mut self.parsed, &self.sheet, &file)?;
        let mut last = 0;
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&file, &error))? {
            let (row, column) = cell.get_position();
            if row < last {
                let what = format!("row {} of sheet `{}` comes after row {}", row + 1, self.sheet, last + 1);
                return Err(FileError::Damaged { file, what }.into());
            }
            last = row;
            if each(row, column as usize, cell.get_value())? == Next::Stop {
                break;
            }
        }
        Ok(())
    }

    /// Calls `each` for every row with a value, header rows included, as wide as the sheet.
    pub(super) fn visit(&mut self, each: Visitor<'_>) -> Result<(), ReadError> {
        let mut waiting =
            WaitingRow { number: 0, cells: vec![String::new(); self.width], filled: false, text: 0 };
        let file = self.file.name.clone();
        let mut stopped = false;
        self.cells(&mut |row, column, value| {
            if row != waiting.number {
                if waiting.send(each)? == Next::Stop {
                    stopped = true;
                    return Ok(Next::Stop);
                }
                waiting.number = row;
            }
            waiting.text += match value {
                DataRef::String(text) => text.len(),
                DataRef::SharedString(text) => text.len(),
                _ => 0,
            };
            if waiting.text > MAX_ROW_TEXT {
                let what = format!("row {} holds more than {} MB of text", row + 1, MAX_ROW_TEXT >> 20);
                return Err(FileError::Damaged { file: file.clone(), what }.into());
            }
            let text = cell_text(value);
            waiting.filled |= !text.is_empty();
            if let Some(cell) = waiting.cells.get_mut(column) {
                *cell = text;
            }
            Ok(Next::Go)
        })?;
        if !stopped {
            waiting.send(each)?;
        }
        Ok(())
    }
}

/// A row whose cells are still coming.
struct WaitingRow {
    number: u32,
    cells: Vec<String>,
    filled: bool,
    /// Bytes of its cells so far.
    text: usize,
}

impl WaitingRow {
    /// Hands the row on if it has a value, and empties it.
    fn send(&mut self, each: Visitor<'_>) -> Result<Next, ReadError> {
        self.text = 0;
        if !self.filled {
            return Ok(Next::Go);
        }
        let record = StringRecord::from_iter(&self.cells);
        self.cells.iter_mut().for_each(String::clear);
        self.filled = false;
        each(Row { number: self.number as usize + 1, line: None, cells: &record, problem: None })
    }
}

/// What the look into the archive found, said of this file.
fn refused(file: &InputFile, fault: Fault) -> FileError {
    let name = file.name.clone();
    match fault {
        Fault::Damaged(what) => FileError::Damaged { file: name, what },
        Fault::OtherKind(kind) => FileError::Unsupported { file: name, kind },
        Fault::TooLarge => FileError::Bomb { file: name, limit: file.allowance() >> 20 },
    }
}

/// The cells of a sheet. calamine panics at a sheet that ends before it begins where sums are checked.
fn cells_of<'a, R: Read + Seek>(
    parsed: &'a mut Xlsx<R>,
    sheet: &str,
    file: &str,
) -> Result<XlsxCellReader<'a, R>, ReadError> {
    match caught(|| parsed.worksheet_cells_reader(sheet)) {
        Some(cells) => cells.map_err(|error| damaged(file, &error)),
        None => {
            Err(FileError::Damaged { file: file.into(), what: "a sheet ends before it begins".into() }.into())
        }
    }
}

/// The parser's complaint, shortened: it may hold text of the file.
fn damaged(file: &str, error: &XlsxError) -> ReadError {
    let what = match error {
        XlsxError::Password => return WorkbookError::Protected { file: file.into() }.into(),
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => "a part is missing",
        XlsxError::Zip(_) | XlsxError::Io(_) => "a part cannot be unpacked",
        XlsxError::NotAWorksheet(_) => "a sheet is not a worksheet",
        _ => "a part is not in the form of a workbook",
    };
    FileError::Damaged { file: file.into(), what: what.into() }.into()
}
