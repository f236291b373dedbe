//! `codebook.toml`.

use super::CodebookError;
use super::check::check;
use crate::files;
use crate::types::{CODEBOOK_SCHEMA, Codebook};
use std::path::Path;

/// Largest codebook that is read, in bytes.
const LARGEST: u64 = 50 << 20;

/// What stands at the top of the file.
const HEAD: &str = "\
# The codebook: the themes with their ids and your decisions. It may be edited; docs/codebook.md says how.
# Never delete a theme: set `drop = true`. To add one, write a [[theme]] with `question`, `name` and two or three `examples`.
";

/// Reads and checks a codebook.
///
/// # Errors
/// If the file cannot be read, is not a codebook, was written by a newer version, or its rows do not fit together.
pub fn read_codebook(path: &Path) -> Result<Codebook, CodebookError> {
    let text = files::read_text(path, LARGEST)
        .map_err(|source| CodebookError::Open { path: path.into(), source: files::reason(source) })?;
    parse_codebook(&text, path)
}

/// As [`read_codebook`], of a text that was read from `path`.
///
/// # Errors
/// As [`read_codebook`].
pub fn parse_codebook(text: &str, path: &Path) -> Result<Codebook, CodebookError> {
    let form = |reason: String| CodebookError::Form { path: path.into(), reason };
    let text = text.trim_start_matches('\u{feff}');
    // Without the line itself: a file that is no codebook may hold anything.
    let at_line = |error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        form(format!("line {}: {}", files::count_byte(before.as_bytes(), b'\n') + 1, error.message()))
    };
    let table: toml::Table = toml::from_str(text).map_err(at_line)?;
    // A newer form may have fields that are unknown here: its version is looked at first.
    let schema = table
        .get("schema")
        .and_then(toml::Value::as_integer)
        .ok_or_else(|| form("it has no `schema`".into()))?;
    let schema = u32::try_from(schema).map_err(|_| form(format!("its schema is {schema}")))?;
    if schema > CODEBOOK_SCHEMA {
        return Err(CodebookError::Newer { path: path.into(), found: schema, known: CODEBOOK_SCHEMA });
    }
    let mut codebook: Codebook = toml::from_str(text).map_err(at_line)?;
    check(&mut codebook)?;
    Ok(codebook)
}

/// The text of `codebook.toml`.
///
/// # Errors
/// If a value cannot be written as TOML.
pub fn codebook_toml(codebook: &Codebook) -> Result<String, CodebookError> {
    let body = toml::to_string(codebook)
        .map_err(|error| CodebookError::Write { path: "codebook.toml".into(), reason: error.to_string() })?;
    Ok(format!("{HEAD}\n{body}"))
}
