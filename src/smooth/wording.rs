//! How alike texts are in the words they use.

use crate::grammar::tokens::{stems, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// Share of the words in the similarity of two texts among few; the rest is the meaning's.
const SHARE: f32 = 0.4;
/// Texts up to which words have that share. The more there are, the nearer in meaning are the nearest, and the less words have to add.
const FEW_TEXTS: f32 = 2_000.0;

/// Share of the words in the similarity of two of `n` texts.
fn share(n: usize) -> f32 {
    SHARE * (FEW_TEXTS / n.max(1) as f32).sqrt().min(1.0)
}

/// The content words of texts, weighted by tf-idf (Salton and Buckley 1988: 1 + ln of the count in the text, times the smoothed ln of
/// the inverse share of texts that hold the word), each text's weights of length 1.
///
/// A sentence model puts "more pay" and "more training" close together, since both ask for more; the words tell them apart. Words alone
/// would part "salary" and "pay", which the model knows to be one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wording {
    /// Per text, its words and their weights, by word.
    words: Vec<Vec<(usize, f32)>>,
    /// Per word, the texts that hold it and its weight there, by text.
    holders: Vec<Vec<(usize, f32)>>,
}

impl Wording {
    /// Reads the words of texts. Forms of a word are one word (`stem`); function words, numbers and marks are none, nor are those with
    /// a stem in `left_out`.
    pub(super) fn of(texts: &[String], left_out: &BTreeSet<String>) -> Self {
        let counted: Vec<BTreeMap<String, f32>> =
            texts.iter().map(|text| content_words(text, left_out)).collect();
        let vocabulary: BTreeSet<&String> = counted.iter().flat_map(BTreeMap::keys).collect();
        let number: BTreeMap<&String, usize> =
            vocabulary.into_iter().enumerate().map(|(i, word)| (word, i)).collect();
        let mut holding = vec![0_usize; number.len()];
        for word in counted.iter().flat_map(BTreeMap::keys) {
            holding[number[word]] += 1;
        }
        let rarity = |word: usize| ((1.0 + texts.len() as f32) / (1.0 + holding[word] as f32)).ln() + 1.0;
        let mut holders = vec![Vec::new(); number.len()];
        let mut words = Vec::with_capacity(texts.len());
        for (text, counted) in counted.iter().enumerate() {
            let weigh =
                |(word, count): (&String, &f32)| (number[word], (1.0 + count.ln()) * rarity(number[word]));
            let mut weights: Vec<(usize, f32)> = counted.iter().map(weigh).collect();
            let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
            for (word, weight) in &mut weights {
                *weight /= length;
                holders[*word].push((text, *weight));
            }
            words.push(weights);
        }
        Self { words, holders }
    }

    /// Blends how alike `text` and every text are in their words into how alike they are in meaning (cosines, one per text).
    pub(super) fn blend(&self, text: usize, mut similarities: ndarray::ArrayViewMut1<'_, f32>) {
        let share = share(self.words.len());
        similarities *= 1.0 - share;
        for &(word, weight) in &self.words[text] {
            for &(other, in_other) in &self.holders[word] {
                similarities[other] += share * weight * in_other;
            }
        }
    }
}

fn content_words(text: &str, left_out: &BTreeSet<String>) -> BTreeMap<String, f32> {
    let mut counted = BTreeMap::new();
    for stem in stems(&tokens(text)).filter(|stem| !left_out.contains(stem)) {
        *counted.entry(stem).or_insert(0.0) += 1.0;
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Axis};

    fn blended(texts: &[&str], meaning: f32) -> Array1<f32> {
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        let mut similarities = Array1::from_elem(texts.len(), meaning);
        Wording::of(&texts, &BTreeSet::new()).blend(0, similarities.view_mut());
        similarities
    }

    #[test]
    fn texts_are_alike_by_their_shared_words_as_far_as_those_are_rare() {
        let alike =
            blended(&["Better pay", "The pay", "more training", "better, better training", "[name]"], 0.0);
        // "better" and "pay" stand in two of five texts each and weigh the same: each is half of the squared length.
        let half = 0.5_f32.sqrt();
        let with_training = {
            let (better, training) = (1.0 + 2.0_f32.ln(), 1.0);
            half * better / (better * better + training * training).sqrt()
        };
        let expected = [1.0, half, 0.0, with_training, 0.0].map(|x| SHARE * x);
        assert!((alike - ndarray::arr1(&expected)).iter().all(|x| x.abs() < 1e-6));
    }

    #[test]
    fn among_many_texts_words_say_less() {
        assert_eq!([1, 2_000, 8_000].map(share), [SHARE, SHARE, SHARE / 2.0]);
    }

    #[test]
    fn meaning_keeps_the_rest_and_forms_of_a_word_are_one() {
        let alike = blended(&["Trainings", "training", "salary"], 0.5);
        assert!((alike[1] - (SHARE + (1.0 - SHARE) * 0.5)).abs() < 1e-6);
        assert!((alike[2] - (1.0 - SHARE) * 0.5).abs() < 1e-6);
        assert_eq!(alike.len_of(Axis(0)), 3);
    }
}
