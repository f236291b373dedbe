use super::ClusterError;
use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::Array2;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;

const RUNS: usize = 5;

/// k-means (k-means++ starts, best of several runs): the cluster of each row, clusters numbered as they come.
pub(super) fn kmeans(rows: &Array2<f64>, k: usize, seed: u64) -> Result<Vec<usize>, ClusterError> {
    let rng = Xoshiro256Plus::seed_from_u64(seed);
    let dataset = DatasetBase::from(rows.clone());
    let model = KMeans::params_with_rng(k, rng)
        .init_method(KMeansInit::KMeansPlusPlus)
        .n_runs(RUNS)
        .max_n_iterations(100)
        .tolerance(1e-4)
        .fit(&dataset)
        .map_err(|error| ClusterError::KMeans(error.to_string()))?;
    Ok(model.predict(rows).to_vec())
}
