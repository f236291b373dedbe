//! Parquet files that came from anywhere.

mod fields;

use crate::panics::caught;
use arrow::array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fs::File;

/// Rows that are in memory at once.
const ROWS: usize = 8192;

/// The rows of a file, some at a time; nothing after the first error.
pub(crate) struct Batches(Option<ParquetRecordBatchReader>);

impl Batches {
    /// Begins with a file, of which only the column `column` is read if one is named.
    ///
    /// # Errors
    /// The reason in words, if it is no Parquet file or a damaged one.
    pub(crate) fn of(file: File, column: Option<&str>) -> Result<Self, String> {
        let open = || {
            let length = file.metadata().map_err(text)?.len();
            fields::look_through_footer(&file, length).map_err(text)?;
            let pages = file.try_clone().map_err(text)?;
            let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(text)?;
            let mask = match column {
                Some(name) => ProjectionMask::columns(builder.parquet_schema(), [name]),
                None => ProjectionMask::all(),
            };
            for (leaf, column) in
                builder.metadata().row_groups().iter().flat_map(|group| group.columns().iter().enumerate())
            {
                let (start, n_bytes) = column.byte_range();
                // Behind the end of a file the reader looks for the next page for ever.
                let end = start.checked_add(n_bytes).filter(|end| *end <= length).ok_or("it is cut short")?;
                if mask.leaf_included(leaf) {
                    fields::look_through_pages(&pages, start, end).map_err(text)?;
                }
            }
            builder.with_projection(mask).with_batch_size(ROWS).build().map_err(text)
        };
        looked_at(open)?.map(|reader| Self(Some(reader)))
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.0.as_mut()?;
        let batch = match looked_at(|| reader.next()) {
            Ok(batch) => batch?.map_err(text),
            Err(reason) => Err(reason),
        };
        if batch.is_err() {
            self.0 = None;
        }
        Some(batch)
    }
}

/// An error of these files in words.
pub(crate) fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The reader stops with a panic at some damaged files.
fn looked_at<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    caught(read).ok_or_else(|| "its data are damaged".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::StringArray;
    use parquet::arrow::ArrowWriter;
    use std::io::Write;
    use std::sync::Arc;

    fn bytes(n_rows: usize) -> Vec<u8> {
        let themes: StringArray = (0..n_rows).map(|i| (i % 3 > 0).then(|| format!("T{i}"))).collect();
        let batch = RecordBatch::try_from_iter([("theme", Arc::new(themes) as _)]).unwrap();
        let mut bytes = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> Result<usize, String> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        Batches::of(file, None)?.map(|batch| batch.map(|batch| batch.num_rows())).sum()
    }

    #[test]
    fn a_file_whose_middle_is_gone_is_refused() {
        let mut cut = bytes(5_000);
        cut.drain(1_000..20_000);
        assert_eq!(read(&cut), Err("it is cut short".into()));
    }

    #[test]
    fn a_page_that_says_it_goes_on_behind_the_end_is_refused() {
        let mut endless = bytes(64);
        // Thrift's compact form: an unknown field, a list of two thousand million numbers, or of as many truth values.
        for kind in [0xf7, 0xf1] {
            endless[4..11].copy_from_slice(&[0x99, kind, 0xff, 0xff, 0xff, 0xff, 0x07]);
            assert_eq!(read(&endless), Err("its fields are damaged".into()));
        }
    }

    #[test]
    fn a_file_damaged_anywhere_is_read_or_refused() {
        let whole = bytes(64);
        assert_eq!(read(&whole), Ok(64));
        let mut n_caught = 0;
        for at in 0..whole.len() {
            for damage in [0x01, 0x80, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] ^= damage;
                n_caught += usize::from(read(&damaged) == Err("its data are damaged".into()));
            }
        }
        assert!(n_caught > 0, "the reader no longer panics: nothing is left to be caught");
    }
}
