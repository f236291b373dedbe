//! `codebook-vectors.parquet`: the vectors of the texts that each theme was made of. They are made from masked text.

use super::CodebookError;
use crate::files;
use crate::files::manifest::{MANIFEST, sha256, written};
use crate::files::parquet::{Batches, text};
use crate::types::{ThemeId, Vectors};
use arrow::array::{Array, AsArray, FixedSizeListArray, Float32Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Float32Type, Schema};
use ndarray::Array2;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::path::Path;
use std::sync::Arc;

/// Most texts kept for one question; beyond it every so many-th is kept.
const MOST: usize = 20_000;
/// Most texts kept for all questions of a survey.
const MOST_IN_ALL: usize = 60_000;

/// The texts of a question as the last run placed them.
#[derive(Debug, Clone, PartialEq)]
pub struct Exemplars {
    /// Column of the question.
    pub question: String,
    /// One per text; `None` for a text in no theme.
    pub themes: Vec<Option<ThemeId>>,
    /// Their second themes.
    pub seconds: Vec<Option<ThemeId>>,
    /// One row per text, `(n_texts, dim)`.
    pub vectors: Vectors,
}

impl Exemplars {
    /// The texts of a question, thinned out evenly where there are more than 20,000.
    pub fn new(
        question: &str,
        themes: &[Option<ThemeId>],
        seconds: &[Option<ThemeId>],
        vectors: &Vectors,
    ) -> Self {
        Self::spread(question, themes, seconds, vectors, MOST)
    }

    /// Thinned out evenly to this question's share of the 60,000 texts that are kept for `n_questions`.
    #[must_use]
    pub fn shared_among(self, n_questions: usize) -> Self {
        let most = MOST_IN_ALL / n_questions.max(1);
        match self.themes.len() {
            n if n <= most => self,
            _ => Self::spread(&self.question, &self.themes, &self.seconds, &self.vectors, most),
        }
    }

    fn spread(
        question: &str,
        themes: &[Option<ThemeId>],
        seconds: &[Option<ThemeId>],
        vectors: &Vectors,
        most: usize,
    ) -> Self {
        let step = themes.len().div_ceil(most.max(1)).max(1);
        let kept: Vec<usize> = (0..themes.len()).step_by(step).collect();
        Self {
            question: question.to_owned(),
            themes: kept.iter().map(|&i| themes[i]).collect(),
            seconds: kept.iter().map(|&i| seconds[i]).collect(),
            vectors: vectors.select(&kept),
        }
    }
}

/// The bytes of the file. All vectors have the same length.
///
/// # Errors
/// If the vectors differ in length.
pub fn exemplar_bytes(questions: &[Exemplars]) -> Result<Vec<u8>, CodebookError> {
    write(questions).map_err(|reason| CodebookError::Write { path: super::VECTORS.into(), reason })
}

fn write(questions: &[Exemplars]) -> Result<Vec<u8>, String> {
    let dim = questions.first().map_or(1, |question| question.vectors.dim().max(1));
    let element = Arc::new(Field::new("element", DataType::Float32, false));
    let schema = Arc::new(Schema::new(vec![
        Field::new("question", DataType::Utf8, false),
        Field::new("theme", DataType::Utf8, true),
        Field::new("second", DataType::Utf8, true),
        Field::new("vector", DataType::FixedSizeList(Arc::clone(&element), dim as i32), false),
    ]));
    let properties = WriterProperties::builder().set_compression(Compression::UNCOMPRESSED).build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, Arc::clone(&schema), Some(properties)).map_err(text)?;
    for question in questions {
        let ids = |themes: &[Option<ThemeId>]| -> StringArray {
            themes.iter().map(|theme| theme.map(|id| id.to_string())).collect()
        };
        let names = std::iter::repeat_n(question.question.as_str(), question.themes.len());
        let numbers = Float32Array::from_iter_values(question.vectors.view().iter().copied());
        let vectors = FixedSizeListArray::try_new(Arc::clone(&element), dim as i32, Arc::new(numbers), None)
            .map_err(text)?;
        let columns: Vec<Arc<dyn Array>> = vec![
            Arc::new(StringArray::from_iter_values(names)),
            Arc::new(ids(&question.themes)),
            Arc::new(ids(&question.seconds)),
            Arc::new(vectors),
        ];
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns).map_err(text)?;
        writer.write(&batch).map_err(text)?;
    }
    writer.close().map_err(text)?;
    Ok(bytes)
}

