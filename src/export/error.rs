use crate::error::Hint;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why a run cannot be written. The earlier run in the folder, if any, is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A file or folder cannot be written.
    #[error("Cannot write `{path}`")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The folder holds something that is not a run.
    #[error("`{folder}` is there already and is not the folder of a run")]
    NotARun {
        /// The folder.
        folder: PathBuf,
    },
    /// The path ends in `..` or is the root of a file system.
    #[error("`{folder}` does not name a folder that a run could be")]
    NoName {
        /// The path.
        folder: PathBuf,
    },
    /// Another process is writing into the folder.
    #[error("Another run is writing into `{folder}`{}", of_process(*.process))]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// The other process, where it could be read.
        process: Option<u32>,
    },
}

impl ExportError {
    pub(super) fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.into(), source }
    }
}

fn of_process(process: Option<u32>) -> String {
    process.map(|id| format!(" (process {id})")).unwrap_or_default()
}

impl Hint for ExportError {
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Write { source, .. } => match source.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    "Make room on the disk, or choose another folder with `--out`; an earlier run is as it was"
                }
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    "Choose a folder that you may write to with `--out`; an earlier run is as it was"
                }
                ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                    "A file stands where a folder is needed; choose another name with `--out`"
                }
                ErrorKind::NotFound => "The folder was moved or deleted meanwhile; run again",
                _ => return None,
            },
            Self::NotARun { .. } => {
                "Choose a new or an empty folder with `--out`; only the folder of an earlier run is replaced"
            }
            Self::NoName { .. } => "Give the folder a name, such as `--out out/survey-2023`",
            Self::Locked { .. } => "Wait until it is done, or choose another folder with `--out`",
        };
        Some(hint.into())
    }
}
