//! The codebook: the themes of a survey with the researcher's decisions, which survive next year's refresh.
//!
//! Not a stage: the pipeline reads it before the themes are found, lets it place the answers, and writes it anew at the end.

mod error;
mod check;
mod file;
mod vectors;
mod texts;
mod companions;
mod place;
mod novel;
mod fresh;
mod history;
mod update;
mod workbook;
mod cells;
mod edits;
mod refi;
#[cfg(test)]
mod tests;

pub use check::Decisions;
pub use companions::companions;
pub use edits::edited_codebook;
pub use error::CodebookError;
pub use file::{codebook_toml, parse_codebook, read_codebook};
pub use fresh::{fresh_groups, freshness, grow};
pub use history::{LastYear, last_year, set_apart};
pub use novel::{accept_candidate, reshaped};
pub use place::{Known, Placed, place};
pub use refi::{AnswerPart, codebook_qdc, codebook_qdpx, import_qdc, read_answer_parts};
pub use texts::{TextPlace, TextPlaces, read_text_places, text_place_bytes};
pub use update::{apply_pins, check_added, check_model, update_codebook};
pub use vectors::{Exemplars, check_exemplars, exemplar_bytes, read_exemplars};
pub use workbook::codebook_workbook;

/// Name of the codebook in the folder of a run.
pub const CODEBOOK: &str = "codebook.toml";
/// Name of the vectors beside it.
pub const VECTORS: &str = "codebook-vectors.parquet";
/// Name of the texts' places beside it.
pub const TEXTS: &str = "codebook-texts.parquet";
