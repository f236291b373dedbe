//! Many small clusters merged upwards into few: every number of themes from one tree.

use super::kmeans::centres_of;
use crate::types::NeighbourGraph;
use ndarray::Array2;

/// A division into small clusters and the merges that lead from it to a single one.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// The small cluster of each row.
    leaves: Vec<usize>,
    n_leaves: usize,
    /// Pairs of leaves whose groups are joined, in order; the first of each pair keeps its name.
    merges: Vec<(usize, usize)>,
}

impl Tree {
    /// Joins the clusters of `leaves` by Ward's criterion (1963): at each step the two whose union adds least to the sum of squared
    /// distances to the centres. Ties go to the earlier pair.
    pub(super) fn ward(rows: &Array2<f32>, leaves: Vec<usize>, n_leaves: usize) -> Self {
        let mut sizes = vec![0.0; n_leaves];
        for &leaf in &leaves {
            sizes[leaf] += 1.0;
        }
        let centres = centres_of(rows, &leaves, n_leaves);
        let cost = |a: usize, b: usize| {
            let squares =
                centres.row(a).into_iter().zip(centres.row(b)).map(|(x, y)| f64::from(x - y).powi(2));
            squares.sum::<f64>() * sizes[a] * sizes[b] / (sizes[a] + sizes[b])
        };
        let mut costs = Array2::from_shape_fn((n_leaves, n_leaves), |(a, b)| cost(a.min(b), a.max(b)));
        let mut active: Vec<usize> = (0..n_leaves).collect();
        let mut merges = Vec::with_capacity(n_leaves.saturating_sub(1));
        while active.len() > 1 {
            let (a, b) = cheapest(&costs, &active);
            active.retain(|&c| c != b);
            for &c in active.iter().filter(|&&c| c != a) {
                // Lance and Williams' update (1967) for Ward's criterion.
                let (na, nb, nc) = (sizes[a], sizes[b], sizes[c]);
                let joined = ((na + nc) * costs[[a, c]] + (nb + nc) * costs[[b, c]] - nc * costs[[a, b]])
                    / (na + nb + nc);
                costs[[a, c]] = joined;
                costs[[c, a]] = joined;
            }
            sizes[a] += sizes[b];
            merges.push((a, b));
        }
        Self { leaves, n_leaves, merges }
    }

    /// The group of each leaf when `k` groups are left, numbered from 0 without gaps.
    fn groups(&self, k: usize) -> Vec<usize> {
        let mut group: Vec<usize> = (0..self.n_leaves).collect();
        for &(a, b) in self.merges.iter().take(self.n_leaves.saturating_sub(k)) {
            for of_leaf in &mut group {
                if *of_leaf == b {
                    *of_leaf = a;
                }
            }
        }
        let mut names: Vec<usize> = group.clone();
        names.sort_unstable();
        names.dedup();
        group.iter().map(|name| names.partition_point(|n| n < name)).collect()
    }

    /// The group of each row when `k` groups are left (fewer where there are fewer leaves).
    pub(super) fn cut(&self, k: usize) -> Vec<usize> {
        self.from(k).0
    }

    /// The group of each row when `k` groups are left, and the merges that follow: pairs of those groups, the first of which keeps its
    /// number.
    pub(super) fn from(&self, k: usize) -> (Vec<usize>, Vec<(usize, usize)>) {
        let groups = self.groups(k);
        let of_rows = self.leaves.iter().map(|leaf| groups[*leaf]).collect();
        let following = self.merges.iter().skip(self.n_leaves.saturating_sub(k));
        (of_rows, following.map(|&(a, b)| (groups[a], groups[b])).collect())
    }

    /// How many groups there are when `k` are to be left: fewer where there are fewer leaves.
    pub(super) fn n_groups(&self, k: usize) -> usize {
        k.min(self.n_leaves)
    }

