//! Any engine with a store of vectors before it.

use super::store::{Kept, Key, Store};
use super::{EmbedError, Embedded, Embedder, ModelInfo};
use crate::progress::Warning;
use crate::types::Vectors;
use ndarray::Array2;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Texts in one part: what is lost if the program is killed, and enough to fill batches of equal length.
const PART: usize = 4096;

/// Takes vectors from a folder where it has them, else from the engine, and keeps those part by part.
///
/// Vectors already kept are the engine's own bits, so a run with a store gives the same bytes as one without.
pub struct CachedEmbedder {
    engine: Box<dyn Embedder>,
    store: Mutex<Store>,
    /// Model, engine and processor, which together decide the bits of a vector.
    identity: String,
}

impl CachedEmbedder {
    /// `engine` with the vectors kept in `folder`, a folder below which each model has its own.
    ///
    /// # Errors
    /// If the folder cannot be made or read.
    pub fn open(engine: Box<dyn Embedder>, folder: &Path) -> Result<Self, EmbedError> {
        let model = engine.model();
        let identity = format!("{} {} {}", model.sha256, model.engine, processor());
        let short: String = model.sha256.chars().take(16).collect();
        let store = Store::open(&folder.join(format!("{}-{short}", model.engine)), model.dim)?;
        Ok(Self { engine, store: Mutex::new(store), identity })
    }

    /// Whether vectors can be kept in `folder`, which is made if need be.
    ///
    /// # Errors
    /// If they cannot.
    pub fn probe(folder: &Path) -> Result<(), EmbedError> {
        super::store::probe(folder)
    }

    /// Texts whose vectors are kept.
    pub fn kept(&self) -> usize {
        self.store().len()
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, text: &str) -> Key {
        let mut hasher = Sha256::new();
        hasher.update(self.identity.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.finalize().into()
    }
}

impl Embedder for CachedEmbedder {
    fn model(&self) -> &ModelInfo {
        self.engine.model()
    }

    fn embed(&self, texts: &[&str], done: &(dyn Fn(usize) + Sync)) -> Result<Embedded, EmbedError> {
        let dim = self.engine.model().dim;
        let keys: Vec<Key> = texts.iter().map(|text| self.key(text)).collect();
        let mut rows = Array2::zeros((texts.len(), dim));
        let mut windowed = Vec::new();
        let mut missing = Vec::new();
        for (text, kept) in self.store().get(&keys).into_iter().enumerate() {
            match kept {
                Some(kept) => fill(&mut rows, &mut windowed, text, &kept),
                None => missing.push(text),
            }
        }
        done(texts.len() - missing.len());
        for part in missing.chunks(PART) {
            let new: Vec<&str> = part.iter().map(|&text| texts[text]).collect();
            let embedded = self.engine.embed(&new, done)?;
            let kept: Vec<Kept> = (0..part.len())
                .map(|i| Kept {
                    vector: embedded.vectors.row(i).to_vec(),
                    windowed: embedded.windowed.binary_search(&i).is_ok(),
                })
                .collect();
            let part_keys: Vec<Key> = part.iter().map(|&text| keys[text]).collect();
            self.store().put(&part_keys, &kept)?;
            for (&text, kept) in part.iter().zip(&kept) {
                fill(&mut rows, &mut windowed, text, kept);
            }
        }
        windowed.sort_unstable();
        Ok(Embedded { vectors: Vectors::from_rows(rows), windowed })
    }

    fn take_warnings(&self) -> Vec<Warning> {
        self.store().take_warnings()
    }
}

fn fill(rows: &mut Array2<f32>, windowed: &mut Vec<usize>, text: usize, kept: &Kept) {
    rows.row_mut(text).iter_mut().zip(&kept.vector).for_each(|(to, from)| *to = *from);
    if kept.windowed {
        windowed.push(text);
    }
}

/// The instructions an engine may choose between: vectors of one processor may differ from another's in the last bits,
/// and a folder may be shared between machines.
fn processor() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if std::is_x86_feature_detected!("avx512f") {
            return "x86_64 avx512";
        }
        if std::is_x86_feature_detected!("avx2") {
            return "x86_64 avx2";
        }
    }
    std::env::consts::ARCH
}
