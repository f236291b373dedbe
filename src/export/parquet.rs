//! `mentions.parquet`: the columns of `mentions.csv` with their types, nulls where that has empty cells, and text as it is: a
//! reader of Parquet runs no formula. Compressed with Snappy.

use super::mentions::{COLUMNS, group_columns};
use super::run::{Coded, Mention, Run, level};
use arrow::array::{
    ArrayRef, BooleanArray, Float32Array, Float64Array, Int32Array, RecordBatch, StringArray, UInt64Array,
};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows that are in memory at a time.
const BATCH: usize = 16_384;

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let schema = Arc::new(schema(run));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("{} {}", super::PROGRAM, run.report.run.version))
        .build();
    let mut writer =
        ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties)).map_err(io::Error::other)?;
    for question in &run.questions {
        let mentions: Vec<Mention<'_>> =
            question.mentions().filter(|mention| run.respondent(mention.segment).is_some()).collect();
        for rows in mentions.chunks(BATCH) {
            let columns = columns(run, question, rows);
            let batch = RecordBatch::try_new(Arc::clone(&schema), columns).map_err(io::Error::other)?;
            writer.write(&batch).map_err(io::Error::other)?;
        }
    }
    writer.close().map_err(io::Error::other)?;
    Ok(())
}

fn schema(run: &Run<'_>) -> Schema {
    let kind = |name: &str| match name {
        "year" => DataType::Int32,
        "segment" | "base" => DataType::UInt64,
        "primary" | "second" => DataType::Boolean,
        "similarity" => DataType::Float32,
        "weight" => DataType::Float64,
        _ => DataType::Utf8,
    };
    let fixed = COLUMNS.iter().map(|name| Field::new(*name, kind(name), *name == "year"));
    let groups = group_columns(run, &COLUMNS).into_iter().map(|name| Field::new(name, DataType::Utf8, true));
    Schema::new(fixed.chain(groups).collect::<Vec<_>>())
}

/// In the order of [`COLUMNS`], then the groups.
fn columns(run: &Run<'_>, question: &Coded<'_>, rows: &[Mention<'_>]) -> Vec<ArrayRef> {
    let text = |value: &dyn Fn(&Mention<'_>) -> String| -> ArrayRef {
        Arc::new(rows.iter().map(|mention| Some(value(mention))).collect::<StringArray>())
    };
    let respondent = |m: &Mention<'_>| run.respondent(m.segment).map(|r| r.id.clone()).unwrap_or_default();
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(rows.iter().map(|_| run.report.year).collect::<Int32Array>()),
        text(&|_| question.report.column.clone()),
        text(&respondent),
        Arc::new(rows.iter().map(|m| Some(m.segment.segment as u64)).collect::<UInt64Array>()),
        text(&|m| m.theme.id.to_string()),
        text(&|m| m.theme.name.clone()),
        text(&|m| level(m.theme.level).into()),
        Arc::new(rows.iter().map(|m| Some(m.segment.primary && !m.is_second)).collect::<BooleanArray>()),
        Arc::new(rows.iter().map(|m| Some(m.is_second)).collect::<BooleanArray>()),
        Arc::new(rows.iter().map(|m| Some(m.segment.similarity)).collect::<Float32Array>()),
        Arc::new(rows.iter().map(|_| Some(question.report.base as u64)).collect::<UInt64Array>()),
        Arc::new(rows.iter().map(|m| run.respondent(m.segment).map(|r| r.weight)).collect::<Float64Array>()),
        text(&|m| m.segment.text.clone()),
    ];
    let groups: Vec<Vec<&str>> = rows.iter().map(|m| run.groups(m.segment)).collect();
    for column in 0..run.survey.groups.len() {
        let values = groups.iter().map(|row| row.get(column).copied().filter(|value| !value.is_empty()));
        columns.push(Arc::new(values.collect::<StringArray>()));
    }
    columns
}
