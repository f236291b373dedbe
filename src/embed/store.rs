//! Vectors on disk, in Parquet part files: what makes a second run fast and an interrupted one resumable.
//!
//! A part has the columns `key` (32 bytes: sha256 of model and text), `vector` (32-bit floats, little-endian, as bytes: a
//! list costs a tenth of a second run to read) and `windowed` (whether the text was longer than the model reads). It is written whole or not at all, and its name is the start of the sha256 of its bytes,
//! so that a damaged part is found out before its vectors are used. Texts are not kept, yet vectors tell much about
//! them: folders and files are for their owner only.

use super::EmbedError;
use super::part::{part_bytes, read_keys, read_rows};
use crate::files;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What identifies a text under a model.
pub(super) type Key = [u8; 32];

type Half = [u8; 16];

/// A vector as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept {
    pub(super) vector: Vec<f32>,
    pub(super) windowed: bool,
}

/// The parts of one model.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    dim: usize,
    parts: Vec<PathBuf>,
    /// Parts whose bytes were found to be as they were written, or were just written.
    verified: HashSet<u32>,
    /// Part and row of each key, by its first half: of as many texts as memory holds no two share it.
    index: HashMap<Half, (u32, u32)>,
    warnings: Vec<String>,
}

impl Store {
    /// Opens the parts in `folder`, which is made if need be. Reads keys alone.
    pub(super) fn open(folder: &Path, dim: usize) -> Result<Self, EmbedError> {
        let failed =
            |error: std::io::Error| EmbedError::Store { path: folder.to_owned(), reason: error.to_string() };
        make_private(folder).map_err(failed)?;
        let mut found = Vec::new();
        for entry in fs_err::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|extension| extension == "parquet") {
                found.push(path);
            }
        }
        found.sort();
        let mut store = Self {
            folder: folder.to_owned(),
            dim,
            parts: Vec::new(),
            verified: HashSet::new(),
            index: HashMap::new(),
            warnings: Vec::new(),
        };
        for path in found {
            match read_keys(&path) {
                Ok(keys) => store.add(path, &keys),
                Err(reason) => store.discard(&path, &reason),
            }
        }
        Ok(store)
    }

    /// What is kept for each key, in their order.
    pub(super) fn get(&mut self, keys: &[Key]) -> Vec<Option<Kept>> {
        let mut wanted: BTreeMap<u32, Vec<(usize, u32)>> = BTreeMap::new();
        for (position, key) in keys.iter().enumerate() {
            if let Some(&(part, row)) = self.index.get(&half(key)) {
                wanted.entry(part).or_default().push((position, row));
            }
        }
        let mut kept = vec![None; keys.len()];
        for (part, rows) in wanted {
            let path = self.parts[part as usize].clone();
            let sound = if self.verified.contains(&part) { Ok(()) } else { verify(&path) };
            match sound.and_then(|()| read_rows(&path, self.dim)) {
                Ok(mut read) => {
                    self.verified.insert(part);
                    for (position, row) in rows {
                        kept[position] = read.get_mut(row as usize).map(|kept| kept.clone());
                    }
                }
                Err(reason) => {
                    self.index.retain(|_, (of, _)| *of != part);
                    self.discard(&path, &reason);
                }
            }
        }
        kept
    }

    /// Keeps what is new as one part.
    pub(super) fn put(&mut self, keys: &[Key], kept: &[Kept]) -> Result<(), EmbedError> {
        if keys.is_empty() {
            return Ok(());
        }
        let failed = |reason: String| EmbedError::Store { path: self.folder.clone(), reason };
        let bytes = part_bytes(keys, kept, self.dim).map_err(failed)?;
        let path = self.folder.join(format!("{}.parquet", name(&Sha256::digest(&bytes))));
        // A temporary file is readable by its owner alone, and keeps that when it is renamed.
        let mut file = tempfile::Builder::new()
            .prefix(".part-")
            .tempfile_in(&self.folder)
            .map_err(|error| failed(error.to_string()))?;
        file.write_all(&bytes).map_err(|error| failed(error.to_string()))?;
        file.persist(&path).map_err(|error| failed(error.to_string()))?;
        self.add(path, keys);
        Ok(())
    }

    /// Texts kept.
    pub(super) fn len(&self) -> usize {
        self.index.len()
    }

    /// What the user ought to know since the last call.
    pub(super) fn take_warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.warnings)
    }

    fn add(&mut self, path: PathBuf, keys: &[Key]) {
        let part = self.parts.len() as u32;
        self.parts.push(path);
        self.index.extend(keys.iter().zip(0..).map(|(key, row)| (half(key), (part, row))));
    }

    fn discard(&mut self, path: &Path, reason: &str) {
        let fate = match fs_err::remove_file(path) {
            Ok(()) => "it was removed",
            Err(_) => "it was left out",
        };
        let path = path.display();
        self.warnings.push(format!(
            "kept vectors in `{path}` are damaged ({reason}); {fate} and its texts are embedded again"
        ));
    }
}

fn half(key: &Key) -> Half {
    std::array::from_fn(|i| key[i])
}

/// The start of a part's hash, long enough that two parts never share it.
fn name(hash: &[u8]) -> String {
    files::hex(hash.get(..16).unwrap_or(hash))
}

fn verify(path: &Path) -> Result<(), String> {
    let bytes = files::read(path, u64::MAX).map_err(|error| error.to_string())?;
    let found = name(&Sha256::digest(bytes));
    if path.file_stem().is_some_and(|stem| stem == found.as_str()) {
        Ok(())
    } else {
        Err("its bytes changed since it was written".to_owned())
    }
}

/// Whether a file can be written in `folder`, which is made if need be.
pub(super) fn probe(folder: &Path) -> Result<(), EmbedError> {
    make_private(folder)
        .and_then(|()| tempfile::Builder::new().prefix(".part-").tempfile_in(folder))
        .map(drop)
        .map_err(|error| EmbedError::Store { path: folder.to_owned(), reason: error.to_string() })
}

/// Makes a folder that its owner alone may enter, with those above it.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
