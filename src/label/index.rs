//! Which phrases and which stems stand in which texts.

use super::casing::Casing;
use super::phrases::{form, phrases};
use super::tokens::{Token, stem, tokens};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A phrase with all its variants (order of words kept; forms, spellings, articles and pointers merged).
#[derive(Debug, Default)]
pub(super) struct Phrase {
    /// Its stems, in order.
    pub(super) stems: Vec<String>,
    /// The variant that reads best and is written most, as written inside a sentence.
    pub(super) surface: String,
    /// How well that variant reads as a heading, 0 to 1.
    pub(super) form: f64,
    /// Texts that hold it, ascending.
    pub(super) texts: Vec<usize>,
}

/// Phrases and stems of some texts.
#[derive(Debug)]
pub(super) struct Index {
    /// Tokens of each text.
    pub(super) tokens: Vec<Vec<Token>>,
    /// Texts that hold each stem, ascending.
    pub(super) stems: BTreeMap<String, Vec<usize>>,
    /// In the order of their stems.
    pub(super) phrases: Vec<Phrase>,
    /// How words are written.
    pub(super) casing: Casing,
}

/// How often a phrase is spelt in each way.
type Spellings = BTreeMap<String, usize>;

impl Index {
    /// Reads `texts`.
    pub(super) fn new(texts: &[&str]) -> Self {
        let tokens: Vec<Vec<Token>> = texts.par_iter().map(|text| tokens(text)).collect();
        let casing = Casing::learn(texts.iter().copied().zip(tokens.iter().map(Vec::as_slice)));
        let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut found: BTreeMap<Vec<String>, (Spellings, Vec<usize>)> = BTreeMap::new();
        for (text, tokens) in tokens.iter().enumerate() {
            let stemmed: Vec<String> = tokens.iter().map(|token| stem(&token.lower)).collect();
            for stem in stemmed
                .iter()
                .zip(tokens)
                .filter(|(_, t)| t.is_word())
                .map(|(s, _)| s)
                .collect::<BTreeSet<_>>()
            {
                stems.entry(stem.clone()).or_default().push(text);
            }
            for kept in phrases(tokens) {
                let key: Vec<String> =
                    kept.iter().filter(|&&i| tokens[i].is_content()).map(|&i| stemmed[i].clone()).collect();
                let words: Vec<&str> = kept.iter().map(|&i| casing.inside(&tokens[i].lower)).collect();
                let (surfaces, texts) = found.entry(key).or_default();
                *surfaces.entry(words.join(" ")).or_default() += 1;
                if texts.last() != Some(&text) {
                    texts.push(text);
                }
            }
        }
        let phrases = found.into_iter().map(|(stems, (surfaces, texts))| {
            let (surface, form) = best_surface(surfaces);
            Phrase { stems, surface, form, texts }
        });
        Self { phrases: phrases.collect(), tokens, stems, casing }
    }

    /// Texts that hold all of `stems` in any order, ascending: "the staff were friendly" covers "friendly staff".
    pub(super) fn covering(&self, stems: &[String]) -> Vec<usize> {
        let mut lists: Vec<&[usize]> =
            stems.iter().map(|stem| self.stems.get(stem).map_or(&[][..], Vec::as_slice)).collect();
        lists.sort_by_key(|list| list.len());
        let Some((first, rest)) = lists.split_first() else { return Vec::new() };
        first
            .iter()
            .copied()
            .filter(|text| rest.iter().all(|list| list.binary_search(text).is_ok()))
            .collect()
    }
}

fn best_surface(surfaces: BTreeMap<String, usize>) -> (String, f64) {
    let mut best = (String::new(), 0.0, f64::MIN);
    for (surface, count) in surfaces {
        let lower = surface.to_lowercase();
        let form = form(&lower.split(' ').collect::<Vec<_>>());
        let worth = form * count as f64;
        if worth > best.2 || ((worth - best.2).abs() < 1e-12 && surface.len() < best.0.len()) {
            best = (surface, form, worth);
        }
    }
    (best.0, best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_one_phrase_under_the_form_written_most() {
        let index = Index::new(&[
            "Training for GPs",
            "the training for GP",
            "More training for GPs",
            "trainings for GPs",
        ]);
        let phrase = index.phrases.iter().find(|phrase| phrase.stems == ["train", "gp"]).unwrap();
        assert_eq!(phrase.surface, "training for GPs");
        assert_eq!(phrase.texts, [0, 1, 2, 3]);
    }

    #[test]
    fn covering_asks_for_all_stems_in_any_order() {
        let index = Index::new(&["friendly staff", "The staff were so friendly", "staff", "friendly"]);
        assert_eq!(index.covering(&[stem("friendly"), stem("nurses")]), Vec::<usize>::new());
        assert_eq!(index.covering(&[stem("friendly"), stem("staff")]), [0, 1]);
    }
}
