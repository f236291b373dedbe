//! How a run says where it is and what the user ought to know. The library only calls the trait; the command line draws.

use std::fmt;

/// The stages that a user sees, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading the input.
    Read,
    /// Cleaning, masking, segmenting.
    Prepare,
    /// Making vectors.
    Embed,
    /// Finding themes, naming them, choosing quotes.
    Cluster,
    /// Placing answers beyond the sample in themes.
    Place,
    /// Comparing years and groups.
    Compare,
    /// Writing files.
    Export,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "Reading answers",
            Self::Prepare => "Cleaning, masking, segmenting",
            Self::Embed => "Embedding",
            Self::Cluster => "Finding and naming themes",
            Self::Place => "Placing the other answers",
            Self::Compare => "Comparing",
            Self::Export => "Writing files",
        })
    }
}

/// Receives the progress of a run. Called from several threads.
pub trait Progress: Sync {
    /// A stage begins; `total` steps if known.
    fn start(&self, stage: Stage, total: Option<u64>);
    /// `steps` more steps of the stage are done.
    fn advance(&self, stage: Stage, steps: u64);
    /// The stage is done.
    fn finish(&self, stage: Stage);
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn start(&self, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: Stage, _: u64) {}
    fn finish(&self, _: Stage) {}
}

/// Something the user ought to know that does not stop the run. `Display` says what and what to do; it never holds answer text.
pub type Warning = String;
