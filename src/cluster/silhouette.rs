//! How far groups stand apart: the simplified silhouette (Hruschka et al. 2004), mean of 1 - distance to the own centre / distance to the
//! nearest other, 0 to 1.

use super::assign::directions;
use super::euclidean::Euclidean;
use super::tree::Tree;
use crate::types::sums_by_group;
use linfa_nn::distance::Distance;
use ndarray::{Array2, ArrayView1, Axis};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Rows beyond which it is taken of a sample.
const MOST_ROWS: usize = 5_000;

/// The silhouette of each level of `tree` with `among` groups, by their number. From one level to the next only the distances to one centre are new.
pub(super) fn silhouettes(
    rows: &Array2<f32>,
    tree: &Tree,
    among: &RangeInclusive<usize>,
) -> BTreeMap<usize, f64> {
    let (partition, merges) = tree.from(*among.end());
    let k = tree.n_groups(*among.end());
    let step = rows.nrows().div_ceil(MOST_ROWS).max(1);
    let mut groups = Groups::of(rows, &partition, k);
    let mut looked_at: Vec<LookedAt<'_>> = rows
        .axis_iter(Axis(0))
        .zip(partition)
        .step_by(step)
        .map(|(row, own)| LookedAt { row, own, distances: (0..k).map(|c| groups.distance(row, c)).collect() })
        .collect();
    let mut left: Vec<usize> = (0..k).collect();
    let mut found = BTreeMap::new();
    let mut merges = merges.into_iter();
    while left.len() >= *among.start() {
        let sum: f64 = looked_at.iter().map(|looked_at| looked_at.silhouette(&left)).sum();
        found.insert(left.len(), sum / looked_at.len().max(1) as f64);
        let Some((kept, gone)) = merges.next() else { break };
        groups.join(kept, gone);
        left.retain(|&group| group != gone);
        for looked_at in &mut looked_at {
            looked_at.distances[kept] = groups.distance(looked_at.row, kept);
            if looked_at.own == gone {
                looked_at.own = kept;
            }
        }
    }
    found
}

/// A row with its group and the distances to all centres.
struct LookedAt<'a> {
    row: ArrayView1<'a, f32>,
    own: usize,
    distances: Vec<f64>,
}

impl LookedAt<'_> {
    fn silhouette(&self, groups: &[usize]) -> f64 {
        let to_own = self.distances[self.own];
        let others = groups.iter().filter(|group| **group != self.own).map(|group| self.distances[*group]);
        let to_other = others.fold(f64::INFINITY, f64::min);
        let farther = to_own.max(to_other);
        if farther > 0.0 && farther.is_finite() { 1.0 - to_own / farther } else { 0.0 }
    }
}

/// The sum of each group's rows, and its direction.
struct Groups {
    sums: Array2<f64>,
    directions: Array2<f32>,
}

impl Groups {
    fn of(rows: &Array2<f32>, partition: &[usize], k: usize) -> Self {
        let (sums, _) = sums_by_group(rows.view(), partition.iter().copied().map(Some), k);
        let directions = directions(sums.mapv(|x| x as f32));
        Self { sums, directions }
    }

    fn join(&mut self, kept: usize, gone: usize) {
        let joined = &self.sums.row(kept) + &self.sums.row(gone);
        let direction = directions(joined.mapv(|x| x as f32).insert_axis(Axis(0)));
        self.directions.row_mut(kept).assign(&direction.row(0));
        self.sums.row_mut(kept).assign(&joined);
    }

    fn distance(&self, row: ArrayView1<'_, f32>, group: usize) -> f64 {
        f64::from(Euclidean.distance(row, self.directions.row(group)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_silhouette_of_two_far_pairs_is_near_one() {
        let angles = [0.0_f32, 20.0, 90.0, 110.0].map(f32::to_radians);
        let rows =
            Array2::from_shape_fn((4, 2), |(i, j)| if j == 0 { angles[i].cos() } else { angles[i].sin() });
        // Each row is 10 degrees from its own centre and 80 or 100 from the other; a chord is twice the sine of half the angle.
        let apart = |degrees: f64| 1.0 - 5_f64.to_radians().sin() / (degrees / 2.0).to_radians().sin();
        let expected = f64::midpoint(apart(80.0), apart(100.0));
        let silhouette = |rows: &Array2<f32>, leaves: [usize; 4], n: usize| {
            silhouettes(rows, &Tree::ward(rows, leaves.to_vec(), n), &(2..=n))[&2]
        };
        assert!((silhouette(&rows, [0, 0, 1, 1], 2) - expected).abs() < 1e-6);
        assert!((silhouette(&rows, [0, 1, 2, 3], 4) - expected).abs() < 1e-6, "after two merges");
        assert!(silhouette(&rows, [0, 1, 0, 1], 2) < 0.2);
        assert_eq!(silhouette(&Array2::ones((4, 1)), [0, 0, 1, 1], 2), 0.0);
    }
}
