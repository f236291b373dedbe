//! Part of a question: the sample that themes are fitted on where there are more texts, and the chunks in which the rest is placed.

use super::prepare::Prepared;
use crate::types::{AnswerKind, Corpus, NonAnswer, Segment};
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;
use std::collections::{BTreeMap, BTreeSet};

/// Some segments of a question, with their texts and whole answers numbered anew. Respondents keep their numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// As if nobody had given another answer.
    pub(super) prepared: Prepared,
    /// Index in the whole question of each of its texts, ascending.
    pub(super) texts: Vec<usize>,
    /// Index in the whole question of each of its segments, ascending.
    pub(super) segments: Vec<usize>,
}

impl Part {
    /// The part with these segments (ascending).
    pub(super) fn of(whole: &Prepared, segments: Vec<usize>) -> Self {
        let corpus = &whole.corpus;
        let texts = distinct(segments.iter().map(|&segment| corpus.segments[segment].text));
        let respondents = distinct(segments.iter().map(|&segment| corpus.segments[segment].respondent));
        let wholes = distinct(respondents.iter().filter_map(|&respondent| whole.whole_of(respondent)));

        let mut kinds = vec![AnswerKind::NonAnswer(NonAnswer::Blank); whole.kinds.len()];
        let mut whole_of = vec![None; whole.whole_of.len()];
        for &respondent in &respondents {
            kinds[respondent] = whole.kinds[respondent];
            whole_of[respondent] =
                whole.whole_of(respondent).map(|answer| wholes.partition_point(|&other| other < answer));
        }
        let mut counts = vec![0; texts.len()];
        let renumbered = segments.iter().map(|&segment| {
            let segment = &corpus.segments[segment];
            let text = texts.partition_point(|&other| other < segment.text);
            counts[text] += 1;
            Segment { text, ..segment.clone() }
        });
        let segments_here = renumbered.collect();
        let prepared = Prepared {
            corpus: Corpus {
                segments: segments_here,
                texts: texts.iter().map(|&text| corpus.texts[text].clone()).collect(),
                counts,
            },
            wholes: wholes.iter().map(|&answer| whole.wholes[answer].clone()).collect(),
            whole_of,
            kinds,
            masks: 0,
            duplicates: 0,
            foreign: BTreeMap::new(),
        };
        Self { prepared, texts, segments }
    }

    /// All answers of respondents drawn at random, as many as hold at most `most` distinct texts; `None` where all do.
    ///
    /// Respondents are drawn and not texts, so that a sample is what a smaller survey would have been: an answer is there with
    /// all its segments or not at all, and what many wrote is there as often as among everybody.
    pub(super) fn sample(whole: &Prepared, most: usize, seed: u64) -> Option<Self> {
        if whole.corpus.texts.len() <= most {
            return None;
        }
        let segments = &whole.corpus.segments;
        let mut first = 0;
        let mut answers: Vec<std::ops::Range<usize>> = segments
            .chunk_by(|a, b| a.respondent == b.respondent)
            .map(|answer| {
                let start = first;
                first += answer.len();
                start..first
            })
            .collect();
        answers.shuffle(&mut Xoshiro256Plus::seed_from_u64(seed));
        let mut texts = BTreeSet::new();
        let mut drawn: Vec<usize> = Vec::new();
        for answer in answers {
            let here: BTreeSet<usize> = segments[answer.clone()].iter().map(|segment| segment.text).collect();
            // To go on with answers that still fit would draw short and frequent ones more often.
            if texts.len() + here.difference(&texts).count() > most && !drawn.is_empty() {
                break;
            }
            texts.extend(here);
            drawn.extend(answer);
        }
        drawn.sort_unstable();
        Some(Self::of(whole, drawn))
    }
}

fn distinct(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Span;

    /// Respondent `i` of 100 writes a text of their own and one of ten that others write too.
    fn question() -> Prepared {
        let segment = |respondent, number, text| Segment { respondent, number, span: Span::new(0, 1), text };
        Prepared {
            corpus: Corpus {
                segments: (0..100).flat_map(|i| [segment(i, 0, i), segment(i, 1, 100 + i % 10)]).collect(),
                texts: (0..110).map(|i| format!("text {i:03}")).collect(),
                counts: (0..110).map(|i| if i < 100 { 1 } else { 10 }).collect(),
            },
            wholes: (0..100).map(|i| format!("whole {i:03}")).collect(),
            whole_of: (0..100).map(Some).collect(),
            kinds: vec![AnswerKind::Substantive; 100],
            ..Prepared::default()
        }
    }

    #[test]
    fn a_part_says_of_its_texts_what_the_whole_says() {
        let whole = question();
        let part = Part::of(&whole, vec![3, 14, 15, 34, 35, 199]);
        assert_eq!(part.texts, [7, 17, 101, 107, 109]);
        assert_eq!(part.prepared.corpus.counts, [1, 1, 1, 2, 1]);
        for (segment, &original) in part.prepared.corpus.segments.iter().zip(&part.segments) {
            let original = &whole.corpus.segments[original];
            let text = &part.prepared.corpus.texts[segment.text];
            assert_eq!((segment.respondent, segment.number), (original.respondent, original.number));
            assert_eq!(*text, whole.corpus.texts[original.text]);
            let answer = part.prepared.whole_of(segment.respondent).map(|i| &part.prepared.wholes[i]);
            assert_eq!(answer, Some(&whole.wholes[original.respondent]));
        }
        assert_eq!(part.prepared.base(), [1, 7, 17, 99]);
    }

    #[test]
    fn a_sample_holds_whole_answers_up_to_its_size_and_depends_on_the_seed() {
        let whole = question();
        assert_eq!(Part::sample(&whole, 110, 1), None, "all fit");
        let sample = Part::sample(&whole, 60, 1).unwrap();
        assert!((59..=60).contains(&sample.texts.len()), "{}", sample.texts.len());
        assert!(sample.prepared.base().len() >= 50);
        assert_eq!(sample.segments.len(), 2 * sample.prepared.base().len(), "answers are whole");
        assert_eq!(Part::sample(&whole, 60, 1).unwrap(), sample);
        assert_ne!(Part::sample(&whole, 60, 2).unwrap(), sample);
        assert_eq!(Part::sample(&whole, 1, 1).unwrap().prepared.base().len(), 1, "at least one answer");
    }
}
