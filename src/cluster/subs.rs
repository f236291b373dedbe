//! Parts of a theme that stand apart inside it.

use super::choose::partition;
use super::stability::{Division, stability};
use super::{ClusterError, ClusterParams};
use crate::types::{Granularity, NeighbourGraph, SubCluster};
use ndarray::{Array2, Axis};

/// Texts below which a theme has no parts.
const MIN_THEME: usize = 24;
/// Texts below which a part is left out.
const MIN_PART: usize = 5;
/// Resamples that say whether a part is really there.
const RESAMPLES: u32 = 20;
/// Share of resamples in which each part must be found again.
const MIN_STABILITY: f64 = 0.8;
/// Share of the neighbour graph's weight inside the theme that may join different parts.
const MOST_BETWEEN: f64 = 0.2;

/// The parts of the theme whose texts are `members` (rows of `rows`), largest first; none where it is of one piece. Their texts are
/// rows of `rows`.
pub(super) fn parts(
    rows: &Array2<f32>,
    graph: &NeighbourGraph,
    members: &[usize],
    seed: u64,
) -> Result<Vec<SubCluster>, ClusterError> {
    if members.len() < MIN_THEME {
        return Ok(Vec::new());
    }
    let inside = rows.select(Axis(0), members);
    let graph = within(graph, members);
    let params = ClusterParams { n_themes: None, min_themes: 2, granularity: Granularity::Medium, seed };
    let (division, k) = partition(&inside, &graph, &params, 1.0)?;
    if k < 2 || between(&graph, &division) > MOST_BETWEEN {
        return Ok(Vec::new());
    }
    let as_is = Division { partition: &division, n: k, n_chosen: k, judgements: None };
    let stable = stability(&inside, as_is, RESAMPLES, seed)?;
    let mut parts: Vec<SubCluster> = (0..k)
        .filter(|part| stable[*part].share() >= MIN_STABILITY)
        .map(|part| {
            let texts = members.iter().zip(&division).filter(|(_, of)| **of == part).map(|(text, _)| *text);
            SubCluster { texts: texts.collect() }
        })
        .filter(|part| part.texts.len() >= MIN_PART)
        .collect();
    parts.sort_by(|a, b| b.texts.len().cmp(&a.texts.len()).then(a.texts.cmp(&b.texts)));
    Ok(if parts.len() < 2 { Vec::new() } else { parts })
}

/// The part of the graph that lies among `members` (ascending), renumbered by their place.
pub(super) fn within(graph: &NeighbourGraph, members: &[usize]) -> NeighbourGraph {
    let edges = members
        .iter()
        .map(|member| {
            let edges = graph.edges[*member].iter();
            edges.filter_map(|&(other, weight)| Some((members.binary_search(&other).ok()?, weight))).collect()
        })
        .collect();
    NeighbourGraph { edges }
}

/// Share of the graph's weight that joins different groups.
fn between(graph: &NeighbourGraph, groups: &[usize]) -> f64 {
    let mut total = 0.0;
    let mut across = 0.0;
    for (i, edges) in graph.edges.iter().enumerate() {
        for &(j, weight) in edges {
            total += f64::from(weight);
            across += if groups[i] == groups[j] { 0.0 } else { f64::from(weight) };
        }
    }
    if total > 0.0 { across / total } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graph_within_a_theme_is_renumbered_and_cut_off_from_the_rest() {
        let graph = NeighbourGraph { edges: vec![vec![(2, 0.5), (1, 0.9)], vec![(0, 0.9)], vec![(0, 0.5)]] };
        let inside = within(&graph, &[0, 2]);
        assert_eq!(inside.edges, [vec![(1, 0.5)], vec![(0, 0.5)]]);
        assert!((between(&graph, &[0, 0, 1]) - 1.0 / 2.8).abs() < 1e-6, "weights are of 32 bits");
    }
}
