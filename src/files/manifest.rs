//! `manifest.json`, by which a run's folder is known, as far as it says what the run wrote.

use super::hex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Its name. It makes a folder a run, and is written last.
pub(crate) const MANIFEST: &str = "manifest.json";
/// Bytes of it that are read.
const LARGEST: u64 = 100 << 20;

/// The manifest of the run in `folder`; `None` where there is none that can be read.
pub(crate) fn manifest_in(folder: &Path) -> Option<Value> {
    serde_json::from_slice(&super::read(&folder.join(MANIFEST), LARGEST).ok()?).ok()
}

/// The sha256 of the files of the run in `folder` as it wrote them, by their names.
pub(crate) fn written(folder: &Path) -> impl Fn(&str) -> Option<String> {
    let manifest = manifest_in(folder).unwrap_or_default();
    move |name| manifest.get("files")?.get(name)?.as_str().map(Into::into)
}

/// The sha256 of `content`, in hexadecimal as in the manifest.
pub(crate) fn sha256(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}
