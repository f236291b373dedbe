//! The themes of a finished run given to other answers: what a cluster does with each part of a large collection.
//!
//! What an answer gets depends on the run and the answer alone, not on the answers beside it, so that it is the same in any part, in
//! any batch and on any machine. A text that the run has seen goes where the run put it. Any other is placed as the run places the
//! texts beyond its sample: smoothed among the run's texts, into the nearest theme. Of those the run keeps vectors and no words, so that
//! they are smoothed among each other by meaning alone.

#[cfg(test)]
mod tests;

use super::KnownThemes;
use super::context::InContext;
use super::prepare::{Prepared, PreparedAnswer, prepare_answer};
use crate::cluster::{Centres, assign_texts};
use crate::codebook::{
    CODEBOOK, CodebookError, Decisions, Exemplars, TEXTS, TextPlace, TextPlaces, VECTORS, apply_pins,
    check_model, read_codebook, read_exemplars, read_text_places,
};
use crate::embed::{EmbedError, Embedder, ModelInfo};
use crate::error::Error;
use crate::redact::{RedactParams, Redactor};
use crate::smooth::{Smoothed, Subject, smooth_vectors};
use crate::types::{AnswerKind, Codebook, CodedSegment, Corpus, Segment, ThemeId};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// What a finished run leaves for giving its themes to other answers.
#[derive(Debug, Clone, PartialEq)]
pub struct RunThemes {
    /// The codebook with the vectors of the texts that themes were made of.
    pub known: KnownThemes,
    /// Where the run put each text, by question.
    pub texts: Vec<TextPlaces>,
}

impl RunThemes {
    /// Reads `codebook.toml`, `codebook-vectors.parquet` and `codebook-texts.parquet` in the folder of a run.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn read(folder: &Path) -> Result<Self, CodebookError> {
        Ok(Self {
            known: KnownThemes {
                codebook: read_codebook(&folder.join(CODEBOOK))?,
                exemplars: read_exemplars(&folder.join(VECTORS))?,
            },
            texts: read_text_places(&folder.join(TEXTS))?,
        })
    }
}

/// An answer with who gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenAnswer<'a> {
    /// The respondent's id, by which a pin of the codebook knows the answer.
    pub respondent_id: &'a str,
    /// What they wrote, untouched.
    pub text: &'a str,
}

/// What became of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignedAnswer {
    /// Whether it says something.
    pub kind: AnswerKind,
    /// Its segments in their order; none for a non-answer. [`CodedSegment::respondent`] is the answer's place among those given, and
    /// [`CodedSegment::primary`] is false throughout: nobody's main theme is sought here.
    pub segments: Vec<CodedSegment>,
}

/// Gives a finished run's themes to answers. Made once, used from several threads.
#[derive(Debug)]
pub struct Assigner {
    redactor: Redactor,
    codebook: Codebook,
    decisions: Decisions,
    questions: Vec<Question>,
}

#[derive(Debug)]
struct Question {
    texts: TextPlaces,
    space: Space,
}

/// Where a question's themes lie, learnt from the vectors that the run kept.
#[derive(Debug)]
struct Space {
    smoothed: Smoothed,
    centres: Centres,
    ids: Vec<ThemeId>,
}

impl Space {
    fn of(exemplars: &Exemplars) -> Self {
        let smoothed = smooth_vectors(&exemplars.vectors, None, Subject::default());
        let mut ids: Vec<ThemeId> = exemplars.themes.iter().copied().flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        let themes: Vec<Option<usize>> =
            exemplars.themes.iter().map(|theme| ids.binary_search(theme.as_ref()?).ok()).collect();
        let centres = Centres::of(&exemplars.vectors, &smoothed.vectors, &themes, ids.len());
        Self { smoothed, centres, ids }
    }
}

impl Assigner {
    /// Learns from a run; `redact` is what its survey file says, so that the same words are masked.
    ///
    /// # Errors
    /// If the run's vectors come from another model than `model`.
    pub fn new(run: RunThemes, redact: &RedactParams, model: &ModelInfo) -> Result<Self, CodebookError> {
        let RunThemes { known: KnownThemes { codebook, exemplars }, mut texts } = run;
        check_model(&codebook, &model.name, &model.sha256)?;
        let questions = exemplars
            .par_iter()
            .map(Space::of)
            .collect::<Vec<_>>()
            .into_iter()
            .zip(&exemplars)
            .map(|(space, Exemplars { question, .. })| {
                let texts = match texts.iter().position(|texts| texts.question == *question) {
                    Some(place) => texts.swap_remove(place),
                    None => TextPlaces::new(question, []),
                };
                Question { texts, space }
            })
            .collect();
        let decisions = Decisions::of(&codebook);
        Ok(Self { redactor: Redactor::new(redact), codebook, decisions, questions })
    }

