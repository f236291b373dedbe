//! The distance that k-means measures by.

use linfa_nn::distance::Distance;
use ndarray::{ArrayView, Dimension};

/// Sums that are kept side by side, so that a processor adds several at once.
const LANES: usize = 8;

/// Euclidean distance of rows that lie in memory one after the other. linfa's own walks them element by element, which was half
/// of a run's time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Euclidean;

impl Distance<f32> for Euclidean {
    fn distance<D: Dimension>(&self, a: ArrayView<'_, f32, D>, b: ArrayView<'_, f32, D>) -> f32 {
        self.rdistance(a, b).sqrt()
    }

    fn rdistance<D: Dimension>(&self, a: ArrayView<'_, f32, D>, b: ArrayView<'_, f32, D>) -> f32 {
        match (a.as_slice(), b.as_slice()) {
            (Some(a), Some(b)) => squared(a, b),
            _ => a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum(),
        }
    }

    fn rdist_to_dist(&self, rdist: f32) -> f32 {
        rdist.sqrt()
    }

    fn dist_to_rdist(&self, dist: f32) -> f32 {
        dist * dist
    }
}

/// The squared distance, summed in an order that depends on the length alone.
fn squared(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; LANES];
    let ((heads, rest), (others, other_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (x, y) in heads.iter().zip(others) {
        for lane in 0..LANES {
            let apart = x[lane] - y[lane];
            sums[lane] += apart * apart;
        }
    }
    let rest: f32 = rest.iter().zip(other_rest).map(|(x, y)| (x - y) * (x - y)).sum();
    // In pairs: one after the other, each sum would wait for the one before it.
    let pairs: [f32; LANES / 2] = std::array::from_fn(|lane| sums[lane] + sums[lane + LANES / 2]);
    (pairs[0] + pairs[2]) + (pairs[1] + pairs[3]) + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn rows_of_any_length_and_stride_are_as_far_apart_as_pythagoras_says() {
        for n in [0, 1, 7, 8, 9, 50] {
            let a = Array2::from_shape_fn((n, 2), |(i, _)| i as f32);
            let b = Array2::from_shape_fn((n, 2), |(i, j)| i as f32 + [3.0, 4.0][j]);
            assert_eq!(Euclidean.rdistance(a.view(), b.view()), 25.0 * n as f32);
            assert_eq!(Euclidean.rdistance(a.column(0), b.column(0)), 9.0 * n as f32);
            assert_eq!(Euclidean.distance(a.column(1), b.column(1)), (16.0 * n as f32).sqrt());
        }
    }
}
