//! How much more frequent texts like one are now than before, by the years of its nearest neighbours: the local form of the
//! two-sample test by nearest neighbours (Schilling 1986; Henze 1988).

use crate::types::{NeighbourGraph, Vectors};
use std::collections::BTreeSet;

/// Texts like these are at least three times as frequent as before.
const SEED: f64 = 3.0;
/// A new theme is at most this many times as large as its seeds. Between random halves of a year, where nothing has changed, some texts
/// pass for seeds by accident, each with a crowd of texts around it that are not: one to eight seeds grew to 15 to 40 texts in such
/// halves of the bundled survey, and the 25 of the planted new theme to 46.
const MOST_GROWTH: usize = 3;

/// Per text, the odds that a neighbour is of now, over the odds that any text is: 1 where nothing has changed, 3 where such texts
/// are three times as frequent. The first `n_known` texts of `graph` are of before.
///
/// The share of now among a text's neighbours is averaged over the text and its neighbours of now: one text has only a
/// handful, which by chance may be of one year.
pub fn freshness(graph: &NeighbourGraph, n_known: usize) -> Vec<f64> {
    let n_now = graph.len().saturating_sub(n_known);
    if n_known == 0 || n_now == 0 {
        return vec![1.0; graph.len()];
    }
    let expected = n_now as f64 / n_known as f64;
    let share: Vec<f64> = graph
        .edges
        .iter()
        .map(|edges| {
            let now = edges.iter().filter(|edge| edge.0 >= n_known).count();
            if edges.is_empty() { n_now as f64 / graph.len() as f64 } else { now as f64 / edges.len() as f64 }
        })
        .collect();
    graph
        .edges
        .iter()
        .zip(&share)
        .map(|(edges, own)| {
            let near: Vec<f64> =
                edges.iter().filter(|edge| edge.0 >= n_known).map(|edge| share[edge.0]).collect();
            let mean = (own + near.iter().sum::<f64>()) / (near.len() + 1) as f64;
            mean / (1.0 - mean).max(1e-9) / expected
        })
        .collect()
}

/// Groups of texts that are neighbours of each other and each far more frequent than before, the group with the first text
/// first. `may` says which texts are asked about.
pub fn fresh_groups(
    graph: &NeighbourGraph,
    freshness: &[f64],
    may: &dyn Fn(usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut left: BTreeSet<usize> = (0..graph.len()).filter(|&i| freshness[i] >= SEED && may(i)).collect();
    let mut groups = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut group = vec![first];
        let mut next = 0;
        while let Some(&text) = group.get(next) {
            let near = graph.edges[text].iter().map(|edge| edge.0).filter(|other| left.remove(other));
            group.extend(near.collect::<Vec<_>>());
            next += 1;
        }
        group.sort_unstable();
        groups.push(group);
    }
    groups
}

/// The texts of now that belong to a new theme that `seeds` have shown: they are nearer to its centre than to that of the theme
/// they were placed in, and somewhat more frequent than before. Similarities are of smoothed vectors; `own` gives a text's
/// similarity to the theme it was placed in. `None` where hardly any of them are seeds.
pub fn grow(
    seeds: &[usize],
    vectors: &Vectors,
    freshness: &[f64],
    may: &dyn Fn(usize) -> bool,
    own: &dyn Fn(usize) -> f32,
) -> Option<Vec<usize>> {
    let chosen = vectors.select(seeds);
    let centre = chosen
        .view()
        .rows()
        .into_iter()
        .fold(ndarray::Array1::<f32>::zeros(vectors.dim()), |sum, row| sum + row);
    let length = centre.dot(&centre).sqrt().max(1e-12);
    let near = |i: usize| vectors.row(i).dot(&centre) / length;
    // Halfway between as frequent as before and a seed.
    let least = SEED.sqrt();
    let is_seed: BTreeSet<usize> = seeds.iter().copied().collect();
    let grown: Vec<usize> = (0..vectors.len())
        .filter(|&i| is_seed.contains(&i) || (may(i) && freshness[i] >= least && near(i) > own(i)))
        .collect();
    (grown.len() <= MOST_GROWTH * seeds.len()).then_some(grown)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten texts of before and ten of now in two blocks of twenty neighbours, and a block of ten that are all of now.
    fn graph() -> NeighbourGraph {
        let block = |i: usize| if i >= 40 { 2 } else { i % 2 };
        let edges = (0..50)
            .map(|i| (0..50).filter(|&j| j != i && block(i) == block(j)).map(|j| (j, 0.5)).collect())
            .collect();
        NeighbourGraph { edges }
    }

    #[test]
    fn texts_that_nobody_wrote_before_are_fresh_and_the_others_are_not() {
        let fresh = freshness(&graph(), 20);
        // In a block: 10 of before, 10 of now; a text of now has 9 of 19 neighbours of now, one of before 10 of 19.
        let mean: f64 = (9.0 + 9.0 * 9.0) / 10.0 / 19.0;
        assert!((fresh[21] - mean / (1.0 - mean) / (30.0 / 20.0)).abs() < 1e-9, "{}", fresh[21]);
        assert!(fresh[45] > 1e6);
        assert_eq!(fresh_groups(&graph(), &fresh, &|i| i >= 20), [(40..50).collect::<Vec<_>>()]);
        assert_eq!(freshness(&graph(), 0), vec![1.0; 50]);
    }

    #[test]
    fn a_new_theme_takes_what_is_nearer_to_it_and_fresh_enough() {
        let rows = [[1.0, 0.0], [0.9, 0.1], [0.8, 0.3], [0.8, 0.3], [0.0, 1.0]];
        let vectors = Vectors::from_rows(ndarray::Array2::from_shape_fn((5, 2), |(i, j)| rows[i][j]));
        let fresh = [9.0, 9.0, 2.0, 1.0, 9.0];
        let found = grow(&[0, 1], &vectors, &fresh, &|_| true, &|_| 0.5).unwrap();
        assert_eq!(found, [0, 1, 2], "3 is as near but no more frequent than before, 4 is nearer to its own");
        let crowd = Vectors::from_rows(ndarray::Array2::ones((4, 2)));
        assert_eq!(grow(&[0], &crowd, &[9.0, 2.0, 2.0, 1.0], &|_| true, &|_| 0.5), Some(vec![0, 1, 2]));
        assert_eq!(
            grow(&[0], &crowd, &[9.0, 2.0, 2.0, 2.0], &|_| true, &|_| 0.5),
            None,
            "one seed in a crowd"
        );
    }
}
