//! How many of a theme's texts hold a word.

use super::index::Index;
use super::tokens::{Token, content_stems, stems};
use std::collections::BTreeMap;

/// Share of a theme's texts below which a word that they hold is rare there …
const RARE: f64 = 0.03;
/// … and share of the texts that hold its most common word: where most say "training", what few say of it is not what the theme says.
const RARE_BESIDE: f64 = 0.15;

/// Texts of a theme that hold each content stem and figure.
pub(super) struct Shares {
    counts: BTreeMap<String, usize>,
    /// Fewer texts are few.
    few: f64,
    highest: usize,
}

/// How common words are.
pub(super) struct Commonness {
    /// Those that few texts hold, often misspelt and more than the theme says, and figures.
    pub(super) n_rare: usize,
    /// The mean of the square roots of their shares, each taken of the highest share of all, 0 to 1.
    pub(super) typicality: f64,
}

impl Shares {
    /// Counts the stems and figures of `texts` of the index.
    pub(super) fn among(index: &Index, texts: &[usize]) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for text in texts.iter().map(|text| &index.tokens[*text]) {
            let mut words = content_stems(text);
            words.extend(figures(text).map(str::to_string));
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
        }
        let highest = counts.values().copied().max().unwrap_or(1);
        // One text of few is no small share, but one person's word.
        let few = (RARE * texts.len() as f64).max(RARE_BESIDE * highest as f64).max(2.0);
        Self { counts, few, highest }
    }

    fn count(&self, word: &str) -> usize {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// How common the content words of `body` are.
    pub(super) fn of(&self, body: &[Token]) -> Commonness {
        let counts: Vec<usize> = stems(body).map(|stem| self.count(&stem)).collect();
        let is_few = |count: &usize| (*count as f64) < self.few;
        let roots = counts.iter().map(|count| (*count as f64 / self.highest as f64).sqrt());
        Commonness {
            // "Flight 1562 was late" is one person's, "1 to 1" is not.
            n_rare: figures(body)
                .map(|figure| self.count(figure))
                .chain(counts.iter().copied())
                .filter(is_few)
                .count(),
            typicality: roots.sum::<f64>() / counts.len().max(1) as f64,
        }
    }
}

fn figures(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens
        .iter()
        .map(|token| token.lower.as_str())
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::tokens::tokens;

    #[test]
    fn words_are_the_more_typical_the_more_texts_hold_them() {
        let texts = ["more pay", "pay", "pay and parking", "the pay, the parking", "a castle"];
        let shares = Shares::among(&Index::new(&texts), &[0, 1, 2, 3, 4]);
        let typicality = |body: &str| shares.of(&tokens(body)).typicality;
        assert!((typicality("the pay") - 1.0).abs() < 1e-9, "the word that most texts hold");
        assert!((typicality("parking") - 0.5_f64.sqrt()).abs() < 1e-9, "two of the four that hold the most");
        assert!((typicality("pay or unicorns") - 0.5).abs() < 1e-9);
        assert_eq!(typicality("of the"), 0.0);
    }

    #[test]
    fn figures_that_few_wrote_are_rare() {
        let texts = ["1 to 1 time", "time 1 to 1", "flight 1562"];
        let shares = Shares::among(&Index::new(&texts), &[0, 1, 2]);
        let n_rare = |body: &str| shares.of(&tokens(body)).n_rare;
        assert_eq!(["1 to 1 time", "time 1562"].map(n_rare), [0, 1]);
    }

    #[test]
    fn a_word_is_rare_beside_one_that_most_texts_hold() {
        let n_rare = |n_pay: usize| {
            let texts: Vec<&str> = [vec!["more pay"; n_pay], vec!["a car park"; 3]].concat();
            let index = Index::new(&texts);
            let shares = Shares::among(&index, &(0..texts.len()).collect::<Vec<_>>());
            shares.of(&tokens("pay and a car park")).n_rare
        };
        // Three texts are 15% of twenty, and less of twenty-one.
        assert_eq!([20, 21].map(n_rare), [0, 2]);
    }

    #[test]
    fn a_word_is_rare_that_fewer_than_two_texts_hold_or_three_in_a_hundred() {
        let mut texts = vec!["more pay"; 97];
        texts.extend(["more pay for volunteers", "volunteers", "pepole"]);
        let index = Index::new(&texts);
        let n_rare = |from: usize| {
            let shares = Shares::among(&index, &(from..100).collect::<Vec<_>>());
            ["pay", "volunteers", "pepole"].map(|body| shares.of(&tokens(body)).n_rare)
        };
        assert_eq!(n_rare(0), [0, 1, 1]);
        assert_eq!(n_rare(95), [0, 0, 1]);
    }
}
