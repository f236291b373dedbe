use crate::types::Vectors;
use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_reduction::Pca;
use ndarray::Array2;

/// Dimensions after reduction: as good as all 384 on smoothed vectors, and k-means is seven times faster.
const DIMENSIONS: usize = 50;

/// Principal components of the vectors, `(n_texts, at most 50)`, in f64 as k-means takes them.
///
/// Too few texts for the solver (or a solver that fails) leave the vectors as they are.
pub(super) fn reduce(vectors: &Vectors) -> Array2<f64> {
    let full = vectors.view().mapv(f64::from);
    if vectors.len() <= 4 * DIMENSIONS || vectors.dim() <= DIMENSIONS {
        return full;
    }
    let dataset = DatasetBase::from(full.clone());
    match Pca::params(DIMENSIONS).fit(&dataset) {
        Ok(pca) => {
            let reduced: Array2<f64> = pca.predict(&full);
            if reduced.iter().all(|x| x.is_finite()) { reduced } else { full }
        }
        Err(_) => full,
    }
}
