//! What a text says besides what its theme is about.

use crate::grammar::tokens::{Class, Token, content_stems, stems};
use crate::types::Clustering;
use std::collections::BTreeMap;

/// A word is typical of a theme if its share of the theme's texts is so many times its share of all texts …
const TIMES: f64 = 1.5;
/// … and at least so many texts of the theme hold it.
const LEAST: usize = 2;

/// How many texts hold each content stem.
struct Counts {
    texts: usize,
    of: BTreeMap<String, usize>,
}

/// The words of each theme and of all texts.
pub(super) struct Besides {
    all: Counts,
    themes: Vec<Counts>,
}

impl Besides {
    /// Counts the words of `tokens`, one list per distinct text.
    pub(super) fn new(tokens: &[Vec<Token>], clustering: &Clustering) -> Self {
        let empty = || Counts { texts: 0, of: BTreeMap::new() };
        let mut found = Self { all: empty(), themes: (0..clustering.subs.len()).map(|_| empty()).collect() };
        for (text, tokens) in tokens.iter().enumerate() {
            let theme = clustering.assignments[text].theme.map(|theme| &mut found.themes[theme]);
            for counts in std::iter::once(&mut found.all).chain(theme) {
                counts.texts += 1;
                for stem in content_stems(tokens) {
                    *counts.of.entry(stem).or_default() += 1;
                }
            }
        }
        found
    }

    /// Share of the content words of `tokens` that stand in parts, between commas, stops and "and", none of whose words is typical of
    /// `theme`; 0 if no part has such a word, since then the words tell nothing.
    pub(super) fn share(&self, tokens: &[Token], text: &str, theme: usize) -> f64 {
        let parts = parts(tokens, text);
        let n_words = |of: &[&Vec<String>]| of.iter().map(|part| part.len()).sum::<usize>() as f64;
        let (about, beside): (Vec<_>, Vec<_>) =
            parts.iter().partition(|part| part.iter().any(|stem| self.is_typical(stem, theme)));
        if about.is_empty() { 0.0 } else { n_words(&beside) / (n_words(&about) + n_words(&beside)) }
    }

    fn is_typical(&self, stem: &str, theme: usize) -> bool {
        let of = |counts: &Counts| counts.of.get(stem).copied().unwrap_or(0);
        let here = &self.themes[theme];
        let share = |counts: &Counts| of(counts) as f64 / counts.texts.max(1) as f64;
        of(here) >= LEAST && share(here) >= TIMES * share(&self.all)
    }
}

/// The content stems of each part of a text that has any.
fn parts(tokens: &[Token], text: &str) -> Vec<Vec<String>> {
    let is_one = |before: &Token, after: &Token| {
        let ends = |token: &Token| {
            token.class == Class::And
                || matches!(token.span.slice(text), "," | ";" | "." | "!" | "?" | "(" | ")")
        };
        !ends(before) && !ends(after) && !text[before.span.end..after.span.start].contains('\n')
    };
    tokens
        .chunk_by(is_one)
        .map(|part| stems(part).collect::<Vec<_>>())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::tokens::tokens;
    use crate::types::Assignment;
    use ndarray::Array2;

    #[test]
    fn what_stands_beside_the_theme_is_the_part_with_no_word_typical_of_it() {
        let texts = ["a career", "a career path", "a career and pay", "pay", "more pay", "pay for parking"];
        let assigned = |theme| Assignment { theme: Some(theme), similarity: 1.0, second: None, margin: 0.0 };
        let clustering = Clustering {
            assignments: [0, 0, 0, 1, 1, 1].map(assigned).to_vec(),
            centres: Array2::zeros((2, 1)),
            stability: vec![None; 2],
            subs: vec![Vec::new(); 2],
        };
        let besides = Besides::new(&texts.map(tokens), &clustering);
        let share = |text: &str, theme| besides.share(&tokens(text), text, theme);
        assert!((share("a career path and pay", 0) - 1.0 / 3.0).abs() < 1e-9);
        assert!((share("pay & a career path", 1) - 2.0 / 3.0).abs() < 1e-9);
        assert!((share("a career, parking spaces\nsmaller caseloads", 0) - 0.8).abs() < 1e-9);
        assert_eq!(share("a career in pay", 0), 0.0, "one part");
        assert_eq!(share("rooms and parking", 0), 0.0, "no part is about it");
    }
}
