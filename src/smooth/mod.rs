//! Each vector blended with its neighbours': a text's theme shows in the texts around it.
//!
//! After Klicpera et al. 2019 (APPNP): ten rounds, each of which takes 0.15 of the original vector and 0.85 of the neighbours'
//! mean, over the graph of each text's nearest neighbours by cosine.

mod blend;
mod neighbours;

use crate::types::{NeighbourGraph, Vectors};

/// Neighbours per text.
const NEIGHBOURS: usize = 10;

/// What smoothing makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Smoothed {
    /// Who is near whom before smoothing.
    pub graph: NeighbourGraph,
    /// Vectors after smoothing, `(n_texts, dim)`, rows of length 1.
    pub vectors: Vectors,
}

/// Finds each text's neighbours and blends its vector with theirs.
pub fn smooth_vectors(vectors: &Vectors) -> Smoothed {
    let graph = NeighbourGraph::symmetric(&neighbours::nearest(vectors, NEIGHBOURS));
    let smoothed = blend::blend(vectors, &graph);
    Smoothed { graph, vectors: smoothed }
}
