//! The middle of a theme's densest part.

use crate::types::Vectors;
use ndarray::Array1;

/// Rounds; the half it rests on hardly moves after the third.
const ROUNDS: usize = 5;
/// Fewer texts than this are all taken.
const LEAST: usize = 5;

/// Similarity of each of `members` to the unit-length mean of the half of them that lies nearest to that mean, -1 to 1.
///
/// A theme's plain mean is drawn towards the answers it holds by mistake; the mean of the nearer half, found in a few rounds
/// from the plain mean on (a trimmed mean: Rousseeuw 1985, least trimmed squares by concentration steps), is not.
pub(super) fn closeness_to_heart(vectors: &Vectors, members: &[usize]) -> Vec<f64> {
    let kept = members.len().div_ceil(2).max(LEAST.min(members.len()));
    let mut nearest: Vec<usize> = members.to_vec();
    let mut closeness = Vec::new();
    for _ in 0..ROUNDS {
        let heart = mean(vectors, &nearest);
        closeness = members.iter().map(|&text| dot(vectors, text, &heart)).collect();
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_by(|&a, &b| closeness[b].total_cmp(&closeness[a]).then(a.cmp(&b)));
        nearest = order.into_iter().take(kept).map(|i| members[i]).collect();
        nearest.sort_unstable();
    }
    closeness
}

fn mean(vectors: &Vectors, texts: &[usize]) -> Array1<f64> {
    let mut sum = Array1::<f64>::zeros(vectors.dim());
    for &text in texts {
        sum.zip_mut_with(&vectors.row(text), |s, x| *s += f64::from(*x));
    }
    let length = sum.iter().map(|x| x * x).sum::<f64>().sqrt();
    if length > 0.0 { sum / length } else { sum }
}

fn dot(vectors: &Vectors, text: usize, heart: &Array1<f64>) -> f64 {
    vectors.row(text).iter().zip(heart).map(|(x, y)| f64::from(*x) * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn strangers_do_not_move_the_heart() {
        let degrees = [0.0f32, 1.0, 2.0, 3.0, 4.0, 80.0, 85.0, 88.0];
        let rows = Array2::from_shape_fn((8, 2), |(i, j)| {
            let angle = degrees[i].to_radians();
            if j == 0 { angle.cos() } else { angle.sin() }
        });
        let closeness = closeness_to_heart(&Vectors::from_rows(rows), &(0..8).collect::<Vec<_>>());
        assert!((closeness[2] - 1.0).abs() < 1e-6, "the middle of the five, not of all: {closeness:?}");
        assert!(closeness[5] < 0.25);
    }

    #[test]
    fn a_theme_of_one_text_is_its_own_heart() {
        let one = Vectors::from_rows(Array2::from_shape_vec((1, 2), vec![0.6, 0.8]).unwrap());
        assert!((closeness_to_heart(&one, &[0])[0] - 1.0).abs() < 1e-6);
    }
}
