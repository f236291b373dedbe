//! A part on its way to the disk: a row per segment, or one without a segment for an answer that has none.
//!
//! | column | meaning |
//! |---|---|
//! | `row` | row of the input part, from 0 |
//! | `id` | the respondent's; `NAME-OF-THE-PART:ROW` where the input has none, an e-mail address, an account or a full name |
//! | `question` | column of the question |
//! | `kind` | `answer`, `no comment` or `blank`; only an answer has what follows |
//! | `segment` | number within the answer, from 0 |
//! | `start`, `end` | Unicode code points in the original answer, half-open |
//! | `theme` | id of its theme; null for no clear theme |
//! | `similarity` | cosine to the centre of its theme, or of the nearest one |
//! | `second_theme` | a second theme that is nearly as close |
//! | `margin` | how much nearer its theme is than the runner-up |
//! | `text` | the segment, masked; only with `--text` |
//! | `year` | only with `--year` |
//! | the group columns | masked, null for blank |

use crate::complaint::Complaint;
use crate::function::entry_fields;
use crate::parts::sha256_of;
use crate::record::Rejected;
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int32Array, RecordBatch, StringArray, UInt32Array, UInt64Array,
};
use datafusion::arrow::compute::{concat_batches, take};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tempfile::NamedTempFile;
use verbatim::pipeline::mask_group;
use verbatim::read::{group_value, respondent_id};
use verbatim::redact::Redactor;

/// Beginning of the names of files that are not finished.
pub(crate) const UNFINISHED: &str = ".unfinished-";

/// Place of `kind` among the fields of an entry.
const KIND: usize = 1;

/// Rows that are written at a time. Where pages of the file end hangs on it, so it is not left to the batches that an engine gives.
const CHUNK: usize = 1 << 16;

/// What is written of each row.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Whether the masked text is.
    pub(crate) text: bool,
    /// Whether there is a year.
    pub(crate) year: bool,
    /// Names of the group columns, masked.
    pub(crate) groups: Vec<String>,
    /// Masks what people write into a group column.
    pub(crate) redactor: Redactor,
}

impl Layout {
    fn schema(&self) -> SchemaRef {
        let mut fields =
            vec![Field::new("row", DataType::UInt64, false), Field::new("id", DataType::Utf8, false)];
        fields.extend(entry_fields().iter().map(|field| field.as_ref().clone()));
        fields.retain(|field| self.text || field.name() != "text");
        fields.extend(self.year.then(|| Field::new("year", DataType::Int32, false)));
        fields.extend(self.groups.iter().map(|name| Field::new(name, DataType::Utf8, true)));
        Arc::new(Schema::new(fields))
    }

    /// Whether an id says by itself who somebody is. Of numbers only their column can tell: one of eleven of ten digits happens to be a
    /// valid NHS number, and columns are not read before their rows.
    fn names_somebody(&self, id: &str) -> bool {
        !id.contains(|c: char| c.is_ascii_digit()) && self.redactor.is_personal(id)
    }

    /// Refuses group columns that are called like a column of the output or like each other.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let own =
            Self { text: true, year: true, groups: Vec::new(), redactor: Redactor::new(&<_>::default()) };
        let refuse =
            |message: String| Err(Complaint::new(message).with_hint("rename it in the input").into());
        for (number, name) in self.groups.iter().enumerate() {
            if own.schema().field_with_name(name).is_ok() {
                return refuse(format!("The group column `{name}` is called like a column of the output"));
            }
            if self.groups[..number].contains(name) {
                return refuse(format!(
                    "Two group columns are called `{name}` once personal details are masked"
                ));
            }
        }
        Ok(())
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) rows: u64,
    pub(crate) rejected: Rejected,
    pub(crate) segments: u64,
    pub(crate) sha256: String,
}

/// Writes a part beside its place.
pub(crate) struct PartWriter<'a> {
    layout: &'a Layout,
    /// Name of the part.
    part: String,
    schema: SchemaRef,
    file: ArrowWriter<NamedTempFile>,
    /// Fewer than [`CHUNK`] rows.
    pending: Vec<RecordBatch>,
    /// Rows seen.
    next: u64,
    written: u64,
    rejected: Rejected,
    segments: u64,
    masked: BTreeMap<String, String>,
}

