//! The files that a codebook cannot do without, for a codebook that is written elsewhere.

use super::vectors::{check_exemplars, unread};
use super::{CodebookError, TEXTS, VECTORS};
use crate::files;
use std::path::{Path, PathBuf};

/// What must be written beside `out`, so that a run can use it as it can use `codebook`: the vectors and the texts' places, those that
/// there are, with their bytes. Nothing where they are there already.
///
/// # Errors
/// If a file of `codebook` cannot be read or is not as its run left it, or those of another codebook stand beside `out`.
pub fn companions(codebook: &Path, out: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, CodebookError> {
    let mut missing = Vec::new();
    for name in [VECTORS, TEXTS] {
        let (from, to) = (codebook.with_file_name(name), out.with_file_name(name));
        if !from.exists() {
            continue;
        }
        check_exemplars(&from)?;
        let read = |path: &Path| files::read(path, u64::MAX).map_err(|source| unread(path, source));
        let bytes = read(&from)?;
        if !to.exists() {
            missing.push((to, bytes));
        } else if read(&to)? != bytes {
            return Err(CodebookError::Foreign { path: to });
        }
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Hint;

    #[test]
    fn what_is_missing_beside_a_codebook_is_brought_and_what_is_foreign_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["from", "to"] {
            fs_err::create_dir(path(name)).unwrap();
        }
        let (book, out) = (path("from/codebook.toml"), path("to/edited.toml"));
        assert_eq!(companions(&book, &out).unwrap(), [], "a codebook without themes has none");
        fs_err::write(path("from").join(VECTORS), "vectors").unwrap();
        fs_err::write(path("from").join(TEXTS), "texts").unwrap();
        let wanted =
            [(path("to").join(VECTORS), b"vectors".to_vec()), (path("to").join(TEXTS), b"texts".to_vec())];
        assert_eq!(companions(&book, &out).unwrap(), wanted);
        assert_eq!(companions(&book, &path("from/edited.toml")).unwrap(), [], "they are there");
        fs_err::write(path("to").join(VECTORS), "of another").unwrap();
        let error = companions(&book, &out).unwrap_err();
        assert!(
            error.to_string().ends_with("codebook-vectors.parquet` belongs to another codebook"),
            "{error}"
        );
        assert!(error.hint().unwrap().contains("another folder"));
        let manifest = r#"{"files": {"codebook-vectors.parquet": "00"}}"#;
        fs_err::write(path("from/manifest.json"), manifest).unwrap();
        assert!(companions(&book, &out).unwrap_err().to_string().contains("not as the run left it"));
    }
}
