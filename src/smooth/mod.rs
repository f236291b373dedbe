//! Each vector blended with its neighbours': a text's theme shows in the texts around it.
//!
//! What all answers have in common is taken out first (`whiten`). Then, after Klicpera et al. 2019 (APPNP), ten rounds each take
//! 0.15 of a text's own vector and 0.85 of its neighbours' mean, over the graph of each text's nearest neighbours by cosine.

mod blend;
mod neighbours;
mod place;
mod whiten;

use crate::types::{NeighbourGraph, Vectors};
use whiten::Whitening;

/// Neighbours per text.
const NEIGHBOURS: usize = 15;

/// What smoothing makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Smoothed {
    /// Who is near whom before smoothing.
    pub graph: NeighbourGraph,
    /// Vectors after smoothing, `(n_texts, dim)`, rows of length 1, or zeros for a text without a meaning.
    pub vectors: Vectors,
    whitening: Whitening,
    whitened: Vectors,
}

impl Smoothed {
    /// Smooths texts that were not among those smoothed together, such as those beyond a sample or next year's: each is blended with
    /// its nearest neighbours among them. A text that was among them gets the very vector it had.
    ///
    /// `vectors` are raw ones with the same dimension; the result has the same rows.
    pub fn place(&self, vectors: &Vectors) -> Vectors {
        let whitened = self.whitening.apply(vectors);
        place::place(&whitened, &self.whitened, &self.vectors, NEIGHBOURS)
    }
}

/// Finds each text's neighbours and blends its vector with theirs.
pub fn smooth_vectors(vectors: &Vectors) -> Smoothed {
    let whitening = Whitening::fit(vectors);
    let whitened = whitening.apply(vectors);
    let graph = NeighbourGraph::symmetric(&neighbours::nearest(&whitened, &whitened, NEIGHBOURS, true));
    let smoothed = blend::blend(&whitened, &graph);
    Smoothed { graph, vectors: smoothed, whitening, whitened }
}
