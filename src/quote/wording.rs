//! What is read in the words of candidates, once for all themes.

use super::beside::Besides;
use super::{Candidate, FAULT_WEIGHT, by_worth};
use crate::grammar::slips::Slips;
use crate::grammar::tokens::{Token, content_stems, telling_stems, tokens};
use crate::types::{Clustering, Corpus};
use rayon::prelude::*;

/// What the theme's name counts, so that a reader sees at once why the theme is called so.
const NAME_WEIGHT: f64 = 0.2;
/// Fault of a slip of the pen, on the scale of [`faults`](super::reading::faults).
const SLIP: f64 = 0.4;
/// Fault of a text all of which is beside the theme, on the same scale; of one that is so in part, the part of it.
const BESIDE: f64 = 1.5;

/// Stems of liking and wishing, which any answer to a question holds.
const ASKED: [&str; 5] = ["enjoy", "like", "love", "want", "need"];

/// How much of a theme's name a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naming {
    Nothing,
    Part,
    /// More than half of its words.
    Most,
}

/// The words of all texts.
pub(super) struct Wording<'a> {
    texts: &'a [String],
    tokens: Vec<Vec<Token>>,
    slips: Slips,
    besides: Besides,
}

impl<'a> Wording<'a> {
    pub(super) fn new(corpus: &'a Corpus, clustering: &Clustering) -> Self {
        let tokens: Vec<Vec<Token>> = corpus.texts.par_iter().map(|text| tokens(text)).collect();
        let (slips, besides) = (Slips::learn(tokens.iter()), Besides::new(&tokens, clustering));
        Self { texts: &corpus.texts, tokens, slips, besides }
    }

    /// The candidates of `theme`, best first, after what they say of its name is added to their worth, and slips of the pen and what is
    /// beside the theme are taken from it.
    pub(super) fn weighed(&self, mut candidates: Vec<Candidate>, theme: usize, name: &str) -> Vec<Candidate> {
        let name = telling_stems(&tokens(name));
        for candidate in &mut candidates {
            let tokens = &self.tokens[candidate.text];
            candidate.stems = telling_stems(tokens);
            candidate.stems.retain(|stem| !ASKED.contains(&stem.as_str()));
            let said = name.intersection(&content_stems(tokens)).count();
            candidate.naming = match said {
                0 => Naming::Nothing,
                _ if 2 * said <= name.len() => Naming::Part,
                _ => Naming::Most,
            };
            candidate.beside = self.besides.share(tokens, &self.texts[candidate.text], theme);
            let faults = SLIP * self.slips.among(tokens) as f64 + BESIDE * candidate.beside;
            candidate.faults += faults;
            candidate.worth += NAME_WEIGHT * said as f64 / name.len().max(1) as f64 - FAULT_WEIGHT * faults;
        }
        candidates.sort_by(by_worth);
        candidates
    }
}
