//! The stages in order: the only module that knows them all.

mod anew;
mod assemble;
mod assign;
mod coding;
mod context;
mod counted;
mod describe;
mod finish;
mod fresh_ids;
mod gathered;
mod ids;
mod manifest;
mod part;
mod prepare;
mod question;
mod refresh;
mod decisions;
mod review;
mod rest;
mod told;
mod typed;
mod vectors;
mod years;

pub use assign::{AssignedAnswer, Assigner, GivenAnswer, RunThemes};
pub use coding::code_segments;
pub use counted::{ByGroup, CountedQuestion, CountedTheme, CountedYear, report_from_counts};
use describe::Workplace;
pub use manifest::manifest;
pub use prepare::{Prepared, mask_group, mask_heading, mask_surroundings, prepare_question};
pub use refresh::KnownThemes;
pub use told::told;
pub use typed::{mask_codebook, mask_codes};

use crate::cluster::ClusterParams;
use crate::codebook::{Exemplars, TextPlaces, check_added, check_model};
use crate::disclose::MIN_SAME_ATTRIBUTES;
use crate::embed::Embedder;
use crate::error::Error;
use crate::label::Namer;
use crate::progress::{Progress, Stage};
use crate::redact::{RedactParams, Redactor};
use crate::review::Review;
use crate::types::{Codebook, CodedSegment, Disclosure, Report, ReviewRow, Survey};
use finish::finish;
use question::run_questions;
use serde::Serialize;
use vectors::{AT_ONCE, Embedding, Fitted};

/// Everything a user may set about a run.
#[derive(Debug, Clone, PartialEq)]
pub struct PipelineParams {
    /// What is never and what is always masked.
    pub redact: RedactParams,
    /// How many themes, how fine, from which seed.
    pub cluster: ClusterParams,
    /// Most distinct texts of a question that themes are fitted on, at least 100; where there are more, a random sample of answers
    /// with so many, and every other text is placed in the nearest theme. Default: 50,000.
    pub sample: usize,
    /// Quotes per theme. Default: 5.
    pub n_quotes: usize,
    /// Share of the base from which a theme is a common theme, 0 to 1. Default: 0.05.
    pub common_share: f64,
    /// Most themes of a question that are common ones. Default: 8, as many bullets as a reader takes in.
    pub most_common: Option<usize>,
    /// The rule for small counts. Default: suppress.
    pub disclosure: Disclosure,
    /// Respondents below which a combination of group values is not printed in an attribution. Default: 10.
    pub min_group: usize,
    /// What a person decided about the quotes of an earlier run. Default: nothing.
    pub review: Review,
    /// Who is asked for better names. Default: nobody; with it two runs may differ, and without it they never do.
    pub namer: Option<Namer>,
}

impl Default for PipelineParams {
    fn default() -> Self {
        Self {
            redact: RedactParams::default(),
            cluster: ClusterParams::default(),
            sample: 50_000,
            n_quotes: 5,
            common_share: 0.05,
            most_common: Some(8),
            disclosure: Disclosure::default(),
            min_group: MIN_SAME_ATTRIBUTES,
            review: Review::default(),
            namer: None,
        }
    }
}

/// What a run found.
#[derive(Debug, Clone)]
pub struct RunOutput {
    /// Findings, masked and protected: what every export is made from.
    pub report: Report,
    /// Group columns, by index, of which no row of a person may show a value: the report hides a count of them.
    pub hidden_groups: Vec<usize>,
    /// Per question, every segment with its themes.
    pub coded: Vec<Vec<CodedSegment>>,
    /// Per question, what the stages had to do.
    pub counts: Vec<QuestionCounts>,
    /// Every quote and every answer that a statement is taken from, with what a reviewer should know of it, then earlier decisions on words
    /// that are not shown now.
    pub review: Vec<ReviewRow>,
    /// The codebook after the run.
    pub codebook: Codebook,
    /// Per question, the vectors that the next run places answers by.
    pub exemplars: Vec<Exemplars>,
    /// Per question, where each text was put, pins aside.
    pub texts: Vec<TextPlaces>,
    /// What the user ought to know; never holds answer text.
    pub warnings: Vec<String>,
}

