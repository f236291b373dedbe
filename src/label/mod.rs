//! Names and statements, built from what people wrote.
//!
//! A name is a phrase that people used ([`phrases`], [`mod@whole`]), the one that is most typical of the theme, nearest to its centre and
//! furthest from the other themes ([`score`]), or two of them joined ([`mod@pairs`]); variants are one phrase ([`index`]), and no two
//! themes share a name ([`names`]).
//! A statement is a clause of an answer, cut but never reworded, with the direction of the question ([`mod@statement`]).

mod casing;
mod usage;
mod whole;
mod phrases;
mod index;
mod score;
mod pairs;
mod names;
mod objects;
mod direction;
mod finite;
mod leads;
mod clauses;
mod shares;
mod statement;
mod namer;

pub use namer::{Namer, NamerError};

use crate::grammar::slips::Slips;
use crate::grammar::{tokens, words};
use crate::types::{Clustering, Corpus, SubCluster, ThemeLabel, Vectors, sums_by_group};
use direction::direction_of;
use index::{Index, Phrase};
use names::{Name, choose_names, generic_stems};
use ndarray::Array2;
use score::{Candidate, Groups, candidates};
use statement::{Source, statement};
use std::collections::BTreeSet;

/// Keywords of a theme.
const N_KEYWORDS: usize = 8;
/// Texts of a part of a theme that hold each phrase of its name.
const LEAST_TEXTS: usize = 2;
/// Texts that hold what is nobody's own words any more, though none of their writers may be quoted.
const MANY_TEXTS: usize = 10;
/// Texts of one theme that are read; of more, evenly spaced ones.
const MAX_TEXTS: usize = 2_000;

/// What the stage looks at.
#[derive(Clone, Copy)]
pub struct LabelInput<'a> {
    /// The title of the survey, whose words alone name no theme.
    pub title: &'a str,
    /// The words of the question, for its direction ("enjoy", "changed") and its generic words.
    pub wording: &'a str,
    /// Segments and distinct masked texts.
    pub corpus: &'a Corpus,
    /// One row per distinct text.
    pub vectors: &'a Vectors,
    /// The themes.
    pub clustering: &'a Clustering,
    /// Whether a segment may be quoted: a statement stands in one that may. By segment index.
    pub may_be_quoted: &'a (dyn Fn(usize) -> bool + Sync),
}

/// Makes vectors of candidate phrases; `None` if the engine fails, in which case words alone decide.
pub type PhraseVectors<'a> = dyn Fn(&[String]) -> Option<Vectors> + 'a;

/// One label per theme with a name for each of its sub-themes; no two names of the question alike.
pub fn label_themes(input: LabelInput<'_>, phrase_vectors: &PhraseVectors<'_>) -> Vec<ThemeLabel> {
    let read = texts_to_read(input.clustering);
    let texts: Vec<&str> = read.iter().map(|&text| input.corpus.texts[text].as_str()).collect();
    let quotable = quotable(input);
    let mut index = Index::new(&texts);
    let slips = &Slips::learn(index.tokens.iter());
    let doubtful = slips.doubtful(index.phrases.iter().flat_map(|phrase| phrase.surface.split(' ')));
    // What only people said who do not want it to be shown names nothing, in whatever order they said it, unless they are many.
    let may_be_shown = |index: &Index, phrase: &Phrase| {
        let is_quotable = |text: &usize| quotable[read[*text]].is_some();
        phrase.texts.len() >= MANY_TEXTS
            || phrase.texts.iter().any(is_quotable)
            || index.covering(&phrase.stems).iter().any(is_quotable)
    };
    let is_written_right =
        |phrase: &Phrase| !phrase.surface.split(' ').any(|word| doubtful.contains(&word.to_lowercase()));
    let phrases = std::mem::take(&mut index.phrases);
    index.phrases = phrases
        .into_iter()
        .filter(|phrase| may_be_shown(&index, phrase) && is_written_right(phrase))
        .collect();
    let groups = Groups {
        of: read.iter().map(|&text| input.clustering.assignments[text].theme).collect(),
        weights: read.iter().map(|&text| weight(input.corpus, text)).collect(),
        centres: input.clustering.centres.mapv(f64::from),
    };
    let generic = generic_stems(&[input.title, input.wording], &index, &groups);
    let found = candidates(&index, &groups, &generic, phrase_vectors);
    let mut taken = BTreeSet::new();
    let names = choose_names(&found, &generic, &mut taken);
    let source = Source {
        texts: &texts,
        may_be_quoted: &|text| quotable[read[text]].is_some(),
        index: &index,
        groups: &groups,
        slips,
        direction: direction_of(input.wording),
    };
    let vectors = |text: usize| input.vectors.row(read[text]);
    (0..groups.len())
        .map(|theme| {
            let (statement, from) = statement(source, theme, &names[theme], &found[theme], vectors);
            ThemeLabel {
                statement,
                statement_from: from.and_then(|text| quotable[read[text]]),
                keywords: keywords(&names[theme], &found[theme]),
                name: names[theme].text.clone(),
                subs: sub_names(input, theme, &read, &index, &generic, &mut taken, phrase_vectors),
            }
        })
        .collect()
}

