//! Names that join two phrases: a theme may have two faces, of which no phrase that people used names both.

use super::casing::sentence_case;
use super::index::Index;
use super::score::{Candidate, Groups, SHRINKAGE, add_closeness, dot, npmi, typicality};
use super::whole::is_whole;
use super::words;
use std::collections::BTreeSet;

/// Best phrases of a group that may be joined, and the words of a heading.
const N_FACES: usize = 14;
const MAX_WORDS: usize = 6;
/// Each of two joined phrases adds this share of what it covers to the other …
const FACE_GAIN: f64 = 0.03;
/// … covers as much of the group, is as typical and as near as this (praise: of two adjectives where no phrase of the group scores
/// [`TYPICAL`], since words of praise are in all groups) …
const FACE: Least = Least { coverage: 0.08, association: 0.2, contrast: 0.1 };
const PRAISE: Least = Least { coverage: 0.05, association: 0.0, contrast: -0.2 };
const TYPICAL: f64 = 0.1;
/// … is as well formed as this …
const FACE_FORM: f64 = 0.8;
/// … stands on its own as often as this …
const FACE_NESTED: f64 = 0.6;
/// … if it is a single word, has this share of its texts in the group: "patients" are in all groups, and say of none what it is about …
const FACE_OWN: f64 = 0.5;
/// … begins with other letters than the words of the other …
const ALIKE: usize = 5;
/// … and means something related to the other that is not the same (cosine).
const FACES_COSINE: std::ops::Range<f64> = 0.2..0.75;

/// What a phrase must reach: share of the group, normalised pointwise mutual information, and cosine beyond that to the rivals.
struct Least {
    coverage: f64,
    association: f64,
    contrast: f64,
}

/// Names that join two of the best phrases of a group. `candidates` are best first.
pub(super) fn pairs(
    index: &Index,
    groups: &Groups,
    group: usize,
    candidates: &[Candidate],
    generic: &BTreeSet<String>,
) -> Vec<Candidate> {
    let says_something = |c: &&Candidate| !c.stems.iter().all(|stem| generic.contains(stem));
    let faces: Vec<&Candidate> = candidates.iter().filter(says_something).take(N_FACES).collect();
    let nothing_typical = candidates.first().is_none_or(|best| best.score < TYPICAL);
    let mut found = Vec::new();
    for (at, a) in faces.iter().enumerate() {
        for b in &faces[at + 1..] {
            if are_two_faces(a, b, nothing_typical) && !candidates.iter().any(|c| links(c, a, b)) {
                // A modifier would seem to go with both: "voluntary sector and funding", not "funding and voluntary sector".
                let weight = |c: &Candidate| (c.n_words, c.coverage);
                let (first, second) = if weight(b) > weight(a) { (b, a) } else { (a, b) };
                found.push(pair(index, groups, group, first, second));
            }
        }
    }
    found
}

/// Whether a phrase that people used holds both already.
fn links(c: &Candidate, a: &Candidate, b: &Candidate) -> bool {
    c.stems.len() > 1 && a.stems.iter().chain(&b.stems).all(|stem| c.stems.contains(stem))
}

fn are_two_faces(a: &Candidate, b: &Candidate, nothing_typical: bool) -> bool {
    let is_praise = nothing_typical && Face::of(a) == Face::Adjective;
    let least = if is_praise { PRAISE } else { FACE };
    let is_alone = |c: &Candidate| {
        c.coverage >= least.coverage
            && c.form >= FACE_FORM
            && c.association >= least.association
            && c.contrast >= least.contrast
            && c.nested <= FACE_NESTED
            && (c.own >= FACE_OWN || c.n_words > 1 || is_praise)
            && !c.stems.iter().any(|stems| is_whole(stems))
            && !c.surface.split(' ').any(|word| matches!(word, "and" | "or" | "&"))
    };
    let shared = a.covers.iter().filter(|text| b.covers.binary_search(text).is_ok()).count();
    let adds =
        |c: &Candidate| (c.covers.len() - shared) as f64 * c.coverage >= FACE_GAIN * c.covers.len() as f64;
    a.n_words + b.n_words < MAX_WORDS
        && is_alone(a)
        && is_alone(b)
        && adds(a)
        && adds(b)
        && Face::of(a).goes_with(Face::of(b))
        && !a.stems.iter().any(|stem| b.stems.iter().any(|other| are_alike(stem, other)))
        && a.vector.len() == b.vector.len()
        && FACES_COSINE.contains(&dot(a.vector.view(), b.vector.view()))
}

