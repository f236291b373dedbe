//! The stages in order: the only module that knows them all.

mod anew;
mod assemble;
mod assign;
mod coding;
mod context;
mod counted;
mod describe;
mod manifest;
mod part;
mod prepare;
mod refresh;
mod review;
mod rest;
mod told;
mod vectors;
mod years;

pub use assign::{AssignedAnswer, Assigner, GivenAnswer, RunThemes};
pub use coding::code_segments;
use coding::mark_primary;
pub use counted::{ByGroup, CountedQuestion, CountedTheme, report_from_counts};
use describe::{Themes, Workplace};
pub use manifest::manifest;
pub use prepare::{Prepared, mask_group, mask_heading, mask_surroundings, prepare_question};
pub use refresh::KnownThemes;
pub use told::told;

use crate::cluster::ClusterParams;
use crate::codebook::{
    Exemplars, TextPlace, TextPlaces, apply_pins, check_added, check_model, update_codebook,
};
use crate::compare::{CodedQuestion, compare_groups};
use crate::disclose::{MIN_SAME_ATTRIBUTES, nestings, protect, round_weighted};
use crate::embed::Embedder;
use crate::error::Error;
use crate::label::Namer;
use crate::progress::{Progress, Stage};
use crate::redact::{RedactParams, Redactor};
use crate::review::Review;
use crate::types::{
    Assignment, Codebook, CodedSegment, Disclosure, Pin, REPORT_SCHEMA, Report, ReviewRow, RunInfo, Survey,
    ThemeId,
};
use anew::Begun;
use assemble::{Described, assemble_question, order_themes};
use rayon::prelude::*;
use refresh::Texts;
use serde::Serialize;
use std::collections::BTreeMap;
use vectors::Fitted;
use years::{compare_with_last_year, name_known_themes};

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
    /// Per question, every segment with its themes.
    pub coded: Vec<Vec<CodedSegment>>,
    /// Per question, what the stages had to do.
    pub counts: Vec<QuestionCounts>,
    /// Every quote with what a reviewer should know of it, then earlier decisions on words that are not quoted now.
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

/// Runs every stage between reading and exporting.
///
/// With `known` themes, answers are placed in those and the codebook's decisions are applied; only what fits none is clustered.
///
/// # Errors
/// If the engine fails, the parameters do not fit the data, or the known themes' vectors come from another model.
#[allow(clippy::too_many_lines, reason = "the stages in order, each once")]
pub fn run_pipeline(
    survey: &Survey,
    params: &PipelineParams,
    known: Option<&KnownThemes>,
    embedder: &dyn Embedder,
    progress: &dyn Progress,
) -> Result<RunOutput, Error> {
    if let Some(known) = known {
        check_model(&known.codebook, &embedder.model().name, &embedder.model().sha256)?;
        let asked: Vec<&str> = survey.questions.iter().map(|question| question.column.as_str()).collect();
        check_added(&known.codebook, &asked, &|column| known.exemplars_of(column).is_some())?;
    }
    let redactor = Redactor::new(&params.redact);
    let (review, lost) = review::fitting(&params.review, survey, &redactor);
    progress.start(Stage::Prepare, Some(survey.questions.len() as u64));
    let prepared: Vec<Prepared> = (0..survey.questions.len())
        .map(|question| {
            let prepared = prepare_question(survey, question, &redactor);
            progress.advance(Stage::Prepare, 1);
            prepared
        })
        .collect();
    progress.finish(Stage::Prepare);

    let total = prepared.iter().map(|p| (p.corpus.texts.len() + p.wholes.len()) as u64).sum();
    progress.start(Stage::Embed, Some(total));
    let fitted = prepared
        .iter()
        .map(|p| Fitted::embed(p, params.sample, params.cluster.seed, embedder, progress))
        .collect::<Result<Vec<_>, _>>()?;
    progress.finish(Stage::Embed);

    let mut output = RunOutput {
        report: empty_report(survey, params, embedder),
        coded: Vec::new(),
        counts: Vec::new(),
        review: Vec::new(),
        codebook: Codebook::default(),
        exemplars: Vec::new(),
        texts: Vec::new(),
        warnings: Vec::new(),
    };
    if lost > 0 {
        output
            .warnings
            .push(format!("{lost} decisions of the review are about words that are in no answer now"));
    }
    for (question, prepared) in survey.questions.iter().zip(&prepared) {
        output.warnings.extend(prepared.foreign_answers().map(|foreign| {
            format!(
                "`{}`: {foreign}; the model knows English best, so check the themes of such answers",
                question.column
            )
        }));
    }
    let mut next_id = known.map_or(1, |known| known.codebook.next_id);
    let mut reshaped = Vec::new();
    let mut split = BTreeMap::new();
    let mut unused_pins = Vec::new();
    progress.start(Stage::Cluster, Some(survey.questions.len() as u64));
    let texts: Vec<Texts<'_>> = (survey.questions.iter().zip(prepared.iter().zip(&fitted)))
        .map(|(question, (prepared, fitted))| Texts {
            title: &survey.title,
            column: &question.column,
            prepared: fitted.of(prepared),
            vectors: &fitted.blended,
        })
        .collect();
    // Side by side, since parts of the work keep one core busy at most.
    let begun = texts
        .par_iter()
        .map(|texts| Begun::new(*texts, known, &params.cluster, embedder))
        .collect::<Result<Vec<_>, _>>()?;
    for (question, begun) in begun.into_iter().enumerate() {
        let (prepared, fitted, texts) = (&prepared[question], &fitted[question], texts[question]);
        let found = begun.with_ids(&mut next_id)?;
        if found.n_known == 0 {
            output.warnings.extend(fewer_than_asked(texts, &params.cluster, found.ids.len()));
        }
        let workplace = Workplace { survey, params, review: &review, embedder, progress };
        let themes = Themes::describe(workplace, question, prepared, fitted, &found)?;
        output.warnings.extend(themes.warnings.iter().cloned());
        let Themes { clustering, distances, labels, quotes, .. } = &themes;
        let ids = &found.ids;
        let mut coded = code_segments(survey, question, prepared, &clustering.assignments, ids, distances);
        if let Some(known) = known {
            let id = |respondent: usize| survey.respondents[respondent].id.clone();
            let unused = apply_pins(&known.codebook, texts.column, &mut coded, &id);
            unused_pins.extend(unused);
            mark_primary(&mut coded, distances);
        }
        let described = Described { clustering, labels, quotes, ids };
        let (mut report, mut counts) =
            assemble_question(survey, question, prepared, &coded, described, params.min_group);
        report.map = themes.map(prepared, fitted, &coded);
        if let Some(known) = known {
            name_known_themes(&mut report, &known.codebook, &found.new);
        }
        counts.windowed_texts = fitted.n_windowed;
        counts.fitted_texts = texts.prepared.corpus.texts.len();
        output.report.questions.push(report);
        output.coded.push(coded);
        output.counts.push(counts);
        output.exemplars.push(found.exemplars);
        output.texts.push(text_places(texts.column, prepared, &clustering.assignments, ids));
        reshaped.push(found.reshaped);
        split.extend(found.split);
        progress.advance(Stage::Cluster, 1);
    }
    progress.finish(Stage::Cluster);
    output.warnings.extend(unused_words(&unused_pins));

    progress.start(Stage::Compare, None);
    let bases: Vec<Vec<usize>> = prepared.iter().map(Prepared::base).collect();
    let questions: Vec<CodedQuestion<'_>> =
        bases.iter().zip(&output.coded).map(|(base, coded)| CodedQuestion { base, coded }).collect();
    compare_groups(&mut output.report, survey, &questions);
    round_weighted(&mut output.report);
    order_themes(&mut output.report);
    if let Some(known) = known {
        compare_with_last_year(&mut output.report, &known.codebook, &reshaped, &split);
    }
    output.report = protect(output.report, &nestings(survey));
    output.review = review::review_rows(&output.report, survey, &prepared, &review, params.min_group);
    output.report.quotes_reviewed = review::is_reviewed(&output.report, &output.review);
    let before = known.map(|known| &known.codebook);
    output.codebook = update_codebook(before, &output.report, next_id, &split);
    progress.finish(Stage::Compare);
    Ok(output)
}

