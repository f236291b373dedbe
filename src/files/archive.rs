//! What is in a workbook, looked at before a parser sees it.

use super::{MAX_CELL, count_byte};
use std::collections::BTreeSet;
use std::io::{self, Read, Seek};
use zip::ZipArchive;

/// Most parts of a workbook.
const MAX_PARTS: usize = 10_000;
/// Most tags in a sheet: five million cells.
const MAX_SHEET_TAGS: u64 = 25_000_000;
/// Most tags in the table of distinct texts.
const MAX_STRING_TAGS: u64 = 8_000_000;
/// Most tags in any other part, such as the styles, each of which costs memory.
const MAX_OTHER_TAGS: u64 = 500_000;

/// What a workbook may hold that its reader ought to hear of, in the order in which it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    /// Cells are merged somewhere.
    MergedCells,
    /// Rows are hidden or filtered out somewhere.
    HiddenRows,
    /// Formulas somewhere have no result beside them: the file was never opened by a program that works them out.
    OpenFormulas,
    /// It holds macros, which are never run.
    Macros,
}

/// Why a file is not read as a workbook.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It does not unpack, or a part is not what a spreadsheet program writes.
    Damaged(String),
    /// It is something else, named with its article.
    OtherKind(&'static str),
    /// It unpacks to more than was allowed.
    TooLarge,
}

impl From<String> for Fault {
    fn from(what: String) -> Self {
        Self::Damaged(what)
    }
}

/// Unpacks every part once without keeping it, at most `limit` bytes in all, and counts what really comes out: neither the
/// sizes nor the counts that the file declares are believed, since a parser that believes them can be made to take all memory.
pub(crate) fn inspect(workbook: impl Read + Seek, limit: u64) -> Result<BTreeSet<Feature>, Fault> {
    let mut archive = ZipArchive::new(workbook).map_err(|error| error.to_string())?;
    if archive.len() > MAX_PARTS {
        return Err(format!("it has {} parts", archive.len()).into());
    }
    check_kind(&archive)?;
    let mut features = BTreeSet::new();
    let mut left = limit;
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).map_err(|error| error.to_string())?;
        let name = part.name().map_err(|error| error.to_string())?.to_lowercase();
        let mut tally = Tally::default();
        let mut buffer = [0; 1 << 13];
        loop {
            let n = part.read(&mut buffer).map_err(|error: io::Error| format!("{name}: {error}"))?;
            if n == 0 {
                break;
            }
            left = left.checked_sub(n as u64).ok_or(Fault::TooLarge)?;
            tally.take(buffer.get(..n).unwrap_or_default());
        }
        if is_xml(&name) {
            tally.check(&name)?;
        }
        if name.contains("worksheets/") {
            features.append(&mut tally.features);
        }
        if name.ends_with("vbaproject.bin") {
            features.insert(Feature::Macros);
        }
    }
    Ok(features)
}

fn is_xml(name: &str) -> bool {
    [".xml", ".rels"].iter().any(|ending| name.ends_with(ending))
}

/// Refuses archives that are no XLSX workbook.
fn check_kind<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<(), Fault> {
    let has = |wanted: &str| {
        archive.file_names().any(|name| name.is_ok_and(|name| name.to_lowercase().ends_with(wanted)))
    };
    let kind = if has("xl/workbook.bin") {
        "a binary workbook (XLSB)"
    } else if has("word/document.xml") {
        "a Word document"
    } else if has("ppt/presentation.xml") {
        "a PowerPoint presentation"
    } else if archive.index_for_name("mimetype").is_some() {
        "an OpenDocument file"
    } else if has("[content_types].xml") {
        return Ok(());
    } else {
        "a ZIP archive"
    };
    Err(Fault::OtherKind(kind))
}

/// Counts in one part. A pattern that lies across two pieces is found in the overlap that is kept.
#[derive(Debug, Default)]
struct Tally {
    tags: u64,
    /// Bytes since the last tag began, and the most that there were.
    stretch: u64,
    longest: u64,
    features: BTreeSet<Feature>,
    declared: u64,
    names_sheet_folder: bool,
    nul: bool,
    cell_fault: Option<&'static str>,
    tail: Vec<u8>,
}

/// Bytes kept of the piece before; longer than any pattern.
const OVERLAP: usize = 64;

impl Tally {
    fn take(&mut self, piece: &[u8]) {
        self.tags += count_byte(piece, b'<');
        for (i, stretch) in piece.split(|byte| *byte == b'<').enumerate() {
            self.stretch = stretch.len() as u64 + if i == 0 { self.stretch } else { 0 };
            self.longest = self.longest.max(self.stretch);
        }
        self.nul |= piece.contains(&0);
        let mut window = std::mem::take(&mut self.tail);
        window.extend_from_slice(piece);
        let found = [
            (Feature::MergedCells, contains(&window, b"<mergeCell ")),
            (Feature::HiddenRows, contains(&window, b"<filterColumn") || hidden_row(&window)),
            (Feature::OpenFormulas, OPEN_FORMULA.iter().any(|end| contains(&window, end))),
        ];
        self.features.extend(found.into_iter().filter_map(|(feature, is_there)| is_there.then_some(feature)));
        self.names_sheet_folder |= contains(&window, b"worksheets");
        // One nearer to the end than that lies in the tail, and is looked at with the next piece or at the end.
        let whole = window.len().saturating_sub(OVERLAP);
        for at in places(&window, UNIQUE_COUNT).filter(|at| *at < whole) {
            self.declared = self.declared.max(declared(window.get(at..).unwrap_or_default()));
        }
        self.cell_fault = self.cell_fault.or_else(|| cell_fault(&window, whole));
        window.drain(..whole);
        self.tail = window;
    }

