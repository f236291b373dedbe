//! How many themes.

use super::assign::directions;
use super::euclidean::Euclidean;
use super::kmeans::{ROUNDS_FOR_LEAVES, ROUNDS_FOR_THEMES, centres_of, kmeans, refine};
use super::tree::{Level, Tree};
use super::{ClusterError, ClusterParams, Granularity};
use crate::types::NeighbourGraph;
use linfa_nn::distance::Distance;
use ndarray::{Array2, ArrayView1, Axis};
use rayon::prelude::*;
use std::ops::RangeInclusive;

/// Most themes that are ever chosen; more can be asked for by number.
const MOST: f64 = 150.0;
/// Fine clusters that themes are merged from, in square roots of the number of texts.
const LEAF_ROOTS: f64 = 3.75;
const MIN_LEAVES: usize = 15;
/// Rows up to which each is a leaf of the tree.
const FEW_ROWS: usize = 400;
/// How much a silhouette that is not [`apart_enough`] counts against the modularity.
const SILHOUETTE_POWER: f64 = 0.3;
/// Silhouette at which groups stand apart clearly; "reasonable structure" begins at 0.51 (Kaufman and Rousseeuw 1990).
const CLEAR: f64 = 0.55;
/// Share of the best silhouette that is asked for where even the best is far from clear.
const LEAST_SHARE: f64 = 0.75;
/// Rows beyond which the silhouette is taken of a sample.
const SILHOUETTE_ROWS: usize = 5_000;
/// Starts of the first k-means.
const RUNS: usize = 3;

impl Granularity {
    /// Resolution of the modularity (Reichardt and Bornholdt 2006): how much a theme must hold together to stand on its own. 1 is
    /// Newman and Girvan's; people's own codes are broader.
    fn resolution(self) -> f64 {
        match self {
            Self::Coarse => 0.2,
            Self::Medium => 0.55,
            Self::Fine => 1.0,
        }
    }

    /// Most themes that are chosen among texts of this square root of their number.
    fn most(self, root: f64) -> f64 {
        match self {
            Self::Coarse => 0.3 * root,
            Self::Medium => root,
            Self::Fine => 2.5 * root,
        }
    }
}

/// The theme of each row and the number of themes; themes are numbered by their first row.
pub(super) fn partition(
    rows: &Array2<f32>,
    graph: &NeighbourGraph,
    params: &ClusterParams,
) -> Result<(Vec<usize>, usize), ClusterError> {
    let n = rows.nrows();
    let most = most_themes(n, params.granularity);
    let wanted = params.n_themes.map(|k| k.clamp(1, n.max(1)));
    if n == 0 || wanted.unwrap_or(most) <= 1 {
        return Ok((vec![0; n], n.min(1)));
    }
    let (leaves, n_leaves) = leaves(rows, wanted, params.seed)?;
    let tree = Tree::ward(rows, leaves, n_leaves);
    let among = params.min_themes.min(most)..=most;
    let k = wanted.unwrap_or_else(|| best_level(rows, graph, &tree, among, params.granularity)).min(n_leaves);
    refine(rows, &tree.cut(k), k, ROUNDS_FOR_THEMES)
}

/// What the tree is built from: each row by itself where there are few, since k-means would then divide by the luck of its starts;
/// otherwise small clusters, at least as many as `wanted`.
fn leaves(rows: &Array2<f32>, wanted: Option<usize>, seed: u64) -> Result<(Vec<usize>, usize), ClusterError> {
    let n = rows.nrows();
    if n <= FEW_ROWS {
        return Ok(((0..n).collect(), n));
    }
    let n_leaves = (LEAF_ROOTS * (n as f64).sqrt()).min(1.5 * MOST) as usize + MIN_LEAVES;
    let n_leaves = n_leaves.max(wanted.unwrap_or(0)).min(if wanted.is_some() { n } else { n.div_ceil(2) });
    kmeans(rows, n_leaves, RUNS, ROUNDS_FOR_LEAVES, seed)
}

/// From few texts few themes can be told apart: one of at least four texts each on average.
fn most_themes(n: usize, granularity: Granularity) -> usize {
    let most = granularity.most((n as f64).sqrt()).min(MOST) as usize;
    if n < 4 { 1 } else { most.min(n / 4).max(2) }
}

