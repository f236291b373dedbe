//! Representative quotes: near the centre, different from each other, one per respondent, of readable length.

use crate::types::{Clustering, Corpus, ThemeQuote, Vectors};

/// What the stage looks at.
#[derive(Clone, Copy)]
pub struct QuoteInput<'a> {
    /// Segments and distinct masked texts.
    pub corpus: &'a Corpus,
    /// One row per distinct text.
    pub vectors: &'a Vectors,
    /// The themes.
    pub clustering: &'a Clustering,
    /// Whether a segment may be quoted: its respondent consents and it was not rejected in review. By segment index.
    pub may_be_quoted: &'a dyn Fn(usize) -> bool,
    /// Quotes per theme.
    pub n_quotes: usize,
}

/// Quotes of each theme, best first.
pub fn pick_quotes(input: QuoteInput<'_>) -> Vec<Vec<ThemeQuote>> {
    vec![Vec::new(); input.clustering.n_themes()]
}
