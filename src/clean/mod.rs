//! Which answers say something: "n/a", "nothing", "as above" and blanks are no comment.

use crate::types::{AnswerKind, NonAnswer};

/// Whether `text` says something.
pub fn classify_answer(text: &str) -> AnswerKind {
    if text.trim().is_empty() { AnswerKind::NonAnswer(NonAnswer::Blank) } else { AnswerKind::Substantive }
}
