//! Whether a theme is found again when other people happen to answer (Hennig 2007, "Cluster-wise assessment of cluster stability").

use super::ClusterError;
use super::kmeans::{kmeans, refine};
use super::tree::Tree;
use super::twins::Judgements;
use crate::types::Stability;
use ndarray::{Array2, Axis};
use rand::Rng;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;
use rayon::prelude::*;

/// Resamples for themes.
pub(super) const RESAMPLES: u32 = 50;
/// Share of texts in common (Jaccard) from which a theme counts as found again.
const FOUND: f64 = 0.6;
/// Rounds of k-means in a resample: after these a division hardly moves, and whether a theme is found again is asked of overlaps
/// of 0.6, not of the last text.
const ROUNDS: u64 = 4;
/// Texts per resample at most: beyond it a theme's stability does not depend on their number, and the work would.
const MOST_TEXTS: usize = 2_000;

/// Groups of rows, and how they came about.
#[derive(Clone, Copy)]
pub(super) struct Division<'a> {
    /// The group of each row.
    pub(super) partition: &'a [usize],
    /// How many there are.
    pub(super) n: usize,
    /// How many there were before those that judge the same were joined.
    pub(super) n_chosen: usize,
    /// By which they were joined; absent where all stayed apart.
    pub(super) judgements: Option<&'a Judgements>,
}

/// How often each group is found again in `resamples` bootstrap samples.
///
/// A resample draws as many texts as there are, at most 2,000, with replacement, and divides the distinct ones anew in the same way. It starts from
/// the smoothed and reduced vectors: what is tested is the division, not the model or the neighbourhoods.
pub(super) fn stability(
    rows: &Array2<f32>,
    division: Division<'_>,
    resamples: u32,
    seed: u64,
) -> Result<Vec<Stability>, ClusterError> {
    let found: Vec<Vec<bool>> = (0..u64::from(resamples))
        .into_par_iter()
        .map(|number| {
            let mut rng = Xoshiro256Plus::seed_from_u64(seed.wrapping_add(1 + number));
            let sample = bootstrap(rows.nrows(), &mut rng);
            found_again(rows, division, &sample, seed.wrapping_add(1 + number))
        })
        .collect::<Result<_, _>>()?;
    let count = |theme: usize| found.iter().filter(|themes| themes[theme]).count() as u32;
    Ok((0..division.n).map(|theme| Stability { found: count(theme), of: resamples }).collect())
}

/// The distinct rows of a bootstrap sample, ascending.
fn bootstrap(n: usize, rng: &mut impl Rng) -> Vec<usize> {
    let mut sample: Vec<usize> = (0..n.min(MOST_TEXTS)).map(|_| rng.gen_range(0..n)).collect();
    sample.sort_unstable();
    sample.dedup();
    sample
}

fn found_again(
    rows: &Array2<f32>,
    division: Division<'_>,
    sample: &[usize],
    seed: u64,
) -> Result<Vec<bool>, ClusterError> {
    let Division { partition, n, n_chosen: k, judgements } = division;
    let drawn = rows.select(Axis(0), sample);
    let n_leaves = (3 * k + 10).min(sample.len().div_ceil(2)).max(k.min(sample.len()));
    let (leaves, n_leaves) = kmeans(&drawn, n_leaves, ROUNDS, seed)?;
    let again = Tree::ward(&drawn, leaves, n_leaves).cut(k);
    let (again, n_again) = refine(&drawn, &again, k.min(n_leaves), ROUNDS)?;
    let (again, n_again) = match judgements {
        Some(judgements) => judgements.join(sample, &again, n_again),
        None => (again, n_again),
    };
    let mut both = Array2::<f64>::zeros((n, n_again));
    for (&row, &group) in sample.iter().zip(&again) {
        both[[partition[row], group]] += 1.0;
    }
    let (themes, groups) = (both.sum_axis(Axis(1)), both.sum_axis(Axis(0)));
    let jaccard = |theme: usize, group: usize| {
        let common = both[[theme, group]];
        common / (themes[theme] + groups[group] - common)
    };
    Ok((0..n)
        .map(|theme| themes[theme] > 0.0 && (0..n_again).any(|group| jaccard(theme, group) >= FOUND))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two far heaps of 30 and one smear of 60 that is cut in two at an arbitrary place, all on a circle.
    fn heaps_and_smear() -> (Array2<f32>, Vec<usize>) {
        let degrees = |i: usize| match i {
            0..30 => (i % 7) as f32,
            30..60 => 180.0 + (i % 7) as f32,
            _ => i as f32,
        };
        let rows = Array2::from_shape_fn((120, 2), |(i, j)| {
            let angle = degrees(i).to_radians();
            if j == 0 { angle.cos() } else { angle.sin() }
        });
        let cut = (0..120).map(|i| if i < 60 { i / 30 } else { 2 + usize::from(i >= 68) }).collect();
        (rows, cut)
    }

    #[test]
    fn far_heaps_are_found_again_and_a_sliver_of_a_smear_is_not() {
        let (rows, cut) = heaps_and_smear();
        let division = Division { partition: &cut, n: 4, n_chosen: 4, judgements: None };
        let stability = stability(&rows, division, 50, 42).unwrap();
        assert!(stability[0].found >= 48 && stability[1].found >= 48, "{stability:?}");
        assert!(stability[2].is_tentative(), "{stability:?}");
        assert!(stability.iter().all(|s| s.of == 50));
    }

    #[test]
    fn the_same_seed_draws_the_same_resamples() {
        let (rows, cut) = heaps_and_smear();
        let division = Division { partition: &cut, n: 4, n_chosen: 4, judgements: None };
        let with = |seed| stability(&rows, division, 20, seed).unwrap();
        assert_eq!(with(7), with(7));
        let draw = |seed| bootstrap(50, &mut Xoshiro256Plus::seed_from_u64(seed));
        assert_ne!(draw(1), draw(2));
    }
}
