//! Where k-means starts: k-means++ (Arthur and Vassilvitskii 2007).

use super::euclidean::Euclidean;
use linfa_nn::distance::Distance;
use ndarray::{Array2, Axis};
use rand::Rng;
use rand::distributions::{Distribution, WeightedIndex};

/// `k` rows as starts, each drawn with a chance that grows with its squared distance from those before it; `None` without rows.
///
/// linfa's own measures every row against all starts again for each new one; here only against the new one, which is the same draw in
/// a `k`-th of the time. Rows that all lie on a start leave the others at the first row.
pub(super) fn starts(rows: &Array2<f32>, k: usize, rng: &mut impl Rng) -> Option<Array2<f32>> {
    if rows.nrows() == 0 {
        return None;
    }
    let mut starts = Array2::zeros((k, rows.ncols()));
    let mut drawn = rng.gen_range(0..rows.nrows());
    let mut nearest = vec![f32::INFINITY; rows.nrows()];
    for mut start in starts.axis_iter_mut(Axis(0)) {
        start.assign(&rows.row(drawn));
        for (nearest, row) in nearest.iter_mut().zip(rows.axis_iter(Axis(0))) {
            *nearest = nearest.min(Euclidean.rdistance(row, start.view()));
        }
        drawn = WeightedIndex::new(&nearest).map_or(0, |chances| chances.sample(rng));
    }
    Some(starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;
    use rand_xoshiro::Xoshiro256Plus;
    use rand_xoshiro::rand_core::SeedableRng;

    #[test]
    fn every_heap_gets_a_start_and_a_row_that_is_one_is_not_drawn_again() {
        let rows = arr2(&[[0.0, 0.0], [0.0, 0.0], [5.0, 0.0], [0.0, 7.0]]);
        for seed in 0..20 {
            let starts = starts(&rows, 3, &mut Xoshiro256Plus::seed_from_u64(seed)).unwrap();
            for heap in [[0.0, 0.0], [5.0, 0.0], [0.0, 7.0]] {
                assert!(starts.rows().into_iter().any(|start| start == arr2(&[heap]).row(0)), "{starts}");
            }
        }
        let alike = starts(&Array2::ones((3, 2)), 5, &mut Xoshiro256Plus::seed_from_u64(1));
        assert_eq!(alike, Some(Array2::ones((5, 2))));
        assert_eq!(starts(&Array2::zeros((0, 2)), 2, &mut Xoshiro256Plus::seed_from_u64(1)), None);
    }
}
