//! Which answers say something: "n/a", "nothing", "as above" and blanks are no comment.
//!
//! A survey's open questions are optional, and many people write a word that only says that they have nothing to write.
//! Researchers count such replies ("non-substantive responses", AAPOR Standard Definitions) apart from the answers, since
//! they would otherwise form the largest theme. What counts as one is a small grammar, see [`phrase`]: a reply is a
//! non-answer when *all* of its words are a refusal, a reference to another answer, or politeness around them. A judgement
//! ("no complaints", "couldn't be better", "all good") is an answer, and so is "nothing to complain about, the staff were
//! lovely".
//!
//! Answers in another language than English are answers too; [`foreign_language`] names it, since the model knows English best.

mod language;
mod phrase;
#[cfg(test)]
mod tests;

pub use language::foreign_language;

use crate::types::{AnswerKind, NonAnswer};

/// Whether `text` says something.
///
/// Case, white space, punctuation and the form of apostrophes make no difference.
pub fn classify_answer(text: &str) -> AnswerKind {
    if text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).is_empty() {
        AnswerKind::NonAnswer(NonAnswer::Blank)
    } else if !text.chars().any(char::is_alphanumeric) {
        AnswerKind::NonAnswer(NonAnswer::NoWords)
    } else if phrase::says_nothing(text) {
        AnswerKind::NonAnswer(NonAnswer::Phrase)
    } else {
        AnswerKind::Substantive
    }
}

/// Whether a part of an answer, its details masked, says something: not "Good question" nor `Please ring me on [phone]`, which stand
/// beside what somebody says and are about nothing.
pub fn says_something(masked: &str) -> bool {
    classify_answer(masked) == AnswerKind::Substantive && !phrase::only_gives_details(masked)
}

/// Characters that print nothing, which spreadsheets and web forms leave behind in empty cells.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
