//! `codebook-texts.parquet`: where each text of a run was put, so that whoever wrote the very same words is put there too.
//!
//! | column | meaning |
//! |---|---|
//! | `question` | column of the question |
//! | `text` | first 16 bytes of the sha256 of the masked text; the text itself is not in the file |
//! | `theme`, `second` | its themes; null for none |
//! | `similarity`, `margin` | as in `assignments.csv`, every bit |
//!
//! A vector cannot tell two texts apart that the model reads alike (it does not see capitals), though they may stand in different
//! answers and so in different themes; a hash of the words can.

use super::CodebookError;
use crate::files;
use crate::files::parquet::{Batches, text};
use crate::types::ThemeId;
use arrow::array::{Array, AsArray, FixedSizeBinaryArray, Float32Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Float32Type, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

/// Bytes of a key: two of a million million texts share one with a chance of 1 in 10^14.
const KEY: usize = 16;

type Key = [u8; KEY];

/// Where a run put a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextPlace {
    /// Its theme, after the codebook's decisions; `None` for "no clear theme".
    pub theme: Option<ThemeId>,
    /// A second theme that is nearly as close.
    pub second: Option<ThemeId>,
    /// Cosine to the centre of its theme (or of the nearest one), -1 to 1.
    pub similarity: f32,
    /// How much nearer its theme is than the runner-up, 0 to 2.
    pub margin: f32,
}

/// The texts of a question with their places.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextPlaces {
    /// Column of the question.
    pub question: String,
    /// By key, ascending.
    places: Vec<(Key, TextPlace)>,
}

impl TextPlaces {
    /// The places of masked texts; a text given twice keeps the first.
    pub fn new<'a>(question: &str, texts: impl IntoIterator<Item = (&'a str, TextPlace)>) -> Self {
        let mut places: Vec<_> = texts.into_iter().map(|(text, place)| (key(text), place)).collect();
        places.sort_by_key(|(key, _)| *key);
        places.dedup_by_key(|(key, _)| *key);
        Self { question: question.to_owned(), places }
    }

    /// Where the run put this masked text; `None` if nobody wrote it then.
    pub fn get(&self, text: &str) -> Option<TextPlace> {
        let key = key(text);
        let place = self.places.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(self.places[place].1)
    }
}

fn key(text: &str) -> Key {
    let digest = Sha256::digest(text.as_bytes());
    let mut key = Key::default();
    key.copy_from_slice(&digest[..KEY]);
    key
}

/// The bytes of the file.
///
/// # Errors
/// If Parquet refuses them.
pub fn text_place_bytes(questions: &[TextPlaces]) -> Result<Vec<u8>, CodebookError> {
    write(questions).map_err(|reason| CodebookError::Write { path: super::TEXTS.into(), reason })
}

fn write(questions: &[TextPlaces]) -> Result<Vec<u8>, String> {
    let schema = Arc::new(Schema::new(vec![
        Field::new("question", DataType::Utf8, false),
        Field::new("text", DataType::FixedSizeBinary(KEY as i32), false),
        Field::new("theme", DataType::Utf8, true),
        Field::new("second", DataType::Utf8, true),
        Field::new("similarity", DataType::Float32, false),
        Field::new("margin", DataType::Float32, false),
    ]));
    let places = || questions.iter().flat_map(|question| &question.places);
    let names = questions.iter().flat_map(|q| std::iter::repeat_n(q.question.as_str(), q.places.len()));
    let ids = |of: fn(&TextPlace) -> Option<ThemeId>| -> StringArray {
        places().map(|(_, place)| of(place).map(|id| id.to_string())).collect()
    };
    let numbers = |of: fn(&TextPlace) -> f32| Float32Array::from_iter_values(places().map(|(_, p)| of(p)));
    let keys = if questions.iter().all(|question| question.places.is_empty()) {
        FixedSizeBinaryArray::new_null(KEY as i32, 0)
    } else {
        FixedSizeBinaryArray::try_from_iter(places().map(|(key, _)| key)).map_err(text)?
    };
    let batch = RecordBatch::try_new(
        Arc::clone(&schema),
        vec![
            Arc::new(names.map(Some).collect::<StringArray>()),
            Arc::new(keys),
            Arc::new(ids(|place| place.theme)),
            Arc::new(ids(|place| place.second)),
            Arc::new(numbers(|place| place.similarity)),
            Arc::new(numbers(|place| place.margin)),
        ],
    )
    .map_err(text)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("verbatim".to_owned())
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, schema, Some(properties)).map_err(text)?;
    writer.write(&batch).map_err(text)?;
    writer.close().map_err(text)?;
    Ok(bytes)
}

