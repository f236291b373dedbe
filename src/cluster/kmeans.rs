//! Spherical k-means (Dhillon and Modha 2001): rows and centres have length 1, so that only directions count. The mean of a loose cluster
//! is short, and by plain distance a short mean is near to everything: whatever belongs nowhere would gather in one large theme.

use super::ClusterError;
use super::assign::{directions, means};
use super::euclidean::Euclidean;
use super::starts::starts;
use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::{KMeans, KMeansInit};
use linfa_nn::distance::Distance;
use ndarray::{Array2, Axis};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;
use rayon::prelude::*;

/// Distance that all centres together may move in the last round.
const TOLERANCE: f32 = 1e-4;
/// Rounds for small clusters that are merged later: the merging does not ask for the last decimal.
pub(super) const ROUNDS_FOR_LEAVES: u64 = 10;
/// Rounds for the themes themselves.
pub(super) const ROUNDS_FOR_THEMES: u64 = 100;

/// k-means of at most `rounds` from k-means++ starts: the cluster of each row, numbered without gaps, and their number.
///
/// `rows` are of length 1 and `k` is at most their number.
pub(super) fn kmeans(
    rows: &Array2<f32>,
    k: usize,
    rounds: u64,
    seed: u64,
) -> Result<(Vec<usize>, usize), ClusterError> {
    // linfa refuses to look for no clusters, which is right for no rows.
    let Some(starts) = starts(rows, k, &mut Xoshiro256Plus::seed_from_u64(seed)) else {
        return Ok((Vec::new(), 0));
    };
    Ok(divide(rows, &fit(rows, starts, rounds)?))
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
    let starts = directions(centres_of(rows, partition, k));
    Ok(divide(rows, &fit(rows, starts, rounds)?))
}

/// The cluster of each row, that of the nearest centre, numbered without gaps, and their number; ties go to the first centre.
fn divide(rows: &Array2<f32>, centres: &Array2<f32>) -> (Vec<usize>, usize) {
    let nearest = |row| {
        let far = centres.axis_iter(Axis(0)).map(|centre| Euclidean.rdistance(row, centre));
        far.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |nearest| nearest.0)
    };
    let partition: Vec<usize> = (0..rows.nrows()).into_par_iter().map(|i| nearest(rows.row(i))).collect();
    without_gaps(&partition)
}

/// Centres by linfa's k-means, a round at a time: after each they are brought back to length 1.
fn fit(rows: &Array2<f32>, starts: Array2<f32>, rounds: u64) -> Result<Array2<f32>, ClusterError> {
    let mut centres = starts;
    for _ in 0..rounds {
        // With given starts nothing is left to chance: the seed is never asked.
        let round = KMeans::params_with(centres.nrows(), Xoshiro256Plus::seed_from_u64(0), Euclidean)
            .init_method(KMeansInit::Precomputed(centres.clone()))
            .n_runs(1)
            .max_n_iterations(1)
            .fit(&DatasetBase::from(rows.view()))
            .map_err(|error| ClusterError::KMeans(error.to_string()))?;
        let before = std::mem::replace(&mut centres, directions(round.centroids().clone()));
        if Euclidean.distance(before.view(), centres.view()) < TOLERANCE {
            break;
        }
    }
    Ok(centres)
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
    means(rows.view(), partition.iter().copied().map(Some), k)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{arr1, arr2};

    #[test]
    fn clusters_are_numbered_by_their_first_row() {
        assert_eq!(without_gaps(&[7, 2, 7, 5]), (vec![0, 1, 0, 2], 3));
    }

    #[test]
    fn two_far_pairs_are_two_clusters_and_equal_rows_are_one() {
        let rows = directions(arr2(&[[1.0, 0.0], [0.0, 9.0], [1.0, 0.1], [0.1, 9.0]]));
        assert_eq!(kmeans(&rows, 2, 30, 1).unwrap(), (vec![0, 1, 0, 1], 2));
        let alike = directions(Array2::ones((6, 2)));
        assert_eq!(kmeans(&alike, 3, 30, 1).unwrap(), (vec![0; 6], 1));
    }

    #[test]
    fn a_loose_cluster_takes_nothing_from_another() {
        // One row of the first cluster lies far out; the rows of the other share no direction, so that their plain mean is short.
        let mut rows = Array2::zeros((10, 6));
        rows.rows_mut().into_iter().take(5).for_each(|mut row| row[0] = 1.0);
        rows.row_mut(5).assign(&arr1(&[0.087, 0.996, 0.0, 0.0, 0.0, 0.0]));
        (6..10).for_each(|row| rows[[row, row - 4]] = 1.0);
        let partition = vec![0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
        let plain = centres_of(&rows, &partition, 2);
        let far = |centre| Euclidean.distance(rows.row(5), plain.row(centre));
        assert!(far(1) < far(0), "by plain distance the loose one would take the edge");
        assert_eq!(refine(&directions(rows), &partition, 2, 30).unwrap(), (partition, 2));
    }
}