    /// Columns of the questions that the run has themes for, in its order.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        self.questions.iter().map(|question| question.texts.question.as_str())
    }

    /// What becomes of `answers` to the question with this column, in their order. Under a question that the run has no themes for,
    /// all are in none.
    ///
    /// # Errors
    /// If the engine fails.
    pub fn assign(
        &self,
        question: &str,
        answers: &[GivenAnswer<'_>],
        embedder: &dyn Embedder,
    ) -> Result<Vec<AssignedAnswer>, Error> {
        // Many write the same few words.
        let mut distinct: BTreeMap<&str, usize> = answers.iter().map(|answer| (answer.text, 0)).collect();
        for (place, at) in distinct.values_mut().enumerate() {
            *at = place;
        }
        let texts: Vec<&str> = distinct.keys().copied().collect();
        let prepared: Vec<PreparedAnswer> =
            texts.par_iter().map(|text| prepare_answer(text, &self.redactor)).collect();
        let places = self.places(question, &prepared, embedder)?;
        let mut coded: Vec<AssignedAnswer> = answers
            .par_iter()
            .enumerate()
            .map(|(respondent, answer)| {
                let at = distinct[answer.text];
                self.code(respondent, answer.text, &prepared[at], &places[at])
            })
            .collect();
        self.pin(question, answers, &mut coded);
        Ok(coded)
    }

    /// The place of every piece of every answer.
    fn places(
        &self,
        question: &str,
        answers: &[PreparedAnswer],
        embedder: &dyn Embedder,
    ) -> Result<Vec<Vec<TextPlace>>, EmbedError> {
        let nowhere = TextPlace { theme: None, second: None, similarity: 0.0, margin: 0.0 };
        let Some(question) = self.questions.iter().find(|known| known.texts.question == question) else {
            return Ok(answers.iter().map(|answer| vec![nowhere; answer.pieces.len()]).collect());
        };
        let known: Vec<Vec<Option<TextPlace>>> = answers
            .par_iter()
            .map(|answer| answer.pieces.iter().map(|(_, text)| question.texts.get(text)).collect())
            .collect();
        let unseen = Unseen::of(answers, &known);
        let mut new = unseen.place(&question.space, embedder)?.into_iter();
        let places = known.into_iter().map(|answer| {
            let place = |known: Option<TextPlace>| known.or_else(|| new.next()).unwrap_or(nowhere);
            answer.into_iter().map(place).collect()
        });
        Ok(places.collect())
    }

    fn code(
        &self,
        respondent: usize,
        text: &str,
        answer: &PreparedAnswer,
        places: &[TextPlace],
    ) -> AssignedAnswer {
        let pieces = answer.pieces.iter().zip(places).enumerate();
        let segments = pieces.map(|(segment, ((span, masked), place))| {
            let (start, end) = span.code_points(text);
            let theme = self.decisions.apply(place.theme);
            let second = self.decisions.apply(place.second);
            let second = second.filter(|id| theme.is_some_and(|theme| theme != *id));
            CodedSegment {
                respondent,
                segment,
                start,
                end,
                text: masked.clone(),
                theme,
                second,
                similarity: place.similarity,
                margin: place.margin,
                primary: false,
            }
        });
        AssignedAnswer { kind: answer.kind, segments: segments.collect() }
    }

    /// Puts what the researcher has pinned where they want it.
    fn pin(&self, question: &str, answers: &[GivenAnswer<'_>], coded: &mut [AssignedAnswer]) {
        if self.codebook.pins.is_empty() {
            return;
        }
        let mut segments: Vec<CodedSegment> =
            coded.iter_mut().flat_map(|answer| answer.segments.drain(..)).collect();
        apply_pins(&self.codebook, question, &mut segments, &|answer| {
            answers[answer].respondent_id.to_owned()
        });
        for segment in segments {
            coded[segment.respondent].segments.push(segment);
        }
    }
}

/// The pieces that the run has not seen, as a question of their own in which no two answers share a text.
struct Unseen {
    prepared: Prepared,
    /// Per piece, in the order of the answers, its text.
    pieces: Vec<usize>,
}

impl Unseen {
    fn of(answers: &[PreparedAnswer], known: &[Vec<Option<TextPlace>>]) -> Self {
        let mut prepared = Prepared::default();
        let mut pieces = Vec::new();
        for (answer, known) in answers.iter().zip(known) {
            let Corpus { segments, texts, counts } = &mut prepared.corpus;
            let (respondent, first) = (prepared.whole_of.len(), texts.len());
            let unseen =
                answer.pieces.iter().zip(known).enumerate().filter(|(_, (_, known))| known.is_none());
            for (number, ((span, masked), _)) in unseen {
                let here = texts[first..].iter().position(|text| text == masked);
                let text = first + here.unwrap_or(texts.len() - first);
                if here.is_none() {
                    texts.push(masked.clone());
                    counts.push(0);
                }
                counts[text] += 1;
                segments.push(Segment { respondent, number, span: *span, text });
                pieces.push(text);
            }
            if texts.len() > first {
                prepared.whole_of.push(answer.whole.as_ref().map(|_| prepared.wholes.len()));
                prepared.wholes.extend(answer.whole.clone());
            }
        }
        Self { prepared, pieces }
    }

    fn place(&self, space: &Space, embedder: &dyn Embedder) -> Result<Vec<TextPlace>, EmbedError> {
        if self.pieces.is_empty() {
            return Ok(Vec::new());
        }
        let Prepared { corpus, wholes, .. } = &self.prepared;
        let mut distinct: BTreeMap<&str, usize> =
            corpus.texts.iter().chain(wholes).map(|text| (text.as_str(), 0)).collect();
        for (row, at) in distinct.values_mut().enumerate() {
            *at = row;
        }
        let texts: Vec<&str> = distinct.keys().copied().collect();
        let vectors = embedder.embed(&texts, &|_| ())?.vectors;
        let rows = |of: &[String]| {
            let rows: Vec<usize> = of.iter().map(|text| distinct[text.as_str()]).collect();
            vectors.select(&rows)
        };
        let vectors = InContext::of(&self.prepared, rows(&corpus.texts), &rows(wholes));
        let smoothed = space.smoothed.place(&corpus.texts, vectors.blended());
        let assignments = assign_texts(vectors.blended(), &smoothed, &space.centres);
        let id = |theme: Option<usize>| theme.map(|theme| space.ids[theme]);
        let places = self.pieces.iter().map(|&text| {
            let assignment = assignments[text];
            TextPlace {
                theme: id(assignment.theme),
                second: id(assignment.second),
                similarity: assignment.similarity,
                margin: assignment.margin,
            }
        });
        Ok(places.collect())
    }
}
