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
    /// Model, engine, the version of the program, which fixes that of the engine, and processor: together they decide the bits of a vector.
    identity: String,
}

impl CachedEmbedder {
    /// `engine` with the vectors kept in `folder`, a folder below which each model has its own.
    ///
    /// # Errors
    /// If the folder cannot be made or read.
    pub fn open(engine: Box<dyn Embedder>, folder: &Path) -> Result<Self, EmbedError> {
        let model = engine.model();
        let version = env!("CARGO_PKG_VERSION");
        let identity = format!("{} {} {version} {}", model.sha256, model.engine, processor());
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
        if missing.is_empty() {
            // A model that does not load is told also where none of its work is needed.
            self.engine.embed(&[], done)?;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Vectors made of a text's own bytes; fails from the given text on.
    struct Engine {
        info: ModelInfo,
        calls: Arc<AtomicUsize>,
        fails_at: usize,
    }

    impl Embedder for Engine {
        fn model(&self) -> &ModelInfo {
            &self.info
        }

        fn embed(&self, texts: &[&str], done: &(dyn Fn(usize) + Sync)) -> Result<Embedded, EmbedError> {
            if self.calls.fetch_add(texts.len(), Ordering::Relaxed) + texts.len() > self.fails_at {
                return Err(EmbedError::Engine { engine: "test".into(), reason: "stopped".into() });
            }
            done(texts.len());
            let rows = Array2::from_shape_fn((texts.len(), 3), |(row, column)| {
                texts[row].bytes().map(|byte| f32::from(byte).sin()).nth(column).unwrap_or(0.5)
            });
            let windowed = (0..texts.len()).filter(|&row| texts[row].len() > 20).collect();
            Ok(Embedded { vectors: Vectors::from_rows(rows), windowed })
        }
    }

    fn engine(model: &str, fails_at: usize) -> (Box<dyn Embedder>, Arc<AtomicUsize>) {
        let calls = Arc::new(AtomicUsize::new(0));
        let info = ModelInfo { name: "m".into(), sha256: model.into(), engine: "test".into(), dim: 3 };
        (Box::new(Engine { info, calls: Arc::clone(&calls), fails_at }), calls)
    }

    /// What is embedded with the vectors kept in `folder`, and the number of texts that the engine had to do.
    fn run(folder: &Path, model: &str, texts: &[String]) -> (Embedded, usize, Vec<Warning>) {
        let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (engine, calls) = engine(model, usize::MAX);
        let cached = CachedEmbedder::open(engine, folder).unwrap();
        let done = AtomicUsize::new(0);
        let embedded = cached.embed(&refs, &|n| _ = done.fetch_add(n, Ordering::Relaxed)).unwrap();
        assert_eq!(done.into_inner(), texts.len(), "progress counts every text");
        (embedded, calls.load(Ordering::Relaxed), cached.take_warnings())
    }

    fn texts(n: usize) -> Vec<String> {
        (0..n).map(|i| format!("answer {i}{}", if i % 50 == 0 { " that is very long" } else { "" })).collect()
    }

    fn parts(folder: &Path) -> Vec<std::path::PathBuf> {
        let mut parts: Vec<_> =
            fs_err::read_dir(folder.join("test-m")).unwrap().map(|entry| entry.unwrap().path()).collect();
        parts.sort();
        parts
    }

    #[test]
    fn kept_vectors_are_the_engines_own_bits_and_are_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let texts = texts(300);
        let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
        let plain = engine("m", usize::MAX).0.embed(&refs, &|_| ()).unwrap();
        assert_eq!(run(folder.path(), "m", &texts[..200]), (plain_part(&plain, 200), 200, vec![]));
        assert_eq!(run(folder.path(), "m", &texts), (plain.clone(), 100, vec![]));
        assert_eq!(run(folder.path(), "m", &texts), (plain, 0, vec![]));
        assert_eq!(run(folder.path(), "other", &texts).1, 300, "another model's vectors are not used");
    }

    fn plain_part(all: &Embedded, n: usize) -> Embedded {
        let rows: Vec<usize> = (0..n).collect();
        let windowed = all.windowed.iter().copied().filter(|&row| row < n).collect();
        Embedded { vectors: all.vectors.select(&rows), windowed }
    }

    #[test]
    fn what_was_finished_before_a_stop_is_not_done_again() {
        let folder = tempfile::tempdir().unwrap();
        let texts = texts(PART * 2 + 10);
        let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (stopping, _) = engine("m", PART + 1);
        CachedEmbedder::open(stopping, folder.path()).unwrap().embed(&refs, &|_| ()).unwrap_err();
        assert_eq!(run(folder.path(), "m", &texts).1, PART + 10);
    }

    #[test]
    fn a_damaged_part_is_named_and_its_texts_are_embedded_again() {
        let folder = tempfile::tempdir().unwrap();
        let texts = texts(300);
        let (plain, ..) = run(folder.path(), "m", &texts);
        let part = parts(folder.path()).remove(0);
        let whole = fs_err::read(&part).unwrap();
        // A changed number, found when the vectors are read; a cut file, found when the keys are.
        let mut changed = whole.clone();
        changed[whole.len() / 2] ^= 1;
        for (damaged, reason) in [(changed, "its bytes changed"), (whole[..whole.len() / 2].to_vec(), "")] {
            fs_err::write(&part, damaged).unwrap();
            let (again, calls, warnings) = run(folder.path(), "m", &texts);
            assert_eq!((&again, calls), (&plain, 300));
            assert_eq!(warnings.len(), 1);
            let start = format!("kept vectors in `{}` are damaged ({reason}", part.display());
            assert!(warnings[0].starts_with(&start), "{}", warnings[0]);
            assert!(warnings[0].ends_with("); it was removed and its texts are embedded again"));
            assert_eq!(fs_err::read(&part).unwrap(), whole, "the part is written again, byte for byte");
        }
    }

    #[cfg(unix)]
    #[test]
    fn kept_vectors_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        run(&folder.path().join("made"), "m", &texts(3));
        let mode = |path: &Path| fs_err::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.path().join("made")), 0o700);
        assert_eq!(mode(&folder.path().join("made/test-m")), 0o700);
        assert_eq!(mode(&parts(&folder.path().join("made"))[0]), 0o600);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = CachedEmbedder::probe(file.path()).unwrap_err().to_string();
        let start = format!("vectors cannot be kept in `{}`: ", file.path().display());
        assert!(error.starts_with(&start), "{error}");
    }
}
