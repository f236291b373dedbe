//! Representative quotes: near the centre, different from each other, one per respondent, of readable length.

mod beside;
mod heart;
mod pick;
mod purity;
mod reading;
mod runs;
#[cfg(test)]
mod tests;
mod wording;

use crate::grammar::tokens::is_shouting;
use crate::types::{Clustering, Corpus, ThemeQuote, Vectors};
use heart::closeness_to_heart;
use pick::pick;
use purity::Surroundings;
use rayon::prelude::*;
use reading::faults;
use runs::words;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use wording::{Naming, Wording};

/// Texts of a theme that are weighed with their neighbours, best first.
const MAX_CANDIDATES: usize = 80;
/// What a text's worth as a quote is made of besides its closeness to the heart of its theme: how much of what its author wrote
/// is about the theme …
const FOCUS_WEIGHT: f64 = 0.25;
/// … how many of its neighbours are in the theme …
const PURITY_WEIGHT: f64 = 0.15;
/// … how well it reads, and what it says of the theme's name (see [`wording`]).
const FAULT_WEIGHT: f64 = 0.15;

/// What the stage looks at.
#[derive(Clone, Copy)]
pub struct QuoteInput<'a> {
    /// Segments and distinct masked texts.
    pub corpus: &'a Corpus,
    /// One row per distinct text.
    pub vectors: &'a Vectors,
    /// The themes.
    pub clustering: &'a Clustering,
    /// What they are called, each.
    pub names: &'a [&'a str],
    /// Whether a segment may be quoted: its respondent consents and it was not rejected in review. By segment index.
    pub may_be_quoted: &'a dyn Fn(usize) -> bool,
    /// Quotes per theme.
    pub n_quotes: usize,
}

/// Quotes of each theme, best first, but those that hold no more than half of the words of its name behind the others, those that hold none
/// behind these, those that say much besides the theme ("Career progression and pay") behind these, and those of one or two words last; of
/// equals those of five words and more stand first.
///
/// No two of a theme come from one respondent, are near-duplicates (cosine of 0.9 and more) or share eight words in a row. Of
/// two and more the last shows the theme's spread: the one least like the others among those that clearly belong.
pub fn pick_quotes(input: QuoteInput<'_>) -> Vec<Vec<ThemeQuote>> {
    let QuoteInput { corpus, vectors, clustering, names, may_be_quoted, n_quotes } = input;
    let surroundings = Surroundings::new(vectors, clustering);
    let segments: Vec<usize> = (0..corpus.segments.len()).filter(|&segment| may_be_quoted(segment)).collect();
    let sources = Sources::new(corpus, clustering, &segments);
    let wording = Wording::new(corpus, clustering);
    names
        .par_iter()
        .enumerate()
        .map(|(theme, name)| {
            let candidates = candidates(corpus, vectors, clustering, theme, &sources, &surroundings);
            pick(&wording.weighed(candidates, theme, name), vectors, clustering, n_quotes)
        })
        .collect()
}

/// Who wrote what about what.
struct Sources {
    /// Segments that may be quoted, by text.
    of_text: BTreeMap<usize, Vec<(usize, usize)>>,
    /// Bytes that each respondent wrote, by respondent and theme.
    written: BTreeMap<usize, BTreeMap<Option<usize>, usize>>,
}

impl Sources {
    fn new(corpus: &Corpus, clustering: &Clustering, segments: &[usize]) -> Self {
        let mut of_text: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for &segment in segments {
            let source = &corpus.segments[segment];
            of_text.entry(source.text).or_default().push((segment, source.respondent));
        }
        let mut written: BTreeMap<usize, BTreeMap<Option<usize>, usize>> = BTreeMap::new();
        for segment in &corpus.segments {
            let theme = clustering.assignments[segment.text].theme;
            *written.entry(segment.respondent).or_default().entry(theme).or_default() +=
                corpus.texts[segment.text].len();
        }
        Self { of_text, written }
    }

    /// Share of what a respondent wrote that is about `theme`, 0 to 1.
    fn focus(&self, respondent: usize, theme: usize) -> f64 {
        let Some(written) = self.written.get(&respondent) else { return 0.0 };
        let all: usize = written.values().sum();
        written.get(&Some(theme)).copied().unwrap_or(0) as f64 / all.max(1) as f64
    }
}

/// A text that may be quoted for a theme.
struct Candidate {
    text: usize,
    /// Segments that hold it with their respondents, those most about the theme first.
    sources: Vec<(usize, usize)>,
    words: Vec<String>,
    /// Stems of what it is about: its content words but those of liking and wishing.
    stems: BTreeSet<String>,
    faults: f64,
    purity: f64,
    /// Share of its words that are about something else (see [`beside`]).
    beside: f64,
    /// In capitals.
    is_shouted: bool,
    naming: Naming,
    worth: f64,
}

fn candidates(
    corpus: &Corpus,
    vectors: &Vectors,
    clustering: &Clustering,
    theme: usize,
    sources: &Sources,
    surroundings: &Surroundings<'_>,
) -> Vec<Candidate> {
    let members = clustering.members(theme);
    let mut found: Vec<Candidate> = members
        .iter()
        .zip(closeness_to_heart(vectors, &members))
        .filter_map(|(&text, closeness)| {
            let mut written: Vec<(usize, usize)> = sources.of_text.get(&text)?.clone();
            written.sort_by(|a, b| {
                sources.focus(b.1, theme).total_cmp(&sources.focus(a.1, theme)).then(a.cmp(b))
            });
            let faults = faults(&corpus.texts[text]);
            let focus = written.first().map_or(0.0, |first| sources.focus(first.1, theme));
            let worth = closeness + FOCUS_WEIGHT * focus - FAULT_WEIGHT * faults;
            Some(Candidate {
                text,
                sources: written,
                words: words(&corpus.texts[text]),
                stems: BTreeSet::new(),
                faults,
                purity: 1.0,
                beside: 0.0,
                is_shouted: is_shouting(&corpus.texts[text]),
                naming: Naming::Nothing,
                worth,
            })
        })
        .collect();
    found.sort_by(by_worth);
    found.truncate(MAX_CANDIDATES);
    let texts: Vec<usize> = found.iter().map(|candidate| candidate.text).collect();
    for (candidate, purity) in found.iter_mut().zip(surroundings.purity(vectors, &texts, theme)) {
        candidate.purity = purity;
        candidate.worth += PURITY_WEIGHT * purity;
    }
    found
}

fn by_worth(a: &Candidate, b: &Candidate) -> Ordering {
    b.worth.total_cmp(&a.worth).then(a.text.cmp(&b.text))
}