/// Says in one sentence which pins name nobody in this survey: in the next year's that may be most of them.
fn unused_words(pins: &[&Pin]) -> Option<String> {
    let first = pins.first()?;
    let named = format!("of respondent `{}` to theme {}", first.respondent_id, first.theme);
    Some(match pins.len() {
        1 => format!("The pin {named} fits no answer of this survey"),
        n => format!("{n} pins of the codebook fit no answer of this survey; the first is that {named}"),
    })
}

/// Where the texts of a question were put; `assignments` by distinct text, `ids` by theme number.
fn text_places(column: &str, prepared: &Prepared, assignments: &[Assignment], ids: &[ThemeId]) -> TextPlaces {
    let id = |theme: Option<usize>| theme.and_then(|theme| ids.get(theme).copied());
    let place = |assignment: &Assignment| TextPlace {
        theme: id(assignment.theme),
        second: id(assignment.second),
        similarity: assignment.similarity,
        margin: assignment.margin,
    };
    let texts = prepared.corpus.texts.iter().zip(assignments);
    TextPlaces::new(column, texts.map(|(text, assignment)| (text.as_str(), place(assignment))))
}

/// Says that so many themes as were asked for could not be made.
fn fewer_than_asked(texts: Texts<'_>, params: &ClusterParams, found: usize) -> Option<String> {
    let asked = params.n_themes.filter(|asked| *asked > found)?;
    let different = texts.prepared.corpus.texts.len();
    Some(format!(
        "`{}`: {asked} themes were asked for and {found} made, of {different} different texts",
        texts.column
    ))
}

fn empty_report(survey: &Survey, params: &PipelineParams, embedder: &dyn Embedder) -> Report {
    let model = embedder.model();
    Report {
        schema: REPORT_SCHEMA,
        title: survey.title.clone(),
        year: survey.year,
        run: RunInfo {
            version: env!("CARGO_PKG_VERSION").into(),
            model: model.name.clone(),
            model_sha256: model.sha256.clone(),
            engine: model.engine.clone(),
            seed: params.cluster.seed,
            previous: None,
        },
        respondents: survey.respondents.len(),
        quotes_reviewed: false,
        disclosure: params.disclosure,
        common_share: params.common_share,
        most_common: params.most_common,
        questions: Vec::new(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_that_name_nobody_are_told_in_one_warning() {
        let pin = |who: &str| Pin {
            question: "q".into(),
            respondent_id: who.into(),
            segment: None,
            theme: ThemeId::FIRST,
            away: false,
        };
        let pins = ["a", "b", "c"].map(pin);
        let words = |n: usize| unused_words(&pins.iter().take(n).collect::<Vec<_>>());
        assert_eq!(words(0), None);
        assert_eq!(words(1).unwrap(), "The pin of respondent `a` to theme T01 fits no answer of this survey");
        assert_eq!(
            words(3).unwrap(),
            "3 pins of the codebook fit no answer of this survey; the first is that of respondent `a` to theme T01"
        );
    }
}
