//! `verbatim_assign(run, id, question, text, …)`: what becomes of a row's answers, as a list with an entry per segment.
//!
//! The engine ships its name and not its code, so the scheduler has to know it too; there it has no run and only tells its type. `run`
//! is the run's fingerprint: an executor that was started with another refuses instead of giving other themes.

use crate::run::Run;
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Float32Builder, ListArray, StringArray, StringBuilder, StructArray,
    UInt32Builder,
};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Fields};
use datafusion::common::ScalarValue;
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use verbatim::pipeline::{AssignedAnswer, GivenAnswer};
use verbatim::read::{answer_text, respondent_id};
use verbatim::types::{AnswerKind, NonAnswer, ThemeId};

/// Its name.
pub(crate) const NAME: &str = "verbatim_assign";

/// The fields of an entry: `kind` is `answer`, `no comment` or `blank`, and only an answer has the others.
pub(crate) fn entry_fields() -> Fields {
    Fields::from(vec![
        Field::new("question", DataType::Utf8, false),
        Field::new("kind", DataType::Utf8, false),
        Field::new("segment", DataType::UInt32, true),
        Field::new("start", DataType::UInt32, true),
        Field::new("end", DataType::UInt32, true),
        Field::new("theme", DataType::Utf8, true),
        Field::new("similarity", DataType::Float32, true),
        Field::new("second_theme", DataType::Utf8, true),
        Field::new("margin", DataType::Float32, true),
        Field::new("text", DataType::Utf8, true),
    ])
}

fn entry() -> FieldRef {
    Arc::new(Field::new("item", DataType::Struct(entry_fields()), false))
}

/// The function, able to run.
pub(crate) fn of_run(run: Arc<Run>) -> ScalarUDF {
    ScalarUDF::new_from_impl(Assign::new(Some(run)))
}

/// The function where it is only planned with.
pub(crate) fn declared() -> ScalarUDF {
    ScalarUDF::new_from_impl(Assign::new(None))
}

#[derive(Debug)]
struct Assign {
    signature: Signature,
    run: Option<Arc<Run>>,
}

impl Assign {
    fn new(run: Option<Arc<Run>>) -> Self {
        Self { signature: Signature::variadic_any(Volatility::Stable), run }
    }

    fn fingerprint(&self) -> Option<&str> {
        self.run.as_ref().map(|run| run.fingerprint.as_str())
    }
}

impl PartialEq for Assign {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint() == other.fingerprint()
    }
}

impl Eq for Assign {}

impl Hash for Assign {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint().hash(state);
    }
}

impl ScalarUDFImpl for Assign {
    fn name(&self) -> &str {
        NAME
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::List(entry()))
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let ScalarFunctionArgs { args, number_rows, .. } = call;
        let Some(run) = &self.run else {
            return Err(failed("the function was called where no run is"));
        };
        let [fingerprint, id, answers @ ..] = args.as_slice() else {
            return Err(failed("the function was called without a run and an id"));
        };
        if literal(fingerprint)? != run.fingerprint {
            return Err(failed("this executor was started with another run, survey file or version"));
        }
        let ids = texts(id, number_rows)?;
        let ids: Vec<String> =
            (0..number_rows).map(|row| respondent_id(value(&ids, row)).unwrap_or_default()).collect();
        let questions: Vec<(&str, Vec<AssignedAnswer>)> = answers
            .chunks(2)
            .map(|pair| {
                let [question, text] = pair else { return Err(failed("a question has no text")) };
                let question = literal(question)?;
                let texts = texts(text, number_rows)?;
                let read: Vec<_> = (0..number_rows).map(|row| answer_text(value(&texts, row))).collect();
                let given: Vec<GivenAnswer<'_>> =
                    ids.iter().zip(&read).map(|(id, text)| GivenAnswer { respondent_id: id, text }).collect();
                let assigned = run.assigner.assign(question, &given, run.embedder.as_ref());
                Ok((question, assigned.map_err(|error| failed(&error.to_string()))?))
            })
            .collect::<Result<_>>()?;
        Ok(ColumnarValue::Array(Arc::new(entries(&questions, number_rows)?)))
    }
}

/// An error; its words reach the user, so no answer's text may be among them.
fn failed(reason: &str) -> DataFusionError {
    DataFusionError::Execution(reason.to_owned())
}

fn literal(value: &ColumnarValue) -> Result<&str> {
    match value {
        ColumnarValue::Scalar(ScalarValue::Utf8(Some(text))) => Ok(text),
        _ => Err(failed("the function was called with a name that is not a literal")),
    }
}

fn texts(value: &ColumnarValue, rows: usize) -> Result<StringArray> {
    let array: ArrayRef = value.to_array(rows)?;
    Ok(cast(&array, &DataType::Utf8)?.as_string::<i32>().clone())
}

fn value(texts: &StringArray, row: usize) -> &str {
    if texts.is_null(row) { "" } else { texts.value(row) }
}

/// The entries of every row, question by question.
fn entries(questions: &[(&str, Vec<AssignedAnswer>)], rows: usize) -> Result<ListArray> {
    let mut columns = Columns::default();
    let mut lengths = Vec::with_capacity(rows);
    for row in 0..rows {
        let before = columns.rows;
        for (question, answers) in questions {
            columns.push(question, &answers[row]);
        }
        lengths.push(columns.rows - before);
    }
    let fields = entry_fields();
    let values = StructArray::try_new(fields, columns.finish(), None)?;
    Ok(ListArray::try_new(entry(), OffsetBuffer::from_lengths(lengths), Arc::new(values), None)?)
}

#[derive(Default)]
struct Columns {
    rows: usize,
    question: StringBuilder,
    kind: StringBuilder,
    segment: UInt32Builder,
    start: UInt32Builder,
    end: UInt32Builder,
    theme: StringBuilder,
    similarity: Float32Builder,
    second: StringBuilder,
    margin: Float32Builder,
    text: StringBuilder,
}

impl Columns {
    /// An entry per segment; one without a segment for an answer that has none.
    fn push(&mut self, question: &str, answer: &AssignedAnswer) {
        let kind = match answer.kind {
            AnswerKind::Substantive => "answer",
            AnswerKind::NonAnswer(NonAnswer::Blank) => "blank",
            AnswerKind::NonAnswer(NonAnswer::NoWords | NonAnswer::Phrase) => "no comment",
        };
        let id = |theme: Option<ThemeId>| theme.map(|id| id.to_string());
        let segments = answer.segments.iter().map(Some);
        let none = answer.segments.is_empty().then_some(None);
        for segment in segments.chain(none) {
            self.rows += 1;
            self.question.append_value(question);
            self.kind.append_value(kind);
            self.segment.append_option(segment.map(|s| s.segment as u32));
            self.start.append_option(segment.map(|s| s.start as u32));
            self.end.append_option(segment.map(|s| s.end as u32));
            self.theme.append_option(segment.and_then(|s| id(s.theme)));
            self.similarity.append_option(segment.map(|s| s.similarity));
            self.second.append_option(segment.and_then(|s| id(s.second)));
            self.margin.append_option(segment.map(|s| s.margin));
            self.text.append_option(segment.map(|s| &s.text));
        }
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        vec![
            Arc::new(self.question.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.segment.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.theme.finish()),
            Arc::new(self.similarity.finish()),
            Arc::new(self.second.finish()),
            Arc::new(self.margin.finish()),
            Arc::new(self.text.finish()),
        ]
    }
}
