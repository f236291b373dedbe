use super::encoding::TextEncoding;
use super::error::ReadError;
use super::input::InputFile;
use super::quotes::QuoteWatch;
use super::sniff::{self, NONE};
use super::table::{Next, Row, Visitor};
use super::text::TextError;
use csv::{ReaderBuilder, StringRecord};
use std::io::{BufRead, BufReader, Read};

/// A CSV or TSV file.
#[derive(Debug, Clone)]
pub(super) struct Delimited {
    file: InputFile,
    encoding: TextEncoding,
    delimiter: u8,
    /// The delimiter of the rows under a title, where the first row does not tell.
    below_title: Option<u8>,
    /// Whether the first line is `sep=;`, a note to Excel.
    sep_line: bool,
    /// Cells with a quotation mark that was not doubled, as found by the last visit, and the line of the first.
    stray: (usize, u64),
}

impl Delimited {
    /// Finds the delimiter.
    pub(super) fn open(file: InputFile, encoding: TextEncoding) -> Result<Self, ReadError> {
        let sample = sample(&file, encoding)?;
        if sample.iter().all(u8::is_ascii_whitespace) {
            return Err(super::FileError::Empty { file: file.name }.into());
        }
        let said = sniff::sep_line(&sample);
        let (delimiter, below_title) = match said {
            Some(delimiter) => (delimiter, None),
            None => sniff::delimiters(&sample, file.extension() == "tsv"),
        };
        Ok(Self { file, encoding, delimiter, below_title, sep_line: said.is_some(), stray: (0, 0) })
    }

    /// The file as it would be read if its first rows were a title, where they have another number of cells than all rows below.
    pub(super) fn below_title(&self) -> Option<Self> {
        self.below_title.map(|delimiter| Self { delimiter, below_title: None, ..self.clone() })
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
        let (mut number, mut records) = (skipped as usize, 0);
        let mut stopped = false;
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Err(self.csv_error(error)),
            }
            records += 1;
            number += 1 + reader.get_mut().blank_lines_above(records);
            let line = record.position().map(|position| position.line() + skipped);
            if each(Row { number, line, cells: &record, problem: None })? == Next::Stop {
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

/// The first bytes of the file as UTF-8.
fn sample(file: &InputFile, encoding: TextEncoding) -> Result<Vec<u8>, ReadError> {
    let mut sample = Vec::new();
    encoding
        .reader(file)?
        .take(sniff::SAMPLE)
        .read_to_end(&mut sample)
        .map_err(|error| file.from_io(error))?;
    Ok(sample)
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