    fn check(&self, name: &str) -> Result<(), String> {
        let (what, limit) = if name.ends_with("sharedstrings.xml") {
            ("texts", MAX_STRING_TAGS)
        } else if name.ends_with("styles.xml") || !name.contains("worksheets/") {
            ("definitions", MAX_OTHER_TAGS)
        } else {
            ("cells", MAX_SHEET_TAGS)
        };
        if self.tags > limit {
            return Err(format!("{name} has too many {what}"));
        }
        // The reader makes room for as many texts as are declared, before it sees one.
        let last = places(&self.tail, UNIQUE_COUNT).filter_map(|at| self.tail.get(at..)).map(declared).max();
        if name.ends_with("sharedstrings.xml") && self.declared.max(last.unwrap_or(0)) > self.tags {
            return Err(format!("{name} declares more texts than it has"));
        }
        if self.longest > MAX_CELL {
            return Err(format!("{name} holds a text of more than {} MB", MAX_CELL >> 20));
        }
        if self.nul {
            return Err(format!("{name} is not UTF-8"));
        }
        let fault = self.cell_fault.or_else(|| cell_fault(&self.tail, self.tail.len()));
        if let Some(fault) = fault.filter(|_| name.contains("worksheets/")) {
            return Err(format!("{name} {fault}"));
        }
        if name == "_rels/.rels" && self.names_sheet_folder {
            return Err(format!("{name} names a sheet as the workbook"));
        }
        Ok(())
    }
}

/// How a formula ends whose cell holds no result, as programs write it.
const OPEN_FORMULA: [&[u8]; 4] = [b"</f></c>", b"</f><v/>", b"</f><v />", b"</f><v></v>"];

/// The attribute that declares how many distinct texts follow.
const UNIQUE_COUNT: &[u8] = b"uniqueCount";

/// The number in `uniqueCount="12"`; the largest of all where it cannot be read.
fn declared(attribute: &[u8]) -> u64 {
    let value = attribute.iter().skip(UNIQUE_COUNT.len());
    let mut digits = value
        .skip_while(|b| matches!(b, b' ' | b'=' | b'"' | b'\''))
        .take_while(|b| b.is_ascii_digit())
        .peekable();
    if digits.peek().is_none() {
        return u64::MAX;
    }
    digits.take(20).fold(0, |n, digit| n.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

/// What is wrong with a cell that begins in the first `whole` bytes.
fn cell_fault(text: &[u8], whole: usize) -> Option<&'static str> {
    // The reader counts columns and rows in 32 bits and does not look whether they suffice …
    if (0..whole).any(|at| endless_reference(text, at)) {
        return Some("refers to a cell that no sheet has");
    }
    // … and takes the first text where a cell names none.
    let is_wrong = |at| wrong_text(text, at);
    places(text, CELL)
        .take_while(|at| *at < whole)
        .any(is_wrong)
        .then_some("has a cell whose text is not there")
}

/// Most letters and digits of a reference to a cell that fit into 32 bits; `XFD1048576` is the last cell of a sheet.
const MOST_LETTERS: usize = 6;
const MOST_DIGITS: usize = 9;

/// Whether an attribute `r` or `ref` begins at the white space at `at`, inside a tag, and refers to a cell beyond 32 bits.
fn endless_reference(text: &[u8], at: usize) -> bool {
    let (before, from) = text.split_at(at);
    let Some((b' ' | b'\t' | b'\r' | b'\n', attribute)) = from.split_first() else { return false };
    let Some(value) = attribute.strip_prefix(b"ref").or_else(|| attribute.strip_prefix(b"r")) else {
        return false;
    };
    let Some(value) = value.trim_ascii_start().strip_prefix(b"=") else { return false };
    let Some((quote @ (b'"' | b'\''), value)) = value.trim_ascii_start().split_first() else { return false };
    if before.iter().rfind(|byte| matches!(byte, b'<' | b'>')) == Some(&b'>') {
        return false;
    }
    let value = value.split(|byte| byte == quote).next().unwrap_or_default();
    value.split(|byte| *byte == b':').any(|cell| {
        let letters = cell.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let digits = cell.iter().skip(letters).take_while(|byte| byte.is_ascii_digit()).count();
        letters > MOST_LETTERS || digits > MOST_DIGITS
    })
}

/// How a cell begins, as programs write it.
const CELL: &[u8] = b"<c ";

/// Whether the cell that begins at `at` holds a text by its number, and the number is none.
fn wrong_text(text: &[u8], at: usize) -> bool {
    let cell = text.get(at..).unwrap_or_default();
    let mut parts = cell.splitn(2, |byte| *byte == b'>');
    let (Some(tag), Some(value)) = (parts.next(), parts.next()) else { return false };
    let Some(value) = value.strip_prefix(b"<v>") else { return false };
    let number = value.split(|byte| *byte == b'<').next().unwrap_or_default();
    contains(tag, b" t=\"s\"") && !number.trim_ascii().iter().all(u8::is_ascii_digit)
}

fn contains(text: &[u8], pattern: &[u8]) -> bool {
    places(text, pattern).next().is_some()
}

/// Where `pattern` begins in `text`.
fn places<'a>(text: &'a [u8], pattern: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = pattern.first().copied().unwrap_or_default();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text.get(from..)?.iter().position(|byte| *byte == first)?;
            from = at + 1;
            if text.get(at..)?.starts_with(pattern) {
                return Some(at);
            }
        }
    })
}

/// Whether a row's tag says `hidden="1"`.
fn hidden_row(text: &[u8]) -> bool {
    places(text, b"<row ").any(|at| {
        let tag = text.get(at..).unwrap_or_default().split(|byte| *byte == b'>').next().unwrap_or_default();
        contains(tag, b"hidden=\"1\"") || contains(tag, b"hidden=\"true\"")
    })
}
