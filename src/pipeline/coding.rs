//! Themes of texts into themes of respondents.

use super::prepare::Prepared;
use crate::types::{Assignment, CodedSegment, Survey, ThemeId};
use std::collections::BTreeMap;

/// Every segment of a question with its themes, in the order of the corpus.
///
/// `assignments` is by distinct text and `ids` by theme number. A respondent's main theme is the one that most of what they
/// wrote is about (characters of its segments, then similarity, then the smaller theme number); its longest segment is the
/// primary one.
pub fn code_segments(
    survey: &Survey,
    question: usize,
    prepared: &Prepared,
    assignments: &[Assignment],
    ids: &[ThemeId],
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
    mark_primary(&mut coded);
    coded
}

/// Marks one segment of every respondent with a theme as the primary one; segments are in the order of respondents.
pub(super) fn mark_primary(coded: &mut [CodedSegment]) {
    for answer in coded.chunk_by_mut(|a, b| a.respondent == b.respondent) {
        let primary = primary_segment(answer);
        for (i, segment) in answer.iter_mut().enumerate() {
            segment.primary = primary == Some(i);
        }
    }
}

fn primary_segment(answer: &[CodedSegment]) -> Option<usize> {
    let length = |segment: &CodedSegment| segment.end.saturating_sub(segment.start);
    let mut themes: BTreeMap<ThemeId, (usize, f32)> = BTreeMap::new();
    for segment in answer {
        let Some(theme) = segment.theme else { continue };
        let about = themes.entry(theme).or_insert((0, f32::MIN));
        about.0 += length(segment);
        about.1 = about.1.max(segment.similarity);
    }
    let main = themes
        .into_iter()
        .max_by(|(id_a, a), (id_b, b)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(id_b.cmp(id_a)))?
        .0;
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
    fn the_main_theme_is_the_one_most_is_written_about() {
        let answer = [segment(1, 0, 40), segment(2, 40, 70), segment(2, 70, 90), segment(0, 90, 300)];
        assert_eq!(primary_segment(&answer), Some(1));
        assert_eq!(
            primary_segment(&[segment(2, 0, 10), segment(1, 10, 20)]),
            Some(1),
            "ties go to the smaller id"
        );
        assert_eq!(primary_segment(&[segment(0, 0, 10)]), None);
    }
}
