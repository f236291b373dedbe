//! Themes: how many, which texts, how stable.

use crate::error::Hint;
use crate::types::{Clustering, Vectors};

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
    /// Not written yet.
    #[error("clustering is not written yet")]
    Todo,
}

impl Hint for ClusterError {
    fn hint(&self) -> Option<String> {
        None
    }
}

/// The themes of one question's distinct texts; `counts` says how many segments hold each text.
///
/// # Errors
/// If the parameters do not fit.
pub fn cluster_texts(
    _vectors: &Vectors,
    _smoothed: &Vectors,
    _counts: &[usize],
    _params: &ClusterParams,
) -> Result<Clustering, ClusterError> {
    Err(ClusterError::Todo)
}
