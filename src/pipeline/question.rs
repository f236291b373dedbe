//! One question from its vectors to its report, before groups and years are compared and small counts are hidden.

use super::QuestionCounts;
use super::anew::Begun;
use super::assemble::{Described, assemble_question};
use super::coding::{Distances, code_segments, mark_primary};
use super::describe::{Themes, Workplace};
use super::prepare::Prepared;
use super::refresh::{KnownThemes, Refreshed, Texts};
use super::review::StatementSegments;
use super::vectors::{AT_ONCE, Embedding, Fitted};
use super::years::name_known_themes;
use crate::cluster::ClusterParams;
use crate::codebook::{Exemplars, TextPlace, TextPlaces, apply_pins};
use crate::error::Error;
use crate::progress::Stage;
use crate::types::{
    Assignment, CodedSegment, Pin, QuestionReport, Survey, Theme, ThemeId, ThemeLabel, ThemeStatus,
};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a run has of one question.
pub(super) struct QuestionRun {
    /// Its findings, neither compared nor protected.
    pub(super) report: QuestionReport,
    /// What the stages had to do.
    pub(super) counts: QuestionCounts,
    /// Every segment with its themes.
    pub(super) coded: Vec<CodedSegment>,
    /// The vectors that the next run places answers by.
    pub(super) exemplars: Exemplars,
    /// What its statements are taken from, where they are this run's.
    pub(super) statements: StatementSegments,
    /// Where each text was put, pins aside.
    pub(super) texts: TextPlaces,
    /// Known themes that this year's own clustering divides or puts together.
    pub(super) reshaped: BTreeMap<ThemeId, ThemeStatus>,
    /// Themes that a `split` decision has divided.
    pub(super) split: BTreeMap<ThemeId, Vec<ThemeId>>,
    /// Pins of the codebook that fit no answer.
    pub(super) unused_pins: Vec<Pin>,
    /// What the user ought to know.
    pub(super) warnings: Vec<String>,
}

