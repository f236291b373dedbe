use crate::types::{Assignment, Vectors, sums_by_group};
use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_reduction::Pca;
use ndarray::{Array2, Axis, concatenate};

/// Fewest texts that make a map.
const FEWEST: usize = 30;
/// Texts beyond which components are learnt from some of them, evenly spread.
const MOST: usize = 5_000;

/// Places texts on a map of two dimensions, each coordinate from 0 to 1; `None` for fewer than 30 texts.
///
/// The map shows the first two principal components after each text was moved halfway to the mean of its theme, so that
/// themes lie apart while near texts stay near.
pub fn map_texts(smoothed: &Vectors, assignments: &[Assignment], n_themes: usize) -> Option<Vec<(f32, f32)>> {
    if smoothed.len() < FEWEST || assignments.len() != smoothed.len() {
        return None;
    }
    let mut places = components(smoothed, assignments, n_themes)?;
    if places.ncols() < 2 || places.iter().any(|x| !x.is_finite()) {
        return None;
    }
    for mut column in places.axis_iter_mut(Axis(1)) {
        let (low, high) =
            column.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
        // The sign of a component is arbitrary: its longer arm points to 1.
        let flip = high.abs() < low.abs();
        let width = (high - low).max(f64::MIN_POSITIVE);
        column.mapv_inplace(|x| if flip { (high - x) / width } else { (x - low) / width });
    }
    Some(places.rows().into_iter().map(|row| (row[0] as f32, row[1] as f32)).collect())
}

/// The first two components of each text, `(n_texts, 2)`. At most [`MOST`] texts are in 64 bits at a time.
fn components(smoothed: &Vectors, assignments: &[Assignment], n_themes: usize) -> Option<Array2<f64>> {
    let theme = |text: usize| assignments[text].theme;
    let (sums, sizes) = sums_by_group(smoothed.view(), (0..smoothed.len()).map(theme), n_themes);
    let halfway = |texts: &[usize]| {
        let mut moved = smoothed.select(texts).into_rows().mapv(f64::from);
        for (mut row, text) in moved.rows_mut().into_iter().zip(texts) {
            let Some(theme) = theme(*text) else { continue };
            row.zip_mut_with(&sums.row(theme), |x, sum| *x = 0.5 * (*x + sum / sizes[theme]));
        }
        moved
    };
    let texts: Vec<usize> = (0..smoothed.len()).collect();
    let learnt_from: Vec<usize> = texts.iter().copied().step_by(texts.len().div_ceil(MOST)).collect();
    let pca = Pca::params(2).fit(&DatasetBase::from(halfway(&learnt_from))).ok()?;
    let parts: Vec<Array2<f64>> = texts.chunks(MOST).map(|texts| pca.predict(&halfway(texts))).collect();
    let parts: Vec<_> = parts.iter().map(Array2::view).collect();
    concatenate(Axis(0), &parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_themes_lie_apart_and_every_place_is_on_the_map() {
        let rows = Array2::from_shape_fn((40, 8), |(i, j)| {
            let own = if i < 20 { 0 } else { 4 };
            if j == own { 1.0 } else { 0.01 * ((i * 7 + j * 3) % 11) as f32 }
        });
        let assignments: Vec<Assignment> = (0..40)
            .map(|i| Assignment { theme: Some(i / 20), similarity: 1.0, second: None, margin: 1.0 })
            .collect();
        let places = map_texts(&Vectors::from_rows(rows), &assignments, 2).unwrap();
        assert!(places.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)));
        let mean =
            |range: std::ops::Range<usize>| places[range].iter().map(|place| place.0).sum::<f32>() / 20.0;
        assert!((mean(0..20) - mean(20..40)).abs() > 0.7);
    }

    #[test]
    fn few_texts_make_no_map() {
        assert_eq!(map_texts(&Vectors::from_rows(Array2::zeros((29, 4))), &[], 1), None);
    }
}
