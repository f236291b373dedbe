//! Which part of its theme a text lies in that was not clustered.

use super::assign::{distance, means};
use crate::types::{Clustering, Vectors};
use ndarray::{Array2, ArrayView1};

/// Where the parts of each theme lie.
#[derive(Debug, Clone, PartialEq)]
pub struct PartCentres {
    /// Per theme, the means of its parts' smoothed vectors and, last, of those texts that are in no part; no row for a theme of one
    /// piece.
    centres: Vec<Array2<f32>>,
}

impl PartCentres {
    /// The centres of a clustering's parts; `smoothed` are the vectors of the texts that were clustered.
    pub fn of(smoothed: &Vectors, clustering: &Clustering) -> Self {
        let centres = clustering.subs.iter().enumerate().map(|(theme, subs)| {
            let members = clustering.members(theme);
            let part = |text: &usize| subs.iter().position(|sub| sub.texts.binary_search(text).is_ok());
            let parts: Vec<Option<usize>> =
                members.iter().map(|text| Some(part(text).unwrap_or(subs.len()))).collect();
            let all_in_parts = parts.iter().all(|part| *part < Some(subs.len()));
            let n = if subs.is_empty() { 0 } else { subs.len() + usize::from(!all_in_parts) };
            if n == 0 {
                Array2::zeros((0, smoothed.dim()))
            } else {
                means(smoothed.select(&members).view(), parts.into_iter(), n)
            }
        });
        Self { centres: centres.collect() }
    }

    /// The centre nearest to a text of `theme`: the number of a part, that of the parts if it lies nearer to the texts in none, or
    /// `None` for a theme of one piece. `smoothed` is the text's vector.
    pub fn nearest(&self, theme: usize, smoothed: ArrayView1<'_, f32>) -> Option<usize> {
        let centres = self.centres.get(theme)?;
        let far = |part: usize| distance(smoothed, centres.row(part));
        (0..centres.nrows()).min_by(|&a, &b| far(a).total_cmp(&far(b)).then(a.cmp(&b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Assignment, SubCluster};
    use ndarray::arr2;

    #[test]
    fn a_text_lies_in_the_nearest_part_or_among_the_texts_in_none() {
        let smoothed = Vectors::from_rows(arr2(&[
            [1.0, 0.0],
            [0.96, 0.28],
            [0.0, 1.0],
            [0.28, 0.96],
            [0.7, 0.7],
            [-1.0, 0.0],
        ]));
        let at = |theme| Assignment { theme: Some(theme), similarity: 1.0, second: None, margin: 0.0 };
        let clustering = Clustering {
            assignments: [0, 0, 0, 0, 0, 1].map(at).to_vec(),
            centres: Array2::zeros((2, 2)),
            stability: vec![None; 2],
            subs: vec![vec![SubCluster { texts: vec![0, 1] }, SubCluster { texts: vec![2, 3] }], vec![]],
        };
        let centres = PartCentres::of(&smoothed, &clustering);
        let nearest = |theme, row: usize| centres.nearest(theme, smoothed.row(row));
        assert_eq!([0, 1, 2, 3, 4].map(|row| nearest(0, row)), [Some(0), Some(0), Some(1), Some(1), Some(2)]);
        assert_eq!(nearest(1, 5), None, "a theme of one piece");
    }
}