    /// For each number of groups from `most` down to 2, how well the graph's edges keep to the groups.
    pub(super) fn levels(&self, graph: &NeighbourGraph, most: usize) -> Vec<Level> {
        let total: f64 = (0..graph.len()).map(|i| graph.degree(i)).sum::<f64>().max(f64::MIN_POSITIVE);
        let mut degrees = vec![0.0; self.n_leaves];
        let mut between = Array2::<f64>::zeros((self.n_leaves, self.n_leaves));
        for (i, edges) in graph.edges.iter().enumerate() {
            for &(j, weight) in edges {
                between[[self.leaves[i], self.leaves[j]]] += f64::from(weight) / total;
            }
            degrees[self.leaves[i]] += graph.degree(i) / total;
        }
        let mut levels = Vec::new();
        let mut left = self.n_leaves;
        for &(a, b) in &self.merges {
            if left <= most {
                levels.push(Level {
                    k: left,
                    inside: between.diag().sum(),
                    expected: degrees.iter().map(|degree| degree * degree).sum(),
                });
            }
            for c in 0..self.n_leaves {
                let moved = std::mem::take(&mut between[[b, c]]);
                between[[a, c]] += moved;
            }
            for c in 0..self.n_leaves {
                let moved = std::mem::take(&mut between[[c, b]]);
                between[[c, a]] += moved;
            }
            degrees[a] += std::mem::take(&mut degrees[b]);
            left -= 1;
        }
        levels
    }
}

fn cheapest(costs: &Array2<f64>, active: &[usize]) -> (usize, usize) {
    let mut best = (active[0], active[1]);
    let mut least = f64::INFINITY;
    for (at, &a) in active.iter().enumerate() {
        for &b in &active[at + 1..] {
            if costs[[a, b]] < least {
                least = costs[[a, b]];
                best = (a, b);
            }
        }
    }
    best
}

/// One number of groups of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    /// Number of groups.
    pub(super) k: usize,
    /// Share of the graph's weight that stays within groups, 0 to 1.
    pub(super) inside: f64,
    /// The same, expected of edges drawn at random between texts of the same degrees (Newman and Girvan 2004).
    pub(super) expected: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    fn line() -> Array2<f32> {
        arr2(&[[0.0], [1.0], [10.0], [12.0], [30.0]])
    }

    #[test]
    fn near_clusters_join_first() {
        let tree = Tree::ward(&line(), vec![0, 1, 2, 3, 4], 5);
        // Costs: 0-1 1/2, 2-3 4/2; then {0,1}-{2,3} (10.5)^2 = 110.25 against {2,3}-4 19^2 * 2/3 = 240.7.
        assert_eq!(tree.merges, [(0, 1), (2, 3), (0, 2), (0, 4)]);
        assert_eq!(tree.cut(3), [0, 0, 1, 1, 2]);
        assert_eq!(tree.cut(2), [0, 0, 0, 0, 1]);
        assert_eq!(tree.from(4), (vec![0, 0, 1, 2, 3], vec![(1, 2), (0, 1), (0, 3)]));
        assert_eq!(tree.cut(9), [0, 1, 2, 3, 4], "no more groups than leaves");
        assert_eq!(tree.cut(1), [0; 5]);
    }

    #[test]
    fn levels_count_the_edges_that_stay_inside() {
        let tree = Tree::ward(&line(), vec![0, 1, 2, 3, 4], 5);
        let pairs = vec![vec![(1, 1.0)], vec![(0, 1.0)], vec![(3, 1.0)], vec![(2, 1.0)], vec![]];
        let levels = tree.levels(&NeighbourGraph { edges: pairs }, 3);
        assert_eq!(levels.iter().map(|level| level.k).collect::<Vec<_>>(), [3, 2]);
        assert!((levels[0].inside - 1.0).abs() < 1e-12 && (levels[0].expected - 0.5).abs() < 1e-12);
        assert!((levels[1].expected - 1.0).abs() < 1e-12, "all edges lie in the first group");
    }
}
