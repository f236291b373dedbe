//! Vectors of segments that know the answer they stand in.

use super::prepare::Prepared;
use crate::types::Vectors;
use ndarray::Array2;

/// Share of the answers' vectors in a segment's.
const CONTEXT: f32 = 0.45;

/// The vectors of distinct texts, by themselves and in their answers.
pub(super) struct InContext {
    /// Of the texts alone.
    pub(super) own: Vectors,
    /// `None` where every text is a whole answer.
    blended: Option<Vectors>,
}

impl InContext {
    /// `own` are the vectors of the distinct texts and `wholes` those of [`Prepared::wholes`].
    pub(super) fn of(prepared: &Prepared, own: Vectors, wholes: &Vectors) -> Self {
        let blended = (!wholes.is_empty()).then(|| blend(prepared, &own, wholes));
        Self { own, blended }
    }

    /// The texts' vectors, each blended with those of the answers it stands in.
    pub(super) fn blended(&self) -> &Vectors {
        self.blended.as_ref().unwrap_or(&self.own)
    }
}

/// Blends the vector of each distinct text with the mean vector of the answers it stands in.
///
/// "They listen" says more beside "The GP never had time for me". A text that is a whole answer keeps its own vector, and one without a
/// meaning stays without.
fn blend(prepared: &Prepared, vectors: &Vectors, wholes: &Vectors) -> Vectors {
    let mut answers = Array2::<f32>::zeros((vectors.len(), vectors.dim()));
    for segment in &prepared.corpus.segments {
        let whole = match prepared.whole_of(segment.respondent) {
            Some(whole) => wholes.row(whole),
            None => vectors.row(segment.text),
        };
        answers.row_mut(segment.text).scaled_add(1.0, &whole);
    }
    let answers = Vectors::from_rows(answers);
    let mut blended = vectors.view().to_owned();
    for (i, mut row) in blended.rows_mut().into_iter().enumerate() {
        if vectors.has_meaning(i) && row != answers.row(i) {
            row *= 1.0 - CONTEXT;
            row.scaled_add(CONTEXT, &answers.row(i));
        }
    }
    Vectors::from_rows(blended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Corpus, Segment, Span};
    use ndarray::arr2;

    #[test]
    fn a_segment_leans_towards_its_answers_and_a_whole_answer_stays_put() {
        let segment = |respondent, text| Segment { respondent, number: 0, span: Span::new(0, 1), text };
        let prepared = Prepared {
            corpus: Corpus {
                segments: vec![segment(0, 0), segment(0, 1), segment(1, 2), segment(2, 3)],
                texts: vec![String::new(); 4],
                counts: vec![1; 4],
            },
            wholes: vec!["both".into()],
            whole_of: vec![Some(0), None, None],
            ..Prepared::default()
        };
        let vectors =
            Vectors::from_rows(arr2(&[[1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.6, 0.8, 0.0]]));
        let wholes = Vectors::from_rows(arr2(&[[0.0, 0.0, 1.0]]));
        let whole = InContext::of(&prepared, vectors.clone(), &wholes);
        let blended = whole.blended();
        let length = (CONTEXT * CONTEXT + (1.0 - CONTEXT) * (1.0 - CONTEXT)).sqrt();
        let expected = ndarray::arr1(&[(1.0 - CONTEXT) / length, 0.0, CONTEXT / length]);
        assert!((&blended.row(0) - &expected).iter().all(|x| x.abs() < 1e-6));
        assert!(!blended.has_meaning(1), "no meaning of its own");
        assert_eq!(blended.row(2), vectors.row(2));
        assert_eq!(blended.row(3), vectors.row(3));
    }
}
