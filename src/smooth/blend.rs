use crate::types::{NeighbourGraph, Vectors};
use ndarray::{Array2, Axis};

const ROUNDS: usize = 10;
/// Share of the original vector in each round.
pub(super) const ORIGINAL: f32 = 0.15;

/// Blends each vector with its neighbours' mean, weighted by the graph; a text without neighbours keeps its own.
pub(super) fn blend(vectors: &Vectors, graph: &NeighbourGraph) -> Vectors {
    let original = vectors.view();
    let mut now = original.to_owned();
    for _ in 0..ROUNDS {
        let mut next = Array2::zeros(now.raw_dim());
        ndarray::Zip::indexed(next.axis_iter_mut(Axis(0))).par_for_each(|i, mut row| {
            let degree = graph.degree(i) as f32;
            if degree <= 0.0 {
                row.assign(&original.row(i));
                return;
            }
            for &(j, weight) in &graph.edges[i] {
                row.scaled_add((1.0 - ORIGINAL) * weight / degree, &now.row(j));
            }
            row.scaled_add(ORIGINAL, &original.row(i));
        });
        now = next;
    }
    Vectors::from_rows(now)
}
