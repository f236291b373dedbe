//! How well a phrase names a group of texts: typical of it, near its centre, far from the others', and well formed.

use super::PhraseVectors;
use super::casing::sentence_case;
use super::index::{Index, Phrase};
use super::pairs::pairs;
use ndarray::{Array1, Array2, ArrayView1};
use std::collections::{BTreeMap, BTreeSet};

/// Candidates per group that are compared by their vectors; the rest is too untypical to win.
const MAX_CANDIDATES: usize = 120;
/// Nearest other groups that a name must stand apart from.
const N_RIVALS: usize = 3;
/// Share of its group below which a phrase that few used loses worth in proportion: it names them, not the group.
const FEW: f64 = 0.03;
/// Share of the texts outside a group beyond which a phrase that they hold loses worth in proportion: what all speak of, such as the motion
/// of all arguments, tells no group from the others.
const COMMON: f64 = 0.2;
/// Added to the number of texts that hold a phrase, so that a rare phrase is not typical by chance.
pub(super) const SHRINKAGE: f64 = 2.0;
/// Exponents: that a phrase covers much of its group and is written as such counts, but less than that it is typical.
const COVERAGE_POWER: f64 = 0.2;
const EXACT_POWER: f64 = 0.25;

/// Texts divided into groups: themes, or the sub-themes of one.
#[derive(Debug)]
pub(super) struct Groups {
    /// Group of each text of the index; `None` leaves it out.
    pub(super) of: Vec<Option<usize>>,
    /// Weight of each text.
    pub(super) weights: Vec<f64>,
    /// Unit-length centres, `(n_groups, dim)`.
    pub(super) centres: Array2<f64>,
}

/// A phrase that may name a group.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// In sentence case.
    pub(super) name: String,
    /// As written inside a sentence.
    pub(super) surface: String,
    /// Its stems, in order.
    pub(super) stems: Vec<String>,
    /// The phrases of a name that joins two; empty for a single phrase.
    pub(super) joined: Vec<Vec<String>>,
    /// Words in it.
    pub(super) n_words: usize,
    /// Texts of the group that hold all its stems, ascending.
    pub(super) covers: Vec<usize>,
    /// Share of the group's weight in them, 0 to 1.
    pub(super) coverage: f64,
    /// Share of the weight of all texts that hold its stems which is the group's, 0 to 1.
    pub(super) own: f64,
    /// How well it reads as a heading, 0 to 1.
    pub(super) form: f64,
    /// Share of `covers` in which it is written as such, 0 to 1.
    pub(super) exact: f64,
    /// Share of its texts in which it is part of one and the same longer phrase, 0 to 1.
    pub(super) nested: f64,
    /// Normalised pointwise mutual information with the group, at most 1.
    pub(super) association: f64,
    /// Cosine to the group's centre less the mean of those to its rivals', -2 to 2; 0 without vectors.
    pub(super) contrast: f64,
    /// How typical and well formed it is, 0 to 1.
    pub(super) typicality: f64,
    /// `typicality` with closeness and contrast of the vectors, at least 0.
    pub(super) score: f64,
    /// Its vector; zeros where no engine gave one.
    pub(super) vector: Array1<f64>,
}

