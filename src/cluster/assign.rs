//! Which theme a text belongs to, and whether to a second one.

use crate::types::{Assignment, Vectors, sums_by_group};
use ndarray::{Array2, ArrayView1, ArrayView2, Zip};
use rayon::prelude::*;

/// Cosine to its theme's centre below which a text is in no theme.
const NO_THEME: f32 = 0.1;
/// A second theme is at most this many times as far as the first.
const NEARLY: f32 = 1.1;

/// Where the themes lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Centres {
    /// Unit-length means of the themes' raw vectors, `(n_themes, dim)`.
    pub raw: Array2<f32>,
    /// Unit-length means of the themes' smoothed vectors, `(n_themes, dim)`: the nearest one decides.
    pub smoothed: Array2<f32>,
}

impl Centres {
    /// The centres of a division of texts; texts without a theme count for none.
    pub fn of(vectors: &Vectors, smoothed: &Vectors, themes: &[Option<usize>], n: usize) -> Self {
        Self {
            raw: directions(means(vectors.view(), themes.iter().copied(), n)),
            smoothed: directions(means(smoothed.view(), themes.iter().copied(), n)),
        }
    }

    /// Squared distance of every text's smoothed vector to every theme's mean, `(n_texts, n_themes)`.
    pub fn squared_distances(&self, smoothed: &Vectors) -> Array2<f32> {
        let mut squared = Array2::zeros((smoothed.len(), self.smoothed.nrows()));
        Zip::indexed(&mut squared).par_for_each(|(i, theme), to| {
            *to = distance(smoothed.row(i), self.smoothed.row(theme)).powi(2);
        });
        squared
    }
}

/// The rows brought to length 1.
pub(super) fn directions(rows: Array2<f32>) -> Array2<f32> {
    Vectors::from_rows(rows).into_rows()
}

/// Mean of each group's rows, `(n, dim)`; `groups` are those of the rows.
pub(super) fn means(
    rows: ArrayView2<'_, f32>,
    groups: impl Iterator<Item = Option<usize>>,
    n: usize,
) -> Array2<f32> {
    let (mut sums, sizes) = sums_by_group(rows, groups, n);
    for (mut sum, size) in sums.rows_mut().into_iter().zip(sizes) {
        sum /= size.max(1.0);
    }
    sums.mapv(|x| x as f32)
}

/// The nearest theme of texts that were not clustered: the rest beyond a sample, or another year's.
///
/// `vectors` are raw and `smoothed` the same texts among the clustered ones (`Smoothed::place`). A text far from
/// every theme is in none.
pub fn assign_texts(vectors: &Vectors, smoothed: &Vectors, centres: &Centres) -> Vec<Assignment> {
    assign(vectors, smoothed, centres, |_| None)
}

/// As [`assign_texts`], but where `theme` names a text's theme, that one is its first.
pub(super) fn assign(
    vectors: &Vectors,
    smoothed: &Vectors,
    centres: &Centres,
    theme: impl Fn(usize) -> Option<usize> + Sync,
) -> Vec<Assignment> {
    (0..vectors.len())
        .into_par_iter()
        .map(|i| {
            let meant = vectors.has_meaning(i) && smoothed.has_meaning(i);
            if meant { place(vectors.row(i), smoothed.row(i), centres, theme(i)) } else { NOWHERE }
        })
        .collect()
}

const NOWHERE: Assignment = Assignment { theme: None, similarity: 0.0, second: None, margin: 0.0 };

fn place(
    raw: ArrayView1<'_, f32>,
    smoothed: ArrayView1<'_, f32>,
    centres: &Centres,
    given: Option<usize>,
) -> Assignment {
    let distances: Vec<f32> = centres.smoothed.rows().into_iter().map(|c| distance(smoothed, c)).collect();
    let nearest = |without: Option<usize>| {
        let themes = (0..distances.len()).filter(|theme| Some(*theme) != without);
        themes.min_by(|&a, &b| distances[a].total_cmp(&distances[b]).then(a.cmp(&b)))
    };
    let Some(first) = given.or_else(|| nearest(None)) else { return NOWHERE };
    let cosines: Vec<f32> = centres.raw.rows().into_iter().map(|centre| raw.dot(&centre)).collect();
    let similarity = cosines[first];
    let rival = (0..cosines.len()).filter(|theme| *theme != first).map(|theme| cosines[theme]);
    let margin = (similarity - rival.fold(-1.0, f32::max)).max(0.0);
    let clear = similarity >= NO_THEME;
    let nearly = |other: &usize| {
        distances[*other] <= NEARLY * distances[first] && cosines[*other] >= NO_THEME.max(similarity / NEARLY)
    };
    Assignment {
        theme: clear.then_some(first),
        similarity,
        second: nearest(Some(first)).filter(|other| clear && nearly(other)),
        margin,
    }
}

pub(super) fn distance(a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>) -> f32 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum::<f32>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    fn vectors(rows: &[[f32; 3]]) -> Vectors {
        Vectors::from_rows(arr2(rows))
    }

    #[test]
    fn a_text_goes_to_the_nearest_theme_and_to_a_second_that_is_nearly_as_near() {
        let known = vectors(&[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
        let centres = Centres::of(&known, &known, &[Some(0), Some(1)], 2);
        let texts =
            vectors(&[[0.9, 0.1, 0.0], [0.72, 0.69, 0.0], [0.0, 0.0, 1.0], [0.0; 3], [0.1, -0.9, 0.5]]);
        let assignments = assign_texts(&texts, &texts, &centres);
        let themes: Vec<_> = assignments.iter().map(|a| (a.theme, a.second)).collect();
        assert_eq!(themes, [(Some(0), None), (Some(0), Some(1)), (None, None), (None, None), (None, None)]);
        assert!((assignments[0].similarity - 0.9 / 0.82_f32.sqrt()).abs() < 1e-6);
        assert!((assignments[0].margin - 0.8 / 0.82_f32.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn centres_leave_out_texts_without_a_theme() {
        let known = vectors(&[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
        let centres = Centres::of(&known, &known, &[Some(0), Some(0), None], 1);
        let half = 0.5_f32.sqrt();
        for centres in [&centres.raw, &centres.smoothed] {
            assert!((centres - &arr2(&[[half, half, 0.0]])).iter().all(|x| x.abs() < 1e-6));
        }
        assert_eq!(assign_texts(&known, &known, &Centres::of(&known, &known, &[None; 3], 0)), [NOWHERE; 3]);
    }
}
