//! Lists of terms that are never or always masked.

use super::find::touches;
use super::fold::Folded;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

/// Terms to look for, in any case, as whole words.
#[derive(Debug)]
pub(super) struct Terms(Option<AhoCorasick>);

impl Terms {
    /// Blank terms are left out. Terms are looked for both as they are and in lower case beyond ASCII.
    pub(super) fn new(terms: impl Iterator<Item = String>) -> Self {
        let mut folded = terms
            .map(|term| Folded::new(term.trim()).text)
            .filter(|term| !term.is_empty())
            .collect::<Vec<_>>();
        let lower = folded.iter().map(|term| term.to_lowercase()).collect::<Vec<_>>();
        let upper = folded.iter().map(|term| term.to_uppercase()).collect::<Vec<_>>();
        folded.extend(lower);
        folded.extend(upper);
        folded.sort();
        folded.dedup();
        if folded.is_empty() {
            return Self(None);
        }
        // Building fails only beyond gigabytes of terms; the regular list of a survey file is a few lines.
        Self(
            AhoCorasickBuilder::new()
                .ascii_case_insensitive(true)
                .match_kind(MatchKind::LeftmostLongest)
                .build(&folded)
                .ok(),
        )
    }

    /// Where terms stand in `text`, `(start, end)`.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let Some(automaton) = &self.0 else { return Vec::new() };
        automaton
            .find_iter(text)
            .map(|found| (found.start(), found.end()))
            .filter(|(start, end)| !touches(text, *start, *end))
            .collect()
    }
}
