//! Which candidates are quoted, one after the other.

use super::reading::GOOD_WORDS;
use super::runs::share_run;
use super::wording::Naming;
use super::{Candidate, FAULT_WEIGHT};
use crate::types::{Clustering, ThemeQuote, Vectors};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Two quotes of a theme are less similar than this (cosine).
pub(super) const NEAR_DUPLICATE: f64 = 0.9;
/// Weight of being different from the quotes already chosen (maximal marginal relevance: Carbonell and Goldstein 1998).
const DIVERSITY_WEIGHT: f64 = 0.15;
/// What counts against a text that says no more than one taken, or no less: with one of its stems more at most.
const ECHO_WEIGHT: f64 = 0.1;
/// The quote that shows the spread is one of the best so many, where one of them fits, and one that says the name, so that it still shows
/// this theme …
const SPREAD_POOL: usize = 12;
/// … and each neighbour short of this share in the theme counts against it.
const SPREAD_PURITY: f64 = 0.8;
const DOUBT_WEIGHT: f64 = 2.0;
/// A quote with a larger share of words beside the theme stands behind others.
const MUCH: f64 = 0.25;
/// A quote of so few words says no more than a heading.
const LABEL: usize = 2;

/// The quotes, those first that say most of the name, then a word of it, of these the fuller ones and of these those chosen first; those of
/// which much is about something else behind the others, those in capitals behind these, those of one or two words behind these, the one
/// that shows the spread last.
pub(super) fn pick(
    candidates: &[Candidate],
    vectors: &Vectors,
    clustering: &Clustering,
    n_quotes: usize,
) -> Vec<ThemeQuote> {
    let mut chosen = Chosen { candidates, vectors, taken: Vec::new(), respondents: BTreeSet::new() };
    let mut quotes = Vec::new();
    while quotes.len() < n_quotes {
        let shows_spread = !quotes.is_empty() && quotes.len() + 1 == n_quotes;
        let pool = if shows_spread { SPREAD_POOL.max(2 * n_quotes) } else { candidates.len() };
        let best = chosen
            .best(pool, shows_spread, &|candidate| candidate.naming > Naming::Nothing || !shows_spread)
            .or_else(|| chosen.best(pool, shows_spread, &|_| true))
            .or_else(|| chosen.best(candidates.len(), shows_spread, &|_| true));
        let Some((candidate, segment, respondent)) = best else { break };
        chosen.taken.push(candidate);
        chosen.respondents.insert(respondent);
        let similarity = clustering.assignments[candidates[candidate].text].similarity;
        quotes.push(ThemeQuote { segment, similarity, shows_spread });
    }
    // Where the theme has fewer texts than quotes were asked for, the last one chosen is the least like the others.
    if quotes.len() > 1
        && let Some(last) = quotes.last_mut()
    {
        last.shows_spread = true;
    }
    // "Rooms" stands behind "I think we need a regular room to see patients in", and whoever has just read "Pay" looks for it.
    let is_label = |of: &Candidate| of.words.len() <= LABEL;
    let words_missing = |of: &Candidate| GOOD_WORDS.start().saturating_sub(of.words.len());
    let mut order: Vec<usize> = (0..quotes.len()).collect();
    order.sort_by_key(|&at| {
        let candidate = &candidates[chosen.taken[at]];
        (
            quotes[at].shows_spread,
            is_label(candidate),
            candidate.is_shouted,
            candidate.beside > MUCH,
            Reverse(candidate.naming),
            words_missing(candidate),
        )
    });
    order.into_iter().map(|at| quotes[at]).collect()
}

struct Chosen<'a> {
    candidates: &'a [Candidate],
    vectors: &'a Vectors,
    taken: Vec<usize>,
    respondents: BTreeSet<usize>,
}

impl Chosen<'_> {
    /// The best of the first `pool` candidates that `fits` and may stand beside those taken, with its segment and respondent.
    fn best(
        &self,
        pool: usize,
        shows_spread: bool,
        fits: &dyn Fn(&Candidate) -> bool,
    ) -> Option<(usize, usize, usize)> {
        (0..self.candidates.len().min(pool))
            .filter(|i| !self.taken.contains(i) && fits(&self.candidates[*i]))
            .filter_map(|i| {
                let candidate = &self.candidates[i];
                let (segment, respondent) =
                    candidate.sources.iter().find(|s| !self.respondents.contains(&s.1))?;
                let likeness = self.likeness(candidate);
                let repeats =
                    self.taken.iter().any(|&t| share_run(&candidate.words, &self.candidates[t].words));
                let worth = if shows_spread {
                    spread(candidate, likeness)
                } else {
                    let echoes = self.taken.iter().any(|&t| echoes(candidate, &self.candidates[t]));
                    let echo = if echoes { ECHO_WEIGHT } else { 0.0 };
                    candidate.worth - DIVERSITY_WEIGHT * likeness - echo
                };
                (likeness < NEAR_DUPLICATE && !repeats).then_some((worth, i, *segment, *respondent))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(_, i, segment, respondent)| (i, segment, respondent))
    }

    /// Cosine to the most similar quote taken.
    fn likeness(&self, candidate: &Candidate) -> f64 {
        let to = |&taken: &usize| cosine(self.vectors, candidate.text, self.candidates[taken].text);
        self.taken.iter().map(to).fold(0.0, f64::max)
    }
}

/// Whether one of the two says all that the other says and hardly more: "Time to listen" and "Having the time to listen to people".
fn echoes(a: &Candidate, b: &Candidate) -> bool {
    let (fewer, more) = if a.stems.len() <= b.stems.len() { (a, b) } else { (b, a) };
    !fewer.stems.is_empty() && fewer.stems.is_subset(&more.stems) && more.stems.len() - fewer.stems.len() <= 1
}

/// How well a candidate shows the spread: unlike the others, yet surely in the theme and readable.
fn spread(candidate: &Candidate, likeness: f64) -> f64 {
    let doubt = (SPREAD_PURITY - candidate.purity).max(0.0);
    -likeness - FAULT_WEIGHT * candidate.faults - DOUBT_WEIGHT * doubt
}

pub(super) fn cosine(vectors: &Vectors, a: usize, b: usize) -> f64 {
    vectors.row(a).iter().zip(vectors.row(b)).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Vectors;
    use ndarray::Array2;

    fn candidate(text: usize, stems: &[&str], worth: f64) -> Candidate {
        Candidate {
            text,
            sources: vec![(text, text)],
            words: stems.iter().map(|&stem| stem.to_owned()).collect(),
            stems: stems.iter().map(|&stem| stem.to_owned()).collect(),
            faults: 0.0,
            purity: 1.0,
            beside: 0.0,
            is_shouted: false,
            naming: Naming::Most,
            worth,
        }
    }

    #[test]
    fn a_text_that_says_what_a_quote_says_gives_way_to_one_that_says_more() {
        let candidates = [
            candidate(0, &["time", "listen"], 1.0),
            candidate(1, &["time", "listen", "people"], 0.95),
            candidate(2, &["time", "cup", "tea"], 0.9),
            candidate(3, &["listen"], 0.8),
        ];
        let vectors = Vectors::from_rows(Array2::eye(4));
        let chosen = Chosen {
            candidates: &candidates,
            vectors: &vectors,
            taken: vec![0],
            respondents: BTreeSet::new(),
        };
        assert_eq!(chosen.best(4, false, &|_| true), Some((2, 2, 2)));
        assert_eq!(chosen.best(2, false, &|_| true), Some((1, 1, 1)), "where there is no other");
        assert!(!echoes(&candidate(0, &[], 0.0), &candidates[3]), "no words say nothing");
    }
}
