//! How well a phrase names a group of texts: typical of it, near its centre, far from the others', and well formed.

use super::PhraseVectors;
use super::casing::sentence_case;
use super::index::{Index, Phrase};
use crate::types::Vectors;
use ndarray::{Array1, Array2, ArrayView1};
use std::collections::{BTreeMap, BTreeSet};

/// Candidates per group that are compared by their vectors; the rest is too untypical to win.
const MAX_CANDIDATES: usize = 60;
/// Nearest other groups that a name must stand apart from.
const N_RIVALS: usize = 3;
/// Added to the number of texts that hold a phrase, so that a rare phrase is not typical by chance.
const SHRINKAGE: f64 = 2.0;
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
    /// Words in it.
    pub(super) n_words: usize,
    /// Texts of the group that hold all its stems, ascending.
    pub(super) covers: Vec<usize>,
    /// Share of the group's weight in them, 0 to 1.
    pub(super) coverage: f64,
    /// How typical and well formed it is, 0 to 1.
    pub(super) typicality: f64,
    /// `typicality` with closeness and contrast of the vectors, at least 0.
    pub(super) score: f64,
    /// Its vector; zeros where no engine gave one.
    pub(super) vector: Array1<f64>,
}

/// Candidates of each group, best first, ties in the order of their names.
pub(super) fn candidates(index: &Index, groups: &Groups, vectors: &PhraseVectors<'_>) -> Vec<Vec<Candidate>> {
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
                add_closeness(candidate, group, groups, &rows, row_of[candidate.name.as_str()]);
            }
        }
    }
    for candidates in &mut found {
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.name.cmp(&b.name)));
    }
    found
}

fn typical_phrases(index: &Index, groups: &Groups) -> Vec<Vec<Candidate>> {
    let sizes = groups.sizes();
    let total: f64 = sizes.iter().sum();
    let mut found: Vec<Vec<Candidate>> = vec![Vec::new(); sizes.len()];
    for phrase in &index.phrases {
        if phrase.stems.iter().collect::<BTreeSet<_>>().len() < phrase.stems.len() {
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
        for group in (0..sizes.len()).filter(|&group| uses[group] >= least(group)) {
            let association = npmi(covered[group], everywhere + SHRINKAGE, sizes[group], total);
            let coverage = covered[group] / sizes[group];
            let exact = (uses[group] / covered[group]).min(1.0);
            let typicality = f64::midpoint(1.0, association).max(0.01)
                * coverage.powf(COVERAGE_POWER)
                * exact.powf(EXACT_POWER)
                * phrase.form;
            let covers = covering.iter().copied().filter(|&text| groups.of[text] == Some(group)).collect();
            found[group].push(candidate(phrase, covers, coverage, typicality));
        }
    }
    for candidates in &mut found {
        candidates.sort_by(|a, b| b.typicality.total_cmp(&a.typicality).then_with(|| a.name.cmp(&b.name)));
        candidates.truncate(MAX_CANDIDATES);
    }
    found
}

fn candidate(phrase: &Phrase, covers: Vec<usize>, coverage: f64, typicality: f64) -> Candidate {
    Candidate {
        name: sentence_case(&phrase.surface),
        surface: phrase.surface.clone(),
        stems: phrase.stems.clone(),
        n_words: phrase.surface.split(' ').count(),
        covers,
        coverage,
        typicality,
        score: typicality * length_worth(phrase.stems.len()),
        vector: Array1::zeros(0),
    }
}

/// Longer phrases say more; a single word is at most half a name.
fn length_worth(n_content: usize) -> f64 {
    match n_content {
        0 | 1 => 0.5,
        2 => 1.0,
        3 => 1.1,
        _ => 1.2,
    }
}

/// Geometric mean of typicality and closeness (Topeax: Kardos et al. 2026), times how much nearer the group is than its rivals.
fn add_closeness(candidate: &mut Candidate, group: usize, groups: &Groups, rows: &Vectors, row: usize) {
    let vector = rows.row(row).mapv(f64::from);
    let closeness: Vec<f64> =
        groups.centres.rows().into_iter().map(|centre| dot(centre, vector.view())).collect();
    let mut rivals: Vec<f64> = (0..closeness.len()).filter(|&g| g != group).map(|g| closeness[g]).collect();
    rivals.sort_by(|a, b| b.total_cmp(a));
    rivals.truncate(N_RIVALS);
    let rival = if rivals.is_empty() { 0.0 } else { rivals.iter().sum::<f64>() / rivals.len() as f64 };
    let contrast = f64::midpoint(1.0, closeness[group] - rival).max(0.0);
    let closeness = f64::midpoint(1.0, closeness[group]).max(0.0);
    candidate.score =
        (candidate.typicality * closeness).sqrt() * contrast * length_worth(candidate.stems.len());
    candidate.vector = vector;
}

/// Normalised pointwise mutual information (Bouma 2009) of a phrase and a group, at most 1; from weights of texts.
fn npmi(both: f64, phrase: f64, group: f64, total: f64) -> f64 {
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
        let found = candidates(&index, &groups, &|_| None);
        assert_eq!(found[0][0].name, "Better pay");
        assert_eq!(found[0][0].covers, [0, 1]);
        assert!((found[0][0].coverage - 2.0 / 3.0).abs() < 1e-12);
        assert!(found[1].iter().all(|candidate| !candidate.stems.contains(&"pay".to_string())));
    }
}
