//! In which language an answer is, where it is plainly not English.

/// Letters below which an answer is not judged: short ones are often taken for another language.
const LEAST_LETTERS: usize = 40;
/// Characters that are looked at; more make no difference.
const MOST_CHARACTERS: usize = 1000;
/// Confidence from which a language is believed, 0 to 1. The crate calls 0.9 reliable, and leaves out plain Arabic and Portuguese
/// then; no English answer of 8,200 in several collections had over 0.77 (docs/dependencies.md).
const LEAST_CONFIDENCE: f64 = 0.8;

/// The English name of the language of `answer`, such as `Welsh`, where it is plainly another than English; `None` for English, for
/// fewer than 40 letters, and where it is unclear. By the trigrams and letters of 70 languages (Cavnar and Trenkle 1994).
pub fn foreign_language(answer: &str) -> Option<&'static str> {
    let end = answer.char_indices().nth(MOST_CHARACTERS).map_or(answer.len(), |(end, _)| end);
    let start = &answer[..end];
    if start.chars().filter(|c| c.is_alphabetic()).count() < LEAST_LETTERS {
        return None;
    }
    let found = whatlang::detect(start)?;
    (found.lang() != whatlang::Lang::Eng && found.confidence() >= LEAST_CONFIDENCE)
        .then(|| found.lang().eng_name())
}