/// Candidates of each group, best first, ties in the order of their names.
pub(super) fn candidates(
    index: &Index,
    groups: &Groups,
    generic: &BTreeSet<String>,
    vectors: &PhraseVectors<'_>,
) -> Vec<Vec<Candidate>> {
    let mut found = typical_phrases(index, groups);
    let names: Vec<String> =
        found.iter().flatten().map(|c| c.name.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    if let Some(rows) =
        vectors(&names).filter(|rows| rows.len() == names.len() && rows.dim() == groups.centres.ncols())
    {
        let row_of: BTreeMap<&str, usize> =
            names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
        for (group, candidates) in found.iter_mut().enumerate() {
            for candidate in candidates {
                candidate.vector = rows.row(row_of[candidate.name.as_str()]).mapv(f64::from);
                add_closeness(candidate, group, groups);
            }
        }
    }
    for candidate in found.iter_mut().flatten().filter(|candidate| candidate.vector.is_empty()) {
        candidate.score = candidate.typicality * candidate.length_worth();
    }
    for (group, candidates) in found.iter_mut().enumerate() {
        let by_score =
            |a: &Candidate, b: &Candidate| b.score.total_cmp(&a.score).then_with(|| a.name.cmp(&b.name));
        candidates.sort_by(by_score);
        let pairs = pairs(index, groups, group, candidates, generic);
        candidates.extend(pairs);
        candidates.sort_by(by_score);
    }
    found
}

fn typical_phrases(index: &Index, groups: &Groups) -> Vec<Vec<Candidate>> {
    let sizes = groups.sizes();
    let total: f64 = sizes.iter().sum();
    let mut found: Vec<Vec<Candidate>> = vec![Vec::new(); sizes.len()];
    for phrase in &index.phrases {
        if phrase.stems.windows(2).any(|pair| pair[0] == pair[1]) && !says_from_one_to_the_next(phrase) {
            continue;
        }
        let uses = groups.weigh(&phrase.texts);
        let least = |group: usize| match sizes[group] {
            size if size < 10.0 => 1.0,
            size if size < 60.0 => 2.0,
            _ => 3.0,
        };
        if (0..sizes.len()).all(|group| uses[group] < least(group)) {
            continue;
        }
        let covering = index.covering(&phrase.stems);
        let covered = groups.weigh(&covering);
        let everywhere: f64 = covered.iter().sum();
        let touched = groups.weigh(&index.touching(&phrase.stems));
        let denied = groups.weigh(&index.denying(&phrase.stems));
        // What most of a group deny does not name it.
        let may_name = |&group: &usize| uses[group] >= least(group) && denied[group] <= covered[group];
        for group in (0..sizes.len()).filter(may_name) {
            let association = npmi(covered[group], everywhere + SHRINKAGE, sizes[group], total);
            let coverage = covered[group] / sizes[group];
            let touched = touched[group] / sizes[group];
            let exact = (uses[group] / covered[group]).min(1.0);
            let elsewhere = (everywhere - covered[group]) / (total - sizes[group]).max(1.0);
            let worth = phrase.form
                * nested_worth(phrase.nested)
                * (coverage / FEW).min(1.0)
                * (COMMON / elsewhere).min(1.0);
            let typicality = typicality(association, (coverage * touched).sqrt(), exact, worth);
            let covers = covering.iter().copied().filter(|&text| groups.of[text] == Some(group)).collect();
            let own = covered[group] / everywhere;
            let measures = Measures { coverage, own, exact, association, typicality };
            found[group].push(candidate(phrase, covers, &measures));
        }
    }
    for candidates in &mut found {
        candidates.sort_by(|a, b| b.typicality.total_cmp(&a.typicality).then_with(|| a.name.cmp(&b.name)));
        candidates.truncate(MAX_CANDIDATES);
    }
    found
}

/// "Variety from day to day" and "face to face training", but not "people people".
fn says_from_one_to_the_next(phrase: &Phrase) -> bool {
    let words: Vec<&str> = phrase.surface.split(' ').collect();
    words.windows(3).any(|three| three[0] == three[2] && three[1] == "to")
}

/// What the words alone say of a phrase and a group.
struct Measures {
    coverage: f64,
    own: f64,
    exact: f64,
    association: f64,
    typicality: f64,
}

fn candidate(phrase: &Phrase, covers: Vec<usize>, measures: &Measures) -> Candidate {
    Candidate {
        name: sentence_case(&phrase.surface),
        surface: phrase.surface.clone(),
        stems: phrase.stems.clone(),
        joined: Vec::new(),
        n_words: phrase.surface.split(' ').count(),
        covers,
        coverage: measures.coverage,
        own: measures.own,
        form: phrase.form,
        exact: measures.exact,
        nested: phrase.nested,
        association: measures.association,
        contrast: 0.0,
        typicality: measures.typicality,
        score: 0.0,
        vector: Array1::zeros(0),
    }
}

impl Candidate {
    /// Stems of each phrase in it.
    pub(super) fn phrases(&self) -> Vec<Vec<String>> {
        if self.joined.is_empty() { vec![self.stems.clone()] } else { self.joined.clone() }
    }

    /// Longer phrases say more.
    fn length_worth(&self) -> f64 {
        let n_stems: usize = self.stems.iter().map(|stems| stems.split(' ').count()).sum();
        match (self.joined.is_empty(), n_stems) {
            (true, 0 | 1) => 0.5,
            (true, 2) => 1.0,
            (true, 3) => 1.1,
            (true, _) => 1.2,
            (false, _) => 0.85,
        }
    }
}

/// What is always part of one longer phrase is half a name.
fn nested_worth(nested: f64) -> f64 {
    1.0 - 0.5 * nested * nested
}

/// How typical, how widely used and how well formed a phrase is, 0 to 1.
pub(super) fn typicality(association: f64, coverage: f64, exact: f64, form: f64) -> f64 {
    f64::midpoint(1.0, association).max(0.01) * coverage.powf(COVERAGE_POWER) * exact.powf(EXACT_POWER) * form
}

/// Typicality and closeness together (as in Topeax: Kardos et al. 2026), times how much nearer the group is than its rivals.
pub(super) fn add_closeness(candidate: &mut Candidate, group: usize, groups: &Groups) {
    let closeness: Vec<f64> =
        groups.centres.rows().into_iter().map(|centre| dot(centre, candidate.vector.view())).collect();
    let mut rivals: Vec<f64> = (0..closeness.len()).filter(|&g| g != group).map(|g| closeness[g]).collect();
    rivals.sort_by(|a, b| b.total_cmp(a));
    rivals.truncate(N_RIVALS);
    let rival = if rivals.is_empty() { 0.0 } else { rivals.iter().sum::<f64>() / rivals.len() as f64 };
    candidate.contrast = closeness[group] - rival;
    let contrast = f64::midpoint(1.0, candidate.contrast).max(0.0);
    let closeness = f64::midpoint(1.0, closeness[group]).max(0.0);
    candidate.score = candidate.typicality * closeness * contrast * candidate.length_worth();
}

/// Normalised pointwise mutual information (Bouma 2009) of a phrase and a group, at most 1; from weights of texts.
pub(super) fn npmi(both: f64, phrase: f64, group: f64, total: f64) -> f64 {
    if both <= 0.0 {
        return -1.0;
    }
    let surprise = -(both / total).ln();
    if surprise <= 0.0 { 1.0 } else { (both * total / (phrase * group)).ln() / surprise }
}

/// Cosine of two unit-length vectors, summed in a fixed order.
pub(super) fn dot(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> f64 {
    a.iter().zip(b.iter()).map(|(x, y)| x * y).sum()
}

impl Groups {
    /// Number of groups.
    pub(super) fn len(&self) -> usize {
        self.centres.nrows()
    }

    /// Weight of each group.
    pub(super) fn sizes(&self) -> Vec<f64> {
        self.weigh(&(0..self.of.len()).collect::<Vec<_>>())
    }

    /// Weight of `texts` in each group.
    pub(super) fn weigh(&self, texts: &[usize]) -> Vec<f64> {
        let mut weights = vec![0.0; self.len()];
        for &text in texts {
            if let Some(group) = self.of[text] {
                weights[group] += self.weights[text];
            }
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Vectors;

    #[test]
    fn npmi_agrees_with_hand_computed_values() {
        // 4 of 8 texts are in the group; the phrase stands in 2 of them and nowhere else: ln 2 / ln 4 = 1/2.
        assert!((npmi(2.0, 2.0, 4.0, 8.0) - 0.5).abs() < 1e-12);
        // Independent: 2 of 4 in the group, 4 of 8 overall.
        assert!(npmi(2.0, 4.0, 4.0, 8.0).abs() < 1e-12);
        // In every text of the group and nowhere else: 1.
        assert!((npmi(4.0, 4.0, 4.0, 8.0) - 1.0).abs() < 1e-12);
        assert!((npmi(0.0, 4.0, 4.0, 8.0) + 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_phrase_is_typical_of_the_group_that_uses_it() {
        let texts = [
            "better pay",
            "the better pay",
            "more training",
            "face to face training",
            "pay",
            "training courses",
        ];
        let index = Index::new(&texts);
        let groups = Groups {
            of: vec![Some(0), Some(0), Some(1), Some(1), Some(0), Some(1)],
            weights: vec![1.0; 6],
            centres: Array2::from_elem((2, 1), 1.0),
        };
        let found = candidates(&index, &groups, &BTreeSet::new(), &|_| None);
        assert_eq!(found[0][0].name, "Better pay");
        assert!(found[1].iter().any(|candidate| candidate.name == "Face to face training"));
        assert_eq!(found[0][0].covers, [0, 1]);
        assert!((found[0][0].coverage - 2.0 / 3.0).abs() < 1e-12);
        assert!(found[1].iter().all(|candidate| !candidate.stems.contains(&"pay".to_string())));
    }

    #[test]
    fn a_phrase_that_the_others_hold_too_loses_worth() {
        let worth = |n_elsewhere: usize| {
            let texts =
                [vec!["the vow"; 10], vec!["vow"; n_elsewhere], vec!["pay"; 10 - n_elsewhere]].concat();
            let groups = Groups {
                of: (0..20).map(|text| Some(usize::from(text > 9))).collect(),
                weights: vec![1.0; 20],
                centres: Array2::from_elem((2, 1), 1.0),
            };
            let found = candidates(&Index::new(&texts), &groups, &BTreeSet::new(), &|_| None);
            let vow = found[0].iter().find(|candidate| candidate.name == "Vow").unwrap();
            vow.typicality / typicality(vow.association, 1.0, 1.0, 1.0)
        };
        // A fifth of the others may hold it; of four fifths, a quarter is left.
        assert!((worth(2) / worth(0) - 1.0).abs() < 1e-9);
        assert!((worth(8) / worth(0) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn what_most_of_a_group_deny_does_not_name_it() {
        let texts =
            ["Nothing could be better", "It could not have been better", "Better", "Pay", "better pay"];
        let groups = Groups {
            of: vec![Some(0), Some(0), Some(0), Some(1), Some(1)],
            weights: vec![1.0; 5],
            centres: Array2::from_elem((2, 1), 1.0),
        };
        let found = candidates(&Index::new(&texts), &groups, &BTreeSet::new(), &|_| None);
        let names: Vec<&str> = found[0].iter().map(|candidate| candidate.name.as_str()).collect();
        assert_eq!(names, ["Nothing could be better"]);
    }

    #[test]
    fn related_phrases_join_unless_people_wrote_them_as_one() {
        let vectors = |names: &[String]| {
            let place = |name: &String| match name.as_str() {
                "Pay" => [0.9, 0.1, 0.0],
                "Pension" => [0.5, 0.8, 0.0],
                _ => [0.0, 0.0, 1.0],
            };
            let rows = names.iter().flat_map(place).collect();
            Some(Vectors::from_rows(Array2::from_shape_vec((names.len(), 3), rows).unwrap()))
        };
        let named = |texts: &[&str]| {
            let index = Index::new(texts);
            let groups = Groups {
                of: (0..texts.len()).map(|text| Some(usize::from(text > 9))).collect(),
                weights: vec![1.0; texts.len()],
                centres: Array2::from_shape_vec((2, 3), vec![1.0, 0.0, 0.0, 0.0, 0.0, 1.0]).unwrap(),
            };
            let found = candidates(&index, &groups, &BTreeSet::new(), &vectors);
            found[0].iter().any(|candidate| !candidate.joined.is_empty())
        };
        let (pay, pension, room) = (["the pay"; 5], ["a pension"; 5], ["a room"; 10]);
        assert!(named(&[&pay[..], &pension, &room].concat()));
        // With five texts elsewhere 5 of 10 with "pay" are the group's own; of ten, 5 of 15.
        let elsewhere = |n: usize| [&pay[..], &pension, &vec!["the pay"; n], &vec!["a room"; 50]].concat();
        assert!(named(&elsewhere(5)) && !named(&elsewhere(10)));
        let in_one = ["pension", "pension", "pension", "pension for pay", "pension for pay"];
        assert!(!named(&[&pay[..], &in_one, &room].concat()));
    }
}
