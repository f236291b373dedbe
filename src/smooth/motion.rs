//! What texts about one thing repeat of it, taken out.
//!
//! Of people who answer one motion ("Homeschooling should be banned") some repeat it and others go straight to their reasons. To a sentence
//! model that parts them more than the reasons do, and those who repeat it would come together as themes that are called by its words.
//! Words that many texts hold and that draw a text towards the mean of all are the motion's, as words of a reason draw it away from there.
//! What the texts' vectors owe to the words they hold is learnt by ridge regression (Hoerl and Kennard 1970) and taken out.

use crate::grammar::tokens::{content_stems, tokens};
use crate::types::{Vectors, about_one_thing};
use linfa_linalg::cholesky::SolveC;
use ndarray::{Array1, Array2};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Texts below which a regression follows the texts rather than their words.
const MIN_TEXTS: usize = 40;
/// Share of the texts that hold a word of the motion: fewer may hold a reason, and what nearly all hold parts nobody.
const SHARES: std::ops::RangeInclusive<f64> = 0.2..=0.9;
/// Cosine with the mean of all texts from which the difference between texts with a word and texts without leads towards it.
const TOWARDS: f64 = 0.25;
/// What is added to the diagonal of the regression, in texts.
const RIDGE: f64 = 1.0;
/// Whether something is demanded at all parts those who repeat a motion from those who do not, wherever it leads.
const DEMAND: &str = "should";
/// Share of the texts that must demand something, and that must not.
const DEMANDING: std::ops::RangeInclusive<f64> = 0.05..=0.95;

/// How the motion is taken out of a text's vector.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Motion(Option<Fitted>);

#[derive(Debug, Clone, PartialEq)]
struct Fitted {
    /// The motion's words, and the share of the texts that hold each.
    shares: BTreeMap<String, f64>,
    /// What a vector owes to each word, `(n_words, dim)`, in their order.
    owed: Array2<f64>,
}

impl Motion {
    /// No motion.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Learns what `texts` repeat, of which `vectors` has one row each. Few texts, and texts about several things, have no motion; of texts
    /// that are nearly [`about_one_thing`] it is taken out in part.
    pub(super) fn learn(texts: &[String], vectors: &Vectors) -> Self {
        let rows: Vec<usize> = (0..vectors.len()).filter(|&i| vectors.has_meaning(i)).collect();
        let strength = about_one_thing(vectors.mean_cosine(&rows));
        if rows.len() < MIN_TEXTS || strength <= 0.0 {
            return Self(None);
        }
        let said: Vec<BTreeSet<String>> = rows.iter().map(|row| words(&texts[*row])).collect();
        let of_all = vectors.sum(&rows);
        let mut motion: Vec<Word> =
            frequent(&said).into_iter().map(|word| Word::of(word, &said, &rows, vectors, &of_all)).collect();
        motion.retain(|word| word.stem == DEMAND || word.towards >= TOWARDS);
        let Some(owed) = regress(&motion) else { return Self(None) };
        let shares = motion.into_iter().map(|word| (word.stem.to_owned(), word.share)).collect();
        Self(Some(Fitted { shares, owed: owed * strength }))
    }

    /// The vectors without what they owe to the motion's words in `texts`, rows of length 1; a text without a meaning stays without.
    pub(super) fn take_out<'a>(&self, texts: &[String], vectors: &'a Vectors) -> Cow<'a, Vectors> {
        let Some(Fitted { shares, owed }) = &self.0 else { return Cow::Borrowed(vectors) };
        let mut rows = vectors.view().to_owned();
        for (i, mut row) in rows.rows_mut().into_iter().enumerate().filter(|(i, _)| vectors.has_meaning(*i)) {
            let said = words(&texts[i]);
            for ((word, share), owed) in shares.iter().zip(owed.rows()) {
                let more = if said.contains(word) { 1.0 - share } else { -share };
                row.zip_mut_with(&owed, |x, owed| *x -= (more * owed) as f32);
            }
        }
        Cow::Owned(Vectors::from_rows(rows))
    }
}

/// A word that may be the motion's, and the texts that hold it.
struct Word<'a> {
    stem: &'a str,
    /// Whether each text holds it.
    held: Vec<bool>,
    /// Share of the texts that do.
    share: f64,
    /// Sum of their vectors beyond what as many texts of any kind would have, `(dim,)`.
    beyond: Array1<f64>,
    /// Cosine of the difference between the mean of these texts and that of the others with the mean of all.
    towards: f64,
}

impl<'a> Word<'a> {
    /// `said` are the words of the texts in `rows` of `vectors`, which sum up to `of_all`.
    fn of(
        stem: &'a str,
        said: &[BTreeSet<String>],
        rows: &[usize],
        vectors: &Vectors,
        of_all: &Array1<f64>,
    ) -> Self {
        let held: Vec<bool> = said.iter().map(|said| said.contains(stem)).collect();
        let holders: Vec<usize> =
            rows.iter().zip(&held).filter(|(_, held)| **held).map(|(row, _)| *row).collect();
        let (n, holding) = (rows.len() as f64, holders.len() as f64);
        let of_holders = vectors.sum(&holders);
        let difference = &of_holders / holding - (of_all - &of_holders) / (n - holding);
        let share = holding / n;
        Self { stem, held, share, towards: cosine(&difference, of_all), beyond: of_holders - of_all * share }
    }
}

