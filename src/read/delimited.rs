use super::encoding::TextEncoding;
use super::error::ReadError;
use super::input::InputFile;
use super::quotes::QuoteWatch;
use super::table::{Next, Row, Visitor};
use super::text::TextError;
use csv::{ReaderBuilder, StringRecord};
use std::io::{BufRead, BufReader, Read};

/// What separates cells when a file has one column only and so no delimiter: a character that no text has.
const NONE: u8 = 0x1f;

/// Bytes that the delimiter is found from.
const SAMPLE: u64 = 1 << 16;

/// A CSV or TSV file.
#[derive(Debug)]
pub(super) struct Delimited {
    file: InputFile,
    encoding: TextEncoding,
    delimiter: u8,
    /// Whether the first line is `sep=;`, a note to Excel.
    sep_line: bool,
    /// Cells with a quotation mark that was not doubled, as found by the last visit, and the line of the first.
    stray: (usize, u64),
}

impl Delimited {
    /// Finds the delimiter.
    pub(super) fn open(file: InputFile, encoding: TextEncoding) -> Result<Self, ReadError> {
        let mut sample = Vec::new();
        encoding.reader(&file)?.take(SAMPLE).read_to_end(&mut sample).map_err(|error| file.from_io(error))?;
        if sample.iter().all(u8::is_ascii_whitespace) {
            return Err(super::FileError::Empty { file: file.name }.into());
        }
        let said = sep_line(&sample);
        let delimiter = said.unwrap_or_else(|| sniff(&sample, file.extension() == "tsv"));
        Ok(Self { file, encoding, delimiter, sep_line: said.is_some(), stray: (0, 0) })
    }

    /// The delimiter, if there is more than one column.
    pub(super) fn delimiter(&self) -> Option<char> {
        (self.delimiter != NONE).then_some(self.delimiter as char)
    }

    /// Calls `each` for every record, header rows included.
    pub(super) fn visit(&mut self, each: Visitor<'_>) -> Result<(), ReadError> {
        let mut text = BufReader::with_capacity(1 << 16, self.encoding.reader(&self.file)?);
        let mut skipped = 0;
        if self.sep_line {
            skip_line(&mut text).map_err(|error| self.file.from_io(error))?;
            skipped = 1;
        }
        let mut watch = QuoteWatch::new(text, self.delimiter, skipped + 1);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(&mut watch);
        let mut record = StringRecord::new();
        let mut number = 0;
        let mut stopped = false;
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Err(self.csv_error(error)),
            }
            number += 1;
            let line = record.position().map(|position| position.line() + skipped);
            if each(Row { number: number + skipped as usize, line, cells: &record, problem: None })?
                == Next::Stop
            {
                stopped = true;
                break;
            }
        }
        drop(reader);
        self.stray = watch.stray;
        match watch.unclosed() {
            Some(line) if !stopped => {
                Err(TextError::UnclosedQuote { file: self.file.name.clone(), line }.into())
            }
            _ => Ok(()),
        }
    }

    /// What the user ought to know once all rows are read.
    pub(super) fn remark(&self) -> Option<String> {
        let (cells, line) = self.stray;
        (cells > 0).then(|| {
            format!(
                "In {} a quotation mark is not doubled (first in line {line}); marks or delimiters near it may be misread",
                super::count_of(cells, "quoted cell")
            )
        })
    }

    fn csv_error(&self, error: csv::Error) -> ReadError {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => match error.downcast::<super::quotes::Runaway>() {
                Ok(runaway) => {
                    TextError::EndlessCell { file: self.file.name.clone(), line: runaway.line }.into()
                }
                Err(error) => self.file.from_io(error).into(),
            },
            // The bytes were checked or decoded before, so that only a cut character is left.
            _ => TextError::NotText { file: self.file.name.clone() }.into(),
        }
    }
}

/// The delimiter of a first line `sep=;`.
fn sep_line(sample: &[u8]) -> Option<u8> {
    let line = sample.split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(*delimiter),
        _ => None,
    }
}

fn skip_line(text: &mut impl BufRead) -> std::io::Result<()> {
    let mut byte = [0];
    while text.read(&mut byte)? == 1 && byte != *b"\n" {
        if byte == *b"\r" {
            if text.fill_buf()?.first() == Some(&b'\n') {
                text.consume(1);
            }
            break;
        }
    }
    Ok(())
}

/// The delimiter under which the first records agree best on having several cells; commas before others.
fn sniff(sample: &[u8], tab_first: bool) -> u8 {
    let candidates = if tab_first { [b'\t', b',', b';'] } else { [b',', b';', b'\t'] };
    let mut best = (0.0, NONE);
    for delimiter in candidates {
        let score = agreement(sample, delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// Share of the sample's records with as many cells as the first, or 0 if that has one only; more cells win a tie.
fn agreement(sample: &[u8], delimiter: u8) -> f64 {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(sample);
    let mut sizes = reader.byte_records().map_while(Result::ok).take(100).map(|record| record.len());
    let Some(width) = sizes.next().filter(|width| *width > 1) else { return 0.0 };
    let sizes: Vec<usize> = sizes.collect();
    // A full sample cuts its last record short.
    let cut = usize::from(sample.len() as u64 == SAMPLE);
    let whole = sizes.get(..sizes.len().saturating_sub(cut)).unwrap_or_default();
    let same = whole.iter().filter(|size| **size == width).count();
    let share = if whole.is_empty() { 1.0 } else { same as f64 / whole.len() as f64 };
    share + 0.001 * width.min(100) as f64
}
