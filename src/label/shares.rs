//! How many of a theme's texts hold a word.

use super::index::Index;
use super::tokens::{Token, content_stems, stem};
use std::collections::BTreeMap;

/// Share of a theme's texts below which a word that they hold is rare there.
const RARE: f64 = 0.03;

/// Share of the texts that hold each content stem, above 0 and at most 1.
pub(super) struct Shares {
    of: BTreeMap<String, f64>,
    rare: f64,
    highest: f64,
}

impl Shares {
    /// Counts the stems of `texts` of the index.
    pub(super) fn among(index: &Index, texts: &[usize]) -> Self {
        let one = 1.0 / texts.len().max(1) as f64;
        let mut of: BTreeMap<String, f64> = BTreeMap::new();
        for &text in texts {
            for stem in content_stems(&index.tokens[text]) {
                *of.entry(stem).or_default() += one;
            }
        }
        // One text of few is no small share, but one person's word.
        let highest = of.values().copied().fold(0.0, f64::max);
        Self { of, rare: RARE.max(1.5 * one), highest }
    }

    /// Content words of `body` that few texts hold: often misspelt, and more than the theme says.
    pub(super) fn n_rare(&self, body: &[Token]) -> usize {
        self.each(body).filter(|share| *share < self.rare).count()
    }

    /// How typical the content words of `body` are: the mean of the square roots of their shares, each taken of the highest share of all,
    /// 0 to 1.
    pub(super) fn typicality(&self, body: &[Token]) -> f64 {
        let roots = self.each(body).map(|share| (share / self.highest.max(f64::MIN_POSITIVE)).sqrt());
        roots.sum::<f64>() / self.each(body).count().max(1) as f64
    }

    fn each(&self, body: &[Token]) -> impl Iterator<Item = f64> {
        let content = body.iter().filter(|token| token.is_content());
        content.map(|token| self.of.get(&stem(&token.lower)).copied().unwrap_or(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::tokens::tokens;

    #[test]
    fn words_are_the_more_typical_the_more_texts_hold_them() {
        let texts = ["more pay", "pay", "pay and parking", "the pay, the parking", "a castle"];
        let shares = Shares::among(&Index::new(&texts), &[0, 1, 2, 3, 4]);
        let typicality = |body: &str| shares.typicality(&tokens(body));
        assert!((typicality("the pay") - 1.0).abs() < 1e-9, "the word that most texts hold");
        assert!((typicality("parking") - 0.5_f64.sqrt()).abs() < 1e-9, "two of the four that hold the most");
        assert!((typicality("pay or unicorns") - 0.5).abs() < 1e-9);
        assert_eq!(typicality("of the"), 0.0);
    }

    #[test]
    fn a_word_is_rare_that_fewer_than_two_texts_hold_or_three_in_a_hundred() {
        let mut texts = vec!["more pay"; 97];
        texts.extend(["more pay for volunteers", "volunteers", "pepole"]);
        let index = Index::new(&texts);
        let n_rare = |from: usize| {
            let shares = Shares::among(&index, &(from..100).collect::<Vec<_>>());
            ["pay", "volunteers", "pepole"].map(|body| shares.n_rare(&tokens(body)))
        };
        assert_eq!(n_rare(0), [0, 1, 1]);
        assert_eq!(n_rare(95), [0, 0, 1]);
    }
}