/// Reads the vectors beside a codebook, one entry per question in the order of the file.
///
/// # Errors
/// If the file cannot be read or does not have the form that [`exemplar_bytes`] writes.
pub fn read_exemplars(path: &Path) -> Result<Vec<Exemplars>, CodebookError> {
    let file = files::open(path, u64::MAX).map_err(|source| unread(path, source))?;
    read(file).map_err(|reason| CodebookError::Form { path: path.into(), reason })
}

/// Why a file beside a codebook cannot be read: a codebook that was copied alone is told from one whose file is broken.
pub(super) fn unread(path: &Path, source: std::io::Error) -> CodebookError {
    if source.kind() == std::io::ErrorKind::NotFound {
        return CodebookError::Alone { path: path.into() };
    }
    CodebookError::Open { path: path.into(), source: files::reason(source) }
}

/// Checks the vectors at `path` against the `manifest.json` beside them, if there is one: bytes that went bad would put answers into other
/// themes without a word.
///
/// # Errors
/// If the manifest names another sha256 than theirs, or they cannot be read.
pub fn check_exemplars(path: &Path) -> Result<(), CodebookError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(written) = path.parent().and_then(|folder| written(folder)(&name)) else { return Ok(()) };
    let bytes = files::read(path, u64::MAX).map_err(|source| unread(path, source))?;
    if sha256(&bytes) == written {
        return Ok(());
    }
    let reason = format!("it is not as the run left it (its sha256 is another one than in `{MANIFEST}`)");
    Err(CodebookError::Form { path: path.into(), reason })
}

fn read(file: std::fs::File) -> Result<Vec<Exemplars>, String> {
    let mut questions: Vec<Part> = Vec::new();
    let mut dim = 0;
    for batch in Batches::of(file, None)? {
        let batch = batch?;
        let column =
            |name: &str| batch.column_by_name(name).ok_or_else(|| format!("it has no column `{name}`"));
        let names = column("question")?.as_string_opt::<i32>().ok_or("`question` is not text")?;
        let themes = column("theme")?.as_string_opt::<i32>().ok_or("`theme` is not text")?;
        let seconds = column("second")?.as_string_opt::<i32>().ok_or("`second` is not text")?;
        let vectors = column("vector")?.as_fixed_size_list_opt().ok_or("`vector` is not a list")?;
        let numbers =
            vectors.values().as_primitive_opt::<Float32Type>().ok_or("`vector` has no 32-bit floats")?;
        dim = vectors.value_length() as usize;
        if dim == 0 || numbers.len() != batch.num_rows() * dim {
            return Err("its vectors are not all of one length".into());
        }
        let ids = themes.iter().zip(seconds.iter());
        for ((name, (theme, second)), vector) in names.iter().zip(ids).zip(numbers.values().chunks_exact(dim))
        {
            let name = name.unwrap_or_default();
            if questions.last().is_none_or(|last| last.question != name) {
                questions.push(Part { question: name.to_owned(), ..Part::default() });
            }
            if let Some(part) = questions.last_mut() {
                part.themes.push(theme.map(str::parse).transpose()?);
                part.seconds.push(second.map(str::parse).transpose()?);
                part.numbers.extend_from_slice(vector);
            }
        }
    }
    questions
        .into_iter()
        .map(|Part { question, themes, seconds, numbers }| {
            let rows = Array2::from_shape_vec((themes.len(), dim), numbers).map_err(text)?;
            Ok(Exemplars { question, themes, seconds, vectors: Vectors::from_rows(rows) })
        })
        .collect()
}

#[derive(Default)]
struct Part {
    question: String,
    themes: Vec<Option<ThemeId>>,
    seconds: Vec<Option<ThemeId>>,
    numbers: Vec<f32>,
}
