//! Themes: how many, which texts, how stable.

mod kmeans;
mod map;
mod reduce;

pub use map::map_texts;

use crate::error::Hint;
use crate::types::{Assignment, Clustering, NeighbourGraph, Stability, Vectors};
use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

/// How many themes, how fine, from which seed.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterParams {
    /// Number of themes; chosen from the data if absent.
    pub n_themes: Option<usize>,
    /// How fine the themes are when their number is chosen. Default: medium.
    pub granularity: Granularity,
    /// Seed of every random choice. Default: 42.
    pub seed: u64,
}

impl Default for ClusterParams {
    fn default() -> Self {
        Self { n_themes: None, granularity: Granularity::Medium, seed: 42 }
    }
}

/// How fine themes are when their number is chosen from the data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Granularity {
    /// Fewer, broader themes.
    Coarse,
    /// As the data suggest.
    #[default]
    Medium,
    /// More, narrower themes.
    Fine,
}

/// Why no themes can be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// k-means refused its parameters.
    #[error("Themes cannot be found: {0}")]
    KMeans(String),
}

impl Hint for ClusterError {
    fn hint(&self) -> Option<String> {
        None
    }
}

/// What the stage looks at: one row or entry per distinct text of a question.
#[derive(Clone, Copy)]
pub struct ClusterInput<'a> {
    /// The texts' vectors.
    pub vectors: &'a Vectors,
    /// The same, blended with their neighbours'.
    pub smoothed: &'a Vectors,
    /// Who is near whom before smoothing.
    pub graph: &'a NeighbourGraph,
    /// Segments with each text.
    pub counts: &'a [usize],
}

/// The themes of one question's distinct texts.
///
/// # Errors
/// If k-means refuses its parameters.
pub fn cluster_texts(input: ClusterInput<'_>, params: &ClusterParams) -> Result<Clustering, ClusterError> {
    let reduced = reduce::reduce(input.smoothed);
    let n = input.vectors.len();
    let most = (n / 4).clamp(1, 60);
    let ks: Vec<usize> = match params.n_themes {
        Some(k) => vec![k.clamp(1, n.max(1))],
        None => (2..=most.max(2)).filter(|k| *k <= n).collect(),
    };
    let partitions: Vec<Vec<usize>> =
        ks.par_iter().map(|&k| kmeans::kmeans(&reduced, k, params.seed)).collect::<Result<_, _>>()?;
    let best = partitions
        .into_iter()
        .max_by(|a, b| modularity(input.graph, a).total_cmp(&modularity(input.graph, b)))
        .unwrap_or_else(|| vec![0; n]);
    Ok(in_order(input, &best))
}

fn modularity(graph: &NeighbourGraph, partition: &[usize]) -> f64 {
    let groups: Vec<Option<usize>> = partition.iter().map(|theme| Some(*theme)).collect();
    graph.modularity(&groups, partition.iter().max().map_or(0, |most| most + 1))
}

/// Numbers themes by falling size and measures how near each text is to its theme's centre.
fn in_order(input: ClusterInput<'_>, partition: &[usize]) -> Clustering {
    let n = partition.iter().max().map_or(0, |most| most + 1);
    let mut sizes = vec![0; n];
    for (i, &theme) in partition.iter().enumerate() {
        sizes[theme] += input.counts[i];
    }
    let mut order: Vec<usize> = (0..n).filter(|&theme| sizes[theme] > 0).collect();
    order.sort_by_key(|&theme| (std::cmp::Reverse(sizes[theme]), partition.iter().position(|t| *t == theme)));
    let mut rank = vec![0; n];
    for (to, &from) in order.iter().enumerate() {
        rank[from] = to;
    }
    let themes: Vec<usize> = partition.iter().map(|theme| rank[*theme]).collect();
    let centres = centres(input.vectors, &themes, order.len());
    let assignments = (0..themes.len())
        .into_par_iter()
        .map(|i| {
            let similarity = |theme: usize| dot(input.vectors.row(i), centres.row(theme));
            let own = similarity(themes[i]);
            let rival = (0..order.len()).filter(|t| *t != themes[i]).map(similarity).fold(-1.0, f32::max);
            Assignment { theme: Some(themes[i]), similarity: own, second: None, margin: own - rival }
        })
        .collect();
    let n = order.len();
    Clustering {
        assignments,
        centres,
        stability: vec![Stability { found: 0, of: 0 }; n],
        subs: vec![Vec::new(); n],
    }
}

fn centres(vectors: &Vectors, themes: &[usize], n: usize) -> Array2<f32> {
    let mut sums = Array2::<f32>::zeros((n, vectors.dim()));
    for (i, &theme) in themes.iter().enumerate() {
        sums.row_mut(theme).scaled_add(1.0, &vectors.row(i));
    }
    Vectors::from_rows(sums).view().to_owned()
}

fn dot(a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>) -> f32 {
    a.dot(&b)
}
