//! Nearest neighbours by exact search, a block of texts against all of them at a time.

use crate::types::Vectors;
use ndarray::{ArrayView1, Axis};
use rayon::prelude::*;

/// Texts per block: small enough that a block's similarities to 50,000 texts take 50 MB.
const BLOCK: usize = 256;

/// For each of `texts` the `k` of `known` with the highest positive cosine, best first; ties go to the earlier one.
///
/// `same`: both are the same texts, and none is its own neighbour.
pub(super) fn nearest(texts: &Vectors, known: &Vectors, k: usize, same: bool) -> Vec<Vec<(usize, f32)>> {
    let (texts, known) = (texts.view(), known.view());
    let blocks: Vec<_> = texts.axis_chunks_iter(Axis(0), BLOCK).collect();
    let blocks: Vec<Vec<Vec<(usize, f32)>>> = blocks
        .par_iter()
        .enumerate()
        .map(|(block, rows)| {
            let similarities = rows.dot(&known.t());
            similarities
                .rows()
                .into_iter()
                .enumerate()
                .map(|(i, row)| best(row, same.then_some(block * BLOCK + i), k))
                .collect()
        })
        .collect();
    blocks.into_iter().flatten().collect()
}

fn best(similarities: ArrayView1<'_, f32>, own: Option<usize>, k: usize) -> Vec<(usize, f32)> {
    let mut candidates: Vec<(usize, f32)> = similarities
        .iter()
        .enumerate()
        .filter(|(j, similarity)| Some(*j) != own && **similarity > 0.0)
        .map(|(j, similarity)| (j, similarity.min(1.0)))
        .collect();
    let by_similarity = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if candidates.len() > k {
        candidates.select_nth_unstable_by(k, by_similarity);
        candidates.truncate(k);
    }
    candidates.sort_by(by_similarity);
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    #[test]
    fn the_nearest_come_first_and_ties_go_to_the_earlier() {
        let vectors =
            Vectors::from_rows(arr2(&[[1.0, 0.0], [0.0, 1.0], [0.8, 0.6], [0.8, 0.6], [-1.0, 0.0]]));
        let nearest = nearest(&vectors, &vectors, 2, true);
        assert_eq!(nearest[0].iter().map(|edge| edge.0).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(nearest[2][0].0, 3);
        assert_eq!(nearest[4], [], "nothing points that way");
    }
}