/// Finds, names and counts the themes of every question; new ones get ids from `next_id` on.
pub(super) fn run_questions(
    workplace: Workplace<'_>,
    prepared: &[Prepared],
    embedded: Vec<Embedding>,
    next_id: &mut u32,
) -> Result<Vec<QuestionRun>, Error> {
    let progress = workplace.progress;
    progress.start(Stage::Cluster, Some(prepared.len() as u64));
    let sizes: Vec<usize> =
        embedded.iter().zip(prepared).map(|(question, whole)| question.n_texts(whole)).collect();
    let mut embedded = embedded.into_iter();
    let mut runs = Vec::with_capacity(prepared.len());
    for numbers in rounds(&sizes) {
        let fitted = numbers
            .zip(embedded.by_ref())
            .map(|(number, question)| Ok((number, question.fitted(&prepared[number], workplace.embedder)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        runs.extend(run_round(workplace, prepared, &fitted, next_id)?);
    }
    progress.finish(Stage::Cluster);
    Ok(runs)
}

/// Neighbouring questions with no more texts together than may be held at once, or one question.
fn rounds(sizes: &[usize]) -> Vec<Range<usize>> {
    let mut rounds: Vec<Range<usize>> = Vec::new();
    let mut held = 0;
    for (number, size) in sizes.iter().enumerate() {
        match rounds.last_mut() {
            Some(round) if held + size <= AT_ONCE => round.end = number + 1,
            _ => {
                rounds.push(number..number + 1);
                held = 0;
            }
        }
        held += size;
    }
    rounds
}

fn run_round(
    workplace: Workplace<'_>,
    prepared: &[Prepared],
    fitted: &[(usize, Fitted)],
    next_id: &mut u32,
) -> Result<Vec<QuestionRun>, Error> {
    let Workplace { survey, params, known, embedder, progress, .. } = workplace;
    let questions: Vec<Question<'_>> = fitted
        .iter()
        .map(|&(number, ref fitted)| Question { survey, number, prepared: &prepared[number], fitted })
        .collect();
    // Side by side, since parts of the work keep one core busy at most.
    let begun = questions
        .par_iter()
        .map(|question| Begun::new(question.texts(), known, &params.cluster, embedder))
        .collect::<Result<Vec<_>, _>>()?;
    let run = |(question, begun): (&Question<'_>, Begun<'_>)| {
        let run = question.run(workplace, begun.with_ids(next_id)?)?;
        progress.advance(Stage::Cluster, 1);
        Ok(run)
    };
    questions.iter().zip(begun).map(run).collect()
}

/// A question with its texts and their vectors.
#[derive(Clone, Copy)]
struct Question<'a> {
    survey: &'a Survey,
    number: usize,
    prepared: &'a Prepared,
    fitted: &'a Fitted,
}

impl<'a> Question<'a> {
    fn column(self) -> &'a str {
        &self.survey.questions[self.number].column
    }

    /// What themes are fitted on.
    fn texts(self) -> Texts<'a> {
        let Self { survey, prepared, fitted, .. } = self;
        Texts {
            title: &survey.title,
            column: self.column(),
            prepared: fitted.of(prepared),
            vectors: fitted.vectors.blended(),
        }
    }

    /// Names and counts the themes that were `found`.
    fn run(self, workplace: Workplace<'_>, found: Refreshed) -> Result<QuestionRun, Error> {
        let Self { survey, number, prepared, fitted } = self;
        let Workplace { params, known, .. } = workplace;
        let themes = Themes::describe(workplace, number, prepared, fitted, &found)?;
        let fewer = self.fewer_than_asked(&params.cluster, &found);
        // The largest thing here, and what follows makes as many copies of words as there are segments.
        drop(found.space);
        let (ids, assignments) = (&found.ids, &themes.clustering.assignments);
        let mut coded = code_segments(survey, number, prepared, assignments, ids, &themes.distances);
        let unused_pins = known.map_or_else(Vec::new, |known| self.pin(known, &mut coded, &themes.distances));
        let Themes { clustering, labels, quotes, .. } = &themes;
        let described = Described { clustering, labels, quotes, ids };
        let mut report = QuestionReport {
            map: themes.map(prepared, fitted, &coded),
            ..assemble_question(survey, number, prepared, &coded, described, params.min_group)
        };
        if let Some(known) = known {
            name_known_themes(&mut report, &known.codebook, &found.new);
        }
        let texts = text_places(self.column(), prepared, assignments, ids);
        Ok(QuestionRun {
            statements: statement_segments(&report, ids, labels),
            report,
            counts: QuestionCounts::of(prepared, fitted),
            coded,
            texts,
            unused_pins,
            warnings: fewer.into_iter().chain(themes.warnings).collect(),
            exemplars: found.exemplars.shared_among(survey.questions.len()),
            reshaped: found.reshaped,
            split: found.split,
        })
    }

    /// Applies the codebook's pins; gives those that fit no answer.
    fn pin(self, known: &KnownThemes, coded: &mut [CodedSegment], distances: &Distances) -> Vec<Pin> {
        let id = |respondent: usize| self.survey.respondents[respondent].id.clone();
        let unused = apply_pins(&known.codebook, self.column(), coded, &id);
        mark_primary(coded, distances);
        unused.into_iter().cloned().collect()
    }

    /// Says that so many themes as were asked for could not be made.
    fn fewer_than_asked(self, params: &ClusterParams, found: &Refreshed) -> Option<String> {
        let made = found.ids.len();
        let asked = params.n_themes.filter(|asked| found.n_known == 0 && *asked > made)?;
        let different = self.fitted.of(self.prepared).corpus.texts.len();
        Some(format!(
            "`{}`: {asked} themes were asked for and {made} made, of {different} different texts",
            self.column()
        ))
    }
}

/// The segments that the statements of a report are taken from; those of a codebook are left out.
fn statement_segments(report: &QuestionReport, ids: &[ThemeId], labels: &[ThemeLabel]) -> StatementSegments {
    let by_id: BTreeMap<ThemeId, &ThemeLabel> = ids.iter().copied().zip(labels).collect();
    let of = |theme: &Theme| {
        let label = by_id.get(&theme.id).filter(|label| label.statement == theme.statement)?;
        Some((theme.id, label.statement_from?))
    };
    report.themes.iter().filter_map(of).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_holds_neighbouring_questions_of_no_more_texts_than_may_be_held_or_one() {
        assert_eq!(rounds(&[AT_ONCE - 2, 1, 1, 1]), [0..3, 3..4]);
        assert_eq!(rounds(&[1, AT_ONCE + 1, 1]), [0..1, 1..2, 2..3]);
        assert_eq!(rounds(&[0, 0, AT_ONCE, 1]), [0..3, 3..4]);
        assert!(rounds(&[]).is_empty());
    }
}
