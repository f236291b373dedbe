//! One error for the whole library, and the hint that may stand beside any error.

/// What a user may do about an error; printed under the message.
pub trait Hint {
    /// One sentence, or `None` where the message says it all.
    fn hint(&self) -> Option<String>;
}

/// Anything that can stop a run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input or the survey file cannot be read.
    #[error(transparent)]
    Read(#[from] crate::read::ReadError),
    /// The model or the engine failed.
    #[error(transparent)]
    Embed(#[from] crate::embed::EmbedError),
    /// The themes cannot be found.
    #[error(transparent)]
    Cluster(#[from] crate::cluster::ClusterError),
    /// A namer cannot be used.
    #[error(transparent)]
    Namer(#[from] crate::label::NamerError),
    /// A codebook cannot be used.
    #[error(transparent)]
    Codebook(#[from] crate::codebook::CodebookError),
    /// Runs cannot be compared with each other.
    #[error(transparent)]
    Compare(#[from] crate::compare::CompareError),
    /// A reviewed list of quotes cannot be used.
    #[error(transparent)]
    Review(#[from] crate::review::ReviewError),
    /// A run cannot be compared with people's codes.
    #[error(transparent)]
    Agree(#[from] crate::agree::AgreeError),
    /// An output cannot be written.
    #[error(transparent)]
    Export(#[from] crate::export::ExportError),
}

impl Hint for Error {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Read(e) => e.hint(),
            Self::Embed(e) => e.hint(),
            Self::Cluster(e) => e.hint(),
            Self::Namer(e) => e.hint(),
            Self::Codebook(e) => e.hint(),
            Self::Compare(e) => e.hint(),
            Self::Review(e) => e.hint(),
            Self::Agree(e) => e.hint(),
            Self::Export(e) => e.hint(),
        }
    }
}
