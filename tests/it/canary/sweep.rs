//! Looks for secrets in bytes, however they are packed.

use aho_corasick::AhoCorasick;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

/// What is looked for, in any case and with any spaces or hyphens.
pub(super) struct Sweep {
    secrets: Vec<String>,
    automaton: AhoCorasick,
}

impl Sweep {
    pub(super) fn new(secrets: impl Iterator<Item = String>) -> Self {
        let secrets: Vec<String> =
            secrets.map(|secret| String::from_utf8(squeezed(secret.as_bytes())).unwrap()).collect();
        assert!(secrets.iter().all(|secret| secret.len() > 5), "short enough to stand there by chance");
        assert_eq!(secrets.iter().collect::<BTreeSet<_>>().len(), secrets.len(), "one stands there twice");
        let automaton = AhoCorasick::new(&secrets).unwrap();
        Self { secrets, automaton }
    }

    /// The secrets that stand in `bytes`.
    pub(super) fn found_in(&self, bytes: &[u8]) -> BTreeSet<&str> {
        let squeezed = squeezed(bytes);
        let found = self.automaton.find_overlapping_iter(&squeezed);
        found.map(|found| self.secrets[found.pattern().as_usize()].as_str()).collect()
    }

    /// # Panics
    /// If `bytes`, or what they are when unpacked, hold a secret.
    pub(super) fn check(&self, name: &str, bytes: &[u8]) {
        for (part, bytes) in unpacked(name, bytes) {
            assert_eq!(self.found_in(&bytes), BTreeSet::new(), "{part}");
            // Word cuts a sentence into runs; a workbook cuts one with formats.
            assert_eq!(self.found_in(&without_tags(&bytes)), BTreeSet::new(), "the text of {part}");
        }
    }

    /// Checks every file below `folder` with its name; gives their names.
    pub(super) fn check_folder(&self, folder: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for path in files(folder) {
            let name = path.to_string_lossy().into_owned();
            assert_eq!(self.found_in(name.as_bytes()), BTreeSet::new(), "a file is called `{name}`");
            self.check(&name, &fs_err::read(&path).unwrap());
            names.push(name);
        }
        names
    }
}

/// Lower case, without the spaces, line breaks and hyphens that people put into numbers.
fn squeezed(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().filter(|b| !b.is_ascii_whitespace() && **b != b'-').map(u8::to_ascii_lowercase).collect()
}

fn without_tags(bytes: &[u8]) -> Vec<u8> {
    let mut inside = false;
    let mut is_text = |b: &u8| {
        let was = inside;
        inside = if inside { *b != b'>' } else { *b == b'<' };
        !was && !inside
    };
    bytes.iter().copied().filter(|b| is_text(b)).collect()
}

/// The bytes themselves, and the parts of an archive or the rows of a Parquet file.
fn unpacked(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts = vec![(name.to_owned(), bytes.to_vec())];
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for i in 0..archive.len() {
            let mut part = archive.by_index(i).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            parts.push((format!("{name}: {}", part.name().unwrap()), content));
        }
    }
    if bytes.starts_with(b"PAR1") {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<String> =
            reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        parts.push((format!("rows of {name}"), rows.join("\n").into_bytes()));
    }
    parts
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
