use super::blend::ORIGINAL;
use super::neighbours::nearest;
use crate::types::Vectors;
use ndarray::{Array2, Axis, Zip};

/// Cosine from which two texts count as the same text.
const SAME: f32 = 1.0 - 1e-6;

/// Blends each of `texts` with its nearest neighbours among `known`, whose smoothed vectors are `smoothed`.
///
/// This is the last round of smoothing for one text while all others stay put: 0.15 of its own vector, 0.85 of the mean of its
/// neighbours' smoothed ones. A text with no neighbour keeps its own vector.
pub(super) fn place(texts: &Vectors, known: &Vectors, smoothed: &Vectors, k: usize) -> Vectors {
    let neighbours = nearest(texts, known, k);
    let mut placed = Array2::zeros((texts.len(), texts.dim()));
    Zip::indexed(placed.axis_iter_mut(Axis(0))).par_for_each(|i, mut row| {
        let total: f32 = neighbours[i].iter().map(|edge| edge.1).sum();
        match neighbours[i].first() {
            Some(&(same, weight)) if weight >= SAME => row.assign(&smoothed.row(same)),
            None => row.assign(&texts.row(i)),
            Some(_) => {
                for &(j, weight) in &neighbours[i] {
                    row.scaled_add((1.0 - ORIGINAL) * weight / total, &smoothed.row(j));
                }
                row.scaled_add(ORIGINAL, &texts.row(i));
            }
        }
    });
    Vectors::from_rows(placed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    #[test]
    fn a_known_text_keeps_its_place_and_a_new_one_is_drawn_to_its_neighbours() {
        let known = Vectors::from_rows(arr2(&[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]));
        let smoothed = Vectors::from_rows(arr2(&[[0.6, 0.0, 0.8], [0.0, 0.6, 0.8]]));
        let texts = Vectors::from_rows(arr2(&[[1.0, 0.0, 0.0], [0.8, -0.6, 0.0], [-1.0, 0.0, 0.0]]));
        let placed = place(&texts, &known, &smoothed, 2);
        assert_eq!(placed.row(0), smoothed.row(0));
        // Only the first known text is near: 0.15 (0.8, -0.6, 0) + 0.85 (0.6, 0, 0.8), made unit length.
        let expected = Vectors::from_rows(arr2(&[[0.63, -0.09, 0.68]]));
        assert!(placed.row(1).iter().zip(expected.row(0)).all(|(a, b)| (a - b).abs() < 1e-6));
        assert_eq!(placed.row(2), texts.row(2), "nothing known points that way");
    }
}
