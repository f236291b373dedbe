use crate::error::Hint;
use std::path::PathBuf;

/// Why no vectors can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbedError {
    /// A file of the model is not there.
    #[error("the model file `{}` is missing", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A file of the model cannot be read.
    #[error("the model file `{}` cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The manifest is not what it should be.
    #[error("`{}` is not a model manifest: {reason}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file has another length than its manifest says.
    #[error("`{}` has {found} bytes where its manifest says {expected}: it is cut short or of another model", path.display())]
    Length {
        /// The file.
        path: PathBuf,
        /// Bytes found.
        found: u64,
        /// Bytes expected.
        expected: u64,
    },
    /// A file is not the one its manifest names.
    #[error("`{}` was changed: its sha256 is `{found}`, its manifest says `{expected}`", path.display())]
    Hash {
        /// The file.
        path: PathBuf,
        /// sha256 found.
        found: String,
        /// sha256 expected.
        expected: String,
    },
    /// The tokenizer cannot be used with the model.
    #[error("`{}` does not fit its model: {reason}", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// The weights cannot be used.
    #[error("`{}` cannot be loaded: {reason}", path.display())]
    Weights {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Vectors have another length than the manifest says.
    #[error("`{}` gives {found} numbers per text where its manifest says {expected}", path.display())]
    Dim {
        /// The weights.
        path: PathBuf,
        /// Numbers found.
        found: usize,
        /// Numbers expected.
        expected: usize,
    },
    /// A vector holds NaN or infinity.
    #[error("`{}` gives vectors that are not finite: its weights are damaged", path.display())]
    NotFinite {
        /// The weights.
        path: PathBuf,
    },
    /// The engine failed while running.
    #[error("the engine `{engine}` failed: {reason}")]
    Engine {
        /// Its name.
        engine: String,
        /// What it says.
        reason: String,
    },
    /// Vectors cannot be kept.
    #[error("vectors cannot be kept in `{}`: {reason}", path.display())]
    Store {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
}

impl Hint for EmbedError {
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Missing { .. } | Self::Length { .. } | Self::Hash { .. } | Self::NotFinite { .. } => {
                "copy the model's folder again from where it came, whole; `models/README.md` says how the bundled one is made"
            }
            Self::Unreadable { .. } => "check that you may read the file",
            Self::Manifest { .. } | Self::Tokenizer { .. } | Self::Weights { .. } | Self::Dim { .. } => {
                "make the folder with `models/export_onnx.py`, which writes files that fit each other"
            }
            Self::Store { .. } => {
                "see that the folder is there, may be written and has space; `--no-cache` keeps them beside the run until it ends"
            }
            Self::Engine { .. } => return None,
        };
        Some(hint.to_owned())
    }
}
