//! Which words people use as verbs, learnt from what stands beside them.
//!
//! Many English words are nouns and verbs ("land", "return", "call"). No list tells which one an answer means, but its neighbours
//! do: after "that" or "people" stands a verb, after "the" or "better" a noun.

use super::tokens::{Class, Token};
use super::words;
use std::collections::{BTreeMap, BTreeSet};

/// The lower-case words that are verbs more often than nouns.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Usage(BTreeSet<String>);

impl Usage {
    /// Learns from all texts.
    pub(super) fn learn<'a>(texts: impl Iterator<Item = &'a [Token]>) -> Self {
        let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for tokens in texts {
            for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.class == Class::Content) {
                let (verb, noun) = seen.entry(token.lower.as_str()).or_default();
                if is_beside_subject(tokens, at) {
                    *verb += 1;
                } else if is_beside_determiner(tokens, at) {
                    *noun += 1;
                }
            }
        }
        Self(
            seen.into_iter()
                .filter(|(word, (verb, noun))| verb > noun && !words::is_adjective(word))
                .map(|(word, _)| word.to_string())
                .collect(),
        )
    }

    /// Whether people mostly use `word` as a verb.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Whether the word at `at` has a subject before it or an object pronoun behind: "problems land", "suits me".
pub(super) fn is_beside_subject(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let earlier = at.checked_sub(2).and_then(|i| tokens.get(i));
    let follows = |before: &Token| {
        let word = before.lower.as_str();
        let is_relative = matches!(word, "that" | "which") && earlier.is_some_and(Token::is_content);
        let is_be = matches!(word, "am" | "is" | "are" | "was" | "were" | "be" | "been" | "being");
        is_relative
            || words::SUBJECTS.contains(word)
            || (words::AUXILIARIES.contains(word) && !is_be)
            || (before.is_content() && words::is_plural(word) && !words::is_plural(&tokens[at].lower))
    };
    let bare = !words::is_gerund(&tokens[at].lower) && !words::is_adjective(&tokens[at].lower);
    let object = tokens.get(at + 1).is_some_and(|next| words::OBJECTS.contains(next.lower.as_str()));
    bare && (before.is_some_and(follows) || object)
}

fn is_beside_determiner(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|before| {
        let word = before.lower.as_str();
        matches!(before.class, Class::Article | Class::Pointer)
            || (before.class == Class::Link && word != "to")
            || words::is_adjective(word)
            || words::QUANTIFIERS.contains(word)
    }) || tokens.get(at + 1).is_some_and(|next| next.lower == "of")
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn neighbours_tell_verbs_from_nouns() {
        let texts = [
            "the problems that land on my desk",
            "referrals land on my desk",
            "the smiles return",
            "patients call us",
            "a call to the practice",
            "the last call of the day",
        ];
        let tokens: Vec<Vec<Token>> = texts.iter().map(|text| tokens(text)).collect();
        let usage = Usage::learn(tokens.iter().map(Vec::as_slice));
        assert!(usage.is_verb("land") && usage.is_verb("return"));
        assert!(!usage.is_verb("call") && !usage.is_verb("desk") && !usage.is_verb("problems"));
    }
}