/// What the stages had to do with one question, beside the counts that its report shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionCounts {
    /// Answers given word for word before.
    pub duplicates: usize,
    /// Personal details masked.
    pub masks: usize,
    /// Distinct masked texts, which are what is embedded and clustered.
    pub distinct_texts: usize,
    /// Of them, those that themes were fitted on; the others were placed in the nearest.
    pub fitted_texts: usize,
    /// Texts over the model's limit, embedded in windows.
    pub windowed_texts: usize,
}

impl QuestionCounts {
    fn of(prepared: &Prepared, fitted: &Fitted) -> Self {
        Self {
            duplicates: prepared.duplicates,
            masks: prepared.masks,
            distinct_texts: prepared.corpus.texts.len(),
            fitted_texts: fitted.of(prepared).corpus.texts.len(),
            windowed_texts: fitted.n_windowed,
        }
    }
}

/// Runs every stage between reading and exporting.
///
/// With `known` themes, answers are placed in those and the codebook's decisions are applied; only what fits none is clustered.
///
/// # Errors
/// If the engine fails, the parameters do not fit the data, or the known themes' vectors come from another model.
pub fn run_pipeline(
    survey: &Survey,
    params: &PipelineParams,
    known: Option<&KnownThemes>,
    embedder: &dyn Embedder,
    progress: &dyn Progress,
) -> Result<RunOutput, Error> {
    check_known(survey, known, embedder)?;
    let redactor = Redactor::new(&params.redact);
    let (review, unfitting) = decisions::fitting(&params.review, survey, &redactor);
    let prepared = prepare_questions(survey, &redactor, progress);
    let embedded = embed_questions(&prepared, params, embedder, progress)?;
    let workplace = Workplace { survey, params, known, review: &review, embedder, progress };
    let mut next_id = known.map_or(1, |known| known.codebook.next_id);
    let questions = run_questions(workplace, &prepared, embedded, &mut next_id)?;
    let warnings = unfitting.into_iter().chain(foreign_answers(survey, &prepared)).collect();
    Ok(finish(workplace, &prepared, questions, next_id, warnings))
}

/// Refuses themes whose vectors no vector of this run can be compared with.
fn check_known(survey: &Survey, known: Option<&KnownThemes>, embedder: &dyn Embedder) -> Result<(), Error> {
    let Some(known) = known else { return Ok(()) };
    check_model(&known.codebook, &embedder.model().name, &embedder.model().sha256)?;
    let asked: Vec<&str> = survey.questions.iter().map(|question| question.column.as_str()).collect();
    Ok(check_added(&known.codebook, &asked, &|column| known.exemplars_of(column).is_some())?)
}

fn prepare_questions(survey: &Survey, redactor: &Redactor, progress: &dyn Progress) -> Vec<Prepared> {
    progress.start(Stage::Prepare, Some(survey.questions.len() as u64));
    let prepare = |question| {
        let prepared = prepare_question(survey, question, redactor);
        progress.advance(Stage::Prepare, 1);
        prepared
    };
    let prepared = (0..survey.questions.len()).map(prepare).collect();
    progress.finish(Stage::Prepare);
    prepared
}

fn embed_questions(
    prepared: &[Prepared],
    params: &PipelineParams,
    embedder: &dyn Embedder,
    progress: &dyn Progress,
) -> Result<Vec<Embedding>, Error> {
    let total = prepared.iter().map(|p| (p.corpus.texts.len() + p.wholes.len()) as u64).sum();
    progress.start(Stage::Embed, Some(total));
    let fitted: usize = prepared.iter().map(|p| p.corpus.texts.len().min(params.sample)).sum();
    let hold = fitted <= AT_ONCE;
    let embedded = prepared
        .iter()
        .map(|p| Embedding::of(p, params.sample, params.cluster.seed, hold, embedder, progress))
        .collect::<Result<_, _>>()?;
    progress.finish(Stage::Embed);
    Ok(embedded)
}

/// Says of each question with answers in other languages how many they are.
fn foreign_answers(survey: &Survey, prepared: &[Prepared]) -> impl Iterator<Item = String> {
    survey.questions.iter().zip(prepared).filter_map(|(question, prepared)| {
        let foreign = prepared.foreign_answers()?;
        Some(format!(
            "`{}`: {foreign}; the model knows English best, so check the themes of such answers",
            question.column
        ))
    })
}
