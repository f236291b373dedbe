//! A vector for each distinct masked text.

use crate::error::Hint;
use crate::progress::Progress;
use crate::types::Vectors;

/// A sentence encoder. The same text gives the same bits, whatever is encoded beside it.
pub trait Embedder: Sync {
    /// Which model this is.
    fn model(&self) -> &ModelInfo;

    /// Vectors of `texts`, `(texts.len(), dim)`. Calls `done` with the number of texts finished, from any thread.
    ///
    /// # Errors
    /// If the engine fails.
    fn embed(&self, texts: &[&str], done: &(dyn Fn(usize) + Sync)) -> Result<Embedded, EmbedError>;
}

/// What identifies a model: vectors of different models are never compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelInfo {
    /// Such as `all-MiniLM-L6-v2`.
    pub name: String,
    /// sha256 of the weights file, in hexadecimal.
    pub sha256: String,
    /// `rten` or `rust-bert`.
    pub engine: String,
    /// Numbers per vector.
    pub dim: usize,
}

/// What an engine returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedded {
    /// One row per text.
    pub vectors: Vectors,
    /// Texts longer than the model's limit, embedded in windows.
    pub windowed: usize,
}

/// Why no vectors can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbedError {
    /// Not written yet.
    #[error("embedding is not written yet")]
    Todo,
}

impl Hint for EmbedError {
    fn hint(&self) -> Option<String> {
        None
    }
}

/// Vectors of `texts` (distinct, masked), from the store where it has them, else from the engine.
///
/// # Errors
/// If the engine fails or the store cannot be written.
pub fn embed_texts(
    texts: &[String],
    embedder: &dyn Embedder,
    progress: &dyn Progress,
) -> Result<Embedded, EmbedError> {
    let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
    embedder.embed(&refs, &|n| progress.advance(crate::progress::Stage::Embed, n as u64))
}