impl<'a> PartWriter<'a> {
    pub(crate) fn begin(layout: &'a Layout, part: &str, folder: &Path) -> anyhow::Result<Self> {
        let schema = layout.schema();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("verbatim-cluster {}", env!("CARGO_PKG_VERSION")))
            .build();
        let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        Ok(Self {
            layout,
            part: part.to_owned(),
            file: ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?,
            schema,
            pending: Vec::new(),
            next: 0,
            written: 0,
            rejected: Rejected::default(),
            segments: 0,
            masked: BTreeMap::new(),
        })
    }

    /// Writes rows as the engine gives them: `id`, `entries`, `year` if there is one, then the groups.
    pub(crate) fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        let (ids, lists) = (batch.column(0).as_string::<i32>(), batch.column(1).as_list::<i32>());
        let values = lists.values().as_struct();
        let kinds = values.column(KIND).as_string::<i32>();
        let n_groups = self.layout.groups.len();
        let others: Vec<&StringArray> = batch.columns()[2..].iter().map(AsArray::as_string::<i32>).collect();
        let (years, groups) = others.split_at(others.len() - n_groups);
        let mut entries: Vec<u32> = Vec::with_capacity(kinds.len());
        let mut rows: Vec<u32> = Vec::with_capacity(kinds.len());
        let mut ids_kept: Vec<String> = Vec::with_capacity(kinds.len());
        let mut years_kept: Vec<i32> = Vec::with_capacity(kinds.len());
        for row in 0..batch.num_rows() {
            let here = lists.value_offsets()[row]..lists.value_offsets()[row + 1];
            let is_blank = |entry: i32| kinds.value(entry as usize) == "blank";
            let all = others.iter().chain([&ids]);
            if here.clone().all(is_blank)
                && all.map(|cells| cell(cells, row)).all(|cell| cell.trim().is_empty())
            {
                self.rejected.empty += 1;
                continue;
            }
            let year = match years {
                [] => 0,
                [years, ..] => match cell(years, row).trim().parse() {
                    Ok(year) => year,
                    Err(_) => {
                        self.rejected.no_year += 1;
                        continue;
                    }
                },
            };
            self.written += 1;
            let id = respondent_id(cell(ids, row))
                .filter(|id| !self.layout.names_somebody(id))
                .unwrap_or_else(|| format!("{}:{}", self.part, self.next + row as u64));
            for entry in here {
                entries.push(entry as u32);
                rows.push(row as u32);
                ids_kept.push(id.clone());
                years_kept.push(year);
            }
        }
        let of_row = |column: &dyn Array| take(column, &UInt32Array::from(rows.clone()), None);
        let numbers = UInt64Array::from_iter_values(rows.iter().map(|row| self.next + u64::from(*row)));
        let mut columns: Vec<ArrayRef> =
            vec![Arc::new(numbers), Arc::new(StringArray::from_iter_values(ids_kept))];
        let entries = UInt32Array::from(entries);
        for (field, column) in entry_fields().iter().zip(values.columns()) {
            if self.layout.text || field.name() != "text" {
                let column = take(column, &entries, None)?;
                if field.name() == "segment" {
                    self.segments += (column.len() - column.null_count()) as u64;
                }
                columns.push(column);
            }
        }
        if self.layout.year {
            columns.push(Arc::new(Int32Array::from(years_kept)));
        }
        for group in groups {
            columns.push(of_row(&self.groups(group))?);
        }
        self.pending.push(RecordBatch::try_new(Arc::clone(&self.schema), columns)?);
        self.next += batch.num_rows() as u64;
        while self.pending.iter().map(RecordBatch::num_rows).sum::<usize>() >= CHUNK {
            self.flush(CHUNK)?;
        }
        Ok(())
    }

    /// Writes the first `rows` of what is pending.
    fn flush(&mut self, rows: usize) -> anyhow::Result<()> {
        let all = concat_batches(&self.schema, &self.pending)?;
        self.file.write(&all.slice(0, rows))?;
        self.pending = vec![all.slice(rows, all.num_rows() - rows)];
        Ok(())
    }

    /// The values of a group column, masked; null for blank.
    fn groups(&mut self, values: &StringArray) -> StringArray {
        (0..values.len())
            .map(|row| {
                let value = group_value(cell(values, row))?;
                let redactor = &self.layout.redactor;
                let masked = self.masked.entry(value).or_insert_with_key(|value| mask_group(value, redactor));
                Some(masked.clone())
            })
            .collect()
    }

    /// Rows seen so far.
    pub(crate) fn seen(&self) -> u64 {
        self.next
    }

    /// Puts the part in its place, whole.
    pub(crate) fn finish(mut self, path: &Path) -> anyhow::Result<Written> {
        self.flush(self.pending.iter().map(RecordBatch::num_rows).sum())?;
        let Self { file, written, rejected, segments, .. } = self;
        let file = file.into_inner()?;
        put(file, path)?;
        Ok(Written { rows: written, rejected, segments, sha256: sha256_of(path)? })
    }
}

fn cell(cells: &StringArray, row: usize) -> &str {
    if cells.is_null(row) { "" } else { cells.value(row) }
}

/// Writes JSON beside its place and renames it.
pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    serde_json::to_writer_pretty(&mut file, value)?;
    file.write_all(b"\n")?;
    put(file, path)
}

fn put(file: NamedTempFile, path: &Path) -> anyhow::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    Ok(fs_err::File::open(folder)?.sync_all()?)
}
