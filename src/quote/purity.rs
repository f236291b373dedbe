//! How surely a text belongs to its theme, by the themes of the texts around it.

use crate::types::{Clustering, Vectors};
use ndarray::Array2;

/// Neighbours asked.
const N_NEIGHBOURS: usize = 10;
/// Texts among which neighbours are sought; of more, evenly spaced ones, so that the work grows with the number of themes alone.
const MAX_REFERENCE: usize = 5_000;

/// Texts that neighbours are sought among.
pub(super) struct Surroundings<'a> {
    clustering: &'a Clustering,
    texts: Vec<usize>,
    rows: Array2<f32>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(vectors: &Vectors, clustering: &'a Clustering) -> Self {
        let step = vectors.len().div_ceil(MAX_REFERENCE).max(1);
        let texts: Vec<usize> = (0..vectors.len()).step_by(step).collect();
        let rows = vectors.view().select(ndarray::Axis(0), &texts);
        Self { clustering, texts, rows }
    }

    /// For each of `candidates`, the share of its nearest neighbours that are in `theme`, 0 to 1; 1 without neighbours.
    pub(super) fn purity(&self, vectors: &Vectors, candidates: &[usize], theme: usize) -> Vec<f64> {
        let similarities = vectors.view().select(ndarray::Axis(0), candidates).dot(&self.rows.t());
        let of_one = |(candidate, row): (&usize, ndarray::ArrayView1<'_, f32>)| {
            let mut near: Vec<(f32, usize)> = row
                .iter()
                .copied()
                .zip(self.texts.iter().copied())
                .filter(|(_, text)| text != candidate)
                .collect();
            if near.len() > N_NEIGHBOURS {
                near.select_nth_unstable_by(N_NEIGHBOURS, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                near.truncate(N_NEIGHBOURS);
            }
            let same = near
                .iter()
                .filter(|(_, text)| self.clustering.assignments[*text].theme == Some(theme))
                .count();
            if near.is_empty() { 1.0 } else { same as f64 / near.len() as f64 }
        };
        candidates.iter().zip(similarities.rows()).map(of_one).collect()
    }
}
