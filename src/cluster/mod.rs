//! Themes: how many, which texts, how stable.

mod assign;
mod breadth;
mod choose;
mod euclidean;
mod kmeans;
mod map;
mod reduce;
mod rest;
mod silhouette;
mod stability;
mod starts;
mod subs;
#[cfg(test)]
mod tests;
mod tree;
mod twins;

pub use assign::{Centres, assign_texts};
pub use map::map_texts;
pub use rest::PartCentres;

use crate::error::Hint;
use crate::types::{Clustering, Granularity, NeighbourGraph, SubCluster, Vectors};
use breadth::breadth;
use stability::Division;
use std::borrow::Cow;
use twins::Judgements;

/// How many themes, how fine, from which seed.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterParams {
    /// Number of themes; chosen from the data if absent.
    pub n_themes: Option<usize>,
    /// Fewest themes that are chosen when their number is chosen, as far as there are texts for them; at least 2. Default: 3, since a
    /// division into two says hardly more than "this or that".
    pub min_themes: usize,
    /// How fine the themes are when their number is chosen. Default: medium.
    pub granularity: Granularity,
    /// Seed of every random choice. Default: 42.
    pub seed: u64,
}

impl Default for ClusterParams {
    fn default() -> Self {
        Self { n_themes: None, min_themes: 3, granularity: Granularity::Medium, seed: 42 }
    }
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
    /// What the vectors were made of: where the number of themes is chosen and they are not to be fine, those that judge the same thing
    /// are brought together. Absent where they are to stay apart.
    pub texts: Option<&'a [String]>,
}

/// The themes of one question's distinct texts. Texts without a meaning and texts far from every theme are in none.
///
/// # Errors
/// If k-means refuses its parameters.
pub fn cluster_texts(input: ClusterInput<'_>, params: &ClusterParams) -> Result<Clustering, ClusterError> {
    divide(input, params, true)
}

/// As [`cluster_texts`], but no theme is divided into parts, which takes its time.
///
/// # Errors
/// If k-means refuses its parameters.
pub fn cluster_whole(input: ClusterInput<'_>, params: &ClusterParams) -> Result<Clustering, ClusterError> {
    divide(input, params, false)
}

fn divide(
    input: ClusterInput<'_>,
    params: &ClusterParams,
    into_parts: bool,
) -> Result<Clustering, ClusterError> {
    let meant = |i: &usize| input.vectors.has_meaning(*i) && input.smoothed.has_meaning(*i);
    let texts: Vec<usize> = (0..input.vectors.len()).filter(meant).collect();
    let rows = reduce::reduce(&of_meaning(input.smoothed, &texts));
    let graph = subs::within(input.graph, &texts);
    let (partition, n_chosen) = choose::partition(&rows, &graph, params, breadth(input.vectors, &texts))?;
    let may_join = params.n_themes.is_none() && params.granularity != Granularity::Fine;
    let judgements = input
        .texts
        .filter(|_| may_join)
        .map(|written| Judgements::of(texts.iter().map(|text| written[*text].as_str()), params.min_themes));
    let (partition, n) = match &judgements {
        Some(judgements) => judgements.join(&(0..texts.len()).collect::<Vec<_>>(), &partition, n_chosen),
        None => (partition, n_chosen),
    };
    let partition = by_size(&partition, n, |row| input.counts[texts[row]]);

    let mut themes = vec![None; input.vectors.len()];
    for (&text, &theme) in texts.iter().zip(&partition) {
        themes[text] = Some(theme);
    }
    let centres = Centres::of(input.vectors, input.smoothed, &themes, n);
    let members = |theme: usize| (0..texts.len()).filter(|row| partition[*row] == theme).collect::<Vec<_>>();
    let parts_of = |theme: usize| {
        let parts = subs::parts(&rows, &graph, &members(theme), params.seed)?;
        let of_texts =
            |part: SubCluster| SubCluster { texts: part.texts.iter().map(|row| texts[*row]).collect() };
        Ok(parts.into_iter().map(of_texts).collect())
    };
    let subs = if into_parts {
        (0..n).map(parts_of).collect::<Result<_, ClusterError>>()?
    } else {
        vec![Vec::new(); n]
    };
    let division = Division { partition: &partition, n, n_chosen, judgements: judgements.as_ref() };
    let stability = stability::stability(&rows, division, stability::RESAMPLES, params.seed)?;
    Ok(Clustering {
        assignments: assign::assign(input.vectors, input.smoothed, &centres, |text| themes[text]),
        centres: centres.raw,
        stability: stability.into_iter().map(Some).collect(),
        subs,
    })
}

/// The rows of `texts`, copied only where there are others.
fn of_meaning<'a>(vectors: &'a Vectors, texts: &[usize]) -> Cow<'a, Vectors> {
    if texts.len() == vectors.len() { Cow::Borrowed(vectors) } else { Cow::Owned(vectors.select(texts)) }
}

/// Numbers groups by falling size; ties go to the one with the first row.
fn by_size(partition: &[usize], n: usize, size: impl Fn(usize) -> usize) -> Vec<usize> {
    let mut sizes = vec![0; n];
    for (row, &group) in partition.iter().enumerate() {
        sizes[group] += size(row);
    }
    let mut order: Vec<usize> = (0..n).collect();
    // Groups come numbered by their first row, so a stable sort breaks ties as promised.
    order.sort_by_key(|&group| std::cmp::Reverse(sizes[group]));
    let mut rank = vec![0; n];
    for (to, &from) in order.iter().enumerate() {
        rank[from] = to;
    }
    partition.iter().map(|group| rank[*group]).collect()
}
