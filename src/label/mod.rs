//! Names and statements, built from what people wrote.

use crate::types::{Clustering, Corpus, ThemeLabel, Vectors};

/// What the stage looks at.
#[derive(Clone, Copy)]
pub struct LabelInput<'a> {
    /// The words of the question, for its direction ("enjoy", "changed") and its generic words.
    pub wording: &'a str,
    /// Segments and distinct masked texts.
    pub corpus: &'a Corpus,
    /// One row per distinct text.
    pub vectors: &'a Vectors,
    /// The themes.
    pub clustering: &'a Clustering,
}

/// Makes vectors of candidate phrases; `None` if the engine fails, in which case words alone decide.
pub type PhraseVectors<'a> = dyn Fn(&[String]) -> Option<Vectors> + 'a;

/// One label per theme, no two names alike.
pub fn label_themes(input: LabelInput<'_>, _phrase_vectors: &PhraseVectors<'_>) -> Vec<ThemeLabel> {
    vec![ThemeLabel::default(); input.clustering.n_themes()]
}
