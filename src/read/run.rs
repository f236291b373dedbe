use crate::error::Hint;
use crate::files;
use crate::types::{REPORT_SCHEMA, Report};
use std::io;
use std::path::{Path, PathBuf};

/// Name of the findings in the folder of a run.
const FINDINGS: &str = "themes.json";

/// Largest file of findings that is read, in bytes.
const LARGEST: u64 = 200 << 20;

/// Why a run that was written cannot be read back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The folder is not there, or is no run.
    #[error("`{}` is not the folder of a run", folder.display())]
    Open {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The findings are not in their form.
    #[error("`{}` cannot be understood: {reason}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// The reason, with its place.
        reason: String,
    },
    /// A newer program wrote it.
    #[error(
        "`{}` was written by a newer version: its schema is {found}, this version reads up to {REPORT_SCHEMA}",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u64,
    },
}

impl Hint for RunError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Open { .. } => {
                Some("Give a folder that `verbatim run` has written; `themes.json` lies in it".into())
            }
            Self::Form { .. } => Some("Run the survey again".into()),
            Self::Newer { .. } => Some("Use the version of `verbatim` that wrote it, or a later one".into()),
        }
    }
}

/// Reads the findings of a run back from its folder.
///
/// # Errors
/// If there is no run, or a newer version wrote it.
pub fn read_report(folder: &Path) -> Result<Report, RunError> {
    let path = folder.join(FINDINGS);
    let text = files::read_text(&path, LARGEST)
        .map_err(|source| RunError::Open { folder: folder.into(), source: files::reason(source) })?;
    let form = |error: serde_json::Error| RunError::Form { path: path.clone(), reason: error.to_string() };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(form)?;
    // A newer form may lack what is expected here: its version is looked at first.
    match value.get("schema").and_then(serde_json::Value::as_u64) {
        Some(found) if found > u64::from(REPORT_SCHEMA) => Err(RunError::Newer { path, found }),
        _ => serde_json::from_value(value).map_err(form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_run_of_this_version_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = |content: Option<&str>| {
            if let Some(content) = content {
                fs_err::write(folder.path().join(FINDINGS), content).unwrap();
            }
            read_report(folder.path()).unwrap_err()
        };
        assert!(matches!(refusal(None), RunError::Open { .. }));
        assert!(refusal(Some("{")).to_string().contains("line 1"));
        assert!(refusal(Some("{\"schema\": 1}")).to_string().contains("missing field `title`"));
        assert!(
            refusal(Some("{\"schema\": 9}"))
                .to_string()
                .ends_with("its schema is 9, this version reads up to 1")
        );
    }
}
