//! Takes out what all answers to a question have in common, so that what sets them apart decides who is near whom.
//!
//! All answers to one question share its subject: their vectors point the same way, and a few directions (tone, length, the
//! subject itself) hold most of the spread. The mean is taken out and each principal direction is scaled by a small negative power
//! of its variance: whitening (Su et al. 2021, "Whitening sentence representations"), a fifth of the way, since all of the way
//! gives noise the same weight as meaning.

use crate::types::Vectors;
use linfa_linalg::eigh::EighInto;
use ndarray::{Array1, Array2, Axis};

/// Power of the variance that a direction is divided by; 0 only takes out the mean, 0.5 whitens fully.
const POWER: f64 = 0.2;
/// Texts below which a mean says more about the texts than about their question.
const MIN_TEXTS: usize = 10;

/// How raw vectors are turned into vectors without what all texts have in common.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Whitening(Option<Fitted>);

#[derive(Debug, Clone, PartialEq)]
struct Fitted {
    mean: Array1<f64>,
    /// Principal directions as columns, each divided by its variance's power.
    directions: Array2<f64>,
}

impl Whitening {
    /// Learns mean and directions from texts with a meaning. Too few texts, or texts that are all alike, are left as they are.
    pub(super) fn fit(vectors: &Vectors) -> Self {
        let rows: Vec<usize> = (0..vectors.len()).filter(|&i| vectors.has_meaning(i)).collect();
        if rows.len() < MIN_TEXTS {
            return Self(None);
        }
        let blocks = || vectors.wide_blocks(&rows);
        let n = rows.len() as f64;
        let Some(sum) = blocks().map(|rows| rows.sum_axis(Axis(0))).reduce(|sum, block| sum + block) else {
            return Self(None);
        };
        let mean = sum / n;
        let products = blocks().map(|rows| rows - &mean).map(|rows| rows.t().dot(&rows));
        let Some(products) = products.reduce(|sum, block| sum + block) else { return Self(None) };
        let covariance = products / n;
        let Ok((variances, mut directions)) = covariance.eigh_into() else { return Self(None) };
        let average = variances.iter().map(|v| v.max(0.0)).sum::<f64>() / variances.len().max(1) as f64;
        // The average variance is added so that directions without any do not blow up.
        for (mut direction, variance) in directions.columns_mut().into_iter().zip(&variances) {
            direction *= (variance.max(0.0) + average).powf(-POWER);
        }
        let usable = average > 1e-9 && directions.iter().all(|x| x.is_finite());
        Self(usable.then_some(Fitted { mean, directions }))
    }

    /// The vectors in the new coordinates, rows of length 1; a text without a meaning stays without.
    pub(super) fn apply(&self, vectors: &Vectors) -> Vectors {
        let Some(fitted) = &self.0 else { return vectors.clone() };
        let mut whitened = vectors.along(&fitted.mean, &fitted.directions);
        for (i, mut row) in whitened.rows_mut().into_iter().enumerate() {
            if !vectors.has_meaning(i) {
                row.fill(0.0);
            }
        }
        Vectors::from_rows(whitened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    /// Texts on two directions, the first with a hundred times the variance, all around a common third one.
    fn texts() -> Vectors {
        let rows = Array2::from_shape_fn((12, 3), |(i, j)| match j {
            0 => [1.0, -1.0][i % 2],
            1 => [0.1, 0.1, -0.1, -0.1][i % 4],
            _ => 5.0,
        });
        Vectors::from_rows(rows)
    }

    #[test]
    fn the_common_direction_goes_and_small_ones_gain_on_large_ones() {
        let vectors = texts();
        let whitened = Whitening::fit(&vectors).apply(&vectors);
        let cosine = |v: &Vectors, i: usize, j: usize| v.row(i).dot(&v.row(j));
        assert!(cosine(&vectors, 0, 1) > 0.9, "before, the common direction hides the difference");
        assert!(cosine(&whitened, 0, 1) < -0.9, "after, opposite answers are opposite");
        let plain = 0.01 / (1.0 + 0.01);
        let small_part = (1.0 - cosine(&whitened, 0, 2)) / 2.0;
        assert!(
            f64::from(small_part) > 1.5 * plain,
            "the small direction weighs more than it did: {small_part}"
        );
    }

    #[test]
    fn few_texts_equal_texts_and_texts_without_meaning_are_left_alone() {
        let few = Vectors::from_rows(Array2::eye(4));
        assert_eq!(Whitening::fit(&few).apply(&few), few);
        let alike = Vectors::from_rows(Array2::ones((20, 4)));
        assert_eq!(Whitening::fit(&alike).apply(&alike), alike);
        let mut rows = texts().view().to_owned();
        rows.row_mut(3).fill(0.0);
        let some = Vectors::from_rows(rows);
        let whitened = Whitening::fit(&some).apply(&some);
        assert!(!whitened.has_meaning(3) && whitened.has_meaning(2));
    }
}
