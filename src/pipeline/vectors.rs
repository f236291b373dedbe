//! The vectors of a question: of all its texts or, where they are many, of the sample that themes are fitted on.

use super::context::in_context;
use super::part::Part;
use super::prepare::Prepared;
use crate::embed::{EmbedError, Embedded, Embedder, embed_texts};
use crate::progress::Progress;
use crate::types::Vectors;

/// Texts whose vectors are in memory at once beside the sample's: a few parts of the store.
pub(super) const CHUNK: usize = 4_096;

/// What themes are fitted on.
pub(super) struct Fitted {
    /// The sample, or `None` where themes are fitted on all texts.
    pub(super) sample: Option<Part>,
    /// Vectors of its texts (or of all).
    pub(super) vectors: Vectors,
    /// The same with the answers they stand in.
    pub(super) blended: Vectors,
    /// Texts of the whole question over the model's limit.
    pub(super) n_windowed: usize,
}

impl Fitted {
    /// The part of a question whose vectors these are.
    pub(super) fn of<'a>(&'a self, whole: &'a Prepared) -> &'a Prepared {
        self.sample.as_ref().map_or(whole, |sample| &sample.prepared)
    }

    /// Embeds every text of a question. Beyond a sample of `most` texts the vectors are not held: an engine that keeps them on disk has
    /// them when they are asked for again.
    pub(super) fn embed(
        prepared: &Prepared,
        most: usize,
        seed: u64,
        embedder: &dyn Embedder,
        progress: &dyn Progress,
    ) -> Result<Self, EmbedError> {
        let Some(sample) = Part::sample(prepared, most, seed) else {
            let texts = embed_texts(&prepared.corpus.texts, embedder, progress)?;
            let wholes = embed_texts(&prepared.wholes, embedder, progress)?;
            let blended = in_context(prepared, &texts.vectors, &wholes.vectors);
            return Ok(Self {
                sample: None,
                vectors: texts.vectors,
                blended,
                n_windowed: texts.windowed.len(),
            });
        };
        let mut n_windowed = 0;
        for chunk in prepared.corpus.texts.chunks(CHUNK) {
            n_windowed += embed_texts(chunk, embedder, progress)?.windowed.len();
        }
        for chunk in prepared.wholes.chunks(CHUNK) {
            embed_texts(chunk, embedder, progress)?;
        }
        let (vectors, blended) = embed_part(&sample, embedder)?;
        Ok(Self { sample: Some(sample), vectors, blended, n_windowed })
    }
}

/// The vectors of a part's texts, and the same with the answers they stand in.
pub(super) fn embed_part(part: &Part, embedder: &dyn Embedder) -> Result<(Vectors, Vectors), EmbedError> {
    let embed = |texts: &[String]| -> Result<Embedded, EmbedError> {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        embedder.embed(&texts, &|_| ())
    };
    let vectors = embed(&part.prepared.corpus.texts)?.vectors;
    let wholes = embed(&part.prepared.wholes)?.vectors;
    let blended = in_context(&part.prepared, &vectors, &wholes);
    Ok((vectors, blended))
}