/// The words that may be the motion's by how many texts hold them, in the order of the alphabet.
fn frequent(said: &[BTreeSet<String>]) -> Vec<&str> {
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    said.iter().flatten().for_each(|word| *holders.entry(word).or_default() += 1);
    holders.retain(|word, holding| {
        let shares = if *word == DEMAND { DEMANDING } else { SHARES };
        shares.contains(&(*holding as f64 / said.len() as f64))
    });
    holders.into_keys().collect()
}

/// What a vector owes to each of the `words`, `(n_words, dim)`, by ridge regression on whether texts hold them; `None` without words.
fn regress(words: &[Word<'_>]) -> Option<Array2<f64>> {
    let dim = words.first()?.beyond.len();
    let together = |a: &Word<'_>, b: &Word<'_>| {
        let both = a.held.iter().zip(&b.held).filter(|(a, b)| **a && **b).count();
        both as f64 - a.held.len() as f64 * a.share * b.share
    };
    let mut among_words = Array2::from_shape_fn((words.len(), words.len()), |(i, j)| {
        together(&words[i], &words[j]) + if i == j { RIDGE } else { 0.0 }
    });
    let with_vectors = Array2::from_shape_fn((words.len(), dim), |(i, j)| words[i].beyond[j]);
    among_words.solvec(&with_vectors).ok()
}

/// Stems of the content words, and whether something is demanded.
fn words(text: &str) -> BTreeSet<String> {
    let tokens = tokens(text);
    let demands = tokens.iter().any(|token| matches!(&*token.lower, DEMAND | "shouldn't" | "shouldnt"));
    content_stems(&tokens).into_iter().chain(demands.then(|| DEMAND.to_owned())).collect()
}

fn cosine(a: &Array1<f64>, b: &Array1<f64>) -> f64 {
    a.dot(b) / (a.dot(a) * b.dot(b)).sqrt().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 80 texts with a reason along the third or the fourth direction, of which the first 60 repeat the motion, along the second, and have
    /// less to say of their reason; all share the first.
    fn arguments() -> (Vec<String>, Vectors) {
        let reason = |i: usize| ["because of the cost", "since children need friends"][i % 2];
        let text = |i: usize| {
            format!("{}{}", if i < 60 { "Homeschooling should be banned " } else { "" }, reason(i))
        };
        let rows = Array2::from_shape_fn((80, 4), |(i, j)| {
            let (shared, motion, reason) = if i < 60 { (1.0, 1.0, 0.5) } else { (0.6, 0.0, 0.8) };
            match j {
                0 => shared,
                1 => motion,
                _ if i % 2 == j - 2 => reason,
                _ => 0.0,
            }
        });
        ((0..80).map(text).collect(), Vectors::from_rows(rows))
    }

    fn cosine_of(vectors: &Vectors, i: usize, j: usize) -> f32 {
        vectors.row(i).dot(&vectors.row(j))
    }

    #[test]
    fn repeating_the_motion_no_longer_parts_texts_with_one_reason() {
        let (texts, vectors) = arguments();
        let motion = Motion::learn(&texts, &vectors);
        let words = motion.0.as_ref().unwrap().shares.clone();
        // Half of the texts hold each word of a reason, but these lead nowhere near the mean of all.
        let expected = ["ban", "homeschool", "should"].map(|word| (word.to_owned(), 0.75));
        assert_eq!(words, expected.into());
        let without = motion.take_out(&texts, &vectors);
        assert!(cosine_of(&vectors, 0, 60) < 0.67 && cosine_of(&without, 0, 60) > 0.94);
        assert!(cosine_of(&without, 0, 1) < cosine_of(&vectors, 0, 1), "reasons part texts more than before");
        // A text owes the same to its words whichever texts stand beside it.
        let some = [3, 70].map(|i| texts[i].clone());
        assert_eq!(*motion.take_out(&some, &vectors.select(&[3, 70])), without.select(&[3, 70]));
    }

    #[test]
    fn few_texts_and_texts_about_several_things_have_no_motion() {
        let (texts, vectors) = arguments();
        let few: Vec<usize> = (41..80).collect();
        assert_eq!(Motion::learn(&texts[41..80], &vectors.select(&few)), Motion::none());
        let apart = Vectors::from_rows(Array2::eye(80));
        assert_eq!(Motion::learn(&texts, &apart), Motion::none());
        assert_eq!(*Motion::none().take_out(&texts, &vectors), vectors);
    }

    #[test]
    fn a_text_without_a_meaning_stays_without() {
        let (texts, vectors) = arguments();
        let mut rows = vectors.into_rows();
        rows.row_mut(3).fill(0.0);
        let vectors = Vectors::from_rows(rows);
        let without = Motion::learn(&texts, &vectors).take_out(&texts, &vectors).into_owned();
        assert!(!without.has_meaning(3) && without.has_meaning(4) && without != vectors);
    }
}
