use crate::error::Hint;

/// Why the text of a file cannot be read as a table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// Bytes that no text has.
    #[error("`{file}` does not look like text")]
    NotText {
        /// Name of the file.
        file: String,
    },
    /// Four bytes a character, which hardly any program writes and none of ours reads.
    #[error("`{file}` is in UTF-32")]
    Utf32 {
        /// Name of the file.
        file: String,
    },
    /// Mostly UTF-8, with broken bytes in it.
    #[error("`{file}` is not valid UTF-8: byte {byte} in line {line} is broken ({count} in the whole file)")]
    BrokenUtf8 {
        /// Name of the file.
        file: String,
        /// Offset of the first broken byte, from 0.
        byte: u64,
        /// Its line, from 1.
        line: u64,
        /// Number of broken bytes.
        count: u64,
    },
    /// The bytes do not fit the encoding that was asked for.
    #[error("`{file}` is not valid {encoding}")]
    WrongEncoding {
        /// Name of the file.
        file: String,
        /// What was asked for or found.
        encoding: String,
        /// Whether it was asked for.
        asked: bool,
    },
    /// An encoding label that nobody knows.
    #[error("Encoding `{label}` is not known")]
    UnknownEncoding {
        /// The label.
        label: String,
    },
    /// A quotation mark opens a cell and nothing closes it.
    #[error("`{file}` has a quotation mark in line {line} that is never closed")]
    UnclosedQuote {
        /// Name of the file.
        file: String,
        /// Line of the opening mark, from 1.
        line: u64,
    },
    /// A cell without an end, as an unclosed quotation mark makes one.
    #[error("`{file}` has a cell of more than {} MB that begins in line {line}", crate::files::MAX_CELL >> 20)]
    EndlessCell {
        /// Name of the file.
        file: String,
        /// Line where the cell begins, from 1.
        line: u64,
    },
    /// Too many rows that do not fit the header.
    #[error("Row {row}{} of `{file}` has {} where the header has {expected}; in all, {count} of {rows} rows do not fit", in_line(*line), super::count_of(*found, "cell"))]
    Ragged {
        /// Name of the file.
        file: String,
        /// First such row, counted with the header.
        row: usize,
        /// Its line, if the format has lines.
        line: Option<u64>,
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
        /// Such rows.
        count: usize,
        /// Data rows.
        rows: usize,
    },
    /// Too many lines that are no JSON objects.
    #[error("Line {row} of `{file}` cannot be used: {reason}; in all, {count} of {rows} lines cannot")]
    BadLines {
        /// Name of the file.
        file: String,
        /// First such line.
        row: usize,
        /// Why.
        reason: String,
        /// Such lines.
        count: usize,
        /// Lines.
        rows: usize,
    },
    /// More rows than one machine's memory is trusted with.
    #[error("`{file}` has more than {limit} rows")]
    TooManyRows {
        /// Name of the file.
        file: String,
        /// Most rows.
        limit: usize,
    },
    /// Answers of a few letters each, more than the size of the file allows.
    #[error("`{file}` has more than {limit} answers, which its size does not allow")]
    TooManyAnswers {
        /// Name of the file.
        file: String,
        /// Most answers.
        limit: u64,
    },
    /// More columns than any survey.
    #[error("`{file}` has {found} columns; the limit is {limit}")]
    TooManyColumns {
        /// Name of the file.
        file: String,
        /// Columns.
        found: usize,
        /// Most columns.
        limit: usize,
    },
    /// The answers that would be kept are larger than the file's size allows.
    #[error("The answers in `{file}` take more than {limit} MB, which its size does not allow")]
    TooMuchText {
        /// Name of the file.
        file: String,
        /// Megabytes.
        limit: u64,
    },
    /// A header and nothing under it.
    #[error("`{file}` has a header but no rows")]
    NoRows {
        /// Name of the file.
        file: String,
    },
    /// Rows, of which none can be used.
    #[error("None of the {rows} rows of `{file}` can be used: row {row}: {reason}")]
    AllRejected {
        /// Name of the file.
        file: String,
        /// Data rows.
        rows: usize,
        /// First rejected row.
        row: usize,
        /// Why.
        reason: String,
    },
}

/// ` (line 7)`, or nothing.
fn in_line(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!(" (line {line})"))
}

impl TextError {
    pub(super) fn is_usage(&self) -> bool {
        matches!(self, Self::UnknownEncoding { .. })
    }
}

impl Hint for TextError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotText { .. } | Self::Utf32 { .. } => "Save the table as XLSX or as CSV (UTF-8)".into(),
            Self::BrokenUtf8 { .. } => {
                "Export it again as CSV (UTF-8), or say `--encoding windows-1252`, or `--encoding utf-8-lossy` to put `�` in place of broken bytes".into()
            }
            Self::WrongEncoding { asked: false, .. } => "Export the answers again as CSV (UTF-8)".into(),
            Self::WrongEncoding { .. } => "Leave out `--encoding` to have it detected".into(),
            Self::UnknownEncoding { .. } => {
                "Usual ones are `utf-8`, `utf-8-lossy`, `utf-16le`, `utf-16be` and `windows-1252`".into()
            }
            Self::UnclosedQuote { .. } | Self::EndlessCell { .. } => {
                "Close it, or write a quotation mark inside a quoted cell twice (`\"\"`); exporting the table again does it".into()
            }
            Self::Ragged { .. } => {
                "Put cells that hold the delimiter into quotation marks; exporting the table again does it".into()
            }
            Self::BadLines { .. } => "JSON Lines has one object in braces per line".into(),
            Self::TooManyRows { .. } => "Split the file, or use `verbatim-cluster` for collections of this size".into(),
            Self::TooManyAnswers { .. } => {
                "Unpack the file if it is compressed; else split it, or use `verbatim-cluster` for collections of this size".into()
            }
            Self::TooManyColumns { .. } => "Delete the columns that are not needed, and empty formatted ones".into(),
            Self::TooMuchText { .. } => "Check the file: few real surveys repeat long answers so often".into(),
            Self::NoRows { .. } => "Export the answers again, with a row per respondent under the header".into(),
            Self::AllRejected { .. } => return None,
        })
    }
}
