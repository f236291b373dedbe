//! Which phrases and which stems stand in which texts.

use super::casing::Casing;
use super::phrases::{form, phrases};
use super::tokens::{Token, stem, tokens};
use super::usage::Usage;
use super::whole::{denied_key, key, whole};
use super::words;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Form of a phrase out of which a pointer was left.
const LACKS_POINTER: f64 = 0.7;

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
    /// Share of its texts in which it is part of one and the same longer phrase, 0 to 1.
    pub(super) nested: f64,
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
    /// Which words are verbs.
    pub(super) usage: Usage,
}

/// How often a phrase is spelt in each way, and whether a pointer was left out of it.
type Spellings = BTreeMap<(String, bool), usize>;

/// What is gathered of a phrase while texts are read.
#[derive(Default)]
struct Found {
    spellings: Spellings,
    texts: Vec<usize>,
}

impl Index {
    /// Reads `texts`.
    pub(super) fn new(texts: &[&str]) -> Self {
        let tokens: Vec<Vec<Token>> = texts.par_iter().map(|text| tokens(text)).collect();
        let casing = Casing::learn(texts.iter().copied().zip(tokens.iter().map(Vec::as_slice)));
        let usage = Usage::learn(tokens.iter().map(Vec::as_slice));
        let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut found: BTreeMap<Vec<String>, Found> = BTreeMap::new();
        for (text, tokens) in tokens.iter().enumerate() {
            let stemmed: Vec<String> = tokens.iter().map(|token| stem(&token.lower)).collect();
            let words = stemmed.iter().zip(tokens).filter(|(_, token)| token.is_word());
            let wholes =
                (0..tokens.len()).filter_map(|start| Some(key(tokens, whole(tokens, start)?, &stemmed)));
            for stem in words.map(|(stem, _)| stem.clone()).chain(wholes.flatten()).collect::<BTreeSet<_>>() {
                stems.entry(stem).or_default().push(text);
            }
            for kept in phrases(tokens, &usage) {
                let key = key(tokens, kept.iter().copied(), &stemmed);
                let words: Vec<&str> = kept.iter().map(|&i| written(&casing, &tokens[i].lower)).collect();
                let found = found.entry(key).or_default();
                *found.spellings.entry((words.join(" "), lacks_pointer(tokens, &kept))).or_default() += 1;
                if found.texts.last() != Some(&text) {
                    found.texts.push(text);
                }
            }
        }
        let nested = nested(&found);
        let phrases = found.into_iter().zip(nested).map(|((stems, found), nested)| {
            let (surface, form) = best_surface(found.spellings);
            Phrase { stems, surface, form, texts: found.texts, nested }
        });
        Self { phrases: phrases.collect(), tokens, stems, casing, usage }
    }

    /// Texts that hold any of `stems`, ascending.
    pub(super) fn touching(&self, stems: &[String]) -> Vec<usize> {
        let lists = stems.iter().map(|stem| self.holding(stem));
        lists.flatten().copied().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Texts that hold all of `stems` in any order and deny none, ascending: "the staff were friendly" covers "friendly staff".
    pub(super) fn covering(&self, stems: &[String]) -> Vec<usize> {
        let denying = self.denying(stems);
        let mut lists: Vec<&[usize]> = stems.iter().map(|stem| self.holding(stem)).collect();
        lists.sort_by_key(|list| list.len());
        let Some((first, rest)) = lists.split_first() else { return Vec::new() };
        first
            .iter()
            .copied()
            .filter(|text| rest.iter().all(|list| list.binary_search(text).is_ok()))
            .filter(|text| denying.binary_search(text).is_err())
            .collect()
    }

    /// Texts in which one of `stems` is denied, ascending.
    pub(super) fn denying(&self, stems: &[String]) -> Vec<usize> {
        let lists = stems.iter().map(|stem| self.holding(&denied_key(stem)));
        lists.flatten().copied().collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn holding(&self, stem: &str) -> &[usize] {
        self.stems.get(stem).map_or(&[], Vec::as_slice)
    }
}

fn written<'a>(casing: &'a Casing, lower: &'a str) -> &'a str {
    if lower == "&" { "and" } else { casing.inside(lower) }
}

/// Whether a singular noun stands without the pointer that was written before it: "help with my card".
fn lacks_pointer(tokens: &[Token], kept: &[usize]) -> bool {
    kept.windows(2).enumerate().any(|(at, pair)| {
        let run = kept[at + 1..]
            .windows(2)
            .take_while(|pair| pair[1] == pair[0] + 1 && tokens[pair[1]].is_content());
        let head = pair[1] + run.count();
        pair[1] > pair[0] + 1 && !words::is_plural(&tokens[head].lower)
    })
}

/// For each phrase, the greatest share of its texts that one longer phrase around it takes up (Frantzi et al. 2000).
fn nested(found: &BTreeMap<Vec<String>, Found>) -> Vec<f64> {
    let mut most: BTreeMap<&[String], usize> = BTreeMap::new();
    for (stems, longer) in found.iter().filter(|(stems, _)| stems.len() > 1) {
        for length in 1..stems.len() {
            for part in stems.windows(length) {
                let most = most.entry(part).or_default();
                *most = (*most).max(longer.texts.len());
            }
        }
    }
    let share = |(stems, found): (&Vec<String>, &Found)| {
        let most = most.get(stems.as_slice()).copied().unwrap_or(0);
        (most as f64 / found.texts.len().max(1) as f64).min(1.0)
    };
    found.iter().map(share).collect()
}

/// A spelling that lacks a pointer counts as half a spelling.
fn best_surface(spellings: Spellings) -> (String, f64) {
    let mut best = (String::new(), 0.0, f64::MIN);
    for ((surface, lacks_pointer), count) in spellings {
        let lower = surface.to_lowercase();
        let form =
            form(&lower.split(' ').collect::<Vec<_>>()) * if lacks_pointer { LACKS_POINTER } else { 1.0 };
        let worth = form * form * count as f64;
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
    fn what_is_always_part_of_a_longer_phrase_is_nested() {
        let index = Index::new(&["the food bank", "a food bank", "food", "housing"]);
        let nested =
            |stems: &[&str]| index.phrases.iter().find(|phrase| phrase.stems == stems).unwrap().nested;
        assert!((nested(&["bank"]) - 1.0).abs() < 1e-12 && nested(&["food", "bank"]) < 1e-12);
        assert_eq!(index.touching(&[stem("food"), stem("housing")]), [0, 1, 2, 3]);
    }

    #[test]
    fn covering_asks_for_all_stems_in_any_order() {
        let index = Index::new(&["friendly staff", "The staff were so friendly", "staff", "friendly"]);
        assert_eq!(index.covering(&[stem("friendly"), stem("nurses")]), Vec::<usize>::new());
        assert_eq!(index.covering(&[stem("friendly"), stem("staff")]), [0, 1]);
    }

    #[test]
    fn what_is_denied_is_not_covered() {
        let index =
            Index::new(&["Better care", "Nothing could be better", "The care could not have been better"]);
        assert_eq!(index.covering(&[stem("better")]), [0]);
        assert_eq!(index.covering(&["not better".to_string()]), [1, 2]);
        assert_eq!(index.covering(&[stem("care")]), [0, 2]);
    }
}