/// Reads the file beside a codebook, one entry per question in the order of the file.
///
/// # Errors
/// If the file cannot be read or does not have the form that [`text_place_bytes`] writes.
pub fn read_text_places(path: &Path) -> Result<Vec<TextPlaces>, CodebookError> {
    let file = files::open(path, u64::MAX)
        .map_err(|source| CodebookError::Open { path: path.into(), source: files::reason(source) })?;
    read(file).map_err(|reason| CodebookError::Form { path: path.into(), reason })
}

fn read(file: std::fs::File) -> Result<Vec<TextPlaces>, String> {
    let mut questions: Vec<TextPlaces> = Vec::new();
    for batch in Batches::of(file, None)? {
        let batch = batch?;
        let column =
            |name: &str| batch.column_by_name(name).ok_or_else(|| format!("it has no column `{name}`"));
        let words =
            |name: &str| column(name)?.as_string_opt::<i32>().ok_or_else(|| format!("`{name}` is not text"));
        let numbers = |name: &str| {
            let numbers = column(name)?.as_primitive_opt::<Float32Type>();
            numbers.ok_or_else(|| format!("`{name}` has no 32-bit floats"))
        };
        let (names, themes, seconds) = (words("question")?, words("theme")?, words("second")?);
        let (similarities, margins) = (numbers("similarity")?, numbers("margin")?);
        let keys = column("text")?.as_fixed_size_binary_opt().ok_or("`text` holds no hashes")?;
        let id = |ids: &StringArray, row: usize| -> Result<Option<ThemeId>, String> {
            ids.is_valid(row).then(|| ids.value(row).parse()).transpose()
        };
        for row in 0..batch.num_rows() {
            let name = names.value(row);
            if questions.last().is_none_or(|last| last.question != name) {
                questions.push(TextPlaces { question: name.to_owned(), places: Vec::new() });
            }
            let key: Key = keys.value(row).try_into().map_err(|_| "`text` holds no hashes".to_owned())?;
            let place = TextPlace {
                theme: id(themes, row)?,
                second: id(seconds, row)?,
                similarity: similarities.value(row),
                margin: margins.value(row),
            };
            if let Some(last) = questions.last_mut() {
                last.places.push((key, place));
            }
        }
    }
    if questions.iter().any(|question| !question.places.is_sorted_by(|a, b| a.0 < b.0)) {
        return Err("its hashes are not in order".into());
    }
    Ok(questions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_and_read_back_and_texts_are_not() {
        let place = |number, similarity| TextPlace {
            theme: ThemeId::new(number),
            second: ThemeId::new(number / 2),
            similarity,
            margin: 0.1,
        };
        let texts =
            [("The team", place(1, 0.7)), ("the team", place(2, 1.0 / 3.0)), ("[name]", place(0, 0.0))];
        let questions =
            vec![TextPlaces::new("enjoy", texts), TextPlaces::new("change", [("the team", place(3, 0.5))])];
        let bytes = text_place_bytes(&questions).unwrap();
        assert!(!bytes.windows(8).any(|window| window.eq_ignore_ascii_case(b"the team")));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codebook-texts.parquet");
        fs_err::write(&path, bytes).unwrap();
        let read = read_text_places(&path).unwrap();
        assert_eq!(read, questions);
        assert_eq!(read[0].get("the team"), Some(place(2, 1.0 / 3.0)), "capitals set texts apart");
        assert_eq!(read[0].get("The team "), None);
        fs_err::write(&path, text_place_bytes(&[]).unwrap()).unwrap();
        assert_eq!(read_text_places(&path).unwrap(), []);
        fs_err::write(&path, b"PAR1 nonsense PAR1").unwrap();
        assert!(read_text_places(&path).unwrap_err().to_string().contains("is not a codebook"));
    }
}
