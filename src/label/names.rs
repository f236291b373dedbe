//! One heading per group, no two alike.

use super::index::Index;
use super::score::{Candidate, Groups, dot};
use super::tokens::{stem, tokens};
use ndarray::Array1;
use std::collections::BTreeSet;

/// A stem in at least this share of all texts is generic if no group does without it.
const GENERIC_SHARE: f64 = 0.1;
/// Share of groups that must use a generic stem, at half its overall rate or more.
const GENERIC_GROUPS: f64 = 0.8;
/// A second phrase joins the first only if the first covers less than this share of the group …
const ONE_FACE_COVERAGE: f64 = 0.5;
/// … the second at least this share …
const SECOND_FACE_COVERAGE: f64 = 0.1;
/// … scores at least this share of the first's score …
const SECOND_FACE_WORTH: f64 = 0.8;
/// … shares at most this part of their texts with it (Jaccard), means something else (cosine) …
const FACES_OVERLAP: f64 = 0.15;
const FACES_COSINE: f64 = 0.5;
/// … and brings the name nearer to the centre by at least this much.
const FACES_GAIN: f64 = 0.03;
/// Words of a heading.
const MAX_WORDS: usize = 6;

/// A heading and the phrases it is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Name {
    /// In sentence case.
    pub(super) text: String,
    /// Stems of each phrase.
    pub(super) phrases: Vec<Vec<String>>,
}

/// Stems that name nothing alone: the question's own, and those that every group uses.
pub(super) fn generic_stems(wording: &str, index: &Index, groups: &Groups) -> BTreeSet<String> {
    let sizes = groups.sizes();
    let total: f64 = sizes.iter().sum();
    let is_everywhere = |texts: &Vec<usize>| {
        let uses = groups.weigh(texts);
        let rate = uses.iter().sum::<f64>() / total;
        let using = (0..sizes.len()).filter(|&g| uses[g] >= rate * sizes[g] / 2.0).count();
        rate >= GENERIC_SHARE && sizes.len() > 2 && using as f64 >= GENERIC_GROUPS * sizes.len() as f64
    };
    let everywhere =
        index.stems.iter().filter(|(_, texts)| is_everywhere(texts)).map(|(stem, _)| stem.clone());
    let asked =
        tokens(wording).into_iter().filter(super::tokens::Token::is_content).map(|token| stem(&token.lower));
    everywhere.chain(asked).collect()
}

/// A name for each group, none of them in `taken`, to which they are added.
///
/// The group with the strongest claim to a phrase gets it. A name of two words is wanted; where a group has no such phrase,
/// two single words are joined, and only where it has no content word at all is it called "Other comments".
pub(super) fn choose_names(
    candidates: &[Vec<Candidate>],
    groups: &Groups,
    generic: &BTreeSet<String>,
    taken: &mut BTreeSet<String>,
) -> Vec<Name> {
    let mut names = vec![Name::default(); candidates.len()];
    for accepts_generic in [false, true] {
        let mut claims: Vec<(usize, usize)> = Vec::new();
        for (group, candidates) in candidates.iter().enumerate() {
            let fits = |c: &Candidate| {
                c.n_words > 1 && (accepts_generic || !c.stems.iter().all(|s| generic.contains(s)))
            };
            claims.extend(
                (0..candidates.len()).filter(|&rank| fits(&candidates[rank])).map(|rank| (group, rank)),
            );
        }
        claims
            .sort_by(|a, b| candidates[b.0][b.1].score.total_cmp(&candidates[a.0][a.1].score).then(a.cmp(b)));
        for (group, rank) in claims {
            if names[group].text.is_empty() && taken.insert(key(&candidates[group][rank].stems)) {
                names[group] = with_second_face(&candidates[group], rank, group, groups, generic, taken);
            }
        }
    }
    for (group, name) in names.iter_mut().enumerate().filter(|(_, name)| name.text.is_empty()) {
        *name = from_single_words(&candidates[group], taken);
    }
    names
}

