//! The vectors of a question: of all its texts or, where they are many, of the sample that themes are fitted on.

use super::context::InContext;
use super::part::Part;
use super::prepare::Prepared;
use crate::embed::{EmbedError, Embedder, embed_texts};
use crate::progress::{NoProgress, Progress};

/// Texts whose vectors are in memory at once beside the sample's: a few parts of the store.
pub(super) const CHUNK: usize = 4_096;

/// Texts that themes are fitted on at once, over all questions: more take more memory than doing questions side by side is worth.
pub(super) const AT_ONCE: usize = 50_000;

/// A question whose texts have all been embedded.
pub(super) struct Embedding {
    sample: Option<Part>,
    /// Vectors of the texts that themes are fitted on, if they are held.
    held: Option<InContext>,
    n_windowed: usize,
}

impl Embedding {
    /// Embeds every text of a question. Beyond a sample of `most` texts, and of all where they are not to be held, the vectors are let
    /// go: an engine that keeps them on disk has them when they are asked for again.
    pub(super) fn of(
        prepared: &Prepared,
        most: usize,
        seed: u64,
        hold: bool,
        embedder: &dyn Embedder,
        progress: &dyn Progress,
    ) -> Result<Self, EmbedError> {
        let sample = Part::sample(prepared, most, seed);
        if hold && sample.is_none() {
            let (held, n_windowed) = embed_part(prepared, embedder, progress)?;
            return Ok(Self { sample, held: Some(held), n_windowed });
        }
        let mut n_windowed = 0;
        for chunk in prepared.corpus.texts.chunks(CHUNK) {
            n_windowed += embed_texts(chunk, embedder, progress)?.windowed.len();
        }
        for chunk in prepared.wholes.chunks(CHUNK) {
            embed_texts(chunk, embedder, progress)?;
        }
        Ok(Self { sample, held: None, n_windowed })
    }

    /// How many texts themes are fitted on.
    pub(super) fn n_texts(&self, whole: &Prepared) -> usize {
        part_of(self.sample.as_ref(), whole).corpus.texts.len()
    }

    /// With the vectors of the texts that themes are fitted on.
    pub(super) fn fitted(self, whole: &Prepared, embedder: &dyn Embedder) -> Result<Fitted, EmbedError> {
        let Self { sample, held, n_windowed } = self;
        let vectors = match held {
            Some(held) => held,
            None => embed_again(part_of(sample.as_ref(), whole), embedder)?,
        };
        Ok(Fitted { sample, vectors, n_windowed })
    }
}

/// What themes are fitted on.
pub(super) struct Fitted {
    /// The sample, or `None` where themes are fitted on all texts.
    pub(super) sample: Option<Part>,
    /// Vectors of its texts (or of all).
    pub(super) vectors: InContext,
    /// Texts of the whole question over the model's limit.
    pub(super) n_windowed: usize,
}

impl Fitted {
    /// The part of a question whose vectors these are.
    pub(super) fn of<'a>(&'a self, whole: &'a Prepared) -> &'a Prepared {
        part_of(self.sample.as_ref(), whole)
    }
}

fn part_of<'a>(sample: Option<&'a Part>, whole: &'a Prepared) -> &'a Prepared {
    sample.map_or(whole, |sample| &sample.prepared)
}

/// The vectors of texts that have been embedded before.
pub(super) fn embed_again(part: &Prepared, embedder: &dyn Embedder) -> Result<InContext, EmbedError> {
    embed_part(part, embedder, &NoProgress).map(|(vectors, _)| vectors)
}

/// The vectors of texts, and how many of these are over the model's limit.
fn embed_part(
    part: &Prepared,
    embedder: &dyn Embedder,
    progress: &dyn Progress,
) -> Result<(InContext, usize), EmbedError> {
    let texts = embed_texts(&part.corpus.texts, embedder, progress)?;
    let wholes = embed_texts(&part.wholes, embedder, progress)?;
    Ok((InContext::of(part, texts.vectors, &wholes.vectors), texts.windowed.len()))
}
