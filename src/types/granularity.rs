use serde::{Deserialize, Serialize};

/// How fine themes are when their number is chosen from the data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// Fewer, broader themes.
    Coarse,
    /// As the data suggest.
    #[default]
    Medium,
    /// More, narrower themes; those that judge the same thing stay apart.
    Fine,
}
