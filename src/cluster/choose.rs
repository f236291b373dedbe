//! How many themes.

use super::kmeans::{ROUNDS_FOR_LEAVES, ROUNDS_FOR_THEMES, kmeans, refine};
use super::silhouette::silhouettes;
use super::tree::{Level, Tree};
use super::{ClusterError, ClusterParams};
use crate::types::{Granularity, NeighbourGraph};
use ndarray::Array2;
use rayon::prelude::*;
use std::collections::BTreeMap;
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
/// Trees whose scores are averaged, so that the luck of one decides little.
const TREES: u64 = 4;
/// Difference of scores, which are logarithms, within which numbers of groups are about as good: what the answers of a few respondents move.
const AS_GOOD: f64 = 0.01;

impl Granularity {
    /// Resolution of the modularity (Reichardt and Bornholdt 2006): how much a theme must hold together to stand on its own. 1 is
    /// Newman and Girvan's; people's own codes are broader.
    fn resolution(self) -> f64 {
        match self {
            Self::Coarse => 0.4,
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

/// The theme of each row and the number of themes; themes are numbered by their first row. `breadth` is what resolution and most
/// themes are multiplied by.
pub(super) fn partition(
    rows: &Array2<f32>,
    graph: &NeighbourGraph,
    params: &ClusterParams,
    breadth: f64,
) -> Result<(Vec<usize>, usize), ClusterError> {
    let n = rows.nrows();
    let most = most_themes(n, breadth * params.granularity.most((n as f64).sqrt()));
    let wanted = params.n_themes.map(|k| k.clamp(1, n.max(1)));
    let among = match wanted {
        Some(k) => k..=k,
        None => params.min_themes.min(most)..=most,
    };
    if n == 0 || *among.end() <= 1 {
        return Ok((vec![0; n], n.min(1)));
    }
    let trees = trees(rows, wanted, params.seed)?;
    let resolution = breadth * params.granularity.resolution();
    let score = |tree| scores(rows, graph, tree, among.clone(), resolution);
    let scores: Vec<Scores> = trees.par_iter().map(score).collect();
    let k = match wanted {
        Some(k) => k,
        None if n <= FEW_ROWS => best(&mean(&scores)),
        None => likely(&mean(&scores)),
    };
    let at = |i: usize| scores[i].get(&k).copied().unwrap_or(f64::NEG_INFINITY);
    let tree = (0..trees.len()).max_by(|&a, &b| at(a).total_cmp(&at(b)).then(b.cmp(&a))).unwrap_or(0);
    refine(rows, &trees[tree].cut(k), trees[tree].n_groups(k), ROUNDS_FOR_THEMES)
}

/// One tree of each row by itself where there are few, since k-means would then divide by the luck of its starts; otherwise some of small
/// clusters, at least as many as `wanted`, each from other starts.
fn trees(rows: &Array2<f32>, wanted: Option<usize>, seed: u64) -> Result<Vec<Tree>, ClusterError> {
    let n = rows.nrows();
    if n <= FEW_ROWS {
        return Ok(vec![Tree::ward(rows, (0..n).collect(), n)]);
    }
    let n_leaves = (LEAF_ROOTS * (n as f64).sqrt()).min(1.5 * MOST) as usize + MIN_LEAVES;
    let n_leaves = n_leaves.max(wanted.unwrap_or(0)).min(if wanted.is_some() { n } else { n.div_ceil(2) });
    let tree = |number| {
        let (leaves, n_leaves) = kmeans(rows, n_leaves, ROUNDS_FOR_LEAVES, seed.wrapping_add(number))?;
        Ok(Tree::ward(rows, leaves, n_leaves))
    };
    (0..TREES).into_par_iter().map(tree).collect()
}

/// From few texts few themes can be told apart: one of at least four texts each on average.
fn most_themes(n: usize, most: f64) -> usize {
    let most = most.min(MOST) as usize;
    if n < 4 { 1 } else { most.min(n / 4).max(2) }
}

/// How good each number of groups is.
type Scores = BTreeMap<usize, f64>;

/// Of each level with `among` groups, the logarithm of modularity x min(1, silhouette / [`apart_enough`])^0.3. Modularity sees whether
/// neighbours stay together and prefers few groups; the silhouette, whether groups stand apart.
fn scores(
    rows: &Array2<f32>,
    graph: &NeighbourGraph,
    tree: &Tree,
    among: RangeInclusive<usize>,
    resolution: f64,
) -> Scores {
    let levels: Vec<_> =
        tree.levels(graph, *among.end()).into_iter().filter(|level| among.contains(&level.k)).collect();
    let silhouettes = silhouettes(rows, tree, &among);
    let enough = apart_enough(silhouettes.values().copied().fold(0.0, f64::max));
    let score = |level: &Level| {
        let modularity = (level.inside - resolution * level.expected).max(1e-6);
        let silhouette = silhouettes.get(&level.k).copied().unwrap_or_default();
        let apart = (silhouette / enough.max(1e-6)).clamp(1e-6, 1.0);
        modularity.ln() + SILHOUETTE_POWER * apart.ln()
    };
    levels.iter().map(|level| (level.k, score(level))).collect()
}

/// The mean score of each number of groups that all trees have.
fn mean(scores: &[Scores]) -> Scores {
    let Some((first, others)) = scores.split_first() else { return Scores::new() };
    let sum =
        |k: &usize, of_first: f64| others.iter().try_fold(of_first, |sum, other| Some(sum + other.get(k)?));
    first.iter().filter_map(|(k, &score)| Some((*k, sum(k, score)? / scores.len() as f64))).collect()
}

/// The number with the highest score; ties go to fewer groups.
fn best(scores: &Scores) -> usize {
    scores.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map_or(1, |(&k, _)| k)
}

/// The middle of the numbers that are about as good as the best: the mean of ln k, each k weighted by exp(score / [`AS_GOOD`]) and, since
/// there are more large numbers than small ones, by 1 / k. The best alone would hang on a few texts: the scores of a survey are often flat.
fn likely(scores: &Scores) -> usize {
    let most = scores.values().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut sum, mut weights) = (0.0, 0.0);
    for (&k, score) in scores {
        let weight = ((score - most) / AS_GOOD).exp() / k as f64;
        sum += weight * (k as f64).ln();
        weights += weight;
    }
    if weights > 0.0 { (sum / weights).exp().round() as usize } else { 1 }
}

/// The silhouette beyond which standing apart no longer counts, given that of the best level. It grows with the number of groups
/// long after people would have stopped dividing, unless the texts do fall into many groups: so the clearer the best level, the
/// nearer to it a level must come.
fn apart_enough(best: f64) -> f64 {
    best * (best / CLEAR).clamp(LEAST_SHARE, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_numbers_about_as_good_the_middle_is_taken() {
        let flat: Scores = [(2, -3.0), (8, -1.0), (9, -1.0), (10, -1.0), (40, -3.0)].into();
        assert_eq!(likely(&flat), 9);
        let clear: Scores = [(3, -1.0), (4, -0.5), (5, -1.0)].into();
        assert_eq!((likely(&clear), best(&clear)), (4, 4));
        // exp(-1) of the weight of 10 goes to 20: the mean of ln k is (ln 10 + ln 20 / 2e) / (1 + 1 / 2e), of k 11.1.
        assert_eq!(likely(&[(10, -1.0), (20, -1.0 - AS_GOOD)].into()), 11);
        assert_eq!(likely(&Scores::new()), 1);
    }

    #[test]
    fn scores_are_averaged_where_all_trees_have_them() {
        let of_two = [[(3, 1.0), (4, 2.0)].into(), [(3, 2.0), (5, 9.0)].into()];
        assert_eq!(mean(&of_two), [(3, 1.5)].into());
        assert_eq!(best(&[(3, 1.5), (4, 1.5)].into()), 3);
    }

    #[test]
    fn where_groups_stand_apart_clearly_a_level_must_come_nearer_to_the_best() {
        assert_eq!([0.2, 0.55, 0.8].map(apart_enough), [0.75 * 0.2, 0.55, 0.8]);
        assert!((apart_enough(0.495) - 0.9 * 0.495).abs() < 1e-9);
    }

    #[test]
    fn few_texts_give_few_themes() {
        let most = |granularity: Granularity| {
            [0, 3, 4, 12, 60, 1_000, 1_000_000].map(|n| most_themes(n, granularity.most((n as f64).sqrt())))
        };
        assert_eq!(most(Granularity::Medium), [1, 1, 2, 3, 7, 31, 150]);
        assert_eq!(most(Granularity::Fine), [1, 1, 2, 3, 15, 79, 150]);
    }
}
