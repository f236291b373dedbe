//! Slips of the pen: "teh", "spportive". No dictionary says so, but what everybody else in the survey writes.

use super::tokens::Token;
use super::words::is_function_word;
use std::collections::{BTreeMap, BTreeSet};

/// How many times as often as a word its likely meaning is written.
const TIMES: usize = 8;
/// The same where one can do without the word, as in a name: in a small survey nothing is written eight times as often.
const TIMES_IF_DOUBTFUL: usize = 3;
/// Letters from which a word may be one letter short, long or wrong; in shorter ones only two neighbours may have changed places,
/// since "form" lies next to "for" and "from".
const LONG: usize = 5;
/// Bytes of the longest word that is looked at: the time grows with their square, and an answer may be one word of megabytes.
const LONGEST: usize = 40;

/// How often each word was written.
#[derive(Debug)]
pub(crate) struct Slips(BTreeMap<String, usize>);

impl Slips {
    /// Counts the words of all texts.
    pub(crate) fn learn(texts: impl Iterator<Item = impl AsRef<[Token]>>) -> Self {
        let mut counts = BTreeMap::new();
        for text in texts {
            for token in text.as_ref().iter().filter(|token| token.is_word()) {
                match counts.get_mut(&token.lower) {
                    Some(count) => *count += 1,
                    None => _ = counts.insert(token.lower.clone(), 1),
                }
            }
        }
        Self(counts)
    }

    /// Words of a text that are likely slips, at most two: more make it no worse.
    pub(crate) fn among(&self, tokens: &[Token]) -> usize {
        tokens.iter().filter(|token| self.is_slip(&token.lower, TIMES)).take(2).count()
    }

    /// Those of the words that may be slips, in lower case.
    pub(crate) fn doubtful<'a>(&self, words: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
        // Each is looked at once, for that takes its time.
        let words: BTreeSet<String> = words.map(str::to_lowercase).collect();
        words.into_iter().filter(|word| self.is_slip(word, TIMES_IF_DOUBTFUL)).collect()
    }

    /// Whether a lower-case word is likely to be another, written so many times as often, with one slip in it (Damerau 1964).
    fn is_slip(&self, word: &str, times: usize) -> bool {
        if word.len() > LONGEST || is_function_word(word) {
            return false;
        }
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 3 || !letters.iter().all(|letter| letter.is_alphabetic()) {
            return false;
        }
        let own = self.0.get(word).copied().unwrap_or_default().max(1);
        let is_common = |letters: &[char]| {
            self.0.get(String::from_iter(letters).as_str()).is_some_and(|n| *n >= times * own)
        };
        let swapped = (1..letters.len()).any(|at| {
            let mut other = letters.clone();
            other.swap(at - 1, at);
            letters[at - 1] != letters[at] && is_common(&other)
        });
        swapped || letters.len() >= LONG && (0..=letters.len()).any(|at| one_letter(&letters, at, &is_common))
    }
}

/// Whether one letter left out, added or exchanged at `at` gives a common word; an ending such as a plural is no slip.
fn one_letter(letters: &[char], at: usize, is_common: &dyn Fn(&[char]) -> bool) -> bool {
    let (before, rest) = letters.split_at(at);
    let Some((own, after)) = rest.split_first().filter(|(_, after)| !after.is_empty()) else { return false };
    let with = |new: char, rest: &[char]| is_common(&[before, &[new], rest].concat());
    is_common(&[before, after].concat())
        || ('a'..='z').any(|new| with(new, rest) || at > 0 && new != *own && with(new, after))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn a_slip_is_known_by_what_everybody_else_writes() {
        let often = vec!["these people that had the supportive practice for carers and career"; 8];
        let texts: Vec<Vec<Token>> = often
            .into_iter()
            .chain(["there, teh pepole, spportive and practicee form practices"])
            .map(tokens)
            .collect();
        let slips = Slips::learn(texts.iter().map(Vec::as_slice));
        for slip in ["teh", "pepole", "spportive", "suppotive", "supportibe"] {
            assert!(slips.is_slip(slip, TIMES), "{slip}");
        }
        for word in ["people", "form", "practices", "carers", "rare", "practiced", "there"] {
            assert!(!slips.is_slip(word, TIMES), "{word}");
        }
        assert!(!slips.is_slip(&"people".repeat(500_000), TIMES));
    }

    #[test]
    fn of_few_texts_a_word_is_doubtful_before_it_is_surely_a_slip() {
        let texts: Vec<Vec<Token>> =
            ["in three months", "three weeks", "after three", "in trhee months"].map(tokens).into();
        let slips = Slips::learn(texts.iter().map(Vec::as_slice));
        let doubtful = slips.doubtful(["trhee", "three", "months"].into_iter());
        assert!(doubtful.contains("trhee") && !slips.is_slip("trhee", TIMES));
        assert!(!doubtful.contains("three") && !doubtful.contains("months"));
    }
}