/// The level, of those with `among` groups, with the highest modularity x min(1, silhouette / [`apart_enough`])^0.3.
/// Modularity sees whether neighbours stay together and prefers few groups; the silhouette, whether groups stand apart. Ties go to
/// fewer themes.
fn best_level(
    rows: &Array2<f32>,
    graph: &NeighbourGraph,
    tree: &Tree,
    among: RangeInclusive<usize>,
    granularity: Granularity,
) -> usize {
    let resolution = granularity.resolution();
    let levels: Vec<_> =
        tree.levels(graph, *among.end()).into_iter().filter(|level| among.contains(&level.k)).collect();
    let silhouettes: Vec<f64> =
        levels.par_iter().map(|level| silhouette(rows, &tree.cut(level.k), level.k)).collect();
    let enough = apart_enough(silhouettes.iter().copied().fold(0.0, f64::max), rows.nrows());
    let score = |level: &Level, silhouette: f64| {
        let modularity = (level.inside - resolution * level.expected).max(1e-6);
        let apart = (silhouette / enough.max(1e-6)).clamp(1e-6, 1.0);
        modularity.ln() + SILHOUETTE_POWER * apart.ln()
    };
    let scores =
        levels.iter().zip(&silhouettes).map(|(level, &silhouette)| (level.k, score(level, silhouette)));
    scores.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map_or(1, |level| level.0)
}

/// The silhouette beyond which standing apart no longer counts, given that of the best level. It grows with the number of groups
/// long after people would have stopped dividing, unless the texts do fall into many groups: so the clearer the best level, the
/// nearer to it a level must come. Few rows stand apart by chance.
fn apart_enough(best: f64, n_rows: usize) -> f64 {
    let clear = if n_rows > FEW_ROWS { best / CLEAR } else { 0.0 };
    best * clear.clamp(LEAST_SHARE, 1.0)
}

/// Simplified silhouette (Hruschka et al. 2004): mean of 1 - distance to the own centre / distance to the nearest other, 0 to 1.
fn silhouette(rows: &Array2<f32>, partition: &[usize], k: usize) -> f64 {
    let centres = directions(centres_of(rows, partition, k));
    let step = rows.nrows().div_ceil(SILHOUETTE_ROWS).max(1);
    let mut sum = 0.0;
    let mut count = 0.0;
    for (row, &own) in rows.axis_iter(Axis(0)).zip(partition).step_by(step) {
        let to_own = distance(row, centres.row(own));
        let others = (0..k).filter(|c| *c != own).map(|c| distance(row, centres.row(c)));
        let to_other = others.fold(f64::INFINITY, f64::min);
        let farther = to_own.max(to_other);
        if farther > 0.0 && farther.is_finite() {
            sum += 1.0 - to_own / farther;
        }
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

fn distance(a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>) -> f64 {
    f64::from(Euclidean.distance(a, b))
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
        assert!((silhouette(&rows, &[0, 0, 1, 1], 2) - expected).abs() < 1e-6);
        assert!(silhouette(&rows, &[0, 1, 0, 1], 2) < 0.2);
        assert_eq!(silhouette(&Array2::ones((4, 1)), &[0, 0, 1, 1], 2), 0.0);
    }

    #[test]
    fn where_groups_stand_apart_clearly_a_level_must_come_nearer_to_the_best() {
        assert_eq!([0.2, 0.55, 0.8].map(|best| apart_enough(best, 401)), [0.75 * 0.2, 0.55, 0.8]);
        assert!((apart_enough(0.495, 401) - 0.9 * 0.495).abs() < 1e-9);
        assert_eq!(apart_enough(0.8, 400), 0.75 * 0.8);
    }

    #[test]
    fn few_texts_give_few_themes() {
        let most = |granularity| [0, 3, 4, 12, 60, 1_000, 1_000_000].map(|n| most_themes(n, granularity));
        assert_eq!(most(Granularity::Medium), [1, 1, 2, 3, 7, 31, 150]);
        assert_eq!(most(Granularity::Fine), [1, 1, 2, 3, 15, 79, 150]);
    }
}
