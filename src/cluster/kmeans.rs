use super::ClusterError;
use super::euclidean::Euclidean;
use super::starts::starts;
use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::{Array2, Axis};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;

/// Distance that all centres together may move in the last round.
const TOLERANCE: f32 = 1e-4;
/// Rounds for small clusters that are merged later: the merging does not ask for the last decimal.
pub(super) const ROUNDS_FOR_LEAVES: u64 = 30;
/// Rounds for the themes themselves.
pub(super) const ROUNDS_FOR_THEMES: u64 = 100;

/// k-means of at most `rounds` from k-means++ starts, the best of `runs` by the sum of squared distances: the cluster of each row, numbered without gaps,
/// and their number.
///
/// `rows` are finite and `k` is at most their number.
pub(super) fn kmeans(
    rows: &Array2<f32>,
    k: usize,
    runs: usize,
    rounds: u64,
    seed: u64,
) -> Result<(Vec<usize>, usize), ClusterError> {
    let mut rng = Xoshiro256Plus::seed_from_u64(seed);
    let mut best: Option<Model> = None;
    for _ in 0..runs.max(1) {
        // linfa refuses to look for no clusters, which is right for no rows.
        let Some(starts) = starts(rows, k, &mut rng) else { return Ok((Vec::new(), 0)) };
        let model = fit(rows, starts, rounds)?;
        if best.as_ref().is_none_or(|best| model.inertia() < best.inertia()) {
            best = Some(model);
        }
    }
    Ok(best.map_or_else(|| (Vec::new(), 0), |model| divide(&model, rows)))
}

/// k-means of at most `rounds` that starts at the centres of `partition`, which has `k` clusters.
pub(super) fn refine(
    rows: &Array2<f32>,
    partition: &[usize],
    k: usize,
    rounds: u64,
) -> Result<(Vec<usize>, usize), ClusterError> {
    if rows.nrows() == 0 {
        return Ok((Vec::new(), 0));
    }
    Ok(divide(&fit(rows, centres_of(rows, partition, k), rounds)?, rows))
}

type Model = KMeans<f32, Euclidean>;

fn fit(rows: &Array2<f32>, starts: Array2<f32>, rounds: u64) -> Result<Model, ClusterError> {
    // With given starts nothing is left to chance: the seed is never asked.
    KMeans::params_with(starts.nrows(), Xoshiro256Plus::seed_from_u64(0), Euclidean)
        .init_method(KMeansInit::Precomputed(starts))
        .n_runs(1)
        .max_n_iterations(rounds)
        .tolerance(TOLERANCE)
        .fit(&DatasetBase::from(rows.view()))
        .map_err(|error| ClusterError::KMeans(error.to_string()))
}

fn divide(model: &Model, rows: &Array2<f32>) -> (Vec<usize>, usize) {
    without_gaps(&model.predict(rows).to_vec())
}

/// Renumbers clusters by their first row, and counts them: k-means may leave some empty.
fn without_gaps(partition: &[usize]) -> (Vec<usize>, usize) {
    let mut names: Vec<usize> = Vec::new();
    let numbered = partition
        .iter()
        .map(|cluster| {
            names.iter().position(|name| name == cluster).unwrap_or_else(|| {
                names.push(*cluster);
                names.len() - 1
            })
        })
        .collect();
    (numbered, names.len())
}

/// Mean of each cluster's rows, `(k, dim)`.
pub(super) fn centres_of(rows: &Array2<f32>, partition: &[usize], k: usize) -> Array2<f32> {
    let mut sums = Array2::<f64>::zeros((k, rows.ncols()));
    let mut sizes = vec![0.0_f64; k];
    for (row, &cluster) in rows.axis_iter(Axis(0)).zip(partition) {
        sums.row_mut(cluster).zip_mut_with(&row, |sum, x| *sum += f64::from(*x));
        sizes[cluster] += 1.0;
    }
    for (mut sum, size) in sums.axis_iter_mut(Axis(0)).zip(sizes) {
        sum /= size.max(1.0);
    }
    sums.mapv(|x| x as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    #[test]
    fn clusters_are_numbered_by_their_first_row() {
        assert_eq!(without_gaps(&[7, 2, 7, 5]), (vec![0, 1, 0, 2], 3));
    }

    #[test]
    fn two_far_pairs_are_two_clusters_and_equal_rows_are_one() {
        let rows = arr2(&[[0.0, 0.0], [9.0, 9.0], [0.1, 0.0], [9.0, 9.1]]);
        assert_eq!(kmeans(&rows, 2, 3, 30, 1).unwrap(), (vec![0, 1, 0, 1], 2));
        let alike = Array2::ones((6, 2));
        assert_eq!(kmeans(&alike, 3, 1, 30, 1).unwrap(), (vec![0; 6], 1));
    }
}
