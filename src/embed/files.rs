//! The files of a model's folder, checked before any engine sees them.

use super::EmbedError;
use crate::files;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "manifest.json";
/// Largest file of a model, in bytes.
const LARGEST: u64 = 4 << 30;
const SCHEMA: u32 = 1;

/// What a folder holds, as `models/export_onnx.py` writes it.
#[derive(Debug, Deserialize)]
pub(super) struct Manifest {
    schema: u32,
    pub(super) name: String,
    pub(super) dim: usize,
    pub(super) max_tokens: usize,
    pub(super) vocabulary: usize,
    files: BTreeMap<String, Listed>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    bytes: u64,
    sha256: String,
}

/// A folder whose manifest was read.
#[derive(Debug)]
pub(super) struct ModelFolder {
    path: PathBuf,
    pub(super) manifest: Manifest,
}

impl ModelFolder {
    pub(super) fn open(path: &Path) -> Result<Self, EmbedError> {
        let file = path.join(MANIFEST);
        let wrong = |reason: String| EmbedError::Manifest { path: file.clone(), reason };
        let manifest: Manifest =
            serde_json::from_slice(&read(&file)?).map_err(|error| wrong(error.to_string()))?;
        if manifest.schema != SCHEMA {
            return Err(wrong(format!("its schema is {}, this program reads {SCHEMA}", manifest.schema)));
        }
        if manifest.dim == 0 || manifest.max_tokens < 8 {
            return Err(wrong("`dim` must be at least 1 and `max_tokens` at least 8".to_owned()));
        }
        Ok(Self { path: path.to_owned(), manifest })
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// sha256 of a file as the manifest lists it.
    pub(super) fn sha256(&self, name: &str) -> Result<&str, EmbedError> {
        Ok(&self.listed(name)?.sha256)
    }

    /// The bytes of a file, if they are those that the manifest lists.
    pub(super) fn load(&self, name: &str) -> Result<Vec<u8>, EmbedError> {
        let listed = self.listed(name)?;
        let path = self.file(name);
        let bytes = read(&path)?;
        if bytes.len() as u64 != listed.bytes {
            return Err(EmbedError::Length { path, found: bytes.len() as u64, expected: listed.bytes });
        }
        let found = files::hex(&Sha256::digest(&bytes));
        if found != listed.sha256 {
            return Err(EmbedError::Hash { path, found, expected: listed.sha256.clone() });
        }
        Ok(bytes)
    }

    fn listed(&self, name: &str) -> Result<&Listed, EmbedError> {
        self.manifest.files.get(name).ok_or_else(|| EmbedError::Manifest {
            path: self.file(MANIFEST),
            reason: format!("it does not list `{name}`"),
        })
    }
}

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, EmbedError> {
    files::read(path, LARGEST).map_err(|source| {
        if source.kind() == std::io::ErrorKind::NotFound {
            EmbedError::Missing { path: path.to_owned() }
        } else {
            EmbedError::Unreadable { path: path.to_owned(), source: files::reason(source) }
        }
    })
}
