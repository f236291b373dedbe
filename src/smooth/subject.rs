//! What all answers are about, taken out where some say it and others do not.
//!
//! In a survey of link workers some ask for "better pay" and others for "better pay for link workers". To a sentence model the second is
//! as near to "a regular meeting of link workers" as to the first, and everything that names who is asked would come together as a theme.
//! The words of the survey's title say what that is, as far as they mostly stand beside each other as in the title; a single one may be
//! what people answer about ("Pay and conditions survey"). The direction in which texts with such words differ from texts without is taken out
//! of all vectors (for one property, the mean difference is all that a linear test of it can see: Belrose et al. 2023, "LEACE").

use crate::grammar::tokens::{stems, tokens};
use crate::types::Vectors;
use ndarray::Array1;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Share of the texts that must name the subject, and that must not: fewer say nothing of a direction and stand in nobody's way.
const LEAST_SHARE: f64 = 0.05;
/// The same as a number of texts.
const LEAST: usize = 20;

/// The subject of a survey, as far as it parts the answers to a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    /// Stems of the words that name it.
    pub(super) stems: BTreeSet<String>,
    /// Of length 1; absent where hardly any text names the subject, or hardly any does not.
    direction: Option<Array1<f64>>,
}

impl Subject {
    /// Learns which of the `texts` name the subject that `title` does. One row of `vectors` per text.
    pub fn learn(title: &str, texts: &[String], vectors: &Vectors) -> Self {
        let said: Vec<Vec<String>> = texts.iter().map(|text| content(text)).collect();
        let stems = subject_stems(&content(title), &said);
        let named: Vec<bool> = said.iter().map(|said| said.iter().any(|stem| stems.contains(stem))).collect();
        let n = named.iter().filter(|named| **named).count();
        let least = LEAST.max((LEAST_SHARE * texts.len() as f64).ceil() as usize);
        if n < least || texts.len() - n < least {
            return Self::default();
        }
        let mut difference = Array1::<f64>::zeros(vectors.dim());
        for (text, named) in named.iter().enumerate() {
            let share = if *named { 1.0 / n as f64 } else { -1.0 / (texts.len() - n) as f64 };
            difference.zip_mut_with(&vectors.row(text), |sum, x| *sum += share * f64::from(*x));
        }
        let length = difference.dot(&difference).sqrt();
        if length < 1e-6 {
            return Self::default();
        }
        Self { stems, direction: Some(difference / length) }
    }

    /// The vectors without what they say of the subject, rows of length 1; a text without a meaning stays without.
    pub(super) fn take_out<'a>(&self, vectors: &'a Vectors) -> Cow<'a, Vectors> {
        let Some(direction) = &self.direction else { return Cow::Borrowed(vectors) };
        let mut rows = vectors.view().to_owned();
        for mut row in rows.rows_mut() {
            let along: f64 = row.iter().zip(direction).map(|(x, d)| f64::from(*x) * d).sum();
            row.zip_mut_with(direction, |x, d| *x -= (along * d) as f32);
        }
        Cow::Owned(Vectors::from_rows(rows))
    }
}

/// Stems of the content words, as they follow each other.
fn content(text: &str) -> Vec<String> {
    stems(&tokens(text)).collect()
}

/// The stems of the `title` that stand beside their neighbour there in at least half of the texts that hold them, and initials.
fn subject_stems(title: &[String], said: &[Vec<String>]) -> BTreeSet<String> {
    let pairs: BTreeSet<&[String]> = title.windows(2).collect();
    let is_paired = |stem: &String| {
        let holds = said.iter().filter(|said| said.contains(stem));
        let (paired, alone): (Vec<_>, Vec<_>) =
            holds.partition(|said| said.windows(2).any(|pair| pair.contains(stem) && pairs.contains(pair)));
        !paired.is_empty() && paired.len() >= alone.len()
    };
    title.iter().filter(|stem| is_paired(stem)).cloned().chain(initials(title)).collect()
}

/// The initials of two and more words in a row.
fn initials(words: &[String]) -> BTreeSet<String> {
    let first: Vec<char> = words.iter().filter_map(|word| word.chars().next()).collect();
    let rows = (0..first.len()).flat_map(|from| (from + 2..=first.len()).map(move |to| from..to));
    rows.map(|row| first[row].iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::tokens::stem;
    use ndarray::Array2;

    #[test]
    fn texts_that_differ_only_in_naming_the_subject_become_alike() {
        // Pay or training along the first two directions; who is asked along the third.
        let texts: Vec<String> = (0..80)
            .map(|i| {
                format!("{}{}", ["pay", "training"][i % 2], if i < 40 { " for link workers" } else { "" })
            })
            .collect();
        let rows = Array2::from_shape_fn((80, 3), |(i, j)| match j {
            2 => f32::from(u8::from(i < 40)),
            _ => f32::from(u8::from(i % 2 == j)),
        });
        let vectors = Vectors::from_rows(rows);
        let cosine = |v: &Vectors, i: usize, j: usize| v.row(i).dot(&v.row(j));
        assert!(cosine(&vectors, 0, 1) > 0.4 && cosine(&vectors, 0, 60) < 0.8);
        let subject = Subject::learn("Social Prescribing Link Worker Survey", &texts, &vectors);
        assert!(subject.stems.contains(&stem("workers")) && subject.stems.contains("splw"));
        let without = subject.take_out(&vectors);
        assert!(cosine(&without, 0, 60) > 0.98 && cosine(&without, 0, 1) < cosine(&vectors, 0, 1));
        let other = Subject::learn("Pay and training survey", &texts, &vectors);
        assert_eq!(other, Subject::default());
        assert_eq!(*other.take_out(&vectors), vectors);
    }
}
