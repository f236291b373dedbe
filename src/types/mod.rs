//! The nouns of the pipeline: what one stage hands to the next. No logic beyond their invariants.

mod span;
mod survey;
mod mask;
mod segment;
mod graph;
mod vectors;
mod granularity;
mod themes;
mod codebook;
mod coded;
mod report;
mod review;
mod comparison;
mod incomparable;

pub use codebook::{CODEBOOK_SCHEMA, Codebook, CodebookTheme, Pin, ThemeState, YearCount};
pub use coded::CodedSegment;
pub use comparison::{ComparedQuestion, ComparedShare, ComparedTheme, Comparison};
pub use granularity::Granularity;
pub use graph::NeighbourGraph;
pub use incomparable::Incomparable;
pub use mask::{Mask, MaskKind, mark_len, marks_in, masked_text};
pub use report::*;
pub use review::{Decision, ReviewRow};
pub use segment::{AnswerKind, Corpus, NonAnswer, Segment};
pub use span::Span;
pub use survey::{Answer, GroupColumn, Question, Respondent, Survey};
pub use themes::{Assignment, Clustering, Stability, SubCluster, ThemeId, ThemeLabel, ThemeQuote};
pub use vectors::{Vectors, about_one_thing, directions_by_group, sums_by_group};