fn key(stems: &[String]) -> String {
    let distinct: BTreeSet<&str> = stems.iter().map(String::as_str).collect();
    distinct.into_iter().collect::<Vec<_>>().join(" ")
}

fn with_second_face(
    candidates: &[Candidate],
    first: usize,
    group: usize,
    groups: &Groups,
    generic: &BTreeSet<String>,
    taken: &mut BTreeSet<String>,
) -> Name {
    let a = &candidates[first];
    let second = candidates.iter().find(|b| {
        !b.stems.iter().all(|stem| generic.contains(stem))
            && are_two_faces(a, b)
            && gain(a, b, group, groups) >= FACES_GAIN
    });
    let alone = Name { text: a.name.clone(), phrases: vec![a.stems.clone()] };
    let Some(b) = second else { return alone };
    let both: Vec<String> = a.stems.iter().chain(&b.stems).cloned().collect();
    if !taken.insert(key(&both)) {
        return alone;
    }
    Name { text: join(&a.name, &b.name), phrases: vec![a.stems.clone(), b.stems.clone()] }
}

fn are_two_faces(a: &Candidate, b: &Candidate) -> bool {
    let shared = a.covers.iter().filter(|text| b.covers.binary_search(text).is_ok()).count();
    let either = a.covers.len() + b.covers.len() - shared;
    a.coverage < ONE_FACE_COVERAGE
        && b.coverage >= SECOND_FACE_COVERAGE
        && b.score >= SECOND_FACE_WORTH * a.score
        && a.n_words + b.n_words < MAX_WORDS
        && !a.name.contains(" and ")
        && !b.name.contains(" and ")
        && !a.stems.iter().any(|stem| b.stems.contains(stem))
        && shared as f64 <= FACES_OVERLAP * either as f64
        && !a.vector.is_empty()
        && a.vector.len() == b.vector.len()
        && dot(a.vector.view(), b.vector.view()) < FACES_COSINE
}

fn gain(a: &Candidate, b: &Candidate, group: usize, groups: &Groups) -> f64 {
    let joined: Array1<f64> = &a.vector + &b.vector;
    let length = dot(joined.view(), joined.view()).sqrt().max(1e-12);
    let centre = groups.centres.row(group);
    dot(joined.view(), centre) / length - dot(a.vector.view(), centre)
}

/// "Career progression" and "Training" as "Career progression and training".
fn join(a: &str, b: &str) -> String {
    let mut chars = b.chars();
    let second_is_lower = b.chars().nth(1).is_none_or(|c| !c.is_uppercase());
    let first =
        chars.next().map(|c| if second_is_lower { c.to_lowercase().to_string() } else { c.to_string() });
    format!("{a} and {}{}", first.unwrap_or_default(), chars.as_str())
}

fn from_single_words(candidates: &[Candidate], taken: &mut BTreeSet<String>) -> Name {
    for (at, a) in candidates.iter().enumerate() {
        for b in &candidates[at + 1..] {
            let both: Vec<String> = a.stems.iter().chain(&b.stems).cloned().collect();
            if a.n_words + b.n_words < MAX_WORDS && taken.insert(key(&both)) {
                return Name {
                    text: join(&a.name, &b.name),
                    phrases: vec![a.stems.clone(), b.stems.clone()],
                };
            }
        }
    }
    if let Some(a) = candidates.iter().find(|a| !taken.contains(&key(&a.stems))) {
        taken.insert(key(&a.stems));
        return Name { text: a.name.clone(), phrases: vec![a.stems.clone()] };
    }
    let mut number = 1;
    loop {
        let text =
            if number == 1 { "Other comments".to_string() } else { format!("Other comments {number}") };
        if taken.insert(text.clone()) {
            return Name { text, phrases: Vec::new() };
        }
        number += 1;
    }
}