/// Whether two stems are the same, or as like as "economi" and "econom": "economy and economics" names one thing twice, and
/// "immigration and immagrants" shows a slip of the pen.
fn are_alike(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let slip = shared >= 3
        && a.chars().count() == b.chars().count()
        && a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() == 1;
    a == b || shared >= ALIKE || (slip && a.len() > ALIKE)
}

/// What kind of phrase it is: "and" joins like with like.
#[derive(Clone, Copy, PartialEq)]
enum Face {
    Adjective,
    /// "Helping people".
    Action,
    Noun,
    /// "Training", which may be either.
    Open,
}

impl Face {
    fn of(candidate: &Candidate) -> Self {
        let lower = candidate.surface.to_lowercase();
        // "Amazing" is no action, and "not sure" no thing.
        if lower.split(' ').all(|word| word == "not" || words::is_adjective(word)) {
            return Self::Adjective;
        }
        let mut words = lower.split(' ');
        match words.next() {
            Some(first) if words::is_gerund(first) => {
                if words.next().is_none() {
                    Self::Open
                } else {
                    Self::Action
                }
            }
            _ => Self::Noun,
        }
    }

    fn goes_with(self, other: Self) -> bool {
        let is_open = |face| face == Self::Open;
        self == other
            || (is_open(self) && other != Self::Adjective)
            || (is_open(other) && self != Self::Adjective)
    }
}

fn pair(index: &Index, groups: &Groups, group: usize, a: &Candidate, b: &Candidate) -> Candidate {
    let merge = |a: &[usize], b: &[usize]| {
        a.iter().chain(b).copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let sizes = groups.sizes();
    let covering = groups.weigh(&merge(&index.covering(&a.stems), &index.covering(&b.stems)));
    let everywhere: f64 = covering.iter().sum();
    let association = npmi(covering[group], everywhere + SHRINKAGE, sizes[group], sizes.iter().sum());
    let coverage = covering[group] / sizes[group];
    let sum = &a.vector + &b.vector;
    let length = dot(sum.view(), sum.view()).sqrt().max(1e-12);
    let surface = format!("{} and {}", a.surface, b.surface);
    let (form, exact) = (a.form.min(b.form), f64::midpoint(a.exact, b.exact));
    let mut joined = Candidate {
        name: sentence_case(&surface),
        surface,
        stems: a.stems.iter().chain(&b.stems).cloned().collect(),
        joined: vec![a.stems.clone(), b.stems.clone()],
        n_words: a.n_words + b.n_words + 1,
        covers: merge(&a.covers, &b.covers),
        coverage,
        own: covering[group] / everywhere,
        form,
        exact,
        nested: 0.0,
        association,
        contrast: 0.0,
        typicality: typicality(association, coverage, exact, form),
        score: 0.0,
        vector: sum / length,
    };
    add_closeness(&mut joined, group, groups);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_in_two_spellings_has_one_face() {
        for (a, b) in [("economi", "econom"), ("immigr", "immagr"), ("pay", "pay")] {
            assert!(are_alike(a, b), "{a} {b}");
        }
        for (a, b) in [("pay", "pain"), ("career", "carer"), ("cost", "cast"), ("train", "trust")] {
            assert!(!are_alike(a, b), "{a} {b}");
        }
    }
}
