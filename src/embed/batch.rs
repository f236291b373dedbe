//! What is run together: distinct sequences of ids, in batches of one length.

use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Ids in one batch. Larger batches were not faster; smaller ones spread better over threads and show progress.
pub(super) const BUDGET: usize = 1024;

/// The distinct sequences of some texts and how they are run.
///
/// A batch holds sequences of equal length only, so nothing is padded and a text's vector does not depend on the texts
/// beside it.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Distinct sequences, in order of first use.
    pub(super) sequences: Vec<Vec<u32>>,
    /// Per text, its windows as indices into `sequences`; empty if the text has no meaning that the model knows.
    pub(super) windows: Vec<Vec<usize>>,
    /// Indices into `sequences`, largest batch first, so that threads end together.
    pub(super) batches: Vec<Vec<usize>>,
    /// Per sequence, the number of texts whose first window it is: what its batch adds to the progress.
    pub(super) credit: Vec<usize>,
}

impl Plan {
    /// Tokenises `texts` in parallel and sorts them into batches.
    pub(super) fn new(
        texts: &[&str],
        windows: impl Fn(&str) -> Result<Vec<Vec<u32>>, String> + Sync,
    ) -> Result<Self, String> {
        let cut = texts.par_iter().map(|text| windows(text)).collect::<Result<Vec<_>, _>>()?;
        let mut plan = Self::default();
        let mut seen: HashMap<Vec<u32>, usize> = HashMap::new();
        for text in cut {
            let mut indices = Vec::with_capacity(text.len());
            for ids in text {
                let next = plan.sequences.len();
                let index = *seen.entry(ids).or_insert_with_key(|ids| {
                    plan.sequences.push(ids.clone());
                    plan.credit.push(0);
                    next
                });
                plan.credit[index] += usize::from(indices.is_empty());
                indices.push(index);
            }
            plan.windows.push(indices);
        }
        plan.batches = batches(&plan.sequences);
        Ok(plan)
    }

    /// Texts without a meaning that the model knows.
    pub(super) fn unknown(&self) -> usize {
        self.windows.iter().filter(|windows| windows.is_empty()).count()
    }

    /// Texts in more than one window.
    pub(super) fn long_texts(&self) -> Vec<usize> {
        (0..self.windows.len()).filter(|&text| self.windows[text].len() > 1).collect()
    }
}

fn batches(sequences: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let mut by_length: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, ids) in sequences.iter().enumerate() {
        by_length.entry(ids.len()).or_default().push(index);
    }
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for (length, indices) in by_length {
        let parts = indices.len().div_ceil((BUDGET / length.max(1)).max(1));
        batches.extend(indices.chunks(indices.len().div_ceil(parts)).map(<[usize]>::to_vec));
    }
    batches.sort_by_key(|batch| {
        std::cmp::Reverse(batch.len() * batch.first().map_or(0, |&i| sequences[i].len()))
    });
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[expect(clippy::unnecessary_wraps, reason = "in the form of a tokeniser, which may fail")]
    fn words(text: &str) -> Result<Vec<Vec<u32>>, String> {
        let ids: Vec<u32> = text.bytes().map(u32::from).collect();
        Ok(ids.chunks(5).map(<[u32]>::to_vec).collect())
    }

    proptest! {
        #[test]
        fn every_distinct_sequence_is_run_once_beside_others_of_its_length(
            texts in proptest::collection::vec("[ab]{0,12}", 0..60)
        ) {
            let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
            let plan = Plan::new(&refs, words).unwrap();
            let mut run: Vec<usize> = plan.batches.concat();
            run.sort_unstable();
            prop_assert_eq!(run, (0..plan.sequences.len()).collect::<Vec<_>>());
            for batch in &plan.batches {
                prop_assert!(batch.iter().all(|&i| plan.sequences[i].len() == plan.sequences[batch[0]].len()));
            }
            let mut sorted = plan.sequences.clone();
            sorted.sort();
            sorted.dedup();
            prop_assert_eq!(sorted.len(), plan.sequences.len());
            for (text, windows) in refs.iter().zip(&plan.windows) {
                let ids: Vec<u32> = windows.iter().flat_map(|&i| plan.sequences[i].clone()).collect();
                prop_assert_eq!(ids, text.bytes().map(u32::from).collect::<Vec<_>>());
            }
            prop_assert_eq!(plan.credit.iter().sum::<usize>() + plan.unknown(), texts.len());
        }
    }

    #[test]
    fn a_batch_keeps_to_the_budget_unless_one_text_is_longer() {
        let sequences: Vec<Vec<u32>> = (0..300).map(|i| vec![i; 10]).chain([vec![7; 3000]]).collect();
        let batches = batches(&sequences);
        assert_eq!(batches[0], vec![300]);
        assert!(batches[1..].iter().all(|batch| batch.len() * 10 <= BUDGET && batch.len() >= 90));
    }
}
