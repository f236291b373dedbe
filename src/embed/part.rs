//! One part of kept vectors as a Parquet file.

use super::store::{Kept, Key};
use crate::files;
use crate::files::parquet::{Batches, text};
use arrow::array::{Array, AsArray, BooleanArray, FixedSizeBinaryArray, RecordBatch};
use arrow::buffer::Buffer;
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::path::Path;
use std::sync::Arc;

/// Bytes of a number.
const FLOAT: usize = size_of::<f32>();

/// The bytes of a part; `keys` and `kept` are of one length, vectors of length `dim`.
pub(super) fn part_bytes(keys: &[Key], kept: &[Kept], dim: usize) -> Result<Vec<u8>, String> {
    let schema = Arc::new(Schema::new(vec![
        Field::new("key", DataType::FixedSizeBinary(32), false),
        Field::new("vector", DataType::FixedSizeBinary((dim * FLOAT) as i32), false),
        Field::new("windowed", DataType::Boolean, false),
    ]));
    let numbers = kept.iter().flat_map(|kept| &kept.vector).flat_map(|number| number.to_le_bytes());
    let vectors = FixedSizeBinaryArray::try_new((dim * FLOAT) as i32, numbers.collect::<Buffer>(), None)
        .map_err(text)?;
    let columns: Vec<Arc<dyn Array>> = vec![
        Arc::new(FixedSizeBinaryArray::try_from_iter(keys.iter()).map_err(text)?),
        Arc::new(vectors),
        Arc::new(BooleanArray::from(kept.iter().map(|kept| kept.windowed).collect::<Vec<_>>())),
    ];
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns).map_err(text)?;
    // Hashes and vectors do not compress, and have no dictionary.
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_dictionary_enabled(false)
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, schema, Some(properties)).map_err(text)?;
    writer.write(&batch).map_err(text)?;
    writer.close().map_err(text)?;
    Ok(bytes)
}

/// The keys of a part, without reading its vectors.
pub(super) fn read_keys(path: &Path) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    for batch in open(path, Some("key"))? {
        let batch = batch?;
        let column = batch.column_by_name("key").ok_or("it has no column `key`")?;
        let column = column.as_fixed_size_binary_opt().ok_or("its keys are not bytes")?;
        for key in column {
            keys.push(key.and_then(|key| key.try_into().ok()).ok_or("its keys are not 32 bytes long")?);
        }
    }
    Ok(keys)
}

/// The vectors of a part, in the order of its keys.
pub(super) fn read_rows(path: &Path, dim: usize) -> Result<Vec<Kept>, String> {
    let mut rows = Vec::new();
    for batch in open(path, None)? {
        let batch = batch?;
        let vectors = batch.column_by_name("vector").and_then(|column| column.as_fixed_size_binary_opt());
        let windowed = batch.column_by_name("windowed").and_then(|column| column.as_boolean_opt());
        let (Some(vectors), Some(windowed)) = (vectors, windowed) else {
            return Err("it lacks the columns `vector` and `windowed`".to_owned());
        };
        if vectors.value_length() as usize != dim * FLOAT {
            return Err(format!("its vectors have {} bytes, not {}", vectors.value_length(), dim * FLOAT));
        }
        for (vector, windowed) in vectors.iter().zip(windowed.values().iter()) {
            let (numbers, _) = vector.unwrap_or_default().as_chunks();
            let vector = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
            rows.push(Kept { vector, windowed });
        }
    }
    Ok(rows)
}

fn open(path: &Path, column: Option<&str>) -> Result<Batches, String> {
    Batches::of(files::open(path, u64::MAX).map_err(text)?, column)
}
