//! Themes of texts into themes of respondents.

use super::prepare::Prepared;
use crate::types::{Assignment, CodedSegment, Survey, ThemeId};
use ndarray::Array2;
use std::collections::{BTreeMap, BTreeSet};

/// Every segment of a question with its themes, in the order of the corpus.
///
/// `assignments` is by distinct text and `ids` by theme number. A respondent's main theme is, of the themes of their segments, the
/// one that all they wrote lies nearest to (squared distances of the smoothed vectors, weighted by the segments' lengths; ties go to
/// the smaller id); its longest segment is the primary one.
pub fn code_segments(
    survey: &Survey,
    question: usize,
    prepared: &Prepared,
    assignments: &[Assignment],
    ids: &[ThemeId],
    distances: &Distances,
) -> Vec<CodedSegment> {
    let corpus = &prepared.corpus;
    let id = |theme: Option<usize>| theme.and_then(|t| ids.get(t).copied());
    let mut coded: Vec<CodedSegment> = corpus
        .segments
        .iter()
        .filter_map(|segment| {
            let assignment = assignments.get(segment.text)?;
            let answer = survey.respondents.get(segment.respondent)?.answers.get(question)?;
            let (start, end) = segment.span.code_points(&answer.text);
            Some(CodedSegment {
                respondent: segment.respondent,
                segment: segment.number,
                start,
                end,
                text: corpus.texts.get(segment.text)?.clone(),
                theme: id(assignment.theme),
                second: id(assignment.second),
                similarity: assignment.similarity,
                margin: assignment.margin,
                primary: false,
            })
        })
        .collect();
    mark_primary(&mut coded, distances);
    coded
}

/// How far each segment's smoothed vector lies from each theme's centre.
#[derive(Debug, Clone)]
pub struct Distances {
    /// Squared, a row for each text that has one, a column for each theme.
    squared: Array2<f32>,
    theme: BTreeMap<ThemeId, usize>,
    /// Row of each segment, by respondent and number.
    row: BTreeMap<(usize, usize), usize>,
}

impl Distances {
    /// The distances of the segments of a question. `row` tells the row of `squared` with the distances of a text; an answer of one
    /// segment needs none. `ids` as for [`code_segments`].
    pub fn new(
        prepared: &Prepared,
        squared: Array2<f32>,
        row: impl Fn(usize) -> Option<usize>,
        ids: &[ThemeId],
    ) -> Self {
        let segments = prepared.corpus.segments.iter();
        let rows = segments.filter_map(|s| Some(((s.respondent, s.number), row(s.text)?)));
        Self {
            squared,
            theme: ids.iter().enumerate().map(|(theme, id)| (*id, theme)).collect(),
            row: rows.collect(),
        }
    }

    /// Of one segment to one theme; 0 for a theme that only a person's word put there.
    fn of(&self, segment: &CodedSegment, id: ThemeId) -> f64 {
        let row = self.row.get(&(segment.respondent, segment.segment));
        let entry = row.zip(self.theme.get(&id)).and_then(|(row, theme)| self.squared.get([*row, *theme]));
        entry.map_or(0.0, |squared| f64::from(*squared))
    }
}

/// Marks one segment of every respondent with a theme as the primary one; segments are in the order of respondents.
pub(super) fn mark_primary(coded: &mut [CodedSegment], distances: &Distances) {
    for answer in coded.chunk_by_mut(|a, b| a.respondent == b.respondent) {
        let primary = primary_segment(answer, |segment, id| distances.of(segment, id));
        for (i, segment) in answer.iter_mut().enumerate() {
            segment.primary = primary == Some(i);
        }
    }
}

fn primary_segment(
    answer: &[CodedSegment],
    distance: impl Fn(&CodedSegment, ThemeId) -> f64,
) -> Option<usize> {
    let length = |segment: &CodedSegment| segment.end.saturating_sub(segment.start);
    let themes: BTreeSet<ThemeId> = answer.iter().filter_map(|segment| segment.theme).collect();
    let far = |id: ThemeId| answer.iter().map(|s| length(s) as f64 * distance(s, id)).sum::<f64>();
    let main =
        themes.into_iter().map(|id| (far(id), id)).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?.1;
    (0..answer.len())
        .filter(|&i| answer[i].theme == Some(main))
        .max_by(|&a, &b| length(&answer[a]).cmp(&length(&answer[b])).then(b.cmp(&a)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(theme: u32, start: usize, end: usize) -> CodedSegment {
        CodedSegment {
            respondent: 0,
            segment: 0,
            start,
            end,
            text: String::new(),
            theme: ThemeId::new(theme),
            second: None,
            similarity: 0.5,
            margin: 0.1,
            primary: false,
        }
    }

    #[test]
    fn the_main_theme_is_the_one_that_all_of_the_answer_lies_nearest_to() {
        let id = |number| ThemeId::new(number).unwrap();
        // 50 characters in theme 1, 40 in theme 2; but the first lies between the two, and the second is far from theme 1.
        let answer = [segment(1, 0, 50), segment(2, 50, 90), segment(0, 90, 100)];
        let between = |s: &CodedSegment, to| match (s.start, to == id(1)) {
            (0, true) => 0.3,
            (0, false) => 0.4,
            (50, true) => 0.9,
            _ => 0.1,
        };
        assert_eq!(primary_segment(&answer, between), Some(1), "15 + 36 and more against 20 + 4");
        let longest = [segment(1, 0, 10), segment(1, 10, 40)];
        assert_eq!(primary_segment(&longest, |_, _| 0.1), Some(1), "its longest segment");
        let tie = [segment(2, 0, 10), segment(1, 10, 20)];
        assert_eq!(primary_segment(&tie, |_, _| 0.1), Some(1), "ties go to the smaller id");
        assert_eq!(primary_segment(&[segment(0, 0, 10)], |_, _| 0.1), None);
    }
}
