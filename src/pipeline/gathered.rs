//! Answers in pieces, one after the other, into the segments and distinct texts of a question.

use super::prepare::{Prepared, PreparedAnswer};
use crate::types::{AnswerKind, Corpus, Segment};
use std::collections::BTreeMap;

/// What the answers so far are made of.
#[derive(Default)]
pub(super) struct Gathered {
    segments: Vec<Segment>,
    texts: Distinct,
    wholes: Distinct,
    whole_of: Vec<Option<usize>>,
    kinds: Vec<AnswerKind>,
    masks: usize,
    foreign: BTreeMap<&'static str, usize>,
}

impl Gathered {
    /// Takes the answer of the next respondent.
    pub(super) fn take(&mut self, answer: PreparedAnswer) {
        let respondent = self.kinds.len();
        for (number, (span, text)) in answer.pieces.into_iter().enumerate() {
            self.segments.push(Segment { respondent, number, span, text: self.texts.number_of(text) });
        }
        self.whole_of.push(answer.whole.map(|whole| self.wholes.number_of(whole)));
        self.kinds.push(answer.kind);
        self.masks += answer.masks;
        if let Some(language) = answer.foreign {
            *self.foreign.entry(language).or_default() += 1;
        }
    }

    /// What became of each answer.
    pub(super) fn kinds(&self) -> &[AnswerKind] {
        &self.kinds
    }

    /// The question, of whose answers so many are `duplicates`.
    pub(super) fn finish(self, duplicates: usize) -> Prepared {
        let Self { mut segments, texts, wholes, mut whole_of, kinds, masks, foreign } = self;
        let (texts, place) = texts.sorted();
        let mut counts = vec![0; texts.len()];
        for segment in &mut segments {
            segment.text = place[segment.text];
            counts[segment.text] += 1;
        }
        let (wholes, place) = wholes.sorted();
        whole_of.iter_mut().flatten().for_each(|whole| *whole = place[*whole]);
        segments.shrink_to_fit();
        Prepared {
            corpus: Corpus { segments, texts, counts },
            wholes,
            whole_of,
            kinds,
            masks,
            duplicates,
            foreign,
        }
    }
}

/// Texts by the order in which they came first.
#[derive(Default)]
struct Distinct(BTreeMap<String, usize>);

impl Distinct {
    fn number_of(&mut self, text: String) -> usize {
        let next = self.0.len();
        *self.0.entry(text).or_insert(next)
    }

    /// The texts in lexical order, and the place there of each number.
    fn sorted(self) -> (Vec<String>, Vec<usize>) {
        let mut place = vec![0; self.0.len()];
        let mut texts = Vec::with_capacity(self.0.len());
        for (text, number) in self.0 {
            place[number] = texts.len();
            texts.push(text);
        }
        (texts, place)
    }
}