fn texts_to_read(clustering: &Clustering) -> Vec<usize> {
    let mut read: Vec<usize> = (0..clustering.n_themes())
        .flat_map(|theme| {
            let members = clustering.members(theme);
            let step = members.len().div_ceil(MAX_TEXTS).max(1);
            members.into_iter().step_by(step)
        })
        .collect();
    read.sort_unstable();
    read
}

/// The first segment with each text that may be quoted.
fn quotable(input: LabelInput<'_>) -> Vec<Option<usize>> {
    let mut quotable = vec![None; input.corpus.texts.len()];
    for (segment, source) in input.corpus.segments.iter().enumerate() {
        let first = &mut quotable[source.text];
        *first = first.or_else(|| (input.may_be_quoted)(segment).then_some(segment));
    }
    quotable
}

/// A text that many gave counts more, but not so much that it drowns what others put in their own words.
fn weight(corpus: &Corpus, text: usize) -> f64 {
    1.0 + (corpus.counts.get(text).copied().unwrap_or(1).max(1) as f64).ln()
}

/// A name for each sub-theme of a theme; `None` where nothing that people wrote says what it is about, or one word that few of them
/// wrote.
fn sub_names(
    input: LabelInput<'_>,
    theme: usize,
    read: &[usize],
    index: &Index,
    generic: &BTreeSet<String>,
    taken: &mut BTreeSet<String>,
    phrase_vectors: &PhraseVectors<'_>,
) -> Vec<Option<String>> {
    let subs = input.clustering.subs.get(theme).map_or(&[][..], Vec::as_slice);
    if subs.is_empty() {
        return Vec::new();
    }
    let sub_of = |text: &usize| subs.iter().position(|sub| sub.texts.binary_search(text).is_ok());
    let groups = Groups {
        of: read.iter().map(sub_of).collect(),
        weights: read.iter().map(|&text| weight(input.corpus, text)).collect(),
        centres: sub_centres(input.vectors, subs),
    };
    let mut found = candidates(index, &groups, generic, phrase_vectors);
    found.iter_mut().for_each(keep_shared);
    choose_names(&found, generic, taken)
        .into_iter()
        .map(|name| name.is_telling().then_some(name.text))
        .collect()
}

/// Unit-length mean of the vectors of each sub-theme's texts, `(n_subs, dim)`.
fn sub_centres(vectors: &Vectors, subs: &[SubCluster]) -> Array2<f64> {
    let texts: Vec<usize> = subs.iter().flat_map(|sub| sub.texts.iter().copied()).collect();
    let of_texts =
        subs.iter().enumerate().flat_map(|(number, sub)| sub.texts.iter().map(move |_| Some(number)));
    let (mut centres, _) = sums_by_group(vectors.select(&texts).view(), of_texts, subs.len());
    for mut centre in centres.rows_mut() {
        let length = score::dot(centre.view(), centre.view()).sqrt();
        if length > 0.0 {
            centre /= length;
        }
    }
    centres
}

/// Leaves the candidates whose phrases several texts hold each: a part is small, and what one person tells is no heading of it.
fn keep_shared(candidates: &mut Vec<Candidate>) {
    let is_shared = |c: &&Candidate| c.joined.is_empty() && c.covers.len() >= LEAST_TEXTS;
    let shared: BTreeSet<Vec<String>> =
        candidates.iter().filter(is_shared).map(|c| c.stems.clone()).collect();
    candidates.retain(|candidate| candidate.phrases().iter().all(|phrase| shared.contains(phrase)));
}

/// The phrases of the name, then the best that say something more, as written inside a sentence.
fn keywords(name: &Name, candidates: &[Candidate]) -> Vec<String> {
    let mut chosen: Vec<&Candidate> = Vec::new();
    let named = name.phrases.iter().filter_map(|stems| candidates.iter().find(|c| c.stems == *stems));
    for candidate in named.chain(candidates).filter(|candidate| candidate.joined.is_empty()) {
        let is_new = |stem: &String| chosen.iter().all(|c| !c.stems.contains(stem));
        if chosen.len() < N_KEYWORDS && candidate.stems.iter().any(is_new) {
            chosen.push(candidate);
        }
    }
    chosen.into_iter().map(|candidate| candidate.surface.clone()).collect()
}
