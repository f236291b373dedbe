//! Each vector blended with its neighbours': a text's theme shows in the texts around it.
//!
//! What all answers have in common is taken out first (`subject`, `motion`, `whiten`). Then, after Klicpera et al. 2019 (APPNP), ten rounds each take
//! 0.15 of a text's own vector and 0.85 of its neighbours' mean, over the graph of each text's nearest neighbours by meaning and words.

mod blend;
mod motion;
mod neighbours;
mod place;
mod subject;
mod whiten;
mod wording;

use crate::types::{NeighbourGraph, Vectors};
use motion::Motion;
pub use subject::Subject;
use whiten::Whitening;
use wording::Wording;

/// Most neighbours per text.
const MOST_NEIGHBOURS: usize = 15;

/// Neighbours per text among `n`: twice the natural logarithm, since a graph of nearest neighbours needs a number that grows with the
/// logarithm to hang together (Brito et al. 1997), and at most 15, since beyond it neighbours belong to other themes.
fn n_neighbours(n: usize) -> usize {
    ((2.0 * (n.max(1) as f64).ln()).round() as usize).clamp(1, MOST_NEIGHBOURS)
}

/// What smoothing makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Smoothed {
    /// Who is near whom before smoothing.
    pub graph: NeighbourGraph,
    /// Vectors after smoothing, `(n_texts, dim)`, rows of length 1, or zeros for a text without a meaning.
    pub vectors: Vectors,
    subject: Subject,
    motion: Motion,
    whitening: Whitening,
    whitened: Vectors,
}

impl Smoothed {
    /// Smooths texts that were not among those smoothed together, such as those beyond a sample or next year's: each is blended with
    /// its nearest neighbours among them. A text that was among them gets the vector it had.
    ///
    /// `vectors` are raw ones of `texts` with the same dimension; the result has the same rows.
    pub fn place(&self, texts: &[String], vectors: &Vectors) -> Vectors {
        let vectors = self.subject.take_out(vectors);
        let whitened = self.whitening.apply(&self.motion.take_out(texts, &vectors));
        place::place(&whitened, &self.whitened, &self.vectors, n_neighbours(self.whitened.len()))
    }
}

/// Finds each text's neighbours and blends its vector with theirs.
///
/// `texts` are what the vectors were made of: who is near whom is then told by their words as well as by their meaning. Absent where only
/// vectors are kept, as of last year's texts. What texts say of the `subject` counts for nothing.
pub fn smooth_vectors(vectors: &Vectors, texts: Option<&[String]>, subject: Subject) -> Smoothed {
    let (motion, whitening, whitened) = {
        let vectors = subject.take_out(vectors);
        let motion = texts.map_or_else(Motion::none, |texts| Motion::learn(texts, &vectors));
        let vectors = motion.take_out(texts.unwrap_or_default(), &vectors);
        let whitening = Whitening::fit(&vectors);
        let whitened = whitening.apply(&vectors);
        (motion, whitening, whitened)
    };
    let wording = texts.map(|texts| Wording::of(texts, &subject.stems));
    let graph = NeighbourGraph::symmetric(&neighbours::nearest_others(
        &whitened,
        wording.as_ref(),
        n_neighbours(vectors.len()),
    ));
    let smoothed = blend::blend(&whitened, &graph);
    Smoothed { graph, vectors: smoothed, subject, motion, whitening, whitened }
}
