//! The parts of the input: one file, one unit.

use crate::complaint::Complaint;
use crate::run::hex;
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How a part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Parquet,
    Csv,
}

/// A file of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its file's name without the ending, by which the output knows it.
    pub(crate) name: String,
    /// Where it lies; absolute, as every machine of a cluster has to find it.
    pub(crate) path: PathBuf,
    pub(crate) format: Format,
}

/// What a part is seen to be before anything is done with it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facts {
    /// Rows, without a header.
    pub(crate) rows: u64,
    /// Of the file.
    pub(crate) sha256: String,
    /// Names of its columns.
    pub(crate) columns: Vec<String>,
}

/// The files that the patterns name, in the order of their names.
pub(crate) fn list(patterns: &[String]) -> anyhow::Result<Vec<Part>> {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for pattern in patterns {
        let paths = glob::glob(pattern)
            .map_err(|error| Complaint::new(format!("`{pattern}` is not a pattern: {error}")))?;
        let mut is_empty = true;
        for path in paths {
            let path = fs_err::canonicalize(path?)?;
            is_empty = false;
            add(&mut parts, path)?;
        }
        if is_empty {
            return Err(Complaint::new(format!("No file has a name like `{pattern}`"))
                .with_hint("put a pattern in quotes, so that the shell hands it on as it is")
                .into());
        }
    }
    Ok(parts.into_values().collect())
}

fn add(parts: &mut BTreeMap<String, Part>, path: PathBuf) -> anyhow::Result<()> {
    let format = match path.extension().and_then(|ending| ending.to_str()) {
        Some("parquet") => Format::Parquet,
        Some("csv") => Format::Csv,
        _ => {
            let message = format!("`{}` ends in neither `.parquet` nor `.csv`", path.display());
            return Err(Complaint::new(message).into());
        }
    };
    let Some(name) = path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned) else {
        return Err(Complaint::new(format!("The name of `{}` is not UTF-8", path.display())).into());
    };
    match parts.get(&name) {
        Some(other) if other.path != path => {
            let (one, two) = (other.path.display(), path.display());
            Err(Complaint::new(format!("Two parts have the name `{name}`: `{one}` and `{two}`"))
                .with_hint("a part is known by the name of its file: give each its own")
                .into())
        }
        _ => {
            parts.insert(name.clone(), Part { name, path, format });
            Ok(())
        }
    }
}

impl Part {
    /// Reads the whole file once.
    ///
    /// # Errors
    /// The reason in words, if it is not what its name says.
    pub(crate) fn facts(&self) -> Result<Facts, String> {
        let sha256 = sha256_of(&self.path).map_err(reason)?;
        let (rows, columns) = match self.format {
            Format::Parquet => {
                let file = fs_err::File::open(&self.path).map_err(reason)?.into_file();
                let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(reason)?;
                let rows = reader.metadata().file_metadata().num_rows();
                let names = reader.schema().fields().iter().map(|field| field.name().clone());
                (u64::try_from(rows).map_err(reason)?, names.collect())
            }
            Format::Csv => {
                let mut reader = csv::Reader::from_path(&self.path).map_err(reason)?;
                let columns = reader.headers().map_err(reason)?.iter().map(str::to_owned).collect();
                let mut rows = 0;
                for record in reader.records() {
                    record.map_err(|error| csv_reason(&error))?;
                    rows += 1;
                }
                (rows, columns)
            }
        };
        Ok(Facts { rows, sha256, columns })
    }
}

impl Facts {
    /// The columns as text: what a CSV holds is never guessed to be a number, or `007` would become 7.
    pub(crate) fn text_schema(&self) -> Schema {
        Schema::new(
            self.columns.iter().map(|name| Field::new(name, DataType::Utf8, true)).collect::<Vec<_>>(),
        )
    }
}

/// Of a file, in hexadecimal.
pub(crate) fn sha256_of(path: &Path) -> std::io::Result<String> {
    let mut file = fs_err::File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

fn reason(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Without the cells, which may hold an answer.
fn csv_reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line} has {len} cells and the header {expected_len}")
        }
        csv::ErrorKind::Utf8 { pos, .. } => {
            format!("line {} is not UTF-8", pos.as_ref().map_or(0, csv::Position::line))
        }
        _ => reason(error),
    }
}
