//! Spans that hold one idea each: sentences, lines, bullets, and clauses where both halves can stand alone.
//!
//! 1. [`tokens`] words, signs, spaces; a personal detail is one token, so nothing ever splits it
//! 2. [`breaks`] lines, list marks, sentence ends, semicolons
//! 3. [`clauses`] "better pay and protected time for training" is two ideas, "health and wellbeing" is one
//!    ([`lists`] of three and more, [`named`] sentences that only name things)
//! 4. [`tidy`] joining words and signs trimmed off the ends, scraps joined to a neighbour, at most [`MOST_SEGMENTS`]
//!
//! There is no grammar model behind it: [`words`] lists the words that carry the structure of English. When unsure the
//! rules do not split, since half an idea is worse for the themes than two ideas in one segment. Time is linear in the
//! length of the answer.

mod breaks;
mod clauses;
mod half;
mod lists;
mod named;
mod tidy;
mod tokens;
mod words;
#[cfg(test)]
mod tests;

use crate::types::{Mask, Span};

/// The most segments one answer gives; beyond it neighbours are taken together.
const MOST_SEGMENTS: usize = 200;

/// The segments of an answer, in order, not overlapping, trimmed; no boundary lies inside a mask.
///
/// `masks` are sorted and do not overlap. Every word of the answer is in a segment, except words that only join segments
/// ("and", "also"), list marks ("1.", "a)") and fillers ("thanks"). An answer with a letter or digit has at least one
/// segment, any other has none.
pub fn segment_answer(text: &str, masks: &[Mask]) -> Vec<Span> {
    let tokens = tokens::tokenise(text, masks);
    let mut pieces = Vec::new();
    for piece in breaks::pieces(text, &tokens) {
        clauses::split(text, &tokens, piece, &mut pieces);
    }
    tidy::tidy(text, &tokens, &pieces)
}
