//! A vector for each distinct masked text.
//!
//! [`RtenEmbedder`] runs the model, and so does `RustBertEmbedder` with the feature `rust-bert`; [`CachedEmbedder`] stands
//! before either and keeps its vectors on disk.

mod batch;
mod cached;
mod error;
mod files;
mod graph;
mod loading;
mod onnx;
mod part;
mod pool;
mod rten;
#[cfg(feature = "rust-bert")]
mod rust_bert;
#[cfg(any(test, fuzzing, feature = "rust-bert"))]
mod safetensors;
mod store;
mod tokens;

pub use cached::CachedEmbedder;
pub use error::EmbedError;
pub use loading::LoadingEmbedder;
pub use rten::RtenEmbedder;
#[cfg(feature = "rust-bert")]
pub use rust_bert::{Device, RustBertEmbedder};

use crate::progress::{Progress, Stage, Warning};
use crate::types::Vectors;

/// What stands before the weights of the second engine, for fuzzing without it.
///
/// # Errors
/// If there is no header, or it says nothing that a file could be like.
#[cfg(fuzzing)]
pub fn check_safetensors(bytes: &[u8]) -> Result<u64, &'static str> {
    safetensors::declared_length(bytes)
}

/// A sentence encoder. The same text gives the same bits, whatever is encoded beside it.
pub trait Embedder: Send + Sync {
    /// Which model this is.
    fn model(&self) -> &ModelInfo;

    /// Vectors of `texts`, `(texts.len(), dim)`. Calls `done` with the number of texts finished, from any thread.
    ///
    /// # Errors
    /// If the engine fails.
    fn embed(&self, texts: &[&str], done: &(dyn Fn(usize) + Sync)) -> Result<Embedded, EmbedError>;

    /// What the user ought to know since the last call.
    fn take_warnings(&self) -> Vec<Warning> {
        Vec::new()
    }
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
    /// One row per text; zeros for a text that holds nothing the model knows.
    pub vectors: Vectors,
    /// Texts longer than the model reads, as sorted indices: they were embedded in windows and averaged by length.
    pub windowed: Vec<usize>,
}

/// Vectors of `texts` (distinct, masked), with progress.
///
/// # Errors
/// If the engine fails or its vectors cannot be kept.
pub fn embed_texts(
    texts: &[String],
    embedder: &dyn Embedder,
    progress: &dyn Progress,
) -> Result<Embedded, EmbedError> {
    let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
    embedder.embed(&refs, &|n| progress.advance(Stage::Embed, n as u64))
}
