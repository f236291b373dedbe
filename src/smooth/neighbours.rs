//! Nearest neighbours by exact search, a block of texts against all of them at a time.

use super::wording::Wording;
use crate::types::Vectors;
use ndarray::{ArrayView1, ArrayViewMut1, Axis};
use rayon::prelude::*;

/// Texts per block: small enough that a block's similarities to 50,000 texts take 25 MB.
const BLOCK: usize = 128;

/// For each of `texts` the `k` of `known` with the highest positive cosine, best first; ties go to the earlier one.
pub(super) fn nearest(texts: &Vectors, known: &Vectors, k: usize) -> Vec<Vec<(usize, f32)>> {
    search(texts, known, |_, similarities| best(similarities.view(), None, k))
}

/// For each of `texts` the `k` others that are most alike, best first; ties go to the earlier one. Alike in meaning, and, where the
/// `wording` is known, in words.
pub(super) fn nearest_others(texts: &Vectors, wording: Option<&Wording>, k: usize) -> Vec<Vec<(usize, f32)>> {
    search(texts, texts, |text, mut similarities| {
        if let Some(wording) = wording {
            wording.blend(text, similarities.view_mut());
        }
        best(similarities.view(), Some(text), k)
    })
}

/// What `choose` makes of the cosines of each of `texts` to all that are `known`.
fn search<T: Send>(
    texts: &Vectors,
    known: &Vectors,
    choose: impl Fn(usize, ArrayViewMut1<'_, f32>) -> T + Sync,
) -> Vec<T> {
    let (texts, known) = (texts.view(), known.view());
    let blocks: Vec<_> = texts.axis_chunks_iter(Axis(0), BLOCK).collect();
    let blocks: Vec<Vec<T>> = blocks
        .par_iter()
        .enumerate()
        .map(|(block, rows)| {
            let mut similarities = rows.dot(&known.t());
            let rows = similarities.rows_mut().into_iter().enumerate();
            rows.map(|(i, row)| choose(block * BLOCK + i, row)).collect()
        })
        .collect();
    blocks.into_iter().flatten().collect()
}

/// The `k` best of a row. Candidates are kept in a buffer that is cut back to the best `k` whenever it is full, and what is no better
/// than the worst of those is passed over: of many texts, hardly any is looked at twice.
fn best(similarities: ArrayView1<'_, f32>, own: Option<usize>, k: usize) -> Vec<(usize, f32)> {
    let by_similarity = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    let full = (8 * k).max(1);
    let mut candidates: Vec<(usize, f32)> = Vec::with_capacity(full);
    let mut bar = 0.0;
    for (j, &similarity) in similarities.iter().enumerate() {
        let similarity = similarity.min(1.0);
        // Later ones lose ties, so equal to the bar is not enough.
        if similarity > bar && Some(j) != own {
            candidates.push((j, similarity));
            if candidates.len() == full {
                candidates.select_nth_unstable_by(k, by_similarity);
                candidates.truncate(k);
                bar = candidates.iter().map(|candidate| candidate.1).fold(f32::INFINITY, f32::min);
            }
        }
    }
    candidates.sort_by(by_similarity);
    candidates.truncate(k);
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_of_a_full_sort(
            row in proptest::collection::vec(-4_i8..9, 0..400), own in proptest::option::of(0_usize..400), k in 1_usize..6
        ) {
            let row: Vec<f32> = row.into_iter().map(|x| f32::from(x) / 7.0).collect();
            let mut sorted: Vec<(usize, f32)> = row
                .iter()
                .enumerate()
                .filter(|(j, x)| Some(*j) != own && **x > 0.0)
                .map(|(j, x)| (j, x.min(1.0)))
                .collect();
            sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            sorted.truncate(k);
            prop_assert_eq!(best(ArrayView1::from(&row), own, k), sorted);
        }
    }

    #[test]
    fn the_nearest_come_first_and_ties_go_to_the_earlier() {
        let vectors =
            Vectors::from_rows(arr2(&[[1.0, 0.0], [0.0, 1.0], [0.8, 0.6], [0.8, 0.6], [-1.0, 0.0]]));
        let nearest = nearest_others(&vectors, None, 2);
        assert_eq!(nearest[0].iter().map(|edge| edge.0).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(nearest[2][0].0, 3);
        assert_eq!(nearest[4], [], "nothing points that way");
    }
}
